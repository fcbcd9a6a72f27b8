/** The codebook's tree: its rows in reading order, its main categories, and what a query leaves. */

import { foldText } from "./fold";

export interface Code {
  id: string;
  parent: string | null;
  label: string;
  key: string;
  definition: string;
  status: string;
}

export interface TreeRow<C extends Code = Code> {
  code: C;
  depth: number;
  /** Whether codes stand below it. */
  branch: boolean;
  /** How well it matches: 0 best, null for an ancestor that is only kept for its place. */
  rank: number | null;
}

interface Folded {
  label: string;
  key: string;
  definition: string;
}

/** Ranks: the label begins so, a word of it begins so, it holds it; the key; the definition. */
const enum Rank {
  Start,
  Word,
  Label,
  Key,
  Definition,
}

/** The codes of one or several codebooks, siblings in the order they are given in. */
export class Tree<C extends Code = Code> {
  /** All codes, each before those below it. */
  readonly rows: TreeRow<C>[] = [];
  readonly #tops = new Map<string, string>();
  readonly #mains = new Map<string, number>();
  readonly #folded = new Map<string, Folded>();

  constructor(codes: readonly C[]) {
    const ids = new Set(codes.map((code) => code.id));
    const below = new Map<string | null, C[]>();
    for (const code of codes) {
      const parent = code.parent !== null && ids.has(code.parent) ? code.parent : null;
      const siblings = below.get(parent);
      if (siblings) siblings.push(code);
      else below.set(parent, [code]);
    }
    const walk = (code: C, depth: number, top: string): void => {
      if (this.#tops.has(code.id)) return;
      this.#tops.set(code.id, top);
      const children = below.get(code.id) ?? [];
      this.rows.push({ code, depth, branch: children.length > 0, rank: 0 });
      for (const child of children) walk(child, depth + 1, top);
    };
    const begin = (code: C): void => {
      if (this.#tops.has(code.id)) return;
      this.#mains.set(code.id, this.#mains.size);
      walk(code, 0, code.id);
    };
    for (const code of below.get(null) ?? []) begin(code);
    // two people may each have moved a code below the other's; none is lost
    for (const code of codes) begin(code);
  }

  /** The main category of a code: the top of its branch; of an unknown one itself. */
  mainOf(id: string): string {
    return this.#tops.get(id) ?? id;
  }

  /** The number of a main category among them; -1 of any other code. */
  colourIndex(mainId: string): number {
    return this.#mains.get(mainId) ?? -1;
  }

  /**
   * The rows a query leaves: all its words in label, key or definition, with their ancestors.
   *
   * It stays a tree; among siblings those come first that match better, or hold what does.
   */
  filter(query: string): TreeRow<C>[] {
    const words = foldText(query).split(/\s+/).filter(Boolean);
    if (!words.length) return this.rows;
    const ranks = this.rows.map(({ code }) => rank(this.#foldedOf(code), words));
    // from the last row up: what the best in each branch is, and where the next sibling stands
    const best = [...ranks];
    const kept: Node[][] = [[]];
    for (let at = this.rows.length - 1; at >= 0; at -= 1) {
      const { depth } = this.rows[at]!;
      const children = (kept[depth + 1] ?? []).sort((a, b) => a.best - b.best || a.at - b.at);
      kept[depth + 1] = [];
      for (const child of children) best[at] = Math.min(best[at]!, child.best);
      if (best[at]! < Infinity)
        (kept[depth] ??= []).push({ at, best: best[at]!, children });
    }
    const found: TreeRow<C>[] = [];
    const add = (nodes: Node[]): void => {
      for (const { at, children } of nodes) {
        const mine = ranks[at]!;
        const row = this.rows[at]!;
        found.push({ ...row, branch: children.length > 0, rank: mine < Infinity ? mine : null });
        add(children);
      }
    };
    add(kept[0]!.sort((a, b) => a.best - b.best || a.at - b.at));
    return found;
  }

  #foldedOf(code: C): Folded {
    let made = this.#folded.get(code.id);
    if (!made) {
      made = {
        label: foldText(code.label),
        key: foldText(code.key),
        definition: ` ${foldText(code.definition)}`,
      };
      this.#folded.set(code.id, made);
    }
    return made;
  }
}

interface Node {
  at: number;
  best: number;
  children: Node[];
}

/** How well a code matches all words: as its worst word does; Infinity where one is missing. */
function rank(code: Folded, words: readonly string[]): number {
  let worst = 0;
  for (const word of words) {
    const at = code.label.indexOf(word);
    if (at === 0) continue;
    let found = Infinity;
    if (at > 0) found = beginsWord(code.label, word, at) ? Rank.Word : Rank.Label;
    else if (code.key.includes(word)) found = Rank.Key;
    else if (beginsWord(code.definition, word, code.definition.indexOf(word)))
      found = Rank.Definition;
    if (found === Infinity) return Infinity;
    worst = Math.max(worst, found);
  }
  return worst;
}

const LETTER = /[\p{L}\p{M}\p{N}]/u;

/** Whether `part` stands at the start of a word anywhere from its first place on. */
function beginsWord(text: string, part: string, first: number): boolean {
  for (let at = first; at >= 0; at = text.indexOf(part, at + 1))
    if (at === 0 || !LETTER.test(text[at - 1]!)) return true;
  return false;
}
