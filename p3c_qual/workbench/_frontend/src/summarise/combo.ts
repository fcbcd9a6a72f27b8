/** Choose one of many by typing a few letters; the list stands open below what is typed. */

import { foldText } from "../core/fold";
import { fill, h } from "../dom";

export interface Offer {
  id: string;
  label: string;
  /** What tells it from others. */
  detail?: string;
}

/** Lines shown at a time; further letters bring the others. */
const MOST = 60;
let numbers = 0;

export class Combo {
  readonly element: HTMLElement;
  readonly input: HTMLInputElement;
  readonly #list: HTMLElement;
  readonly #name = `p3c-combo-${++numbers}`;
  readonly #folded: string[];
  #hits: Offer[] = [];
  #at = -1;
  #made = false;

  constructor(
    private readonly offers: Offer[],
    private readonly look: {
      label: string;
      placeholder?: string;
      /** What is said where something new may be made of the letters; without it nothing may. */
      fresh?: (label: string) => string;
      changed?: () => void;
    },
  ) {
    // where a new name may be typed, only names are looked at
    this.#folded = offers.map((each) => foldText(look.fresh ? each.label : `${each.label} ${each.detail ?? ""}`));
    this.#list = h("ul", { class: "p3c-hits p3c-combo-list", role: "listbox", id: this.#name, "aria-label": look.label });
    this.input = h("input", {
      type: "text",
      role: "combobox",
      "aria-expanded": "true",
      "aria-controls": this.#name,
      "aria-autocomplete": "list",
      "aria-label": look.label,
      placeholder: look.placeholder ?? "Type a few letters",
      autocomplete: "off",
      spellcheck: "false",
      dir: "auto",
    });
    this.input.addEventListener("input", () => this.#draw());
    this.input.addEventListener("keydown", (event) => this.#key(event));
    this.element = h("div", { class: "p3c-combo" }, this.input, this.#list);
    this.#draw();
    this.#made = true;
  }

  /** The offer that would be taken now. */
  get chosen(): Offer | null {
    return this.#hits[this.#at] ?? null;
  }

  /** What was typed, where something new is to be made of it. */
  get fresh(): string {
    return this.look.fresh && !this.chosen ? this.input.value.trim() : "";
  }

  #draw(): void {
    const words = foldText(this.input.value).split(/\s+/).filter(Boolean);
    this.#hits = this.offers.filter((_, at) => words.every((word) => this.#folded[at]!.includes(word))).slice(0, MOST);
    const typed = this.input.value.trim();
    const same = foldText(typed);
    // a name that is there is meant; else with letters that make something new, that is offered last
    const exact = this.#hits.findIndex((each) => foldText(each.label) === same);
    // where something new may be made nothing is taken unless it was looked for
    const first = this.#hits.length > 0 && (typed || !this.look.fresh) ? 0 : -1;
    this.#at = exact >= 0 ? exact : first;
    const fresh = this.look.fresh && typed && exact < 0;
    fill(
      this.#list,
      ...this.#hits.map((each, at) =>
        h(
          "li",
          { id: `${this.#name}-${at}`, role: "option", "aria-selected": "false", onclick: () => this.#take(at) },
          h("span", { class: "p3c-name", dir: "auto" }, each.label),
          each.detail && h("small", { dir: "auto" }, each.detail),
        ),
      ),
      fresh &&
        h(
          "li",
          { id: `${this.#name}-${this.#hits.length}`, role: "option", class: "p3c-combo-fresh", "aria-selected": "false", onclick: () => this.#take(this.#hits.length) },
          this.look.fresh!(typed),
        ),
      !this.#hits.length && !fresh && h("li", { role: "option", "aria-disabled": "true", "aria-selected": "false", class: "p3c-quiet" }, typed ? "Nothing matches." : this.look.fresh ? "There is none yet; type a name." : "There is none yet."),
    );
    if (fresh && !this.#hits.length) this.#at = 0;
    this.#show();
  }

  #take(at: number): void {
    this.#at = at;
    this.#show();
    this.input.focus();
  }

  #show(): void {
    const lines = [...this.#list.children];
    lines.forEach((each, at) => each.setAttribute("aria-selected", String(at === this.#at)));
    const line = lines[this.#at];
    this.input.setAttribute("aria-activedescendant", line?.id ?? "");
    line?.scrollIntoView({ block: "nearest" });
    if (this.#made) this.look.changed?.();
  }

  #key(event: KeyboardEvent): void {
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 }[event.key];
    if (!step || event.isComposing) return;
    const last = this.#list.querySelectorAll("li:not([aria-disabled])").length - 1;
    this.#at = Math.min(Math.max(0, this.#at + step), Math.max(0, last));
    this.#show();
    event.preventDefault();
  }
}
