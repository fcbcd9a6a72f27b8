/** Which rows of the table are shown, and in which order. */

import { foldText } from "../core/fold";
import { button, fill, h } from "../dom";
import type { Shown } from "./foresee";
import { needs, STATES } from "./rowcells";
import type { Summary } from "./summary";

/** A category that stands for rows in none. */
const NONE = "-";

export class Filters {
  readonly element = h("div", { class: "p3c-sum-filters", role: "group", "aria-label": "Which rows are shown" });
  readonly #search = h("input", { type: "search", class: "p3c-sum-search", placeholder: "Search the rows", "aria-label": "Search the rows", autocomplete: "off" });
  readonly #state = h("select", { "aria-label": "State" });
  readonly #case = h("select", { "aria-label": "Case" });
  readonly #category = h("select", { "aria-label": "Category" });
  readonly #needs = h("input", { type: "checkbox" });
  readonly #sort = h("select", { "aria-label": "Order" });
  readonly #clear: HTMLButtonElement;
  readonly #count = h("span", { class: "p3c-quiet", role: "status" });
  #folded = new Map<string, [Shown, string]>();
  #timer = 0;

  constructor(
    private readonly summary: Summary,
    private readonly changed: () => void,
    leave: () => void,
  ) {
    this.#clear = button("Show all", () => this.clear());
    fill(this.#sort, h("option", { value: "" }, "material order"), h("option", { value: "category" }, "by category"));
    fill(
      this.element,
      this.#search,
      this.#state,
      this.#case,
      this.#category,
      h("label", { class: "p3c-inline", title: "Rows on which the step still waits, and rows whose text was edited" }, this.#needs, " needs something"),
      this.#sort,
      this.#clear,
      this.#count,
    );
    for (const each of [this.#state, this.#case, this.#category, this.#needs, this.#sort]) each.addEventListener("change", () => this.#now());
    this.#search.addEventListener("input", () => {
      clearTimeout(this.#timer);
      this.#timer = window.setTimeout(() => this.#now(), 120);
    });
    this.#search.addEventListener("keydown", (event) => {
      if (!["Enter", "Escape", "ArrowDown"].includes(event.key)) return;
      event.preventDefault();
      event.stopPropagation();
      if (event.key === "Escape") this.#search.value = "";
      this.#now();
      leave();
    });
    this.draw();
  }

  #now(): void {
    clearTimeout(this.#timer);
    this.changed();
  }

  focus(): void {
    this.#search.focus();
    this.#search.select();
  }

  get any(): boolean {
    return Boolean(this.#search.value.trim() || this.#state.value || this.#case.value || this.#category.value || this.#needs.checked);
  }

  clear(): void {
    this.#search.value = this.#state.value = this.#case.value = this.#category.value = "";
    this.#needs.checked = false;
    this.#now();
  }

  /** Offer what there is now. */
  draw(): void {
    const { units, reductions } = this.summary;
    options(this.#state, "all states", Object.entries(STATES));
    options(this.#case, "all cases", [...new Set(units.map((row) => row.unit))].filter(Boolean).map((each) => [each, each]));
    options(this.#category, "all categories", [[NONE, "in no category"], ...reductions.map((each): [string, string] => [each.id, this.summary.path(each.id)])]);
  }

  /** Ids of the rows to be shown, in their order. */
  rows(): string[] {
    const { summary } = this;
    const words = foldText(this.#search.value).split(/\s+/).filter(Boolean);
    const [state, unit, category, step] = [this.#state.value, this.#case.value, this.#category.value, summary.question.step];
    const within = category && category !== NONE ? this.#branch(category) : null;
    let rows = summary.units.filter(
      (row) =>
        (!state || row.state === state) &&
        (!unit || row.unit === unit) &&
        (!category || (within ? row.state === "bundled" && within.has(row.reduction!) : row.state !== "bundled")) &&
        (!this.#needs.checked || needs(row, step)) &&
        (!words.length || words.every((word) => this.#wordsOf(row).includes(word))),
    );
    if (this.#sort.value === "category") {
      const place = new Map([...summary.reductions].sort((a, b) => summary.path(a.id).localeCompare(summary.path(b.id), "en")).map((each, at) => [each.id, at]));
      const of = (row: Shown) => (row.state === "bundled" ? (place.get(row.reduction!) ?? place.size) : row.state === "left_over" ? place.size + 1 : place.size + 2);
      rows = rows.map((row, at) => ({ row, at })).sort((a, b) => of(a.row) - of(b.row) || a.at - b.at).map(({ row }) => row);
    }
    this.#clear.hidden = !this.any;
    fill(this.#count, this.any ? `${rows.length.toLocaleString("en-GB")} of ${summary.order.length.toLocaleString("en-GB")} rows` : "");
    return rows.map((row) => row.id);
  }

  #branch(category: string): Set<string> {
    const found = new Set([category]);
    for (const top of found) for (const each of this.summary.reductions) if (each.into === top) found.add(each.id);
    return found;
  }

  #wordsOf(row: Shown): string {
    const known = this.#folded.get(row.id);
    if (known?.[0] === row) return known[1];
    const text = foldText([this.summary.no(row.id), row.unit, row.quote, row.paraphrase, row.generalisation, row.reason, row.left_over, this.summary.path(row.reduction)].join(" "));
    this.#folded.set(row.id, [row, text]);
    return text;
  }

  dispose(): void {
    clearTimeout(this.#timer);
  }
}

function options(select: HTMLSelectElement, all: string, rows: [string, string][]): void {
  const { value } = select;
  fill(select, h("option", { value: "" }, all), ...rows.map(([id, label]) => h("option", { value: id }, label)));
  select.value = rows.some(([id]) => id === value) ? value : "";
}
