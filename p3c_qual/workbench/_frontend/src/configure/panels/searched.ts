/** What was searched for negative cases, and what was not: pure, so that it can be tried alone. */

import type { ConfigurationRow, SearchRow, TermRow } from "../../wire";

/** The last search of each kind on a configuration, by kind. */
export function lastOf(configuration: string, searches: Iterable<SearchRow>): Map<string, SearchRow> {
  const found = new Map<string, SearchRow>();
  for (const row of searches) {
    const before = found.get(row.kind);
    if (row.configuration === configuration && (!before || before.at <= row.at)) found.set(row.kind, row);
  }
  return found;
}

/** The standing configurations on which no search was ever run. */
export function neverSearched(configurations: Iterable<ConfigurationRow>, searches: Iterable<SearchRow>): ConfigurationRow[] {
  const searched = new Set([...searches].map((each) => each.configuration));
  return [...configurations].filter((each) => !each.state && !searched.has(each.id));
}

/** How far a configuration is searched, in a few words. */
export function searchedWords(last: ReadonlyMap<string, SearchRow>, kinds: readonly TermRow[]): string {
  if (!last.size) return "never searched";
  const found = [...last.values()].reduce((sum, each) => sum + each.found, 0);
  const open = [...last.values()].filter((each) => each.found && !each.decision).length;
  return [`${last.size} of ${kinds.length} searched`, `${found} found`, open && `${open} to decide`].filter(Boolean).join(", ");
}

/** The moment of a search as it is read. */
export const when = (at: string): string => (Number.isNaN(Date.parse(at)) ? at : new Date(at).toLocaleString("en-GB", { dateStyle: "medium", timeStyle: "short" }));

export const ASKED: Record<string, string> = { asked: "asked about it", "not asked": "not asked about it", unknown: "not known whether asked" };
