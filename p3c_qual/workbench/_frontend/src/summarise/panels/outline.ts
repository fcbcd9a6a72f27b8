/** The panel Outline: a text turn by turn, who speaks how much, and the formal categories given in it. */

import { count, fill, h, percent, type Child } from "../../dom";
import { redraw } from "../../start/lists";
import { toText } from "../../start/words";
import type { Action } from "../../view";
import type { OutlineRow, OutlineState, SourceRow } from "../../wire";
import { Grid } from "../grid";
import type { Context, Panel } from "../panel";
import { actionsOf, LoadedPanel } from "./loaded";

export const outlinePanel: Panel = {
  id: "outline",
  title: "Outline",
  suits: (question) => question.technique === "formal",
  mount: (element, context) => new OutlinePanel(element, context),
};

const PARTS: Record<string, string> = { turn: "turn", section: "section", paragraph: "paragraph", text: "text" };

export class OutlinePanel extends LoadedPanel<OutlineState> {
  readonly actions: Action[];
  #grid: Grid | null = null;
  #source: string;
  #rows = new Map<string, OutlineRow>();
  #shown = "";
  readonly #tools = h("div", { class: "p3c-bar-of-tools", role: "toolbar", "aria-label": "Which text" });
  readonly #main = h("div", { class: "p3c-str-main" });
  readonly #aside = h("aside", { class: "p3c-str-aside", "aria-label": "Who speaks how much" });

