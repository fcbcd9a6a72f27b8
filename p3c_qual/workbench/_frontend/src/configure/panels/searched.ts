/** What was searched for negative cases, and what was not: pure, so that it can be tried alone. */

import { count } from "../../dom";
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
  const found = [...last.values()].reduce((sum, each) => sum + casesOf(each), 0);
  const open = [...last.values()].filter((each) => each.found && !each.decision).length;
  return [`${last.size} of ${kinds.length} searched`, `${found} found`, open && `${open} to decide`].filter(Boolean).join(", ");
}

/** The moment of a search as it is read. */
export const when = (at: string): string => (Number.isNaN(Date.parse(at)) ? at : new Date(at).toLocaleString("en-GB", { dateStyle: "medium", timeStyle: "short" }));

export const ASKED: Record<string, string> = { asked: "asked about it", "not asked": "not asked about it", unknown: "not known whether asked" };

/** What is looked for first, by the kind of search. */
const FIRST: Record<string, string> = { context_without_outcome: "its context", outcome_without_mechanism: "its outcome", mechanism_with_opposite: "its mechanism" };

/** What was counted in a search, each number with that of which it is a part; in sentences. */
export function figureLines(kind: string, figures: Readonly<Record<string, number>>): string[] {
  const n = (name: string) => figures[name] ?? 0;
  if (figures.looked_at === undefined) return Object.entries(figures).map(([name, number]) => `${number.toLocaleString("en-GB")} ${name.replaceAll("_", " ")}`);
  const first = FIRST[kind] ?? "the first part";
  const lines = [
    !n("with_first")
      ? `None of ${count(n("looked_at"), "source")} speaks of ${first}, so that nothing could be found.`
      : `${n("with_first")} of ${count(n("looked_at"), "source")} ${n("with_first") === 1 ? "speaks" : "speak"} of ${first}; ${n("found")} of these ${n("found") === 1 ? "is a negative case" : "are negative cases"}, ${n("silent")} ${n("silent") === 1 ? "is" : "are"} silent.`,
  ];
  if (n("silent")) lines.push(`Of the ${n("silent")} silent, ${n("not_asked")} ${n("not_asked") === 1 ? "was" : "were"} not asked about it, of ${n("unknown_asked")} it is not known.`);
  if (n("not_worked_through")) lines.push(`${n("not_worked_through")} of ${count(n("looked_at"), "source")} ${n("not_worked_through") === 1 ? "is" : "are"} not worked through yet; nothing follows from ${n("not_worked_through") === 1 ? "its" : "their"} silence.`);
  if (n("configurations") > 1) lines.push(`${count(n("configurations"), "configuration")} of the same claim were looked at.`);
  if (n("unplaced")) lines.push(`${count(n("unplaced"), "passage")} ${n("unplaced") === 1 ? "contradicts" : "contradict"} the configuration or ${n("unplaced") === 1 ? "says" : "say"} that something was absent, and ${n("unplaced") === 1 ? "names" : "name"} no part of it; no search finds ${n("unplaced") === 1 ? "it" : "them"}.`);
  return lines;
}

/** Negative cases are sources; several passages may stand in one. */
export const casesOf = (search: SearchRow): number => search.figures.found ?? search.found;
