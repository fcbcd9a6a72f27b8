/** The panel Categories of inductive work: how they came up, what was subsumed, where it was enough. */

import { ask } from "../../dialog";
import { button, count, fill, h } from "../../dom";
import { toText } from "../../start/words";
import type { Action } from "../../view";
import type { EmergenceRow, EmergenceState, FormedRow } from "../../wire";
import { CellEditor } from "../cell";
import { type Column, Grid } from "../grid";
import type { Context, Panel } from "../panel";
import { emergenceCurve, saturationCurve } from "./curves";
import { actionsOf, LoadedPanel } from "./loaded";

export const emergencePanel: Panel = {
  id: "emergence",
  title: "Categories",
  suits: (question) => question.technique === "inductive" && question.codebook !== null,
  mount: (element, context) => new EmergencePanel(element, context),
};

const COLUMNS: Column[] = [
  { id: "no", title: "No.", width: "44px" },
  { id: "label", title: "Category", width: "minmax(0, 3fr)", text: true },
  { id: "main", title: "Main category", width: "minmax(0, 2fr)" },
  { id: "first", title: "First place", width: "minmax(0, 4fr)" },
  { id: "units", title: "Units", width: "70px" },
];
/** Lines of the log that are shown at once. */
const LOG = 200;

class EmergencePanel extends LoadedPanel<EmergenceState> {
  readonly actions: Action[];
  readonly #grid: Grid;
  readonly #editor: CellEditor;
  readonly #top = h("div", { class: "p3c-bar-of-tools" });
  readonly #more = h("div", { class: "p3c-agenda p3c-agenda-below" });
  readonly #counts = h("div", { class: "p3c-line-of-state", role: "status" });
  #log = LOG;

