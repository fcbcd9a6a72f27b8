/** The filters beside the cards, each choice with how many cards it would give. */

import { button, fill, h } from "../dom";
import type { CodeRow } from "../wire";
import { type Filters, type Found, filtered, WITHOUT } from "./filters";
import type { ConfigurationsPanel } from "./configurations";

interface Option {
  value: string;
  label: string;
}
type Facet = Exclude<keyof Filters, "words">;

const MARKS: Option[] = [
  { value: "faults", label: "with something to look at" },
  { value: "open", label: "contradicted, still open" },
  { value: "contradicted", label: "contradicted at all" },
  { value: "unvoiced", label: "without a passage" },
];
const STATES: Option[] = [
  { value: "split", label: "split" },
  { value: "merged", label: "merged" },
  { value: "set_aside", label: "set aside" },
  { value: "all", label: "all there are" },
];

export class FilterPane {
  readonly element: HTMLElement;
  readonly #search: HTMLInputElement;
  readonly #clear: HTMLButtonElement;
  readonly #strength: HTMLInputElement;
  readonly #selects = new Map<Facet, HTMLSelectElement>();

  constructor(
    private readonly panel: ConfigurationsPanel,
    private readonly changed: (filters: Filters) => void,
  ) {
    this.#search = h("input", {
      type: "search",
      class: "p3c-search",
      placeholder: "Words on a card",
      "aria-label": "Words on a card",
      autocomplete: "off",
      dir: "auto",
      oninput: () => this.#set("words", this.#search.value),
      onkeydown: (event: KeyboardEvent) => {
        if (!["Enter", "Escape", "ArrowDown"].includes(event.key) || event.isComposing) return;
        event.preventDefault();
        event.stopPropagation();
        this.panel.focus();
      },
    });
    this.#clear = button("Clear", () => panel.clear(), { "aria-label": "Clear all filters", title: panel.tip("con-clear"), "data-name": "clear" });
    const select = (facet: Facet, label: string) => {
      const made = h("select", {
        "data-facet": facet,
        onchange: () => this.#set(facet, made.value),
        onkeydown: (event: KeyboardEvent) => {
          if (event.key !== "Escape") return;
          event.preventDefault();
          event.stopPropagation();
          this.panel.focus();
        },
      });
      this.#selects.set(facet, made);
      return h("label", { class: "p3c-field" }, h("span", {}, label), made);
    };
    this.#strength = h("input", { type: "checkbox", onchange: () => panel.toggleStrength() });
    this.element = h(
      "aside",
      { class: "p3c-left p3c-con-filters", "aria-label": "Filters" },
      h("div", { class: "p3c-panel-head" }, h("h2", {}, "Filters"), this.#clear, button("×", () => this.shut(), { class: "p3c-button p3c-close p3c-con-shut", "aria-label": "Close the filters" }), this.#search),
      h(
        "div",
        { class: "p3c-con-facets" },
        select("programme", "Programme"),
        select("theory", "Theory"),
        select("mechanism", "Mechanism"),
        select("code", "Code, with those below"),
        select("level", "SELFIE level"),
        select("type", "Stakeholder type"),
        select("completeness", "How complete"),
        select("marked", "To look at"),
        select("state", "State"),
        h("label", { class: "p3c-con-switch", title: panel.tip("con-strength") }, this.#strength, " Strength label"),
      ),
    );
  }

  #set(name: keyof Filters, value: string): void {
    this.changed({ ...this.panel.filters, [name]: value });
  }

  focus(): void {
    this.element.hidden = false;
    this.element.classList.add("p3c-open");
    this.#search.focus();
    this.#search.select();
  }

  shut(): void {
    this.element.classList.remove("p3c-open");
    this.panel.focus();
  }

  toggle(): void {
    const over = this.element.hidden || getComputedStyle(this.element).display === "none" || getComputedStyle(this.element).position === "absolute";
    this.element.hidden = !over && !this.element.hidden;
    this.element.classList.toggle("p3c-open");
  }

  /** Show the choices there are, and how many cards each gives. */
  draw(found: Found): void {
    const filters = this.panel.filters;
    const { store, model } = this.panel;
    if (this.#search.value !== filters.words) this.#search.value = filters.words;
    this.#strength.checked = this.panel.strength;
    this.#clear.disabled = !filtered(filters);
    const terms = (list: string): Option[] => store.valuesOf(list).map((each) => ({ value: each.id, label: each.label }));
    const used = (facet: Facet, options: Option[]) => options.filter((each) => found.counts[facet].has(each.value) || each.value === filters[facet]);
    this.#options("programme", "any", used("programme", terms("programmes")), found, "of none");
    this.#options("theory", "any", [...store.theories.values()].map((each) => ({ value: each.id, label: store.theory(each.id) })), found, "that test none");
    this.#options("mechanism", "any", [...store.mechanisms.values()].map((each) => ({ value: each.id, label: store.mechanism(each.id) })), found, "with none named");
    const order = codesInUse(model.study.codes, (id) => found.counts.code.has(id) || id === filters.code);
    this.#options("code", "any", order, found, "without a code");
    this.#options("level", "any", terms("levels"), found, "without a level");
    this.#options("type", "any", typesInUse(found, filters.type), found, "nobody’s");
    this.#options("completeness", "any", terms("completeness"), found);
    this.#options("marked", "anything", MARKS, found);
    this.#options("state", "those that stand", STATES, found);
  }

  #options(facet: Facet, any: string, options: Option[], found: Found, without = ""): void {
    const select = this.#selects.get(facet)!;
    const wanted = this.panel.filters[facet];
    const counts = found.counts[facet];
    const all = without && (counts.has(WITHOUT) || wanted === WITHOUT) ? [...options, { value: WITHOUT, label: without }] : options;
    fill(
      select,
      h("option", { value: "" }, facet === "state" && counts.has("") ? `${any} (${counts.get("")})` : any),
      ...all.map((each) => h("option", { value: each.value, selected: each.value === wanted }, `${each.label} (${counts.get(each.value) ?? 0})`)),
    );
    select.value = wanted;
    select.classList.toggle("p3c-con-filtered", Boolean(wanted));
  }
}

/** Codes that elements have, with those above them, in the codebook's order and by depth. */
function codesInUse(codes: readonly CodeRow[], used: (id: string) => boolean): Option[] {
  const depth = new Map<string, number>();
  const options: Option[] = [];
  for (const code of codes) {
    const deep = code.parent ? (depth.get(code.parent) ?? 0) + 1 : 0;
    depth.set(code.id, deep);
    if (used(code.id)) options.push({ value: code.id, label: `${"\u00a0\u00a0".repeat(deep)}${code.label}` });
  }
  return options;
}

function typesInUse(found: Found, wanted: string): Option[] {
  const types = new Set([...found.counts.type.keys(), ...(wanted ? [wanted] : [])]);
  types.delete(WITHOUT);
  return [...types].sort().map((type) => ({ value: type, label: type }));
}
