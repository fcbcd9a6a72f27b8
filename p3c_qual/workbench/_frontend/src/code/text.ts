/** The text of a source with all that lies on it; the page's selection in the store's positions. */

import { h, onceAFrame } from "../dom";
import { graphemeBounds } from "../core/offsets";
import { type LanesState, layOut as layLanes, placeOne, removeOne } from "../core/lanes";
import type { Model } from "../model";
import { dress, type Drawn, place } from "./margin";
import { type Block, layOut, plain, type Row, rowAt } from "./rows";

export interface Span {
  start: number;
  end: number;
}

/** Rows within this distance of the window are drawn before they are seen. */
const NEAR = "600px 0px";

export class TextPane {
  readonly element: HTMLElement;
  /** Codings that are chosen, by id. */
  readonly chosen = new Set<string>();
  readonly #page: HTMLElement;
  #rows: Row[] = [];
  #blocks = new Map<Element, Block>();
  #drawn = new Map<string, Drawn>();
  #lanes: LanesState = layLanes([]);
  #hot = "";
  #held: string[] | null = null;
  #watch: IntersectionObserver;
  #size: ResizeObserver;
  #width = 0;
  /** Which codings are to be seen. */
  #seen: (id: string) => boolean = () => true;

  constructor(
    private readonly model: Model,
    private readonly look: { label(code: string): string; colour(code: string): number },
    private readonly redrawn: () => void,
  ) {
    this.#page = h("div", { class: "p3c-page" });
    this.element = h(
      "div",
      {
        class: "p3c-text",
        tabindex: "0",
        role: "document",
        "aria-label": "Text of the source",
        "aria-describedby": "p3c-text-help",
      },
      this.#page,
    );
    this.#watch = new IntersectionObserver((seen) => this.#near(seen), {
      root: this.element,
      rootMargin: NEAR,
    });
    this.#size = new ResizeObserver(
      onceAFrame(() => {
        const width = this.#page.clientWidth;
        if (width && width !== this.#width) this.measure();
        this.#width = width;
      }),
    );
    this.#size.observe(this.#page);
    this.element.addEventListener("pointerover", (event) => this.#hover(event.target));
    this.element.addEventListener("pointerleave", () => this.#hover(null));
  }

  dispose(): void {
    this.#watch.disconnect();
    this.#size.disconnect();
  }

  /** Show the open source from its beginning. */
  load(): void {
    const { source, offsets } = this.model;
    this.#watch.disconnect();
    this.#blocks.clear();
    this.chosen.clear();
    const made = layOut(source!, offsets);
    this.#rows = made.rows;
    this.#lay();
    this.#page.lang = source!.language;
    this.#page.replaceChildren(...made.blocks.map((block) => block.element));
    for (const block of made.blocks) {
      this.#blocks.set(block.element, block);
      this.#watch.observe(block.element);
    }
    this.element.scrollTop = 0;
  }

  /** Show only codings that pass. */
  filter(seen: (id: string) => boolean): void {
    this.#seen = seen;
    if (this.model.source) this.redrawAll();
  }

  /** Draw anew: labels, colours or what is to be seen are different. */
  redrawAll(): void {
    for (const row of this.#rows) row.ids.clear();
    this.#lay();
    const near: Row[] = [];
    for (const row of this.#rows)
      if (row.dressed || row.ids.size) {
        if (row.block.near) near.push(row);
        else this.#undress(row);
      }
    this.#draw(near);
  }

  /** Bring some codings to what the model says of them. */
  update(ids: string[]): void {
    // words that are being marked with the mouse must stay where they are
    if (this.#held) {
      this.#held.push(...ids);
      return;
    }
    const rows = new Set<Row>();
    for (const id of ids) {
      const old = this.#drawn.get(id);
      if (old)
        for (const row of this.#rowsOf(old)) {
          row.ids.delete(id);
          rows.add(row);
        }
      this.#drawn.delete(id);
    }
    for (const id of ids) {
      const made = this.#make(id);
      removeOne(this.#lanes, id);
      if (!made) continue;
      made.lane = placeOne(this.#lanes, made);
      this.#drawn.set(id, made);
      for (const row of this.#rowsOf(made)) {
        row.ids.add(id);
        rows.add(row);
      }
    }
    const near: Row[] = [];
    for (const row of rows)
      if (row.block.near) near.push(row);
      else this.#undress(row);
    this.#draw(near);
  }

  #lay(): void {
    this.#drawn.clear();
    for (const id of this.model.codings.keys()) {
      const made = this.#make(id);
      if (made) this.#drawn.set(id, made);
    }
    this.#lanes = layLanes([...this.#drawn.values()]);
    for (const each of this.#drawn.values()) {
      each.lane = this.#lanes.lanes.get(each.id) ?? 0;
      for (const row of this.#rowsOf(each)) row.ids.add(each.id);
    }
  }

  #make(id: string): Drawn | null {
    const row = this.model.codings.get(id);
    if (!row || !this.#seen(id)) return null;
    const { offsets } = this.model;
    return {
      id,
      start: offsets.toUtf16(row.start),
      end: offsets.toUtf16(row.end),
      lane: 0,
      row,
      label: this.look.label(row.code),
      colour: this.look.colour(row.code),
    };
  }

  *#rowsOf(span: Span): Generator<Row> {
    for (let at = rowAt(this.#rows, span.start); at < this.#rows.length; at++) {
      const row = this.#rows[at]!;
      if (row.from >= span.end) return;
      if (row.to > span.start && row.to > row.from) yield row;
    }
  }

  #undress(row: Row): void {
    if (row.dressed) {
      row.element.querySelector(".p3c-bars")?.remove();
      row.element.querySelector(".p3c-chips")?.remove();
      plain(row, this.model.source!.text);
    }
    row.dressed = false;
  }

  #draw(rows: Row[]): void {
    if (!rows.length) return;
    const focus = (document.activeElement as HTMLElement | null)?.dataset?.ids;
    const looks = { text: this.model.source!.text, me: this.model.study.me, chosen: this.chosen };
    dress(rows, this.#drawn, looks);
    if (focus && !this.element.contains(document.activeElement)) this.chipOf(focus)?.focus();
    if (this.#hot) this.#heat(this.#hot, true);
    this.redrawn();
  }

  #near(seen: IntersectionObserverEntry[]): void {
    const rows: Row[] = [];
    for (const { target, isIntersecting } of seen) {
      const block = this.#blocks.get(target);
      if (!block) continue;
      block.near = isIntersecting;
      if (isIntersecting)
        rows.push(...block.rows.filter((row) => row.ids.size > 0 && !row.dressed));
    }
    this.#draw(rows);
  }

  /** Bring the margin to the lines anew: the window has another width, or the letters a new size. */
  measure(): void {
    for (const block of this.#blocks.values()) {
      const dressed = block.rows.filter((row) => row.dressed && row.ids.size);
      if (block.near) place(dressed, this.#drawn);
      else for (const row of dressed) row.dressed = false;
    }
    this.redrawn();
  }

  /** While words are marked with the mouse nothing under them is drawn anew. */
  hold(on: boolean): void {
    const late = this.#held;
    this.#held = on ? [] : null;
    if (late?.length) this.update([...new Set(late)]);
  }

  choose(ids: string[]): void {
    const touched = new Set([...this.chosen, ...ids]);
    this.chosen.clear();
    for (const id of ids) this.chosen.add(id);
    for (const id of touched) {
      const on = this.chosen.has(id);
      for (const element of this.#drawnOf(id)) {
        element.classList.toggle("p3c-chosen", on);
        if (element.tagName === "BUTTON") element.setAttribute("aria-pressed", String(on));
      }
    }
    this.redrawn();
  }

  /** All elements near the window that show a coding. */
  *#drawnOf(id: string): Generator<HTMLElement> {
    const coding = this.#drawn.get(id);
    if (!coding) return;
    for (const row of this.#rowsOf(coding))
      if (row.dressed && row.block.near)
        yield* row.element.querySelectorAll<HTMLElement>(`[data-ids~="${CSS.escape(id)}"]`);
  }

  chipOf(id: string): HTMLElement | null {
    for (const element of this.#drawnOf(id)) if (element.tagName === "BUTTON") return element;
    return null;
  }

  #hover(target: EventTarget | null): void {
    const element = target instanceof Element ? target.closest<HTMLElement>("[data-ids]") : null;
    const ids = element && this.element.contains(element) ? (element.dataset.ids ?? "") : "";
    if (ids === this.#hot) return;
    this.#heat(this.#hot, false);
    this.#hot = ids;
    this.#heat(ids, true);
  }

  #heat(ids: string, on: boolean): void {
    for (const id of ids.split(" "))
      if (id) for (const element of this.#drawnOf(id)) element.classList.toggle("p3c-hot", on);
  }

  /** The codings that cover a position, the shortest first. */
  at(position: number): string[] {
    const here = this.model.offsets.toUtf16(position);
    const row = this.#rows[rowAt(this.#rows, here)];
    return [...(row?.ids ?? [])]
      .map((id) => this.#drawn.get(id)!)
      .filter((each) => each.start <= here && here < each.end)
      .sort((a, b) => a.end - a.start - (b.end - b.start) || (a.id < b.id ? -1 : 1))
      .map((each) => each.id);
  }

  /** The codings that touch a span, in the order of the text. */
  within(span: Span): string[] {
    const { offsets } = this.model;
    const [start, end] = [offsets.toUtf16(span.start), offsets.toUtf16(span.end)];
    const found = new Map<string, Drawn>();
    for (const row of this.#rowsOf({ start, end }))
      for (const id of row.ids) found.set(id, this.#drawn.get(id)!);
    return [...found.values()]
      // while words are marked what is drawn may be behind what is known
      .filter((each) => each.start < end && start < each.end && this.model.codings.has(each.id))
      .sort((a, b) => a.start - b.start || b.end - a.end || (a.id < b.id ? -1 : 1))
      .map((each) => each.id);
  }

  /** The line a position stands in, from 1. */
  lineOf(position: number): number {
    return this.#rows[rowAt(this.#rows, this.model.offsets.toUtf16(position))]?.number ?? 1;
  }

  /** The element of the line a position stands in. */
  rowElement(position: number): HTMLElement | undefined {
    return this.#rows[rowAt(this.#rows, this.model.offsets.toUtf16(position))]?.element;
  }

  /** Lay something over the page, right below where a position stands; it scrolls with the text. */
  below(element: HTMLElement, position: number): void {
    const at = Math.max(0, position - 1);
    this.reveal(at);
    const box = this.range({ start: at, end: position }).getBoundingClientRect();
    const line = this.rowElement(at)!.firstElementChild!.getBoundingClientRect();
    const page = this.#page.getBoundingClientRect();
    element.style.top = `${box.bottom - page.top + 3}px`;
    element.style.left = `${line.left - page.left}px`;
    element.style.width = `${line.width}px`;
    this.#page.append(element);
  }

  /** Where a line begins. */
  startOf(line: number): number {
    const row = this.#rows[Math.min(Math.max(1, line), this.#rows.length) - 1];
    return this.model.offsets.toCodePoint(row?.from ?? 0);
  }

  /** A span as a range of the page. */
  range(span: Span): Range {
    const { offsets } = this.model;
    const made = document.createRange();
    const [a, i] = this.#node(offsets.toUtf16(span.start), false);
    const [b, j] = this.#node(offsets.toUtf16(span.end), true);
    made.setStart(a, i);
    made.setEnd(b, j);
    return made;
  }

  #node(position: number, end: boolean): [Node, number] {
    let at = rowAt(this.#rows, position);
    // an end at the very start of a line belongs to the line before
    if (end && at > 0 && this.#rows[at]!.from === position) at--;
    const row = this.#rows[at]!;
    let left = Math.min(position, row.to) - row.from;
    const walk = document.createTreeWalker(row.line, NodeFilter.SHOW_TEXT);
    for (let node = walk.nextNode(); node; node = walk.nextNode()) {
      const { length } = node as Text;
      if (left < length || (left === length && end)) return [node, left];
      left -= length;
    }
    const last = row.line.lastChild;
    return last instanceof Text ? [last, last.length] : [row.line, row.line.childNodes.length];
  }

  /** The position of a place on the page, in UTF-16 units; null outside the text. */
  #position(node: Node, offset: number): number | null {
    const element = node instanceof Element ? node : node.parentElement;
    if (!element || !this.#page.contains(element)) return null;
    const holder = element.closest<HTMLElement>(".p3c-row");
    if (!holder) {
      // between rows, as the end of a whole line is that was marked by three clicks
      const child = element.childNodes[offset];
      const next = child instanceof Element ? (child.matches(".p3c-row") ? child : child.querySelector(".p3c-row")) : null;
      const number = next ? Number((next as HTMLElement).dataset.n) - 1 : -1;
      if (number >= 0) return this.#rows[number]!.from;
      const last = [...element.querySelectorAll<HTMLElement>(".p3c-row")].at(-1);
      return last ? this.#rows[Number(last.dataset.n) - 1]!.to : null;
    }
    const row = this.#rows[Number(holder.dataset.n) - 1]!;
    if (!row.line.contains(node)) {
      // in the margin, or between rows
      const after = row.line.compareDocumentPosition(node) & Node.DOCUMENT_POSITION_FOLLOWING;
      return after && !(node === holder && offset === 0) ? row.to : row.from;
    }
    const before = document.createRange();
    before.setStart(row.line, 0);
    before.setEnd(node, offset);
    return row.from + before.toString().length;
  }

  /** What is marked on the page, widened to whole characters and without blanks at its ends. */
  marked(): Span | null {
    const selection = document.getSelection();
    if (!selection || selection.isCollapsed || !selection.rangeCount) return null;
    const range = selection.getRangeAt(0);
    const from = this.#position(range.startContainer, range.startOffset);
    const to = this.#position(range.endContainer, range.endOffset);
    if (from === null || to === null || from >= to) return null;
    return this.#trimmed(from, to);
  }

  /** The position under a point of the window, in code points. */
  under(x: number, y: number): number | null {
    const page = document as any;
    const spot = page.caretPositionFromPoint?.(x, y);
    const range = spot ? null : page.caretRangeFromPoint?.(x, y);
    const node = spot?.offsetNode ?? range?.startContainer;
    if (!node) return null;
    const at = this.#position(node, spot?.offset ?? range.startOffset);
    return at === null ? null : this.model.offsets.toCodePoint(at);
  }

  /** A span widened to whole characters and without blanks at its ends. */
  whole(span: Span): Span | null {
    const { offsets } = this.model;
    return this.#trimmed(offsets.toUtf16(span.start), offsets.toUtf16(span.end));
  }

  #trimmed(from: number, to: number): Span | null {
    const { source, offsets } = this.model;
    let [start, end] = graphemeBounds(source!.text, from, to);
    const blank = /\s/;
    while (start < end && blank.test(source!.text[start]!)) start++;
    while (end > start && blank.test(source!.text[end - 1]!)) end--;
    if (start >= end) return null;
    return { start: offsets.toCodePoint(start), end: offsets.toCodePoint(end, true) };
  }

  words(span: Span): string {
    const { source, offsets } = this.model;
    return source!.text.slice(offsets.toUtf16(span.start), offsets.toUtf16(span.end));
  }

  /** Bring a position into sight; near the middle unless it is seen already. */
  reveal(position: number, middle = false): void {
    const row = this.#rows[rowAt(this.#rows, this.model.offsets.toUtf16(position))];
    if (!row) return;
    if (!row.block.near) {
      row.element.scrollIntoView({ block: "center" });
      row.block.near = true;
      this.#draw(row.block.rows.filter((each) => each.ids.size > 0 && !each.dressed));
    }
    const box = this.range({ start: position, end: position + 1 }).getBoundingClientRect();
    const pane = this.element.getBoundingClientRect();
    const margin = 60;
    if (middle || box.top < pane.top + margin || box.bottom > pane.bottom - margin)
      this.element.scrollTop += box.top - pane.top - pane.height / 2.5;
  }

  /** The first position in sight. */
  get top(): number {
    const pane = this.element.getBoundingClientRect();
    let low = 0;
    let high = this.#rows.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#rows[middle]!.element.getBoundingClientRect().bottom < pane.top + 4) low = middle + 1;
      else high = middle;
    }
    return this.model.offsets.toCodePoint(this.#rows[low]?.from ?? 0);
  }
}
