/** The panel Units: Mayring's table, one row a unit, worked through by keyboard. */

import { matches } from "../core/keys";
import { button, count, fill, h } from "../dom";
import { toText } from "../start/words";
import type { Action } from "../view";
import { shown } from "../workbench";
import { CellEditor } from "./cell";
import { Filters } from "./filters";
import { Grid } from "./grid";
import { Kept } from "./kept";
import type { Context, MountedPanel, Panel } from "./panel";
import { cellOf, classOf, COLUMN_OF, COLUMNS, STATES } from "./rowcells";
import { drawStrip } from "./strip";
import { type Change, type Summary, summaryOf, tally } from "./summary";
import { unitActions } from "./unitactions";
import { UnitDeeds } from "./unitdeeds";

export const unitsPanel: Panel = {
  id: "units",
  title: "Units",
  suits: (question) => question.technique === "summarising",
  actions: unitActions,
  mount: (element, context) => new UnitsPanel(element, context),
};

export class UnitsPanel implements MountedPanel {
  readonly actions: Action[];
  readonly summary: Summary;
  readonly grid: Grid;
  readonly editor: CellEditor;
  readonly deeds: UnitDeeds;
  readonly filters: Filters;
  readonly #kept: Kept;
  readonly #tools = h("div", { class: "p3c-bar-of-tools", role: "toolbar", "aria-label": "Rows" });
  readonly #strip = h("section", { class: "p3c-sum-strip", "aria-label": "The row", tabindex: "0" });
  readonly #counts = h("div", { class: "p3c-line-of-state p3c-sum-counts", role: "status" });
  readonly #empty = h("div", { class: "p3c-wait", hidden: true });
  #forget: (() => void)[] = [];
  #drawing = 0;
  #ended = false;

