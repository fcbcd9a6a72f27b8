/** The panel Types: types along a dimension, their cases and prototypes, and what helps to find them. */

import { ask } from "../../dialog";
import { button, count, fill, h, type Child } from "../../dom";
import { openMenu, type Entry } from "../../menu";
import { redraw } from "../../start/lists";
import { toText } from "../../start/words";
import type { Action } from "../../view";
import type { TypedCase, TypeRow, TypeState } from "../../wire";
import { Grid } from "../grid";
import type { Context, Panel } from "../panel";
import { actionsOf, LoadedPanel } from "./loaded";

export const typesPanel: Panel = {
  id: "types",
  title: "Types",
  suits: (question) => question.technique === "type",
  mount: (element, context) => new TypesPanel(element, context),
};

const FOUND: Record<string, string> = { extreme: "by its extreme expression", frequent: "by its frequency", theory: "by interest of theory" };

export class TypesPanel extends LoadedPanel<TypeState> {
  readonly actions: Action[];
  #grid: Grid | null = null;
  #columns = "";
  #by = "";
  #sort = "";
  #cases = new Map<string, TypedCase>();
  readonly #tools = h("div", { class: "p3c-bar-of-tools", role: "toolbar", "aria-label": "Types" });
  readonly #main = h("div", { class: "p3c-str-main" });
  readonly #aside = h("aside", { class: "p3c-str-aside p3c-str-types", "aria-label": "The types" });

