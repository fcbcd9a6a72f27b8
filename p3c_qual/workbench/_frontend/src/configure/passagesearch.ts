/** Look for words in all texts, and choose one of the passages they stand in; a part of a dialog. */

import { Amiss } from "../dialog";
import { button, count, fill, h } from "../dom";
import type { SegmentList, SegmentRow } from "../wire";
import { passageOf } from "./panels/quotes";
import type { Context } from "./panel";

/** Hits that are shown at once. */
const MOST = 40;
type How = "sentence" | "turn" | "words";

export class PassageSearch {
  readonly element: HTMLElement;
  readonly input: HTMLInputElement;
  readonly #said = h("p", { class: "p3c-quiet", role: "status" }, "Type some words and press Enter.");
  readonly #list = h("div", { class: "p3c-pan-hits", role: "radiogroup", "aria-label": "Passages found" });
  readonly #how: HTMLSelectElement;
  #hits: SegmentRow[] = [];
  #total = 0;

  constructor(
    private readonly context: Pick<Context, "model">,
    /** The source to look in; empty for all. */
    private readonly source: () => string = () => "",
  ) {
    this.#how = h(
      "select",
      { "aria-label": "How much of it", onchange: () => this.#hits.length && this.#draw() },
      h("option", { value: "sentence" }, "the sentence it stands in"),
      h("option", { value: "turn" }, "the whole turn"),
      h("option", { value: "words" }, "the words alone"),
    );
    this.input = h("input", { type: "search", "aria-label": "Words to look for", placeholder: "Words to look for", autocomplete: "off", dir: "auto" });
    this.input.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.isComposing || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      event.stopPropagation();
      void this.#look();
    });
    this.element = h("div", {}, h("div", { class: "p3c-pan-row" }, this.input, button("Look", () => void this.#look()), this.#how), this.#said, this.#list);
  }

  async #look(): Promise<void> {
    if (!this.input.value.trim()) return;
    const { model } = this.context;
    try {
      fill(this.#said, "Looking …");
      const found = await model.server.get<SegmentList>("search", { study: model.path, q: this.input.value, source: this.source() || undefined, limit: MOST });
      this.#hits = found.rows;
      this.#total = found.total;
      fill(this.#list);
      this.#draw();
    } catch (error) {
      fill(this.#said, error instanceof Error ? error.message : String(error));
    }
  }

  get #at(): number {
    return Number(this.#list.querySelector<HTMLInputElement>("input:checked")?.value ?? -1);
  }

  #draw(): void {
    const places = this.#hits.map((hit) => ({ source: hit.source, ...passageOf(hit, this.#how.value as How) }));
    // a passage that has the words twice is shown once
    const first = firsts(places);
    const at = first[Math.max(0, this.#at)];
    const passages = new Set(first).size;
    const hits = count(this.#total, "hit") + (this.#total > first.length ? `, the first ${first.length} are shown` : "");
    const said = passages < first.length ? `${hits}, in ${count(passages, "passage")}` : hits;
    fill(this.#said, this.#total ? said : "Nothing was found. Words are found whole, whatever their case and accents.");
    fill(
      this.#list,
      ...this.#hits.map((hit, i) => {
        if (first[i] !== i) return null;
        const { start, end } = places[i]!;
        const shown = start === hit.start && end === hit.end ? hit.quote : [...hit.turn].slice(start - hit.turn_start, end - hit.turn_start).join("");
        return h(
          "label",
          { class: "p3c-pan-hit" },
          h("input", { type: "radio", name: "hit", value: i, checked: i === at }),
          h("span", {}, h("q", { dir: "auto" }, shown), h("small", {}, ` ${[hit.key, hit.interviewee !== hit.key && hit.interviewee, hit.stakeholder_types.join(", ")].filter(Boolean).join(" · ")}`)),
        );
      }),
    );
  }

  /** Whether a passage was chosen. */
  get any(): boolean {
    return this.#hits[this.#at] !== undefined;
  }

  /** The passage that was chosen; where none was, it is said. */
  get chosen(): { source: string; start: number; end: number } {
    const hit = this.#hits[this.#at];
    if (!hit) throw new Amiss("Look for words first, then choose a passage.", this.input);
    return { source: hit.source, ...passageOf(hit, this.#how.value as How) };
  }
}

/** For each place, which is the first that is the same. */
export function firsts(places: readonly { source: string; start: number; end: number }[]): number[] {
  const seen = new Map<string, number>();
  return places.map(({ source, start, end }, i) => {
    const name = `${source} ${start} ${end}`;
    if (!seen.has(name)) seen.set(name, i);
    return seen.get(name)!;
  });
}
