/** The words of a quote: which are chosen, what is printed of them; positions are code points of the stored text. */

import { Offsets } from "../../core/offsets";
import type { EditRow, PieceRow, QuoteRow } from "../../wire";

export interface Span {
  start: number;
  end: number;
}

// the same rules whatever the reader's language
const WORDS = new Intl.Segmenter("en", { granularity: "word" });

/** Where the words of a quote stand, without blanks and signs. */
export function wordsOf(quote: Pick<QuoteRow, "quote" | "start">): Span[] {
  const offsets = new Offsets(quote.quote);
  return [...WORDS.segment(quote.quote)]
    .filter((each) => each.isWordLike)
    .map((each) => ({ start: quote.start + offsets.toCodePoint(each.index), end: quote.start + offsets.toCodePoint(each.index + each.segment.length, true) }));
}

/** The stored words of a span that lies in a quote. */
export function textOf(quote: Pick<QuoteRow, "quote" | "start">, span: Span): string {
  const offsets = new Offsets(quote.quote);
  const inside = (at: number) => offsets.toUtf16(Math.max(0, Math.min(at - quote.start, offsets.length)));
  return quote.quote.slice(inside(span.start), inside(span.end));
}

/** The next or the word before; `extend` moves the end alone, but never past the first word. */
export function stepWord(words: readonly Span[], at: Span | null, by: 1 | -1, extend = false): Span | null {
  if (!words.length) return null;
  if (!at) return by > 0 ? words[0]! : words.at(-1)!;
  const first = words.findIndex((each) => each.end > at.start);
  const last = words.filter((each) => each.start < at.end).length - 1;
  if (extend) {
    const to = words[Math.max(first, Math.min(last + by, words.length - 1))]!;
    return { start: at.start, end: Math.max(to.end, words[first]?.end ?? to.end) };
  }
  const to = by > 0 ? last + 1 : first - 1;
  return words[Math.max(0, Math.min(to, words.length - 1))]!;
}

/** Words that a range touches, whole; nothing where it touches none. */
export function wholeWords(words: readonly Span[], range: Span): Span | null {
  const touched = words.filter((each) => (range.start === range.end ? each.start <= range.start && range.start <= each.end : each.start < range.end && each.end > range.start));
  return touched.length ? { start: touched[0]!.start, end: touched.at(-1)!.end } : null;
}

/** What a quote shows of one piece: the stored words that are struck, and what stands in their place. */
export interface ShownPiece extends PieceRow {
  /** The stored words under it; empty for what was put in. */
  stored: string;
}

export function shownPieces(quote: QuoteRow): ShownPiece[] {
  const pieces = quote.pieces.length ? quote.pieces : [{ kind: "plain", text: quote.quote, start: quote.start, end: quote.end }];
  return pieces.map((each) => ({ ...each, stored: textOf(quote, each) }));
}

/** An operation in words. */
export function editSaid(edit: EditRow, quote: QuoteRow): string {
  const words = short(textOf(quote, edit));
  if (edit.kind === "omit") return `“${words}” left out, printed as dots`;
  if (edit.kind === "mask") return `“${words}” masked as ${quote.pieces.find((each) => each.kind === "masked" && each.start === edit.start)?.text.trim() || edit.text}`;
  if (edit.kind === "insert") return `[${edit.text}] put in`;
  return `${edit.start <= quote.start ? "begins later" : "ends earlier"}: without “${words}”`;
}

/** The beginning and the end of something long. */
export function short(text: string, most = 60): string {
  const signs = [...text];
  if (signs.length <= most) return text;
  // no word is cut, where it has blanks at all
  const head = signs.slice(0, Math.round(most / 2)).join("").replace(/(?<=\S)\s+\S*$/, "");
  const tail = signs.slice(-Math.round(most / 3)).join("").replace(/^\S*\s+(?=\S)/, "");
  return `${head} … ${tail}`;
}

/** Where a name stands in what is still printed of a quote, whatever its case. */
export function namesIn(quote: QuoteRow, name: string): Span[] {
  if (!name.trim()) return [];
  const sign = name.trim().replace(/[.*+?^${}()|[\]\\]/g, "\\$&").replace(/\s+/g, "\\s+");
  const pattern = new RegExp(`(?<![\\p{L}\\p{N}])${sign}(?![\\p{L}\\p{N}])`, "giu");
  const offsets = new Offsets(quote.quote);
  return [...quote.quote.matchAll(pattern)]
    .map((each) => ({ start: quote.start + offsets.toCodePoint(each.index), end: quote.start + offsets.toCodePoint(each.index + each[0].length, true) }))
    .filter((span) => !quote.edits.some((edit) => edit.kind !== "insert" && edit.start < span.end && edit.end > span.start));
}

/** A language by its name, as people call it: de is German. */
export function spoken(code: string): string {
  try {
    return new Intl.DisplayNames(["en"], { type: "language" }).of(code) ?? code;
  } catch {
    return code;
  }
}