  constructor(element: HTMLElement, context: Context) {
    super(element, context, { wait: "Loading the outline …", address: "outline", tables: ["coding"] });
    const [source] = context.place.split(":");
    this.#source = context.question.material.includes(source!) ? source! : (context.question.material[0] ?? "");
    this.actions = actionsOf(
      "Outline",
      ["outline-down", "Part below", ["ArrowDown"], () => this.#grid?.step(1)],
      ["outline-up", "Part above", ["ArrowUp"], () => this.#grid?.step(-1)],
      ["outline-page", "A window further", ["PageDown"], () => this.#grid?.step(this.#grid.page)],
      ["outline-page-back", "A window back", ["PageUp"], () => this.#grid?.step(-this.#grid.page)],
      ["outline-next", "Next source", ["]"], () => this.step(1)],
      ["outline-before", "Source before", ["["], () => this.step(-1)],
      ["outline-text", "Open the part in the text, to code it by its form", ["Enter", "t"], () => this.toText()],
    );
    if (this.#source) this.start();
    else fill(element, h("p", { class: "p3c-wait" }, "The question has no material with a text."));
  }

  protected query() {
    return { source: this.#source };
  }

  protected begin(): void {
    fill(this.element, this.#tools, this.#main);
  }

  #make(state: OutlineState): Grid {
    const turns = state.part === "turn";
    const grid = new Grid(
      {
        name: "Outline of the text",
        columns: [
          { id: "no", title: "No.", width: "minmax(3em, max-content)" },
          ...(turns || state.rows.some((each) => each.label) ? [{ id: "speaker", title: turns ? "Speaker" : "Heading", width: "minmax(6.5em, 0.6fr)" }] : []),
          { id: "begins", title: "Begins", width: "minmax(11em, 3fr)" },
          { id: "words", title: "Words", width: "minmax(5.5em, 0.7fr)" },
          { id: "sentences", title: "Sentences", width: "minmax(6.5em, 0.5fr)" },
          { id: "questions", title: "Questions", width: "minmax(6.5em, 0.5fr)" },
          { id: "codes", title: "Form", width: "minmax(8em, 1.2fr)" },
        ],
        cell: (id, column) => this.#cell(id, column),
        classOf: (id) => (this.#rows.get(id)?.role === "interviewer" ? "p3c-str-asks" : ""),
      },
      { moved: () => this.context.at(`${this.#source}:${grid.row}`), opened: () => this.toText() },
    );
    grid.element.style.setProperty("--p3c-least", "640px");
    grid.column = "begins";
    return grid;
  }

  focus(): void {
    this.#grid?.element.focus({ preventScroll: true });
  }

  override dispose(): void {
    this.#grid?.dispose();
    super.dispose();
  }

  get #sources(): SourceRow[] {
    const { model, question } = this.context;
    const known = new Map(model.study.sources.map((each) => [each.id, each]));
    return question.material.flatMap((id) => known.get(id) ?? []);
  }

  step(by: 1 | -1): void {
    const all = this.#sources;
    const next = all[all.findIndex((each) => each.id === this.#source) + by];
    if (!next) return this.context.bench.say(by > 0 ? "This is the last source." : "This is the first source.");
    this.#choose(next.id);
  }

  #choose(id: string): void {
    this.#source = id;
    this.context.at(id);
    this.load();
  }

  toText(): void {
    const row = this.#rows.get(this.#grid?.row ?? "");
    const source = this.#sources.find((each) => each.id === this.#source);
    if (!source) return;
    const { model, question, bench } = this.context;
    model.question = question.key;
    model.study.desk.question = question.key;
    bench.go(toText(source.key, row));
  }

  protected draw(): void {
    const state = this.state!;
    this.#rows = new Map(state.rows.map((each) => [String(each.no), each]));
    const ids = [...this.#rows.keys()];
    const held = this.#main.contains(document.activeElement);
    // who chose the panel works in it at once
    const came = !this.#grid && document.activeElement?.closest(".p3c-sum-head, .p3c-sum-left");
    const fresh = this.#shown !== state.source;
    if (fresh) {
      this.#grid?.dispose();
      this.#grid = this.#make(state);
      this.#grid.row = this.#shown ? "" : (this.context.place.split(":")[1] ?? "");
      this.#shown = state.source;
      fill(this.#main, this.#grid.element, this.#aside);
    }
    const grid = this.#grid!;
    if (fresh) {
      grid.show(ids);
      grid.element.scrollTop = 0;
      if (grid.row) grid.go(grid.row);
    } else if (grid.ids.join() === ids.join()) grid.update(ids);
    else grid.show(ids);
    if (held || came || document.activeElement === document.body) this.focus();
    this.#drawTools(state);
    this.#drawAside(state);
  }

  #cell(id: string, column: string): Child[] {
    const row = this.#rows.get(id);
    if (!row) return [];
    switch (column) {
      case "no":
        return [row.no];
      case "speaker":
        return [row.speaker || row.label, row.role && h("small", { class: "p3c-str-reason" }, row.role)];
      case "begins":
        return [h("span", { class: "p3c-str-clamp" }, row.begins)];
      case "words":
        return [h("span", { class: "p3c-str-bar", style: `--p3c-share:${100 * row.share}%`, title: `${percent(row.share)} of the text` }, row.words.toLocaleString("en-GB"))];
      case "sentences":
        return [row.sentences];
      case "questions":
        return [row.questions || ""];
      default:
        return row.codes.map((each) => h("span", { class: "p3c-badge" }, this.#label(each)));
    }
  }

  #label(key: string): string {
    const book = this.context.question.codebook;
    return this.context.model.study.codes.find((each) => each.key === key && each.codebook === book)?.label ?? key;
  }

  #drawTools(state: OutlineState): void {
    redraw(
      this.#tools,
      h(
        "select",
        { "aria-label": "Source", "data-name": "source", onchange: (event: Event) => this.#choose((event.target as HTMLSelectElement).value) },
        ...this.#sources.map((each) => h("option", { value: each.id, selected: each.id === state.source }, each.title && each.title !== each.key ? `${each.key}, ${each.title}` : each.key)),
      ),
      this.tool("outline-before", "Before"),
      this.tool("outline-next", "Next"),
      h("span", { class: "p3c-space" }),
      this.tool("outline-text", "Open in the text"),
    );
  }

  #drawAside(state: OutlineState): void {
    const part = PARTS[state.part] ?? "part";
    fill(
      this.#aside,
      h("h2", {}, "The text"),
      h("p", {}, `${count(state.rows.length, part)}, ${count(state.words, "word")}, ${count(state.questions, "question")}; ${Math.round(state.mean_words).toLocaleString("en-GB")} words in a ${part} on average.`),
      state.speakers.length > 0 && h("h2", {}, "Who speaks how much"),
      ...state.speakers.map((each) =>
        h("div", { class: "p3c-str-speaker" }, h("b", {}, each.speaker || "nobody named"), h("span", { class: "p3c-str-bar", style: `--p3c-share:${100 * each.share}%` }, percent(each.share)), h("small", {}, `${count(each.words, "word")} in ${count(each.turns, "turn")}, ${Math.round(each.mean_words).toLocaleString("en-GB")} in each on average`)),
      ),
      !this.context.question.codebook && h("p", { class: "p3c-quiet" }, "Bind the codebook of the formal categories to this question; what is coded with it stands in the last column."),
    );
  }
}
