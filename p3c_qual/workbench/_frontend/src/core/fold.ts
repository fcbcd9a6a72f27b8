/** Text without case and accents, as the store folds it, and the way back to the text itself. */

const folds = new Map<string, string>();
/** Letters whose folded form is not the small letter of their capital. */
const CHEROKEE = /[\u13a0-\u13fd\uab70-\uabbf]/;

/** Fold a text, character by character. */
export function foldText(value: string): string {
  return value.replace(/[\x00-\x7f]+|[^\x00-\x7f]/gu, (found) =>
    found < "\x80" ? found.toLowerCase() : foldOne(found),
  );
}

/** Fold a character that is not ASCII. */
function foldOne(char: string): string {
  let fold = folds.get(char);
  if (fold === undefined) {
    const plain = [...caseless(char).normalize("NFKD")].filter((part) => !combines(part));
    fold = plain.map(caseless).join("");
    folds.set(char, fold);
  }
  return fold;
}

/** A text without case. JavaScript has only capitals and small letters, so that ß takes both ways. */
function caseless(value: string): string {
  return [...value]
    .map((char) => {
      if (char === "\u0131") return char;
      const capital = char.toUpperCase();
      return CHEROKEE.test(char) ? capital : [...capital].map((c) => c.toLowerCase()).join("");
    })
    .join("");
}

/** Whether a character joins the letter before it: only those change places when normalised. */
function combines(char: string): boolean {
  return (
    /\p{M}/u.test(char) &&
    ((char + "\u0334").normalize("NFD") !== char + "\u0334" ||
      ("\u0301" + char).normalize("NFD") !== "\u0301" + char)
  );
}

/** A folded text that knows where its parts come from. */
export class Folded {
  readonly text: string;
  /** Characters that change their length: their places, and where they start and end folded. */
  readonly #places: number[] = [];
  readonly #lengths: number[] = [];
  readonly #starts: number[] = [];
  readonly #ends: number[] = [];

  constructor(private readonly body: string) {
    let text = "";
    let last = 0;
    for (const found of body.matchAll(/[^\x00-\x7f]/gu)) {
      const fold = foldOne(found[0]);
      text += body.slice(last, found.index).toLowerCase();
      if (fold.length !== found[0].length || (fold.length === 2 && fold < "\ud800")) {
        this.#places.push(found.index);
        this.#lengths.push(found[0].length);
        this.#starts.push(text.length);
        this.#ends.push(text.length + fold.length);
      }
      text += fold;
      last = found.index + found[0].length;
    }
    this.text = text + body.slice(last).toLowerCase();
  }

  /** Where a part of the folded text, not empty, stands in the text; accents behind it belong to it. */
  place(start: number, end: number): [number, number] {
    const [first] = this.#origin(start);
    let [, last] = this.#origin(end - 1);
    while (last < this.body.length && foldText(charAt(this.body, last)) === "")
      last += charAt(this.body, last).length;
    return [first, last];
  }

  /** Which character a place of the folded text comes from. */
  #origin(at: number): [number, number] {
    let low = 0;
    let high = this.#ends.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#ends[middle] > at) high = middle;
      else low = middle + 1;
    }
    if (low < this.#ends.length && this.#starts[low] <= at)
      return [this.#places[low], this.#places[low] + this.#lengths[low]];
    const shift = low ? this.#places[low - 1] + this.#lengths[low - 1] - this.#ends[low - 1] : 0;
    return [at + shift, at + shift + 1];
  }
}

function charAt(text: string, at: number): string {
  return String.fromCodePoint(text.codePointAt(at)!);
}

// while somebody types a query the text stays the same
let lastBody = "";
let lastFolded = new Folded("");

/** Find a part of a text wherever it stands; the hits never share a character. */
export function findAll(text: string, query: string): [number, number][] {
  // half a character, as a keyboard may hand it over; no text holds one
  const needle = foldText(query.replace(/[\ud800-\udfff]/gu, "\ufffd"));
  if (!query.trim() || !needle) return [];
  if (text !== lastBody) {
    lastBody = text;
    lastFolded = new Folded(text);
  }
  const hits: [number, number][] = [];
  let last = 0;
  let at = lastFolded.text.indexOf(needle);
  while (at >= 0) {
    const [start, end] = lastFolded.place(at, at + needle.length);
    // two hits may lie in one ligature
    if (start >= last) {
      hits.push([start, end]);
      last = end;
    }
    at = lastFolded.text.indexOf(needle, at + needle.length);
  }
  return hits;
}
