/** The words of a quote on the page: a stretch of them is chosen by mouse or keys, and what was done to them is seen. */

import { Highlighter } from "../../code/highlight";
import { Offsets } from "../../core/offsets";
import { fill, h, type Child } from "../../dom";
import type { QuoteRow } from "../../wire";
import { type ShownPiece, shownPieces, type Span, stepWord, textOf, wholeWords, wordsOf } from "./words";

const TITLES: Record<string, string> = { omitted: "left out, printed as dots", masked: "masked", inserted: "put in", trimmed: "not part of the quote any more" };

export class QuoteWords {
  readonly element = h("div", {
    class: "p3c-rp-words p3c-keys",
    role: "textbox",
    "aria-readonly": "true",
    "aria-multiline": "true",
    "aria-label": "The words of the quote. Arrow keys choose words.",
    tabindex: "0",
    "data-name": "words",
    dir: "auto",
  });
  /** What is chosen, in code points of the stored text. */
  chosen: Span | null = null;
  readonly #marks = new Highlighter("p3c-cursor", 2);
  #quote: QuoteRow | null = null;
  #words: Span[] = [];

  constructor(private readonly told: (words: string) => void) {
    this.element.addEventListener("pointerup", () => this.#take());
    this.element.addEventListener("focus", () => {
      // who came by keyboard begins at the first word
      if (!this.chosen && !this.element.matches(":active")) this.choose(this.#words[0] ?? null);
    });
    this.element.addEventListener("keydown", (event) => {
      const line = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      const end = { Home: 0, End: -1 }[event.key];
      if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || (!line && end === undefined)) return;
      event.preventDefault();
      event.stopPropagation();
      if (line) this.#line(line);
      else this.choose(this.#words.at(end!) ?? null);
    });
  }

  show(quote: QuoteRow): void {
    if (quote.id !== this.#quote?.id || quote.start !== this.#quote.start || quote.quote !== this.#quote.quote) this.chosen = null;
    this.#quote = quote;
    this.#words = wordsOf(quote);
    fill(this.element, ...shownPieces(quote).flatMap(drawPiece));
    this.#mark();
  }

  choose(span: Span | null): void {
    this.chosen = span;
    this.#mark();
    this.told(span && this.#quote ? textOf(this.#quote, span) : "");
  }

  step(by: 1 | -1, extend = false): void {
    this.choose(stepWord(this.#words, this.chosen, by, extend));
  }

  clear(): void {
    this.#marks.show([]);
  }

  /** Take what was marked with the mouse: whole words, or the one that was pressed. */
  #take(): void {
    const found = document.getSelection();
    if (!found?.anchorNode || !found.focusNode || !this.element.contains(found.anchorNode) || !this.element.contains(found.focusNode)) return;
    const ends = [this.#position(found.anchorNode, found.anchorOffset), this.#position(found.focusNode, found.focusOffset)].sort((one, other) => one - other);
    this.choose(wholeWords(this.#words, { start: ends[0]!, end: ends[1]! }));
    found.removeAllRanges();
    this.element.focus({ preventScroll: true });
  }

  /** The word of the line above or below that stands nearest. */
  #line(by: number): void {
    const here = this.chosen && this.#range(this.chosen)?.getBoundingClientRect();
    if (!here) return this.step(by > 0 ? 1 : -1);
    const boxes = this.#words.map((word) => ({ word, box: this.#range(word)?.getClientRects()[0] }));
    const beyond = boxes.filter((each) => each.box && (by > 0 ? each.box.top > here.bottom - 3 : each.box.bottom < here.top + 3));
    const edge = beyond.map((each) => each.box!.top);
    const top = by > 0 ? Math.min(...edge) : Math.max(...edge);
    const row = beyond.filter((each) => Math.abs(each.box!.top - top) < 6);
    const near = row.sort((one, other) => Math.abs(one.box!.left - here.left) - Math.abs(other.box!.left - here.left))[0];
    if (near) this.choose(near.word);
  }

  #mark(): void {
    const range = this.chosen && this.#range(this.chosen);
    this.#marks.show(range ? [range] : []);
  }

  #range(span: Span): Range | null {
    const [from, to] = [this.#spot(span.start, false), this.#spot(span.end, true)];
    if (!from || !to) return null;
    const range = document.createRange();
    range.setStart(...from);
    range.setEnd(...to);
    return range;
  }

  /** Where a position stands on the page; an end belongs to what it ends. */
  #spot(at: number, end: boolean): [Node, number] | null {
    for (const piece of this.element.querySelectorAll<HTMLElement>("[data-start]")) {
      const node = piece.firstChild as Text | null;
      if (!node) continue;
      const start = Number(piece.dataset.start);
      const offsets = new Offsets(node.data);
      if (end ? start < at && at <= start + offsets.length : start <= at && at < start + offsets.length) return [node, offsets.toUtf16(at - start)];
    }
    return null;
  }

  /** The position of a point of the page. */
  #position(node: Node, offset: number): number {
    const text = node.nodeType === Node.TEXT_NODE ? node : (node.childNodes[offset] ?? node.lastChild ?? node);
    const parent = (text instanceof Element ? text : text.parentElement)!;
    const stored = parent.closest<HTMLElement>("[data-start]");
    if (stored) {
      const within = node.nodeType === Node.TEXT_NODE ? new Offsets((node as Text).data).toCodePoint(offset) : 0;
      return Number(stored.dataset.start) + within;
    }
    return Number(parent.closest<HTMLElement>("[data-at]")?.dataset.at ?? this.#quote?.end ?? 0);
  }
}

function drawPiece(piece: ShownPiece): Child[] {
  if (piece.kind === "plain") return [h("span", { "data-start": piece.start }, piece.stored)];
  const title = TITLES[piece.kind] ?? piece.kind;
  return [
    piece.stored && h("del", { class: `p3c-rp-${piece.kind}`, "data-start": piece.start, title }, piece.stored),
    piece.text && h("ins", { class: "p3c-rp-put", "data-at": piece.start, title }, piece.text.trim()),
  ];
}