  constructor(element: HTMLElement, context: Context) {
    super(element, context, { wait: "Loading the types …", address: "types", tables: ["casetype", "member", "rating", "coding"] });
    this.actions = actionsOf(
      "Types",
      ["type-down", "Case below", ["ArrowDown"], () => this.#grid?.step(1)],
      ["type-up", "Case above", ["ArrowUp"], () => this.#grid?.step(-1)],
      ["type-right", "Column to the right", ["ArrowRight"], () => this.#grid?.side(1)],
      ["type-left", "Column to the left", ["ArrowLeft"], () => this.#grid?.side(-1)],
      ...Array.from({ length: 9 }, (_, i): [string, string, string[], () => unknown] => [`type-${i + 1}`, `Put the case into type ${i + 1}`, [`${i + 1}`], () => this.put(i)]),
      ["type-out", "Take the case out of its type", ["0", "Delete"], () => this.out()],
      ["type-prototype", "Prototype of its type, with the reason …", ["p"], () => this.prototype()],
      ["type-choose", "Choose the case’s type …", ["Enter"], () => this.choose()],
      ["type-new", "New type …", ["c"], () => this.create()],
      ["type-text", "Open the case’s text", ["t"], () => this.toText()],
    );
    this.start();
  }

  protected query() {
    return { of: this.#by };
  }

  protected begin(): void {
    fill(this.element, this.#tools, this.#main);
  }

  focus(): void {
    this.#grid?.element.focus({ preventScroll: true });
  }

  go(place: string): void {
    if (this.#cases.has(place)) this.#grid?.go(place);
  }

  override dispose(): void {
    this.#grid?.dispose();
    super.dispose();
  }

  get #row(): TypedCase | undefined {
    return this.#cases.get(this.#grid?.row ?? "");
  }

  #type(id: string): TypeRow | undefined {
    return this.state?.types.find((each) => each.id === id);
  }

  // deeds

  put(at: number): void {
    const type = this.state?.types[at];
    const row = this.#row;
    if (!row || !this.can()) return;
    if (!type) return this.context.bench.say(this.state?.types.length ? `There are ${count(this.state.types.length, "type")}.` : "There is no type yet; c makes one.");
    void this.#put(row, type);
  }

  async #put(row: TypedCase, type: TypeRow): Promise<void> {
    if (!(await this.known()) || row.type === type.id) return;
    const args = { type: type.id, case: row.case.id, reason: "", prototype: false };
    if (row.prototype) {
      // what was written of a prototype goes only when that is meant
      const old = this.#type(row.type)?.label ?? "";
      const done = await ask(this.context.bench.root, { title: `Move ${row.case.key} to ‘${type.label}’`, text: [h("p", {}, `It is the prototype of ‘${old}’, which has none then.`)], ok: "Move" }, async () => void (await this.context.model.do("assign", { ...args, move: true })));
      return done ? this.context.bench.announce(type.label) : undefined;
    }
    await this.context.model.do("assign", { ...args, reason: row.reason, move: true }).catch(() => undefined);
    this.context.bench.announce(`${row.case.key}: ${type.label}`);
  }

  out(): void {
    const row = this.#row;
    if (!row || !this.can()) return;
    if (!row.member) return this.context.bench.say(`${row.case.key} is of no type.`);
    void this.context.model.do("unassign", { member: row.member }).catch(() => undefined);
  }

  async prototype(): Promise<void> {
    const row = this.#row;
    const type = row && this.#type(row.type);
    if (!row || !type) return this.context.bench.say("Put the case into a type first: a key from 1.");
    if (!(await this.known())) return;
    await ask(
      this.context.bench.root,
      {
        title: `${row.case.key} as a prototype of ‘${type.label}’`,
        text: [row.prototype && h("p", {}, "It is one. An empty reason makes it an ordinary case again.")],
        fields: [{ name: "reason", label: "Why it stands for the type", lines: 4, value: row.reason, required: !row.prototype }],
        ok: "Keep",
      },
      async ({ reason }) => void (await this.context.model.do("assign", { type: type.id, case: row.case.id, prototype: Boolean(reason), reason })),
    );
    this.focus();
  }

  choose(): void {
    const row = this.#row;
    const { state } = this;
    const cell = this.#grid?.cell();
    if (!row || !state || !cell || !this.can()) return;
    if (!state.types.length) return void this.create();
    const entries: Entry[] = state.types.map((type, at) => ({ label: `${row.type === type.id ? "✓ " : ""}${type.label}`, key: at < 9 ? `${at + 1}` : undefined, run: () => void this.#put(row, type) }));
    entries.push({ label: "No type", key: "0", disabled: !row.member, run: () => this.out() }, { label: "Prototype …", key: "P", disabled: !row.type, run: () => void this.prototype() });
    openMenu(this.context.bench.root, cell, `Type of ${row.case.key}`, entries);
  }

  async create(): Promise<void> {
    if (!(await this.known())) return;
    await ask(this.context.bench.root, { title: "New type", text: [this.#dimension()], fields: fields(), ok: "Make the type" }, async (values) => void (await this.context.model.do("make_type", { question: this.context.question.id, ...values })));
    this.focus();
  }

  async edit(type: TypeRow): Promise<void> {
    if (!(await this.known())) return;
    await ask(this.context.bench.root, { title: `Edit the type ‘${type.label}’`, text: [this.#dimension()], fields: fields(type), ok: "Keep" }, async (values) => {
      const was = { label: type.label, found_by: type.found_by, description: type.description };
      await this.context.model.do("edit_type", { type: type.id, fields: values, was });
    });
    this.focus();
  }

  async remove(type: TypeRow): Promise<void> {
    const cases = this.state!.cases.filter((each) => each.type === type.id);
    await ask(this.context.bench.root, { title: `Remove the type ‘${type.label}’`, text: [h("p", {}, cases.length ? `${count(cases.length, "case")} will be of no type: ${cases.map((each) => each.case.key).join(", ")}. Undo brings it back.` : "It has no cases.")], ok: "Remove" }, async () => void (await this.context.model.do("remove_type", { type: type.id })));
    this.focus();
  }

  toText(): void {
    const row = this.#row;
    const source = this.context.model.study.sources.find((each) => row?.case.sources.includes(each.id));
    if (source) this.context.bench.go(toText(source.key));
  }

  #dimension(): HTMLElement {
    return h("p", { class: "p3c-quiet", dir: "auto" }, `Dimension: ${this.state?.dimension || "not written yet"}`);
  }

  // drawing

  protected draw(): void {
    const state = this.state!;
    this.#cases = new Map(state.cases.map((each) => [each.case.id, each]));
    const columns = JSON.stringify([state.columns, state.unit]);
    const held = this.#main.contains(document.activeElement) && !this.#aside.contains(document.activeElement);
    // who chose the panel works in it at once
    const came = !this.#grid && document.activeElement?.closest(".p3c-sum-head, .p3c-sum-left");
    if (columns !== this.#columns) {
      this.#columns = columns;
      const row = this.#grid?.row ?? this.context.place;
      this.#grid?.dispose();
      this.#grid = this.#make(state);
      this.#grid.row = row;
      fill(this.#main, this.#grid.element, this.#aside);
    }
    const ids = this.#sorted(state);
    const grid = this.#grid!;
    if (grid.ids.join() === ids.join()) grid.update(ids);
    else grid.show(ids);
    if (held || came || document.activeElement === document.body) this.focus();
    this.#drawTools(state);
    this.#drawTypes(state);
  }

  #sorted(state: TypeState): string[] {
    const rows = [...state.cases];
    const at = state.columns.findIndex((each) => each.key === this.#sort);
    const order = new Map(state.types.map((each, place) => [each.id, place]));
    if (this.#sort === "type") rows.sort((a, b) => (order.get(a.type) ?? 99) - (order.get(b.type) ?? 99));
    // what has no value stands last, it is no low one
    else if (at >= 0) rows.sort((a, b) => (b.values[at] ?? -Infinity) - (a.values[at] ?? -Infinity));
    return rows.map((each) => each.case.id);
  }

  #make(state: TypeState): Grid {
    const grid = new Grid(
      {
        name: "Cases and their types",
        columns: [
          { id: "case", title: "Case", width: "minmax(8em, 1fr)" },
          { id: "type", title: "Type", width: "minmax(9em, 1.3fr)" },
          ...state.columns.map((each) => ({ id: each.key, title: each.label, width: "minmax(6.5em, 0.8fr)" })),
        ],
        cell: (id, column) => this.#cell(id, column),
        classOf: () => "",
      },
      { moved: () => grid.row && this.context.at(grid.row), opened: () => this.choose() },
    );
    grid.element.style.setProperty("--p3c-least", `${230 + 90 * state.columns.length}px`);
    grid.column = "type";
    return grid;
  }

  #cell(id: string, column: string): Child[] {
    const row = this.#cases.get(id);
    const state = this.state;
    if (!row || !state) return [];
    if (column === "case") return [h("b", {}, row.case.key), h("small", { class: "p3c-str-reason" }, [row.case.label !== row.case.key && row.case.label, row.case.stakeholder_types.join(", ")].filter(Boolean).join(", "))];
    if (column === "type") {
      const type = this.#type(row.type);
      if (!type) return [h("span", { class: "p3c-quiet" }, "no type")];
      return [h("span", { dir: "auto" }, type.label), row.prototype && h("b", { class: "p3c-badge p3c-str-proto" }, "★ prototype"), row.reason && h("small", { class: "p3c-str-reason" }, row.reason)];
    }
    const at = state.columns.findIndex((each) => each.key === column);
    const value = row.values[at];
    if (value === null || value === undefined) return [h("span", { class: "p3c-quiet", title: "No value" }, "–")];
    const values = state.cases.map((each) => each.values[at] ?? 0);
    const top = Math.max(...values, 1);
    return [h("span", { class: "p3c-str-bar", style: `--p3c-share:${(100 * value) / top}%` }, value.toLocaleString("en-GB"))];
  }

  #drawTools(state: TypeState): void {
    redraw(
      this.#tools,
      this.tool("type-new", "New type …", { class: state.types.length ? "p3c-button" : "p3c-button p3c-main", disabled: !this.context.model.study.writable }),
      this.tool("type-choose", "Choose type …"),
      this.tool("type-prototype", "Prototype …"),
      h("span", { class: "p3c-space" }),
      state.others.length > 0 &&
        h(
          "select",
          { "aria-label": "Beside the cases", "data-name": "by", onchange: (event: Event) => ((this.#by = (event.target as HTMLSelectElement).value), this.load()) },
          ...state.others.map((each) => h("option", { value: each.key, selected: each.key === state.by }, `beside: ${each.label}`)),
        ),
      h(
        "select",
        { "aria-label": "Order", "data-name": "sort", onchange: (event: Event) => ((this.#sort = (event.target as HTMLSelectElement).value), this.draw()) },
        ...[["", "material order"], ["type", "by type"], ...state.columns.map((each) => [each.key, `by ${each.label}`])].map(([value, label]) => h("option", { value, selected: value === this.#sort }, label)),
      ),
    );
  }

  #drawTypes(state: TypeState): void {
    const still = !this.context.model.study.writable;
    const left = state.cases.filter((each) => !each.type);
    redraw(
      this.#aside,
      h("h2", {}, count(state.types.length, "type")),
      this.#dimension(),
      state.unit && h("p", { class: "p3c-quiet" }, `Beside the cases: ${state.unit}.`),
      ...state.types.map((type, at) => {
        const mine = state.cases.filter((each) => each.type === type.id);
        const shown = mine.filter((each) => each.prototype);
        return h(
          "section",
          { class: "p3c-str-type", "aria-label": type.label },
          h("h3", { dir: "auto" }, at < 9 && h("kbd", {}, at + 1), ` ${type.label}`),
          h("small", {}, `found ${FOUND[type.found_by] ?? ""}`),
          type.description && h("p", { dir: "auto" }, type.description),
          h("p", {}, h("b", {}, `${mine.length} of ${count(state.cases.length, "case")}`), mine.length > 0 && `: ${mine.map((each) => each.case.key).join(", ")}`),
          ...shown.map((each) => h("p", { class: "p3c-str-proto-line", dir: "auto" }, `★ ${each.case.key}: ${each.reason}`)),
          !shown.length && h("p", { class: "p3c-quiet" }, "No prototype yet."),
          h("div", { class: "p3c-ends" }, button("Edit …", () => void this.edit(type), { disabled: still, "data-name": `edit ${type.id}`, "aria-label": `Edit the type ${type.label}` }), button("Remove …", () => void this.remove(type), { disabled: still, "data-name": `remove ${type.id}`, "aria-label": `Remove the type ${type.label}` })),
        );
      }),
      !state.types.length && h("p", {}, "Look at how the cases differ: the order by a column puts extreme ones on top, and what is frequent is seen in the column. Then make a type for each."),
      left.length > 0 && state.types.length > 0 && h("p", { class: "p3c-str-note" }, `Of no type: ${left.map((each) => each.case.key).join(", ")}`),
    );
  }
}

function fields(type?: TypeRow) {
  return [
    { name: "label", label: "Type", value: type?.label, required: true },
    { name: "found_by", label: "How it was found", value: type?.found_by ?? "extreme", options: Object.entries(FOUND).map(([value, label]) => ({ value, label })) },
    { name: "description", label: "What makes the type", value: type?.description, lines: 4 },
  ];
}
