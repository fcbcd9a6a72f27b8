/** Positions: code points, as the store counts, and UTF-16 units, as the page counts. */

/** The way between the two for one text; a text without rare characters needs none. */
export class Offsets {
  /** Length of the text in code points. */
  readonly length: number;
  /** Where in UTF-16 the characters begin that take two units. */
  readonly #wide: number[] = [];
  readonly #units: number;

  constructor(text: string) {
    this.#units = text.length;
    // one regular expression is quicker than a loop where there is nothing to find
    if (/[\ud800-\udbff]/.test(text))
      for (const found of text.matchAll(/[\u{10000}-\u{10ffff}]/gu)) this.#wide.push(found.index);
    this.length = this.#units - this.#wide.length;
  }

  /** Where a position in code points lies in UTF-16. */
  toUtf16(cp: number): number {
    inside(cp, this.length, "characters");
    return cp + this.#before((index) => this.#wide[index] - index < cp);
  }

  /** Where a position in UTF-16 lies in code points; inside a character its start, or its end. */
  toCodePoint(u16: number, end = false): number {
    inside(u16, this.#units, "UTF-16 units");
    const before = this.#before((index) => this.#wide[index] < u16);
    const cut = before > 0 && this.#wide[before - 1] === u16 - 1;
    return u16 - before + (cut && end ? 1 : 0);
  }

  /** How many of the wide characters, in order, hold to a condition that the first ones hold to. */
  #before(holds: (index: number) => boolean): number {
    let low = 0;
    let high = this.#wide.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (holds(middle)) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

function inside(position: number, length: number, unit: string): void {
  if (!(position >= 0 && position <= length))
    throw new RangeError(
      `position ${position} lies outside the text, which has ${length} ${unit}`,
    );
}

// the same rules whatever the reader's language
const GRAPHEMES = new Intl.Segmenter("en", { granularity: "grapheme" });

/** Widen a range in UTF-16 so that it holds whole characters as people see them. */
export function graphemeBounds(text: string, start: number, end: number): [number, number] {
  return [around(text, start)[0], around(text, end)[1]];
}

/** What a position cuts through; where it cuts through nothing, the position twice. */
function around(text: string, at: number): [number, number] {
  if (parts(text, at)) return [at, at];
  // what two sure boundaries enclose is read as if it stood alone; mostly a few characters
  let from = at - 1;
  while (!parts(text, from)) from -= 1;
  let to = at + 1;
  while (!parts(text, to)) to += 1;
  const found = GRAPHEMES.segment(text.slice(from, to)).containing(at - from)!;
  const first = from + found.index;
  return first === at ? [at, at] : [first, first + found.segment.length];
}

/** Whether a position surely lies between characters: at an end, a line end, or in plain ASCII. */
function parts(text: string, at: number): boolean {
  if (at <= 0 || at >= text.length) return true;
  const before = text.charCodeAt(at - 1);
  const after = text.charCodeAt(at);
  if (before === 13 && after === 10) return false;
  return before === 10 || after === 10 || (before < 128 && after < 128);
}
