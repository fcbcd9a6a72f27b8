/** The panel Standards: the RAMESES II items, what the study holds for each, and what the team says of it. */

import { button, fill, h, type Child } from "../../dom";
import { redraw } from "../../start/lists";
import { actionsOf } from "../../summarise/panels/loaded";
import type { Action } from "../../view";
import type { AppraisalRow, StandardsState } from "../../wire";
import type { ConfigurePanel, Context } from "../panel";
import { AskingPanel } from "./asking";
import { InPlace } from "../inplace";

export const standardsPanel: ConfigurePanel = {
  id: "standards",
  title: "Standards",
  mount: (element, context) => new StandardsPanel(element, context),
};

const STANDARDS: Record<string, { title: string; about: string; grade: string }> = {
  rameses_reporting: {
    title: "RAMESES II reporting",
    about: "RAMESES II reporting standards for realist evaluations (Wong and others 2016): what a report should tell. What the study holds already is filled in; the rest is for the report's authors.",
    grade: "Reported",
  },
  rameses_quality: {
    title: "RAMESES II quality",
    about: "RAMESES II quality standards for realist evaluations: a self-assessment, item by item. The items do not add up, so there is no total.",
    grade: "Grade",
  },
  coreq: {
    title: "COREQ",
    about: "COREQ, the criteria for reporting interviews and focus groups (Tong and others 2007). What the study knows is filled in, with its place; the rest is for the report's authors.",
    grade: "Reported",
  },
  srqr: {
    title: "SRQR",
    about: "SRQR, the standards for reporting qualitative research (O'Brien and others 2014). What the study knows is filled in, with its place; the rest is for the report's authors.",
    grade: "Reported",
  },
};
type Field = "grade" | "place" | "note";

export class StandardsPanel extends AskingPanel<StandardsState> {
  readonly actions: Action[];
  #standard: string;
  #open = false;
  #saying: Promise<unknown> = Promise.resolve();
  readonly #tools = h("div", { class: "p3c-bar-of-tools", role: "toolbar", "aria-label": "Standards" });
  readonly #page = h("div", { class: "p3c-pan-page p3c-keys", tabindex: "0", role: "region", "aria-label": "Items" });

