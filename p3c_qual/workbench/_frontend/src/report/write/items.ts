/** The material of a section as lines that can be looked through and set in: pure, so that it can be tried alone. */

import { foldText } from "../../core/fold";
import type { ConfigurationRow, ContrastRow, FactRow, ParaphraseRow, QuoteRow, SectionPassage, SectionState } from "../../wire";
import type { Token } from "./tokens";

/** The kinds of material, in the order of their tabs. */
export const KINDS = ["passages", "paraphrases", "configurations", "facts", "contrasts"] as const;
export type Kind = (typeof KINDS)[number];

/** A place in a source that can be quoted. */
export interface Span {
  source: string;
  key: string;
  start: number;
  end: number;
}

export interface Item {
  id: string;
  kind: Kind;
  /** The words that count. */
  words: string;
  /** Whose words they are. */
  who: string;
  types: string[];
  /** What is said beside them. */
  beside: string[];
  span: Span | null;
  /** Whether whoever speaks consented to be quoted. */
  free: boolean;
  /** Key of the quote it is already; empty where it is none. */
  quoted: string;
  /** What a text names it by, where it is no passage. */
  token: { kind: string; name: string; label: string } | null;
}

/** What is looked for in the passages. */
export interface Filter {
  words: string;
  type: string;
  who: string;
  key: string;
  fresh: boolean;
}

export const ALL: Filter = { words: "", type: "", who: "", key: "", fresh: false };

/** Characters of a row id by which a text names a fact: the moment it was written, to the millisecond. */
const DIGITS = 13;

/** Characters that a message has room for. */
const MESSAGE = 60;

/** The lines of one kind. */
export function itemsOf(kind: Kind, section: SectionState): Item[] {
  if (kind === "passages") return section.material.map(passage);
  if (kind === "paraphrases") return section.paraphrases.map(paraphrase);
  if (kind === "configurations") return section.cards.map(configuration);
  if (kind === "facts") return section.facts.map(fact);
  return section.contrasts.map(contrast);
}

const passage = (row: SectionPassage): Item => ({
  id: `${row.source} ${row.start} ${row.end}`,
  kind: "passages",
  words: row.quote,
  who: row.who,
  types: row.types,
  beside: [...row.codes, ...(row.why ? [row.why] : [])],
  span: row,
  free: row.free,
  quoted: row.quoted,
  token: null,
});

const paraphrase = (row: ParaphraseRow, index: number): Item => ({
  id: `paraphrase ${index}`,
  kind: "paraphrases",
  words: row.text,
  who: row.who,
  types: [],
  beside: [],
  span: row.source ? row : null,
  free: true,
  quoted: "",
  token: null,
});

const configuration = (row: ConfigurationRow): Item => ({
  id: row.id,
  kind: "configurations",
  words: row.label || row.sentence,
  who: row.key,
  types: row.profile.stakeholder_types,
  beside: [row.completeness_label, ...(row.label ? [row.sentence] : [])].filter(Boolean),
  span: null,
  free: true,
  quoted: "",
  token: { kind: "cmo", name: row.key, label: row.key },
});

const fact = (row: FactRow): Item => {
  const value = [row.value, row.unit].filter(Boolean).join(" ");
  const place = row.citations[0];
  return {
    id: row.id,
    kind: "facts",
    words: `${row.name}: ${value}`,
    who: place ? place.who || place.key : "",
    types: [],
    beside: [row.date, row.about, row.chosen ? "the report goes by this one" : "", row.remark].filter(Boolean),
    span: place && place.start !== null && place.end !== null ? { source: place.source, key: place.key, start: place.start, end: place.end } : null,
    free: true,
    quoted: "",
    token: { kind: "fact", name: row.id.slice(0, DIGITS), label: value },
  };
};

const contrast = (row: ContrastRow): Item => {
  const place = row.citations.find((each) => each.side === "practice" && each.start !== null) ?? row.citations.find((each) => each.start !== null);
  return {
    id: row.id,
    kind: "contrasts",
    words: row.label,
    who: place ? place.who || place.key : "",
    types: [],
    beside: [row.claim && `Planned: ${row.claim}`, row.practice && `In practice: ${row.practice}`, row.verdict.replaceAll("_", " "), row.remark].filter(Boolean) as string[],
    span: place && place.start !== null && place.end !== null ? { source: place.source, key: place.key, start: place.start, end: place.end } : null,
    free: true,
    quoted: "",
    token: null,
  };
};

/** Whether a section has no code: its passages are then those that the report quotes already. */
export const ofTheReport = (section: Pick<SectionState, "material">): boolean => section.material.length > 0 && section.material.every((each) => each.quoted && !each.codes.length);

/** The lines that pass a filter. */
export function passing(items: readonly Item[], filter: Filter): Item[] {
  const wanted = foldText(filter.words).split(/\s+/).filter(Boolean);
  return items.filter((each) => {
    if (filter.type && !each.types.includes(filter.type)) return false;
    if (filter.who && each.who !== filter.who) return false;
    if (filter.key && each.span?.key !== filter.key) return false;
    if (filter.fresh && each.quoted) return false;
    if (!wanted.length) return true;
    const said = foldText([each.words, each.who, ...each.beside].join(" "));
    return wanted.every((word) => said.includes(word));
  });
}

/** Words that fit into a message. */
export function shortly(words: string): string {
  const line = Array.from(words.split("\n")[0]!);
  return line.length > MESSAGE || words.includes("\n") ? `${line.slice(0, MESSAGE).join("").replace(line.length > MESSAGE ? /\s+\S*$/ : /\s+$/, "")} …` : words;
}

/** What can be chosen in a filter: each value once, with how many lines have it. */
export function choices(items: readonly Item[], of: (item: Item) => string[]): [string, number][] {
  const counts = new Map<string, number>();
  for (const each of items) for (const value of new Set(of(each))) if (value) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort(([one], [other]) => one.localeCompare(other, "en", { numeric: true }));
}

/** What a token of a text says in words; null where it names nothing that is known here. */
export function saidBy(token: Token, section: SectionState): { words: string; quote: QuoteRow | null } | null {
  if (token.kind === "quote") {
    const quote = section.quotes.find((each) => each.key === token.name || each.id === token.name);
    return quote ? { words: quote.printed || quote.quote, quote } : null;
  }
  if (token.kind === "cmo") {
    const card = section.cards.find((each) => each.key === token.name);
    return card ? { words: card.label || card.sentence, quote: null } : null;
  }
  if (token.kind === "fact") {
    const found = section.facts.find((each) => each.id.startsWith(token.name) || each.id.endsWith(token.name));
    return found ? { words: `${found.name}: ${[found.value, found.unit].filter(Boolean).join(" ")}`, quote: null } : null;
  }
  return null;
}
