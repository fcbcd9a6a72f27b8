/** The codes of the study as the view asks for them. */

import { Tree } from "../core/tree";
import type { Model } from "../model";
import type { CodeRow } from "../wire";

const COLOURS = 12;

export class Codes {
  #tree = new Tree<CodeRow>([]);
  #children = new Map<string, string[]>();
  #sums = new Map<string, number>();
  /** Main categories in the order in which they came to be known, so that each keeps its colour. */
  #hues = new Map<string, number>();

  constructor(private readonly model: Model) {}

  /** Bring it to what the study says. */
  load(): void {
    this.#tree = new Tree(this.model.study.codes);
    this.#children.clear();
    for (const { code } of this.#tree.rows) {
      const over = code.parent ?? code.codebook;
      const siblings = this.#children.get(over);
      if (siblings) siblings.push(code.id);
      else this.#children.set(over, [code.id]);
    }
    const { hues } = this.model.study.desk;
    this.#hues = new Map((Array.isArray(hues) ? hues : []).map((id, at) => [id, at]));
    for (const { code } of this.#tree.rows)
      if (!code.parent && !this.#hues.has(code.id)) this.#hues.set(code.id, this.#hues.size);
    this.add();
  }

  /** What is to be kept, so that colours stay when main categories come, go or move. */
  get hues(): string[] {
    return [...this.#hues.keys()];
  }

  /** Add up the codings of each code and of those below it. */
  add(): void {
    this.#sums.clear();
    const { counts } = this.model.study;
    for (const { code } of [...this.#tree.rows].reverse()) {
      let sum = counts[code.id] ?? 0;
      for (const below of this.below(code.id)) sum += this.#sums.get(below) ?? 0;
      this.#sums.set(code.id, sum);
    }
  }

  count(id: string): { own: number; all: number } {
    return { own: this.model.study.counts[id] ?? 0, all: this.#sums.get(id) ?? 0 };
  }

  rowsOf(book: string): { code: CodeRow; depth: number }[] {
    const seen = this.#tree.rows.filter(({ code }) => code.codebook === book);
    // what is retired and holds nothing is out of the way
    return seen.filter(({ code }) => code.status !== "retired" || this.count(code.id).all > 0);
  }

  label(id: string): string {
    return this.model.code(id)?.label || this.model.code(id)?.key || "…";
  }

  /** A hue, 0 to 11, by main category. */
  colour(id: string): number {
    return (this.#hues.get(this.#tree.mainOf(id)) ?? 0) % COLOURS;
  }

  path(id: string): string {
    const names: string[] = [];
    for (let at: string | null = id; at && names.length < 20; at = this.model.code(at)?.parent ?? null)
      names.unshift(this.label(at));
    return names.join(" › ");
  }

  /** Where a code hangs: the codes above it, else its codebook. */
  above(id: string): string {
    const parent = this.model.code(id)?.parent;
    if (parent) return this.path(parent);
    const book = this.model.study.codebooks.find((each) => each.id === this.bookOf(id));
    return book?.label ?? "";
  }

  bookOf(id: string): string {
    return this.model.code(id)?.codebook ?? "";
  }

  /** Ids of the codes directly below one. */
  below(id: string): string[] {
    return this.#children.get(id) ?? [];
  }

  /** Ids of the codes at the top of a codebook. */
  tops(book: string): string[] {
    return this.#children.get(book) ?? [];
  }

  hasBelow(id: string): boolean {
    return this.below(id).length > 0;
  }

  /** A code and everything under it. */
  branch(id: string): Set<string> {
    const found = new Set([id]);
    for (const each of found) for (const below of this.below(each)) found.add(below);
    return found;
  }

  place(id: string): { parent: string | null; siblings: string[]; at: number } | null {
    const code = this.model.code(id);
    if (!code) return null;
    const siblings = this.#children.get(code.parent ?? code.codebook) ?? [];
    return { parent: code.parent, siblings, at: siblings.indexOf(id) };
  }

  /** What a search leaves of the tree: all ids to show, and those that match themselves. */
  find(query: string): { shown: Set<string>; hits: Set<string> } {
    const rows = this.#tree.filter(query);
    const hits = rows.filter((row) => row.rank !== null).map((row) => row.code.id);
    const books = rows.map((row) => row.code.codebook);
    return { shown: new Set([...rows.map((row) => row.code.id), ...books]), hits: new Set(hits) };
  }

  /** Codes that may be given and match, the best first; those of a codebook before all others. */
  match(query: string, book = ""): CodeRow[] {
    return this.#tree
      .filter(query)
      .filter((row) => row.rank !== null && row.code.status !== "retired")
      .sort((a, b) => Number(b.code.codebook === book) - Number(a.code.codebook === book) || a.rank! - b.rank!)
      .map((row) => row.code)
      .slice(0, 60);
  }

  /** Codes to begin with: those used last, then all in their order; those of a codebook before all others. */
  usual(recent: string[], book = ""): CodeRow[] {
    const first = recent.map((id) => this.model.code(id)).filter((code) => code !== undefined);
    const rest = this.#tree.rows.map((row) => row.code).filter((code) => !recent.includes(code.id));
    return [...first, ...rest]
      .filter((code) => code.status !== "retired")
      .sort((a, b) => Number(b.codebook === book) - Number(a.codebook === book))
      .slice(0, 60);
  }
}
