/** How alike two short texts are, by the threes of letters they share. */

import { foldText } from "./fold";

/** A text as its threes of letters, each once. */
export function threes(text: string): Set<string> {
  const words = foldText(text).match(/[\p{L}\p{N}]+/gu) ?? [];
  const found = new Set<string>();
  for (const word of words) {
    const padded = ` ${word} `;
    for (let at = 0; at + 3 <= padded.length; at++) found.add(padded.slice(at, at + 3));
  }
  return found;
}

/** From 0, nothing in common, to 1, the same words. */
export function alike(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  if (!one.size || !other.size) return 0;
  let both = 0;
  for (const each of one) if (other.has(each)) both++;
  return (2 * both) / (one.size + other.size);
}

/** The rows with the nearest text first; those that are equally near stay in their order. */
export function nearestFirst<T>(text: string, rows: readonly T[], of: (row: T) => string): T[] {
  const wanted = threes(text);
  return rows
    .map((row, at) => ({ row, at, near: alike(wanted, threes(of(row))) }))
    .sort((a, b) => b.near - a.near || a.at - b.at)
    .map(({ row }) => row);
}
