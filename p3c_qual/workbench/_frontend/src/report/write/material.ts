/** The material of a section at the side of its text: passages, paraphrases, configurations, facts, contrasts. */

import { button, fill, h, type Child } from "../../dom";
import { redraw } from "../../start/lists";
import type { SectionState } from "../../wire";
import { ALL, choices, type Filter, type Item, itemsOf, type Kind, KINDS, ofTheReport, passing } from "./items";
import { Lines } from "./lines";
import type { WritePanel } from "./panel";
import { named } from "./states";
import { wholeWords } from "./tokens";

const TITLES: Record<Kind, string> = { passages: "Passages", paraphrases: "Paraphrases", configurations: "Configurations", facts: "Facts", contrasts: "Plan & practice" };
const NONE: Record<Kind, string> = {
  passages: "No passage is coded for this section. A chapter has what is coded with its code in the Code view. A summary and a section of your own have none; choose above whose material you write from.",
  paraphrases: "There is no paraphrase for this section: none of the summarising is on its code.",
  configurations: "No configuration has to do with this section yet.",
  facts: "No fact is noted yet; the panel Facts is for that.",
  contrasts: "No plan is held against the practice yet; the panel Plan & practice is for that.",
};

export class Material {
  readonly element: HTMLElement;
  readonly lines: Lines;
  kind: Kind = "passages";
  readonly #tabs = h("div", { class: "p3c-rep-kinds", role: "tablist", "aria-label": "Material for the section" });
  readonly #of = h("label", { class: "p3c-rep-from" });
  readonly #tools = h("div", { class: "p3c-bar-of-tools p3c-rep-filter" });
  readonly #count = h("span", { class: "p3c-quiet", role: "status" });
  readonly #more = h("div", { class: "p3c-rep-more" });
  readonly #search: HTMLInputElement;
  #filter: Filter = ALL;
  #section: SectionState | null = null;
  #items = new Map<string, Item>();
  #places = new Map<Kind, string>();