  constructor(element: HTMLElement, context: Context) {
    super(element, context, { wait: "Following the categories …", address: "emergence", tables: ["coding", "pilot_review"] });
    this.#grid = new Grid(
      {
        name: "Categories in the order in which they came up",
        columns: COLUMNS,
        cell: (row, column) => this.#cell(row, column),
        classOf: (row) => (this.#row(row)?.alone ? "p3c-agenda-alone" : ""),
      },
      { moved: () => this.#moved(), opened: () => this.#enter() },
    );
    this.#grid.element.classList.add("p3c-agenda-grid");
    this.#editor = new CellEditor(this.#grid, {
      read: (row) => this.#row(row)?.label ?? "",
      write: (row, _column, text) => void this.#rename(row, text),
      say: (text) => context.bench.say(text),
      text: () => this.#toText(),
    });
    this.actions = actionsOf(
      "Emerging categories",
      ["category-next", "Row below", ["ArrowDown"], () => this.#grid.step(1)],
      ["category-before", "Row above", ["ArrowUp"], () => this.#grid.step(-1)],
      ["category-right", "Cell to the right", ["ArrowRight"], () => this.#grid.side(1)],
      ["category-left", "Cell to the left", ["ArrowLeft"], () => this.#grid.side(-1)],
      ["category-choose", "Choose the row, or no longer", ["Space"], () => this.#grid.toggle()],
      ["category-enter", "Rename, or open what stands in the cell", ["Enter", "F2"], () => this.#enter()],
      ["category-text", "Open the place at which it came up", ["t", "Mod+Enter"], () => this.#toText()],
      ["category-main", "Put under a main category …", ["m"], () => void this.#main()],
      ["category-alone", "Say why it stands alone …", ["a"], () => void this.#alone()],
    );
    this.start();
  }

  protected query() {
    return {};
  }

  protected begin(): void {
    fill(this.element, this.#top, this.#grid.element, this.#counts, this.#more);
    fill(
      this.#top,
      this.tool("category-main", "Main category …"),
      this.tool("category-alone", "Stands alone …"),
      this.tool("category-text", "Open first place"),
    );
    const place = this.context.place;
    this.draw();
    if (place) this.#grid.go(place);
    else if (this.#grid.ids[0]) this.#grid.go(this.#grid.ids[0], "label");
    this.focus();
  }

  go(place: string): void {
    this.#grid.go(place);
  }

  focus(): void {
    if (this.#grid.element.isConnected) this.#grid.element.focus({ preventScroll: true });
  }

  override dispose(): void {
    this.#editor.leave(true);
    this.#grid.dispose();
    super.dispose();
  }

  #row(id = this.#grid.row): EmergenceRow | undefined {
    return this.state?.rows.find((each) => each.code === id);
  }

  #moved(): void {
    if (this.#grid.row) this.context.at(this.#grid.row);
  }

  // deeds

  #enter(): void {
    const { column } = this.#grid;
    if (column === "label") this.#editor.begin();
    else if (column === "main") void this.#main();
    else this.#toText();
  }

  #toText(row = this.#row()): void {
    if (row) this.#open(row);
  }

  #open(place: { source_key: string; start: number; end: number }): void {
    const { model, question, bench } = this.context;
    model.question = question.key;
    bench.go(toText(place.source_key, place));
  }

  async #rename(id: string, label: string): Promise<void> {
    const { model, bench, question } = this.context;
    if (!label || !(await this.known())) return;
    const frozen = model.study.codebooks.find((each) => each.id === question.codebook)?.frozen;
    if (!frozen) return void model.do("edit_code", { code: id, label });
    await ask(
      bench.root,
      { title: "Propose another name", text: [h("p", {}, "The codebook is frozen; the change waits as a proposal for its next version.")], fields: [{ name: "reason", label: "Reason", lines: 2, required: true }], ok: "Propose" },
      async ({ reason }) => void (await model.do("edit_code", { code: id, label, reason })),
    );
  }

  async #main(): Promise<void> {
    const { model, bench, question } = this.context;
    const ids = this.#grid.target;
    if (!ids.length || !(await this.known())) return;
    const frozen = model.study.codebooks.find((each) => each.id === question.codebook)?.frozen;
    const codes = model.study.codes.filter((each) => each.codebook === question.codebook && each.status !== "retired");
    const tops = codes.filter((each) => !each.parent && !ids.includes(each.id));
    const names = ids.map((id) => this.#row(id)?.label ?? "").join(", ");
    await ask(
      bench.root,
      {
        title: "Put under a main category",
        text: [h("p", { dir: "auto" }, names), frozen && h("p", { class: "p3c-quiet" }, "The codebook is frozen; each move waits as a proposal for its next version.")],
        fields: [
          { name: "parent", label: "Main category", options: [{ value: "", label: "a new one, named below" }, ...tops.map((each) => ({ value: each.id, label: each.label })), { value: "-", label: "none: to the top" }], value: tops[0]?.id ?? "" },
          { name: "label", label: "New main category", help: "Only where a new one is made." },
          ...(frozen ? [{ name: "reason", label: "Reason", lines: 2, required: true }] : []),
        ],
        ok: "Put there",
      },
      async ({ parent, label, reason = "" }) => {
        let above: string | null = parent === "-" ? null : (parent ?? "");
        if (above === "") {
          if (!label) throw "The new main category needs a name.";
          const made = await model.do("create_code", { codebook: question.codebook!, label, reason });
          above = String(made.result);
        }
        for (const id of ids) await model.do("move_code", { code: id, parent: above, reason });
      },
    );
    this.focus();
  }

  async #alone(): Promise<void> {
    const { model, bench } = this.context;
    const row = this.#row();
    if (!row || !(await this.known())) return;
    if (!row.alone) return bench.say(row.main ? `‘${row.label}’ stands under ‘${row.main}’.` : `‘${row.label}’ is said to stand alone, or is a main category itself.`);
    await ask(
      bench.root,
      {
        title: `‘${row.label}’ stands alone`,
        text: [h("p", {}, "What is written here is kept as a memo on the category, and it no longer waits for a main category.")],
        fields: [{ name: "text", label: "Why", lines: 3, required: true }],
        ok: "Keep",
      },
      async ({ text }) => {
        await model.do("memo", { about: "code", text, target: row.code, kind: "main" });
        this.load();
      },
    );
    this.focus();
  }

  // drawing

  #cell(id: string, column: string) {
    const row = this.#row(id);
    if (!row) return [];
    if (column === "no") return [h("span", { class: "p3c-grid-no" }, row.no)];
    if (column === "label") return [row.label];
    if (column === "main") return [row.main ? row.main : row.alone ? h("span", { class: "p3c-quiet" }, "none yet") : h("span", { class: "p3c-quiet" }, "–")];
    if (column === "first")
      return [
        h("span", {}, row.quote.length > 110 ? `${row.quote.slice(0, 109)}…` : row.quote),
        " ",
        button(`${row.source_key} ${row.start}–${row.end}`, () => this.#toText(row), { class: "p3c-button p3c-link", tabindex: "-1" }),
        h("small", {}, ` ${row.coder}`),
      ];
    return [h("span", { title: `${row.subsumed} subsumed since; in ${count(row.sources, "source")}` }, row.units)];
  }

  protected draw(): void {
    const { state } = this;
    if (!state) return;
    const ids = state.rows.map((each) => each.code);
    if (ids.join() !== this.#grid.ids.join()) this.#grid.show(ids);
    else this.#grid.update(ids);
    const alone = state.rows.filter((each) => each.alone).length;
    fill(
      this.#counts,
      h("b", {}, state.rows.length === 1 ? "1 category" : `${state.rows.length} categories`),
      h("span", {}, count(state.total, "unit")),
      alone > 0 && h("span", {}, `${alone} without a main category`),
      state.unused.length > 0 && h("span", {}, `${state.unused.length} not used`),
    );
    if (!state.rows.length) {
      this.#grid.element.hidden = true;
      fill(this.#more, h("p", { class: "p3c-wait" }, "Nothing is coded under this question yet. In the Code view choose the question, then formulate a category close to the text, or put the passage under one that is there: each stands here in the order in which it came up."));
      return;
    }
    this.#grid.element.hidden = false;
    const top = this.#more.scrollTop;
    fill(
      this.#more,
      h("div", { class: "p3c-curves" }, emergenceCurve(state.new, state.total), saturationCurve(state.saturation)),
      h("p", { class: "p3c-quiet" }, state.caution),
      this.#logOf(state.formed, state.total),
    );
    this.#more.scrollTop = top;
  }

  #logOf(rows: FormedRow[], total: number): HTMLElement {
    const shown = rows.slice(0, this.#log);
    return h(
      "details",
      { class: "p3c-log", open: this.#log > LOG },
      h("summary", {}, `Log of subsumption: ${count(total, "unit")}`),
      h(
        "table",
        { class: "p3c-plain" },
        h("thead", {}, h("tr", {}, ...["No.", "Place", "Passage", "Category", "", "Coder"].map((each) => h("th", { scope: "col" }, each)))),
        h(
          "tbody",
          {},
          ...shown.map((row) =>
            h(
              "tr",
              { class: row.new ? "p3c-log-new" : "" },
              h("td", {}, row.no),
              h("td", {}, button(`${row.source_key} ${row.start}–${row.end}`, () => this.#open(row), { class: "p3c-button p3c-link" })),
              h("td", { dir: "auto" }, row.quote.length > 90 ? `${row.quote.slice(0, 89)}…` : row.quote),
              h("td", { dir: "auto" }, row.label),
              h("td", {}, row.new ? h("b", {}, "new") : "subsumed"),
              h("td", {}, row.coder),
            ),
          ),
        ),
      ),
      rows.length > shown.length &&
        button(`${(rows.length - shown.length).toLocaleString("en-GB")} more`, () => {
          this.#log += 1000;
          this.draw();
        }, { class: "p3c-button p3c-link" }),
      total > rows.length && shown.length === rows.length && h("p", { class: "p3c-quiet" }, `These are the first ${rows.length.toLocaleString("en-GB")}; the library lists them all.`),
    );
  }
}
