/** The panel Matrix: cases by themes; a cell opens to its passages beside what is written of them. */

import { count, fill, h, type Child } from "../../dom";
import { redraw } from "../../start/lists";
import type { Action } from "../../view";
import type { CaseRow, CellRow, MatrixState, ThemeRow } from "../../wire";
import { Grid } from "../grid";
import type { Context, Panel } from "../panel";
import { CellPane } from "./cellpane";
import { actionsOf, LoadedPanel } from "./loaded";
import { SIGNS, STATUSES, WHY } from "./status";

export const matrixPanel: Panel = {
  id: "matrix",
  title: "Matrix",
  suits: (question) => question.technique === "theme",
  mount: (element, context) => new MatrixPanel(element, context),
};

export class MatrixPanel extends LoadedPanel<MatrixState> {
  readonly actions: Action[];
  #grid: Grid | null = null;
  #columns = "";
  #depth = 1;
  #only = "";
  #cells = new Map<string, CellRow>();
  #cases = new Map<string, CaseRow>();
  readonly #tools = h("div", { class: "p3c-bar-of-tools", role: "toolbar", "aria-label": "The matrix" });
  readonly #main = h("div", { class: "p3c-str-main" });
  readonly #blind = h("div", { class: "p3c-str-blind", hidden: true });
  readonly #counts = h("div", { class: "p3c-line-of-state", role: "status" });
  readonly #pane: CellPane;