  constructor(private readonly panel: WritePanel) {
    this.#search = h("input", { type: "search", placeholder: "Find words", "aria-label": "Find words in the material", "data-name": "material words", oninput: () => this.#narrow({ words: this.#search.value }) });
    this.#search.addEventListener("keydown", (event) => {
      if (!["Escape", "Enter", "ArrowDown"].includes(event.key) || event.isComposing) return;
      event.preventDefault();
      event.stopPropagation();
      if (event.key === "Escape" && this.#search.value) {
        this.#search.value = "";
        this.#narrow({ words: "" });
      } else this.lines.focus();
    });
    this.lines = new Lines({
      label: "Material",
      role: "grid",
      class: "p3c-rep-items",
      draw: (id, at) => this.#draw(this.#items.get(id)!, at),
      classOf: (id) => {
        const item = this.#items.get(id)!;
        return `${item.free ? "" : "p3c-rep-unfree"} ${item.quoted ? "p3c-rep-used" : ""}`;
      },
      moved: () => undefined,
    });
    this.element = h("aside", { class: "p3c-rep-material", "aria-label": "Material" }, this.#of, this.#tabs, this.#tools, this.lines.element, this.#more);
  }

  /** The line under the cursor. */
  get item(): Item | undefined {
    return this.#items.get(this.lines.at);
  }

  /** Words of a line that somebody marked, as places in its text. */
  marked(item: Item): [number, number] | null {
    const selection = getSelection();
    const host = this.lines.row(item.id)?.querySelector("[data-words]");
    if (!selection || selection.isCollapsed || !host || !host.contains(selection.anchorNode) || !host.contains(selection.focusNode)) return null;
    const range = selection.getRangeAt(0);
    const before = document.createRange();
    before.setStart(host, 0);
    before.setEnd(range.startContainer, range.startOffset);
    const [start, words] = [before.toString().length, range.toString()];
    return words.trim() ? wholeWords(item.words, start, start + words.length) : null;
  }

  show(section: SectionState, anew: boolean): void {
    this.#section = section;
    if (anew) {
      this.#filter = ALL;
      this.#search.value = "";
      this.#places.clear();
      this.lines.at = "";
      // what there is is shown first
      if (!this.#counted(this.kind)) this.kind = KINDS.find((kind) => this.#counted(kind)) ?? "passages";
      this.lines.element.scrollTop = 0;
    }
    this.#drawOf();
    this.#drawTabs();
    this.#find();
  }

  /** Whose material it is: of the section itself, or of any other that has some. */
  #drawOf(): void {
    const { panel } = this;
    const own = panel.part;
    const others = panel.parts.filter((each) => each.key !== own?.key && each.material > 0);
    redraw(
      this.#of,
      h("span", {}, "Material of"),
      h(
        "select",
        { "data-name": "material of", class: panel.from === own?.key ? "" : "p3c-con-filtered", onchange: (event: Event) => panel.takeFrom((event.target as HTMLSelectElement).value) },
        own && h("option", { value: own.key, selected: panel.from === own.key }, panel.section && ofTheReport(panel.section) ? "the report: what is quoted in it" : "this section"),
        others.length > 0 && h("optgroup", { label: "What is coded for" }, ...others.map((each) => h("option", { value: each.key, selected: panel.from === each.key }, named(each)))),
      ),
    );
  }

  #counted(kind: Kind): number {
    const section = this.#section!;
    return kind === "passages" ? section.material.length + section.left : itemsOf(kind, section).length;
  }

  turn(kind: Kind): void {
    this.#places.set(this.kind, this.lines.at);
    this.kind = kind;
    this.lines.at = this.#places.get(kind) ?? "";
    this.#filter = { ...ALL, words: this.#filter.words };
    this.#drawTabs();
    this.#find();
    this.lines.element.scrollTop = 0;
  }

  next(by: 1 | -1): void {
    this.turn(KINDS[(KINDS.indexOf(this.kind) + by + KINDS.length) % KINDS.length]!);
    this.lines.focus();
  }

  search(): void {
    this.#search.focus();
    this.#search.select();
  }

  #drawTabs(): void {
    redraw(
      this.#tabs,
      ...KINDS.map((kind) => {
        const number = this.#counted(kind);
        const tab = button("", () => this.turn(kind), { class: "p3c-tab", role: "tab", "aria-selected": String(kind === this.kind), "data-name": `material ${kind}` });
        fill(tab, TITLES[kind], " ", h("span", { class: "p3c-count" }, number.toLocaleString("en-GB")));
        return tab;
      }),
    );
  }

  #narrow(change: Partial<Filter>): void {
    this.#filter = { ...this.#filter, ...change };
    this.#find();
  }

  #find(): void {
    const all = itemsOf(this.kind, this.#section!);
    const found = passing(all, this.#filter);
    this.#items = new Map(found.map((each) => [each.id, each]));
    this.#drawTools(all, found.length);
    this.lines.show(
      found.map((each) => each.id),
      h("p", { class: "p3c-quiet p3c-rep-none" }, all.length ? "None of it passes the filter." : NONE[this.kind]),
    );
    const { left } = this.#section!;
    const more = `${left.toLocaleString("en-GB")} more`;
    fill(
      this.#more,
      this.kind === "passages" && left > 0 && (this.panel.most ? h("span", { class: "p3c-quiet" }, `${more} are in the Code view.`) : button(`Show more; there are ${more}`, () => this.panel.showAll(), { "data-name": "more passages" })),
    );
  }

  #drawTools(all: Item[], found: number): void {
    const filter = this.#filter;
    const select = (name: "type" | "who" | "key", label: string, any: string, values: [string, number][]): Child =>
      values.length > 1 &&
      h(
        "select",
        { "aria-label": label, class: filter[name] ? "p3c-con-filtered" : "", "data-name": `material ${name}`, onchange: (event: Event) => this.#narrow({ [name]: (event.target as HTMLSelectElement).value }) },
        h("option", { value: "" }, any),
        ...values.map(([value, number]) => h("option", { value, selected: filter[name] === value }, `${name === "type" ? "Type " : ""}${value} (${number})`)),
      );
    const who = choices(all, (each) => [each.who]);
    const texts = choices(all, (each) => [each.span?.key ?? ""]);
    fill(this.#count, found === all.length ? "" : `${found.toLocaleString("en-GB")} of ${all.length.toLocaleString("en-GB")}`);
    const fresh = this.kind === "passages" && all.some((each) => each.quoted);
    redraw(
      this.#tools,
      this.#search,
      select("type", "Stakeholder type", "All types", choices(all, (each) => each.types)),
      this.kind !== "configurations" && select("who", "Interviewee", "Everybody", who),
      // where each text has one voice, that says it already
      texts.length !== who.length && select("key", "Text", "All texts", texts),
      fresh && h("label", { class: "p3c-inline" }, h("input", { type: "checkbox", checked: filter.fresh, "data-name": "material fresh", onchange: (event: Event) => this.#narrow({ fresh: (event.target as HTMLInputElement).checked }) }), " not quoted yet"),
      this.#count,
    );
  }

  #draw(item: Item, at: boolean): Child[] {
    const { panel } = this;
    const still = !panel.writable;
    const run = (id: string, deed: (item: Item) => unknown, label: string, disabled = still): HTMLElement =>
      button(label, () => void deed(item), { disabled, tabindex: "-1", title: panel.tip(id), "data-name": `${id} ${item.id}` });
    return [
      h(
        "div",
        { class: "p3c-rep-item-head" },
        item.who && h("b", {}, item.who),
        ...item.types.map((type) => h("span", { class: "p3c-badge", title: `Stakeholder type ${type}` }, type)),
        item.span && item.span.key !== item.who && h("span", { class: "p3c-quiet" }, item.span.key),
        h("span", { class: "p3c-space" }),
        item.quoted && h("span", { class: "p3c-badge p3c-rep-quoted" }, "❝ quoted"),
        !item.free && h("span", { class: "p3c-badge p3c-rep-blocked" }, "⊘ may not be quoted"),
      ),
      h("p", { class: `p3c-rep-words${at ? "" : " p3c-rep-clamp"}`, dir: "auto", "data-words": true }, item.words),
      item.beside.length > 0 && h("p", { class: `p3c-rep-beside${at ? "" : " p3c-rep-one"}` }, item.beside.join(" · ")),
      !item.free && at && h("p", { class: "p3c-fault" }, "Whoever speaks has not consented to be quoted, or took it back."),
      h(
        "div",
        { class: "p3c-rep-deeds" },
        item.token && run("rep-quote", (each) => panel.setIn(each), "Insert"),
        !item.token && item.span && item.kind !== "contrasts" && run("rep-quote", (each) => panel.setIn(each), item.quoted ? "Set in again" : "Quote", still || !item.free),
        item.span && run("rep-refer", (each) => panel.refer(each), "Reference", still || !item.free),
        (item.span || item.kind === "configurations") && run("rep-open", (each) => panel.openItem(each), item.kind === "configurations" ? "Open the card" : "Open text", false),
      ),
    ];
  }
}