  constructor(element: HTMLElement, context: Context) {
    super(element, context, { wait: "Looking at what the study holds …", address: "standards", tables: ["appraisal"] });
    this.#standard = Object.hasOwn(STANDARDS, context.place) ? context.place : "rameses_reporting";
    this.actions = actionsOf(
      "Standards",
      ["standard-next", "Next item", ["ArrowDown", "j"], () => this.step(1)],
      ["standard-before", "Item before", ["ArrowUp", "k"], () => this.step(-1)],
      ["standard-turn", "The next standard", ["o"], () => this.turn()],
      ["standard-open", "Items without a grade alone, or all", ["n"], () => ((this.#open = !this.#open), this.refresh())],
    );
    this.listen(context.store.on(() => this.load()));
    this.load();
  }

  protected begin(): void {
    fill(this.element, this.#tools, this.#page);
  }

  go(place: string): void {
    if (Object.hasOwn(STANDARDS, place)) this.choose(place);
  }

  protected enter(): void {
    this.#page.focus({ preventScroll: true });
  }

  choose(standard: string): void {
    if (!this.free()) return;
    this.#standard = standard;
    this.context.at(standard);
    this.refresh();
    this.#page.scrollTop = 0;
  }

  turn(): void {
    const all = Object.keys(STANDARDS);
    this.choose(all[(all.indexOf(this.#standard) + 1) % all.length]!);
  }

  /** Go from grade to grade. */
  step(by: number): void {
    const stops = [...this.#page.querySelectorAll<HTMLElement>("select")];
    const at = stops.indexOf(document.activeElement as HTMLElement);
    stops[Math.max(0, Math.min(at + by, stops.length - 1))]?.focus();
  }

  /** Say one thing of an item, one after the other; what is seen of the other two goes along. */
  say(of: AppraisalRow, field: Field, value: string, was: string): Promise<string> {
    const said = this.#saying.then(async () => {
      const row = this.#item(of);
      const seen = { grade: row.grade, place: row.place, note: row.note };
      const answer = await this.act(`${row.standard} ${row.item} ${field}`, "appraise", { standard: row.standard, item: row.item, ...seen, [field]: value, was: { ...seen, [field]: was } });
      if (answer) this.#item(of)[field] = value;
      this.load();
      return answer ? "" : (this.reason ?? "It is not known who writes.");
    });
    this.#saying = said.catch(() => undefined);
    return said;
  }

  /** An item as it is known now. */
  #item(of: AppraisalRow): AppraisalRow {
    return this.state?.items.find((each) => each.standard === of.standard && each.item === of.item) ?? of;
  }

  // drawing

  protected draw(): void {
    const items = this.state!.items.filter((each) => each.standard === this.#standard);
    const open = items.filter((each) => !each.grade).length;
    redraw(
      this.#tools,
      ...Object.entries(STANDARDS).map(([id, each]) => {
        const all = this.state!.items.filter((row) => row.standard === id);
        return button(`${each.title} (${all.length})`, () => this.choose(id), { "aria-pressed": String(id === this.#standard), "data-name": id });
      }),
      h("span", { class: "p3c-space" }),
      this.tool("standard-open", `Without a grade: ${open}`, { "aria-pressed": String(this.#open) }),
    );
    const top = this.#page.scrollTop;
    const { about, grade } = STANDARDS[this.#standard]!;
    const shown = items.filter((each) => !this.#open || !each.grade);
    let section = "";
    const rows: Child[] = [];
    for (const each of shown) {
      if (each.section && each.section !== section) {
        section = each.section;
        rows.push(h("tr", { class: "p3c-pan-section" }, h("th", { scope: "rowgroup", colspan: 5 }, section)));
      }
      rows.push(this.#row(each, grade));
    }
    redraw(
      this.#page,
      h("p", { class: "p3c-quiet" }, about),
      shown.length
        ? h(
            "table",
            { class: "p3c-pan-table p3c-pan-standards" },
            h("thead", {}, h("tr", {}, ...["Item", "What the study holds", grade, "Place in the report", "Note"].map((each) => h("th", { scope: "col" }, each)))),
            h("tbody", {}, ...rows),
          )
        : h("p", {}, "Every item has a grade."),
    );
    this.#page.scrollTop = top;
  }

  #row(row: AppraisalRow, title: string): HTMLElement {
    const at = `${row.standard} ${row.item}`;
    const refused = this.refusedAt(`${at} grade`);
    const write = (field: "place" | "note", label: string, empty: string) =>
      new InPlace({
        name: `${at} ${field}`,
        label: `${label}, item ${row.item}`,
        value: row[field],
        empty,
        still: this.still,
        class: "p3c-pan-bare-field",
        now: () => this.#item(row)[field],
        write: (text, was) => this.say(row, field, text, was),
        host: this.context.bench.root,
        left: (changed) => changed && this.refresh(),
        back: () => this.focus(),
      }).element;
    return h(
      "tr",
      {},
      h("td", { class: "p3c-pan-item" }, h("b", {}, `${row.item} `), row.label),
      h("td", { "data-title": "What the study holds", dir: "auto" }, row.held ? row.held.charAt(0).toUpperCase() + row.held.slice(1) : h("span", { class: "p3c-quiet" }, "Not held here."), row.held && row.found_at && this.#place(row.found_at)),
      h(
        "td",
        { "data-title": title },
        h(
          "select",
          { "aria-label": `${title}, item ${row.item}`, disabled: this.still, "data-name": `${at} grade`, onchange: (event: Event) => void this.say(row, "grade", (event.target as HTMLSelectElement).value, row.grade) },
          h("option", { value: "" }, "not said yet"),
          ...row.grades.map((each) => h("option", { value: each, selected: each === row.grade }, each.replaceAll("_", " "))),
        ),
        refused && h("p", { class: "p3c-fault", role: "alert" }, refused.text),
      ),
      h("td", { "data-title": "Place in the report" }, write("place", "Place in the report", "page or section")),
      h("td", { "data-title": "Note" }, write("note", "Note", "what a reader should know")),
    );
  }

  /** Where what is held stands; each place leads there if it is a view. */
  #place(found_at: string): HTMLElement {
    const places = found_at.split("; ").map((each) => {
      const to = addressOf(each);
      return to ? button(each, () => this.context.bench.go(to), { class: "p3c-button p3c-link", "data-name": `place ${each}` }) : each;
    });
    return h("small", { class: "p3c-pan-said" }, ...places.flatMap((each, at) => [at > 0 && "; ", each]));
  }
}

/** Panels by their titles, as a place names them. */
const PANELS: Record<string, string> = {
  configurations: "",
  theories: "theories",
  patterns: "patterns",
  "negative cases": "negative",
  candidates: "candidates",
  network: "network",
  "logic model": "logic",
  standards: "standards",
};

/** The address of a place that is named in words, as `Configure view, Theories`; nothing where no view holds it. */
export function addressOf(found_at: string): string {
  if (/^p3c question/.test(found_at)) return "summarise";
  const [, view = "", panel = ""] = /^(Start|Code|Summarise|Configure) view(?:[:,] (.+))?$/.exec(found_at) ?? [];
  const id = PANELS[panel.toLowerCase()];
  return view === "Configure" && id ? `configure/${id}` : view.toLowerCase();
}