  constructor(element: HTMLElement, context: Context) {
    super(element, context, { wait: "Loading the matrix …", address: "matrix", tables: ["cell", "coding"] });
    this.#pane = new CellPane(context, {
      closed: () => this.#closed(),
      step: (by) => this.#next(by),
    });
    this.actions = actionsOf(
      "Matrix",
      ["matrix-down", "Case below", ["ArrowDown"], () => this.#grid?.step(1)],
      ["matrix-up", "Case above", ["ArrowUp"], () => this.#grid?.step(-1)],
      ["matrix-right", "Theme to the right", ["ArrowRight"], () => this.#grid?.side(1)],
      ["matrix-left", "Theme to the left", ["ArrowLeft"], () => this.#grid?.side(-1)],
      ["matrix-page", "A window further", ["PageDown"], () => this.#grid?.step(this.#grid.page)],
      ["matrix-page-back", "A window back", ["PageUp"], () => this.#grid?.step(-this.#grid.page)],
      ["matrix-open", "Open the cell: its passages, and what is written of them", ["Enter", "F2"], () => this.open()],
      ["matrix-needs", "Next cell that needs something: empty, stale or a draft", ["n"], () => this.needs()],
      ["matrix-text", "Open the case’s text", ["t"], () => this.toText()],
    );
    this.start();
  }

  protected query() {
    return { depth: this.#depth };
  }

  protected begin(): void {
    fill(this.element, this.#tools, this.#blind, this.#main, this.#pane.element, this.#counts);
  }

  focus(): void {
    if (!this.#pane.open) this.#grid?.element.focus({ preventScroll: true });
  }

  go(place: string): void {
    const [row, code] = place.split(":");
    if (row && this.#cases.has(row)) this.#grid?.go(row, code || undefined);
  }

  override dispose(): void {
    this.#pane.close(true);
    this.#grid?.dispose();
    super.dispose();
  }

  // what is there

  #at(row: string, column: string): CellRow | undefined {
    return this.#cells.get(`${row}:${column}`);
  }

  get #here(): CellRow | undefined {
    return this.#grid ? this.#at(this.#grid.row, this.#grid.column) : undefined;
  }

  #theme(code: string): ThemeRow | undefined {
    return this.state?.themes.find((each) => each.code === code);
  }

  // deeds

  open(): void {
    const cell = this.#here;
    const row = this.#cases.get(this.#grid?.row ?? "");
    const theme = cell && this.#theme(cell.code);
    if (!cell || !row || !theme) return this.context.bench.say("Go to a cell under a theme, then open it.");
    this.element.classList.add("p3c-str-open");
    void this.#pane.show(cell, row, theme);
    requestAnimationFrame(() => this.#grid?.cell()?.scrollIntoView({ block: "nearest", inline: "nearest" }));
  }

  #closed(): void {
    this.element.classList.remove("p3c-str-open");
    this.focus();
  }

  /** Open the cell of the case below or above, on the same theme. */
  #next(by: 1 | -1): void {
    const before = this.#grid?.row;
    this.#grid?.step(by);
    if (this.#grid?.row === before) return this.context.bench.say(by > 0 ? "This is the last case." : "This is the first case.");
    this.open();
  }

  needs(): void {
    const grid = this.#grid;
    if (!grid || !this.state) return;
    const columns = this.state.themes.map((each) => each.code);
    const all = grid.ids.flatMap((row) => columns.map((code) => [row, code] as const));
    const at = all.findIndex(([row, code]) => row === grid.row && code === grid.column);
    const next = [...all.slice(at + 1), ...all.slice(0, Math.max(at, 0))].find(([row, code]) => needs(this.#at(row, code)));
    if (next) grid.go(...next);
    else this.context.bench.say("No cell needs anything: those with passages are written and checked, and none is stale.");
  }

  toText(): void {
    const row = this.#cases.get(this.#grid?.row ?? "");
    const source = this.context.model.study.sources.find((each) => row?.sources.includes(each.id));
    if (source) this.context.bench.go(`code/${encodeURIComponent(source.key)}`);
  }

  // drawing

  protected draw(): void {
    const state = this.state!;
    this.#cells = new Map(state.cells.map((each) => [`${each.case}:${each.code}`, each]));
    this.#cases = new Map(state.cases.map((each) => [each.id, each]));
    const held = this.#main.contains(document.activeElement);
    // who chose the panel works in it at once
    const came = !this.#grid && document.activeElement?.closest(".p3c-sum-head, .p3c-sum-left");
    const columns = JSON.stringify(state.themes);
    if (columns !== this.#columns) {
      this.#columns = columns;
      const [row = "", column = ""] = this.#grid ? [this.#grid.row, this.#grid.column] : this.context.place.split(":");
      this.#grid?.dispose();
      this.#grid = this.#make(state);
      this.#grid.row = row;
      if (state.themes.some((each) => each.code === column)) this.#grid.column = column;
      fill(this.#main, this.#grid.element);
    }
    const grid = this.#grid!;
    const ids = state.cases.filter((row) => !this.#only || row.id === grid.row || state.themes.some((theme) => fits(this.#at(row.id, theme.code), this.#only))).map((each) => each.id);
    if (grid.ids.join() === ids.join()) grid.update(ids);
    else grid.show(ids);
    if (held || came || (document.activeElement === document.body && !this.#pane.open)) this.focus();
    this.#pane.changed(this.#pane.open ? this.#at(...this.#pane.place) : undefined);
    this.#drawTools(state);
    this.#drawCounts(state);
    if (this.#blind.hidden === state.hidden) {
      this.#blind.hidden = !state.hidden;
      fill(this.#blind, state.hidden && this.hidden("Passages that others coded are hidden: you are coding blind."));
    }
  }

  #make(state: MatrixState): Grid {
    const grid = new Grid(
      {
        name: "Framework matrix: cases by themes",
        columns: [{ id: "case", title: "Case", width: "minmax(8.5em, 0.6fr)" }, ...state.themes.map((each) => ({ id: each.code, title: each.label, width: "minmax(170px, 1fr)" }))],
        cell: (id, column) => this.#cell(id, column),
        classOf: () => "p3c-str-row",
      },
      {
        moved: () => this.#moved(),
        opened: () => this.open(),
      },
    );
    grid.element.classList.add("p3c-str-matrix");
    grid.element.style.setProperty("--p3c-least", `${130 + 170 * state.themes.length}px`);
    grid.column = state.themes[0]?.code ?? "case";
    return grid;
  }

  #moved(): void {
    const grid = this.#grid!;
    if (grid.row) this.context.at(`${grid.row}:${grid.column}`);
    const cell = this.#here;
    if (cell) this.context.bench.announce(`${this.#cases.get(cell.case)?.key}, ${this.#theme(cell.code)?.label}: ${said(cell)}`);
  }

  #cell(id: string, column: string): Child[] {
    const row = this.#cases.get(id);
    if (!row) return [];
    if (column === "case") return [h("b", {}, row.key), row.label !== row.key && h("small", { class: "p3c-str-reason" }, row.label)];
    const cell = this.#at(id, column);
    if (!cell) return [];
    const written = cell.status !== "empty";
    const state = written ? cell.status : cell.passages ? "empty" : cell.why_empty || "hidden";
    return [
      h(
        "div",
        { class: `p3c-str-cell p3c-str-is-${state.replace("_", "-")}${cell.stale ? " p3c-str-stale" : ""}` },
        written && h("div", { class: "p3c-str-text" }, cell.text),
        h(
          "div",
          { class: "p3c-str-foot" },
          written ? h("span", {}, `${SIGNS[cell.status]} ${cell.status}`) : cell.passages > 0 ? h("span", {}, "empty") : h("span", {}, WHY[cell.why_empty] ?? "hidden"),
          cell.stale && h("b", { class: "p3c-str-warn", title: "Passages have changed since it was written" }, "⚠ stale"),
          cell.passages > 0 && h("span", { class: "p3c-str-n", title: written ? "Passages it refers to, of those there are" : null }, `${written ? `${cell.refs.length} of ` : ""}${count(cell.passages, "passage")}`),
        ),
      ),
    ];
  }

  #drawTools(state: MatrixState): void {
    redraw(
      this.#tools,
      h(
        "select",
        { "aria-label": "Depth of the themes", "data-name": "depth", onchange: (event: Event) => ((this.#depth = Number((event.target as HTMLSelectElement).value)), this.load()) },
        ...Array.from({ length: Math.max(state.deepest, 1) }, (_, i) => h("option", { value: i + 1, selected: i + 1 === state.depth }, i ? `themes down to level ${i + 1}` : "main themes")),
      ),
      h(
        "select",
        { "aria-label": "Which cases are shown", "data-name": "only", onchange: (event: Event) => ((this.#only = (event.target as HTMLSelectElement).value), this.draw()) },
        ...[["", "all cases"], ["needs", "cases that need something"], ["stale", "cases with stale cells"], ["draft", "cases with drafts"]].map(([value, label]) => h("option", { value, selected: value === this.#only }, label)),
      ),
      h("span", { class: "p3c-space" }),
      this.tool("matrix-open", "Open the cell", { disabled: !this.#here }),
      this.tool("matrix-needs", "Next that needs something"),
    );
  }

  #drawCounts(state: MatrixState): void {
    const number = (test: (cell: CellRow) => boolean) => state.cells.filter(test).length.toLocaleString("en-GB");
    fill(
      this.#counts,
      h("b", {}, `${count(state.cases.length, "case")} × ${count(state.themes.length, "theme")}`),
      h("span", {}, `${number((cell) => cell.status === "empty" && cell.passages > 0)} empty with passages`),
      ...STATUSES.map((each) => h("span", {}, `${number((cell) => cell.status === each)} ${SIGNS[each]} ${each}`)),
      h("span", {}, `${number((cell) => cell.stale)} ⚠ stale`),
      h("span", { title: state.reading_set }, state.reading_set),
    );
  }
}

function needs(cell: CellRow | undefined): boolean {
  return Boolean(cell && (cell.stale || cell.status === "draft" || (cell.status === "empty" && cell.passages > 0)));
}

function fits(cell: CellRow | undefined, only: string): boolean {
  if (!cell) return false;
  return only === "stale" ? cell.stale : only === "draft" ? cell.status === "draft" : needs(cell);
}

function said(cell: CellRow): string {
  const state = cell.status === "empty" && !cell.passages ? (WHY[cell.why_empty] ?? "hidden") : cell.status;
  return [state, cell.stale && "stale", cell.passages && count(cell.passages, "passage")].filter(Boolean).join(", ");
}
