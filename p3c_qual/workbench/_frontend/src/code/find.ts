/** Words found in this text or in all; hits are coded one by one. */

import { button, count, fill, h } from "../dom";
import { findAll } from "../core/fold";
import type { Model } from "../model";
import type { SegmentList, SegmentRow } from "../wire";
import { Highlighter } from "./highlight";
import { segmentButton } from "./segments";
import type { Span, TextPane } from "./text";

export interface FindHooks {
  /** Go to a hit; the words found are marked as if by hand, and what is coded comes from a search. */
  hit(source: string | null, span: Span): void;
  failed(error: unknown): void;
  /** Back to the text. */
  leave(): void;
}

const MOST = 2000;

export class Find {
  readonly element: HTMLElement;
  readonly #input: HTMLInputElement;
  readonly #everywhere: HTMLInputElement;
  readonly #said = h("p", { class: "p3c-quiet", role: "status" });
  readonly #list = h("ol", { class: "p3c-segment-list" });
  #hits: { source: string | null; span: Span }[] = [];
  #at = -1;
  /** The words that were looked for in all sources; nothing while only this text is searched. */
  #listed: string | null = null;
  readonly #marks = new Highlighter("p3c-found", 1);

  constructor(
    private readonly model: Model,
    private readonly text: TextPane,
    private readonly hooks: FindHooks,
  ) {
    this.#input = h("input", {
      type: "search",
      class: "p3c-search",
      "aria-label": "Find words",
      placeholder: "Find words",
      autocomplete: "off",
      oninput: () => {
        if (!this.#everywhere.checked) this.#here();
      },
      onkeydown: (event: KeyboardEvent) => {
        if (event.key !== "Enter" && event.key !== "Escape") return;
        event.preventDefault();
        event.stopPropagation();
        // the words and their hits stay
        if (event.key === "Escape") return this.hooks.leave();
        if (this.#everywhere.checked && this.#listed !== this.#input.value) void this.#all();
        else this.next(event.shiftKey ? -1 : 1);
      },
    });
    this.#everywhere = h("input", {
      type: "checkbox",
      onchange: () => {
        this.#listed = null;
        this.again();
      },
    });
    this.element = h(
      "div",
      { class: "p3c-find" },
      h(
        "div",
        { class: "p3c-ends p3c-wrap" },
        this.#input,
        button("↑", () => this.next(-1), { "aria-label": "Hit before", title: "Hit before (Shift+F3)" }),
        button("↓", () => this.next(1), { "aria-label": "Next hit", title: "Next hit (F3)" }),
      ),
      h("label", {}, this.#everywhere, " in all sources"),
      h("p", { class: "p3c-quiet" }, "Case and accents do not matter. What is coded from here is marked ‘from search’."),
      this.#said,
      this.#list,
    );
  }

  focus(): void {
    this.#input.focus();
    this.#input.select();
  }

  /** Look again: the text is another one, or other words are asked for. */
  again(): void {
    // a hit in another source was gone to: the list stays, and the place in it
    if (this.#everywhere.checked && this.#listed !== null) return;
    this.#hits = [];
    this.#at = -1;
    fill(this.#list);
    if (this.#everywhere.checked) {
      this.#marks.show([]);
      fill(this.#said, this.#input.value ? "Enter looks through all sources." : "");
      if (this.#input.value) void this.#all();
    } else this.#here();
  }

  /** Another source was opened: what was found in all of them still holds. */
  opened(): void {
    if (!this.#everywhere.checked) this.again();
  }

  #here(): void {
    this.#listed = null;
    const { source, offsets } = this.model;
    const query = this.#input.value;
    const found = source && query.trim() ? findAll(source.text, query) : [];
    this.#hits = found.map(([start, end]) => ({
      source: null,
      span: { start: offsets.toCodePoint(start), end: offsets.toCodePoint(end, true) },
    }));
    this.#at = -1;
    fill(this.#list);
    fill(this.#said, query.trim() ? count(found.length, "hit") + (found.length > MOST ? `, the first ${MOST} are marked` : "") : "");
    this.refresh();
  }

  async #all(): Promise<void> {
    const words = this.#input.value;
    try {
      const found = await this.model.server.get<SegmentList>("search", {
        study: this.model.path,
        q: words,
        limit: 500,
      });
      this.#listed = words;
      this.#at = -1;
      this.#hits = found.rows.map((row) => ({ source: row.key, span: { start: row.start, end: row.end } }));
      fill(this.#said, count(found.total, "hit") + (found.total > found.rows.length ? `, the first ${found.rows.length} are listed` : ""));
      fill(this.#list, ...found.rows.map((row, at) => this.#item(row, at)));
    } catch (error) {
      this.hooks.failed(error);
    }
  }

  #item(row: SegmentRow, at: number): HTMLElement {
    return h("li", {}, segmentButton(row, () => this.#to(at), this.model.study.me));
  }

  next(by: 1 | -1): void {
    if (!this.#hits.length) return this.focus();
    this.#to((this.#at + by + this.#hits.length) % this.#hits.length);
  }

  #to(at: number): void {
    this.#at = at;
    const hit = this.#hits[at]!;
    this.hooks.hit(hit.source, hit.span);
    fill(this.#said, `Hit ${at + 1} of ${this.#hits.length}`);
    [...this.#list.children].forEach((item, i) => item.classList.toggle("p3c-chosen", i === at));
  }

  /** Whether words are the hit that was gone to. */
  isHit(span: Span): boolean {
    const hit = this.#hits[this.#at];
    if (hit?.source && hit.source !== this.model.source?.key) return false;
    if (!hit || (hit.source !== null && hit.source !== this.model.source?.key)) return false;
    return hit.span.start < span.end && span.start < hit.span.end;
  }

  /** Mark the hits on the page again; what is drawn anew loses its marks. */
  refresh(): void {
    if (this.#everywhere.checked) return;
    this.#marks.show(this.#hits.slice(0, MOST).map((hit) => this.text.range(hit.span)));
  }

  dispose(): void {
    this.#marks.show([]);
  }
}
