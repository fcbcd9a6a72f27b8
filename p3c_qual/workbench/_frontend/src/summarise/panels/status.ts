/** What a cell of the matrix can be, in words and signs. */

export const STATUSES = ["draft", "checked", "final"] as const;
export const SIGNS: Record<string, string> = { draft: "✎", checked: "✓", final: "◆" };
/** Why there are no passages. */
export const WHY: Record<string, string> = { not_read: "not worked through", not_asked: "not asked", nothing_coded: "nothing coded" };
