/** Passing marks on the text (the cursor, words found), drawn by the browser beside the text. */

interface Marks {
  add(range: AbstractRange): void;
  delete(range: AbstractRange): void;
  priority: number;
}

/** The marks of one kind; the page has one register for all views, so each minds its own only. */
export class Highlighter {
  #ranges: Range[] = [];
  readonly #marks: Marks | null;

  constructor(name: string, priority: number) {
    const all = (CSS as any).highlights as Map<string, Marks> | undefined;
    if (!all) {
      this.#marks = null;
      return;
    }
    const made = new (globalThis as any).Highlight() as Marks;
    made.priority = priority;
    if (!all.has(name)) all.set(name, made);
    this.#marks = all.get(name)!;
  }

  show(ranges: Range[]): void {
    for (const range of this.#ranges) this.#marks?.delete(range);
    for (const range of ranges) this.#marks?.add(range);
    this.#ranges = ranges;
  }
}
