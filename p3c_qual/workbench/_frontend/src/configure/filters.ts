/** Which cards are shown: pure, so that it can be tried alone. */

import { foldText } from "../core/fold";
import type { CodeRow, ConfigurationRow } from "../wire";
import { AGAINST } from "./classes";

export interface Filters {
  words: string;
  programme: string;
  theory: string;
  mechanism: string;
  /** A code with all below it. */
  code: string;
  level: string;
  type: string;
  completeness: string;
  /** `faults`, `contradicted`, `open`, or empty. */
  marked: string;
  /** Empty for those that stand, `all`, or a state. */
  state: string;
}

export const NONE: Filters = { words: "", programme: "", theory: "", mechanism: "", code: "", level: "", type: "", completeness: "", marked: "", state: "" };

/** What of a card has no value is found by this one. */
export const WITHOUT = "-";

/** A card with what the filters ask of it, worked out once. */
export interface Indexed {
  row: ConfigurationRow;
  /** All words on the card, folded; gathered when they are first asked for. */
  readonly words: string;
  codes: Set<string>;
  levels: Set<string>;
  types: Set<string>;
  programmes: Set<string>;
}

/** Names that are looked for among the words of a card. */
export interface Names {
  theory(id: string): string;
  mechanism(id: string): string;
  programme(id: string): string;
  code(id: string): CodeRow | undefined;
}

export function index(row: ConfigurationRow, names: Names): Indexed {
  const codes = new Set<string>();
  const levels = new Set<string>();
  for (const element of row.elements) {
    if (element.level) levels.add(element.level);
    for (let at = names.code(element.code), deep = 0; at && deep < 20; at = at.parent ? names.code(at.parent) : undefined, deep++) codes.add(at.id);
  }
  // a passage of another programme makes it one of that programme too
  const programmes = new Set([row.programme, ...row.evidence.map((each) => each.programme)].filter(Boolean));
  const gather = () => [
    ...[row.key, row.label, row.sentence, row.relevance, row.rigour, row.richness],
    ...[names.theory(row.theory), names.mechanism(row.mechanism), names.programme(row.programme)],
    ...row.elements.map((each) => `${each.text} ${names.code(each.code)?.label ?? ""}`),
    ...row.evidence.map((each) => `${each.quote} ${each.key} ${each.remark}`),
  ];
  let words: string | null = null;
  return {
    row,
    get words() {
      return (words ??= foldText(gather().join("\n")));
    },
    codes,
    levels,
    types: new Set(row.evidence.flatMap((each) => each.types)),
    programmes,
  };
}

const one = (wanted: string, has: string) => !wanted || (wanted === WITHOUT ? !has : wanted === has);
const some = (wanted: string, has: ReadonlySet<string>) => !wanted || (wanted === WITHOUT ? !has.size : has.has(wanted));

const TESTS: { [K in Exclude<keyof Filters, "words">]: (card: Indexed, wanted: string) => boolean } = {
  programme: (card, wanted) => some(wanted, card.programmes),
  theory: (card, wanted) => one(wanted, card.row.theory),
  mechanism: (card, wanted) => one(wanted, card.row.mechanism),
  code: (card, wanted) => some(wanted, card.codes),
  level: (card, wanted) => some(wanted, card.levels),
  type: (card, wanted) => some(wanted, card.types),
  completeness: (card, wanted) => one(wanted, card.row.completeness),
  marked: (card, wanted) => !wanted || marksOf(card.row).includes(wanted),
  state: (card, wanted) => wanted === "all" || card.row.state === wanted,
};
type Facet = keyof typeof TESTS;
const FACETS = Object.keys(TESTS) as Facet[];

/** What may be looked for on a card. */
export function marksOf(row: ConfigurationRow): string[] {
  const against = row.evidence.filter((each) => AGAINST.has(each.role));
  return [row.faults.length && "faults", against.length && "contradicted", against.some((each) => !each.resolution) && "open", !row.evidence.length && "unvoiced"].filter((each): each is string => Boolean(each));
}

export interface Found {
  /** The cards that are shown, in their order. */
  ids: string[];
  /** By facet and value, how many cards would be shown with that value. */
  counts: Record<Facet, Map<string, number>>;
  /** Cards in the state that is asked for. */
  total: number;
}

/** The cards that pass, and what each other choice would give. */
export function find(cards: Iterable<Indexed>, filters: Filters): Found {
  const words = foldText(filters.words).split(/\s+/).filter(Boolean);
  const ids: string[] = [];
  const counts = Object.fromEntries(FACETS.map((facet) => [facet, new Map<string, number>()])) as Found["counts"];
  let total = 0;
  for (const card of cards) {
    if (TESTS.state(card, filters.state)) total++;
    if (!words.every((word) => card.words.includes(word))) continue;
    const fails = FACETS.filter((facet) => !TESTS[facet](card, filters[facet]));
    if (!fails.length) ids.push(card.row.id);
    // a facet counts what passes all the others
    for (const facet of fails.length === 0 ? FACETS : fails.length === 1 ? fails : []) for (const value of valuesOf(card, facet)) add(counts[facet], value);
  }
  return { ids, counts, total };
}

function valuesOf(card: Indexed, facet: Facet): Iterable<string> {
  const { row } = card;
  const many = { code: card.codes, level: card.levels, type: card.types, programme: card.programmes };
  if (facet in many) {
    const set = many[facet as keyof typeof many];
    return set.size ? set : [WITHOUT];
  }
  if (facet === "marked") return marksOf(row);
  if (facet === "state") return [row.state, "all"];
  return [row[facet as "theory" | "mechanism" | "completeness"] || WITHOUT];
}

function add(counts: Map<string, number>, value: string): void {
  counts.set(value, (counts.get(value) ?? 0) + 1);
}

/** Whether anything is filtered. */
export function filtered(filters: Filters): boolean {
  return (Object.keys(NONE) as (keyof Filters)[]).some((name) => filters[name] !== NONE[name]);
}

/** Filters as they were kept; what is no filter is left out. */
export function kept(text: string | null): Filters {
  try {
    const said = JSON.parse(text ?? "{}") as Record<string, unknown>;
    return Object.fromEntries(Object.entries(NONE).map(([name, none]) => [name, typeof said?.[name] === "string" ? said[name] : none])) as unknown as Filters;
  } catch {
    return { ...NONE };
  }
}