  constructor(
    private readonly element: HTMLElement,
    readonly context: Context,
  ) {
    const { model, question } = context;
    const summary = (this.summary = summaryOf(model, question));
    this.grid = new Grid(
      {
        name: "Units of the summarising",
        columns: COLUMNS,
        cell: (row, column) => cellOf(summary, row, column),
        classOf: (row) => classOf(summary.unit(row)),
      },
      { moved: () => this.#moved(), opened: () => this.enter() },
    );
    this.grid.column = COLUMN_OF[question.step] ?? "category";
    this.deeds = new UnitDeeds(this);
    this.editor = new CellEditor(this.grid, {
      read: (row, column) => this.deeds.words(row, column),
      write: (row, column, text, was) => void this.deeds.write(row, column, text, was),
      say: (text) => context.bench.say(text),
      text: () => this.toText(),
    });
    this.filters = new Filters(summary, () => this.#filtered(), () => this.focus());
    this.#kept = new Kept(summary, () => this.focus(), () => this.#inSight());
    this.actions = unitActions(this);
    this.grid.element.addEventListener("click", (event) => {
      const link = (event.target as Element).closest<HTMLElement>(".p3c-grid-text");
      if (link) this.toText(link.closest<HTMLElement>("[data-row]")!.dataset.row);
    });
    this.grid.element.addEventListener("keydown", (event) => this.#typed(event));
    element.classList.add("p3c-sum-units");
    fill(element, h("p", { class: "p3c-wait", role: "status" }, "Loading the units …"));
    void this.#begin(context.place);
  }

  async #begin(place: string): Promise<void> {
    try {
      await this.summary.load();
    } catch (error) {
      if (this.#ended) return;
      fill(this.element, h("p", { class: "p3c-wait", role: "alert" }, error instanceof Error ? error.message : String(error)));
      return;
    }
    if (this.#ended) return;
    fill(this.element, this.#tools, this.filters.element, this.#empty, this.grid.element, this.#kept.element, this.#strip, this.#counts);
    this.#forget.push(this.summary.on((change) => this.#changed(change)));
    this.filters.draw();
    const rows = this.filters.rows();
    this.grid.row = place && rows.includes(place) ? place : (rows[0] ?? "");
    this.grid.show(rows);
    if (place) this.grid.go(this.grid.row);
    this.#draw();
    this.focus();
  }

  go(place: string): void {
    if (!this.grid.ids.includes(place)) this.filters.clear();
    this.grid.go(place);
    this.focus();
  }

  focus(): void {
    if (this.grid.element.isConnected && !this.editor.open) this.grid.element.focus({ preventScroll: true });
  }

  refresh(): void {
    this.#soon();
  }

  dispose(): void {
    this.#ended = true;
    this.editor.leave(true);
    cancelAnimationFrame(this.#drawing);
    for (const each of this.#forget) each();
    this.grid.dispose();
    this.filters.dispose();
    this.#kept.dispose();
    this.element.classList.remove("p3c-sum-units");
  }

  // what happens

  #changed(change: Change): void {
    if (change.order) {
      const row = this.grid.row;
      this.filters.draw();
      this.grid.show(this.filters.rows());
      if (row && !this.grid.row) this.grid.row = this.grid.ids[0] ?? "";
    } else if (change.reductions) {
      // a category may have another name, wherever it stands
      this.filters.draw();
      const named = this.grid.ids.filter((id) => this.summary.unit(id)?.reduction);
      this.grid.update(new Set([...change.units, ...named]));
    } else this.grid.update(change.units);
    this.#soon();
  }

  /** The box of a conflict takes room from the table: the row of the cursor stays in sight. */
  #inSight(): void {
    requestAnimationFrame(() => {
      const row = this.grid.element.querySelector(".p3c-grid-area")?.closest(".p3c-grid-row") ?? this.grid.cell()?.parentElement;
      row?.scrollIntoView({ block: "nearest" });
    });
  }

  #filtered(): void {
    this.grid.choose([]);
    this.grid.show(this.filters.rows());
    this.#draw();
  }

  #moved(): void {
    this.#soon();
    if (this.grid.row) this.context.at(this.grid.row);
  }

  /**
   * Letters typed in an empty cell for words are words.
   *
   * On one with words, and with rows chosen, the keys of deeds are deeds; any other letter goes
   * behind the words, so that none of them is written over.
   */
  #typed(event: KeyboardEvent): void {
    if (event.target !== this.grid.element || event.isComposing) return;
    const plain = [...event.key].length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey;
    if (!plain || [" ", "?", "/"].includes(event.key)) return;
    if (!this.grid.columnNow.text || this.grid.chosen.size || !this.deeds.writable || !this.grid.row) return;
    const { row, column } = this.grid;
    const empty = !this.deeds.words(row, column) && !(column === "paraphrase" && this.summary.unit(row)?.dropped);
    const deed = this.actions.some((action) => this.context.bench.keysOf(action).some((key) => matches(key, event)));
    if (deed && !empty) return;
    event.preventDefault();
    this.editor.begin(event.key);
  }

  // what can be done from anywhere in the table

  /** What Enter does in the column the cursor is in. */
  enter(): void {
    const { column } = this.grid;
    if (this.grid.columnNow.text) {
      if (this.deeds.can()) this.editor.begin();
    } else if (column === "reduce") this.deeds.reduceMenu();
    else if (column === "category") void this.deeds.bundle();
    else this.toText();
  }

  toText(id = this.grid.row): void {
    const row = this.summary.unit(id);
    if (!row) return;
    const { model, question } = this.context;
    model.question = question.key;
    model.study.desk.question = question.key;
    this.context.bench.go(toText(row.key || row.source, row));
  }

  // drawing

  #soon(): void {
    cancelAnimationFrame(this.#drawing);
    this.#drawing = requestAnimationFrame(() => {
      if (!this.#ended) this.#draw();
    });
  }

  #draw(): void {
    drawStrip(this.#strip, this.summary, this.grid.row, () => this.toText());
    this.#drawTools();
    this.#drawCounts();
    const none = this.summary.order.length === 0;
    this.#empty.hidden = this.grid.ids.length > 0;
    this.grid.element.hidden = this.grid.ids.length === 0;
    for (const each of [this.#tools, this.filters.element, this.#strip, this.#counts]) each.hidden = none;
    if (none)
      fill(
        this.#empty,
        h("p", {}, "There is no unit yet. Units are selected and paraphrased beside the text: go to a unit of the text and press z."),
        button("Go to the text", () => this.#toMaterial(), { class: "p3c-button p3c-main" }),
      );
    else fill(this.#empty, h("p", {}, "No row is like that."));
  }

  #toMaterial(): void {
    const { model, question, bench } = this.context;
    model.question = question.key;
    model.study.desk.question = question.key;
    const first = model.study.sources.find((row) => row.id === question.material[0]);
    bench.go(first ? toText(first.key) : "code");
  }

  #drawTools(): void {
    const { bench } = this.context;
    const [row] = this.grid.target;
    const tool = (id: string, label: string, props: Record<string, any> = {}) => {
      const action = this.actions.find((each) => each.id === id)!;
      const key = bench.keysOf(action).at(0);
      return button(label, () => action.run(), { title: `${action.title}${key ? ` (${shown(key)})` : ""}`, "data-tool": id, disabled: !row || !this.deeds.writable, ...props });
    };
    const focus = (document.activeElement as HTMLElement | null)?.closest<HTMLElement>(".p3c-sum-units [data-tool]")?.dataset.tool;
    fill(
      this.#tools,
      tool("unit-keep", "Keep"),
      tool("unit-delete", "Delete …"),
      tool("unit-doubt", "In doubt …"),
      h("span", { class: "p3c-divide" }),
      tool("unit-bundle", "Bundle …"),
      tool("unit-leave-over", "Leave over …"),
      h("span", { class: "p3c-divide" }),
      tool("unit-copy", "Copy paraphrase"),
      tool("unit-rules", "Rules …"),
      tool("unit-drop", "Drop …"),
      tool("unit-undecide", "Take back"),
      tool("unit-text", "Text", { disabled: !row }),
      this.grid.chosen.size > 0 &&
        button(`${count(this.grid.chosen.size, "row")} chosen ×`, () => this.grid.choose([]), { "aria-label": `${count(this.grid.chosen.size, "row")} chosen; choose none`, "data-tool": "chosen" }),
    );
    if (focus) this.#tools.querySelector<HTMLElement>(`[data-tool="${focus}"]:not(:disabled)`)?.focus();
  }

  #drawCounts(): void {
    const counts = tally(this.summary.units);
    const all = this.summary.order.length;
    const parts = Object.entries(STATES).map(([state, label]) => `${counts[state]!.toLocaleString("en-GB")} ${label}`);
    fill(this.#counts, h("b", {}, count(all, "unit")), h("span", { title: "Every unit is in one of these states; together they are all there are" }, `= ${parts.join(" + ")}`));
  }
}
