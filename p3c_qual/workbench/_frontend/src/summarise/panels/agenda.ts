/** The panel Agenda: category, definition, anchor examples and rule, written where they stand. */

import { ask } from "../../dialog";
import { button, count, fill, h, type Child } from "../../dom";
import { Refused } from "../../server";
import { toText } from "../../start/words";
import type { Action } from "../../view";
import type { AgendaRow, AgendaState } from "../../wire";
import { CellEditor } from "../cell";
import { type Column, Grid } from "../grid";
import type { Context, Panel } from "../panel";
import { addAnchor, manageAnchors } from "./anchors";
import { actionsOf, LoadedPanel } from "./loaded";
import { confusions, duty, proposals, versions } from "./versions";

export const agendaPanel: Panel = {
  id: "agenda",
  title: "Agenda",
  suits: (question) => question.codebook !== null && ["inductive", "theme", "scaling", "formal"].includes(question.technique),
  mount: (element, context) => new AgendaPanel(element, context),
};

const COLUMNS: Column[] = [
  { id: "label", title: "Category", width: "minmax(0, 3fr)", text: true },
  { id: "definition", title: "Definition", width: "minmax(0, 5fr)", text: true },
  { id: "anchors", title: "Anchor examples", width: "minmax(0, 5fr)" },
  { id: "rule", title: "Coding rule", width: "minmax(0, 4fr)", text: true },
  { id: "units", title: "Codings", width: "74px" },
];

export class AgendaPanel extends LoadedPanel<AgendaState> {
  readonly actions: Action[];
  readonly grid: Grid;
  readonly #editor: CellEditor;
  readonly #top = h("div", { class: "p3c-bar-of-tools" });
  readonly #below = h("div", { class: "p3c-agenda p3c-agenda-below" });
  readonly #counts = h("div", { class: "p3c-line-of-state", role: "status" });
  readonly #open = new Set<string>();

  constructor(element: HTMLElement, context: Context) {
    super(element, context, { wait: "Loading the agenda …", address: "agenda", tables: ["edition", "coding", "pilot_review"] });
    this.grid = new Grid(
      { name: "Coding agenda", columns: COLUMNS, cell: (row, column) => this.#cell(row, column), classOf: (row) => this.#classOf(row) },
      { moved: () => this.#moved(), opened: () => this.#enter() },
    );
    this.grid.element.classList.add("p3c-agenda-grid");
    this.#editor = new CellEditor(this.grid, {
      read: (row, column) => this.#read(row, column),
      write: (row, column, text, was) => void this.#write(row, column, text, was),
      say: (text) => context.bench.say(text),
      text: () => this.#enter(),
    });
    this.actions = actionsOf(
      "Coding agenda",
      ["agenda-next", "Row below", ["ArrowDown"], () => this.grid.step(1)],
      ["agenda-before", "Row above", ["ArrowUp"], () => this.grid.step(-1)],
      ["agenda-right", "Cell to the right", ["ArrowRight"], () => this.grid.side(1)],
      ["agenda-left", "Cell to the left", ["ArrowLeft"], () => this.grid.side(-1)],
      ["agenda-first", "First row", ["Home"], () => this.grid.step(-this.grid.ids.length)],
      ["agenda-last", "Last row", ["End"], () => this.grid.step(this.grid.ids.length)],
      ["agenda-enter", "Write in the cell, or look at its anchors", ["Enter", "F2"], () => this.#enter()],
      ["agenda-anchor", "Add an anchor example …", ["a"], () => void this.#addAnchor()],
      ["agenda-text", "Open the first anchor in its text", ["t"], () => this.#toText()],
      ["agenda-new", "New category …", ["n"], () => void this.#create()],
      ["agenda-freeze", "Freeze this version …", [], () => void this.freeze()],
      ["agenda-reopen", "Begin the next version …", [], () => void this.reopen()],
    );
    this.start();
  }

  protected query() {
    return { codebook: this.context.question.codebook ?? "" };
  }

  protected begin(): void {
    fill(this.element, this.#top, this.grid.element, this.#counts, this.#below);
    this.draw();
    const { place } = this.context;
    if (place) this.grid.go(place);
    else if (this.grid.ids[0]) this.grid.go(this.grid.ids[0], "label");
    this.focus();
  }

  go(place: string): void {
    this.grid.go(place);
  }

  focus(): void {
    if (this.grid.element.isConnected) this.grid.element.focus({ preventScroll: true });
  }

  override dispose(): void {
    this.#editor.leave(true);
    this.grid.dispose();
    super.dispose();
  }

  // what is there

  get page(): AgendaState {
    return this.state!;
  }

  /** Ask anew, after what this panel did. */
  again(): void {
    this.load();
  }

  row(id = this.grid.row): AgendaRow | undefined {
    return this.state?.rows.find((each) => idOf(each) === id);
  }

  #moved(): void {
    if (this.grid.row) this.context.at(this.grid.row);
  }

  #read(id: string, column: string): string {
    const row = this.row(id);
    if (!row) return "";
    if (column === "label") return row.level && row.level !== "not_ratable" ? row.label.slice(row.level.length + 1) : row.label;
    return column === "definition" ? row.definition : row.rule;
  }

  // deeds

  #enter(): void {
    const row = this.row();
    if (!row) return;
    if (this.grid.column === "anchors") manageAnchors(this, row);
    else if (this.grid.columnNow.text) {
      if (!this.can()) return;
      this.#editor.begin();
    }
  }

  async #write(id: string, column: string, text: string, seen: string): Promise<void> {
    const row = this.row(id);
    const { model, bench } = this.context;
    if (!row || !(await this.known())) return;
    if (column === "label" && !text) return bench.say("A category needs a name.");
    const said = { [column]: text };
    const was = { [column]: seen };
    const frozen = this.page.frozen && row.status !== "proposed";
    if (row.level || !frozen) {
      const verb = row.level ? "edit_level" : "edit_code";
      const args = { code: row.code, ...(row.level ? { level: row.level } : {}) };
      try {
        await model.do(verb, { ...args, ...said, was });
      } catch (error) {
        // what is refused is said by the workbench; what was written is not lost with it
        if (error instanceof Refused && error.fault.code === "stale") await this.#twice(id, column, text, (words) => model.do(verb, { ...args, [column]: words }));
      }
      return;
    }
    await ask(
      bench.root,
      {
        title: "Propose a change",
        text: [h("p", {}, `Version ${this.page.version} is frozen. The change waits as a proposal for the next version.`), h("blockquote", { dir: "auto", class: "p3c-words" }, text || "nothing")],
        fields: [{ name: "reason", label: "Reason", lines: 2, required: true }],
        ok: "Propose",
      },
      async ({ reason }) => void (await model.do("edit_code", { code: row.code, ...said, was, reason })),
    );
    this.focus();
  }

  /** Somebody wrote there meanwhile: show both, and let the person say what is to stand. */
  async #twice(id: string, column: string, text: string, write: (words: string) => Promise<unknown>): Promise<void> {
    const { bench } = this.context;
    await ask(
      bench.root,
      {
        title: "Written meanwhile by somebody else",
        text: [h("p", {}, "What stands there now:"), h("blockquote", { dir: "auto", class: "p3c-words" }, this.#read(id, column) || "nothing")],
        fields: [{ name: "words", label: "What you wrote", lines: 4, value: text }],
        ok: "Put mine there",
      },
      async ({ words }) => void (await write(words ?? "")),
    );
    this.focus();
  }

  async #create(): Promise<void> {
    const { model, bench } = this.context;
    if (!(await this.known())) return;
    const { frozen } = this.page;
    const here = this.row();
    const tops = this.page.rows.filter((each) => !each.level);
    await ask(
      bench.root,
      {
        title: frozen ? "Propose a category" : "New category",
        fields: [
          { name: "label", label: "Category", required: true },
          { name: "definition", label: "Definition", lines: 3, help: "What belongs to it, in one sentence." },
          { name: "rule", label: "Coding rule", lines: 2, help: "How it is told from its neighbours." },
          { name: "parent", label: "Under", value: here && here.depth ? (model.code(here.code)?.parent ?? "") : "", options: [{ value: "", label: "nothing: at the top" }, ...tops.map((each) => ({ value: each.code, label: `${" ".repeat(each.depth)}${each.label}` }))] },
          ...(frozen ? [{ name: "reason", label: "Reason", lines: 2, required: true }] : []),
        ],
        ok: frozen ? "Propose" : "Make it",
      },
      async ({ label, definition, rule, parent, reason = "" }) => {
        await model.do("create_code", { codebook: this.page.codebook, label, definition, rule, parent: parent || null, reason });
      },
    );
    this.focus();
  }

  async #addAnchor(): Promise<void> {
    const row = this.row();
    if (row && (await this.known())) await addAnchor(this, row);
    this.focus();
  }

  #toText(): void {
    const anchor = this.row()?.anchors.find((each) => each.source);
    if (!anchor) return this.context.bench.say("This category has no anchor in a text yet.");
    this.context.bench.go(toText(anchor.key, { start: anchor.start ?? 0, end: anchor.end ?? 0 }));
  }

  async freeze(): Promise<void> {
    const { model, bench } = this.context;
    if (!(await this.known())) return;
    await ask(
      bench.root,
      {
        title: "Freeze this version",
        text: [h("p", {}, "It is kept as it is, and what is asked of it from then on waits as a proposal. Coding goes on.")],
        fields: [
          { name: "version", label: "Version", value: this.page.version, required: true },
          { name: "reason", label: "Why now", lines: 2 },
        ],
        ok: "Freeze",
      },
      async ({ version, reason }) => void (await model.do("freeze_codebook", { codebook: this.page.codebook, version: version === this.page.version ? "" : version, reason })),
    );
    this.again();
    this.focus();
  }

  async reopen(): Promise<void> {
    const { model, bench } = this.context;
    if (!(await this.known())) return;
    await ask(
      bench.root,
      {
        title: "Begin the next version",
        text: [h("p", {}, `Version ${this.page.version} stays as it was frozen. Codings made with it stand; where a definition, rule or place changes, the agenda lists what has to be looked at again.`)],
        fields: [
          { name: "reason", label: "Why", lines: 2, required: true, first: true },
          { name: "version", label: "Next version", value: this.page.next, required: true },
        ],
        ok: "Begin it",
      },
      async ({ version, reason }) => void (await model.do("reopen_codebook", { codebook: this.page.codebook, version: version === this.page.next ? "" : version, reason })),
    );
    this.again();
    this.focus();
  }

  /** A part below the table, which stays open or closed as it was left. */
  part(name: string, title: string, open: boolean, ...content: Child[]): HTMLElement {
    const part = h("details", { class: "p3c-part", open: this.#open.has(name) || (open && !this.#open.has(`-${name}`)) }, h("summary", {}, title), ...content);
    part.addEventListener("toggle", () => {
      this.#open.delete(part.open ? `-${name}` : name);
      this.#open.add(part.open ? name : `-${name}`);
    });
    return part;
  }

  // drawing

  #classOf(id: string): string {
    const row = this.row(id);
    if (!row) return "";
    return [row.level ? "p3c-agenda-level" : "", row.status === "proposed" ? "p3c-agenda-proposed" : ""].join(" ");
  }

  #cell(id: string, column: string): Child[] {
    const row = this.row(id);
    if (!row) return [];
    const none = (words: string) => h("span", { class: "p3c-quiet" }, words);
    if (column === "label")
      return [
        h("span", { class: row.level ? "" : "p3c-agenda-name", style: `padding-inline-start:${14 * (row.depth + (row.level ? 1 : 0))}px` }, row.label),
        row.status === "proposed" && h("span", { class: "p3c-badge" }, "proposed"),
      ];
    if (column === "definition") return [row.definition || none("no definition")];
    if (column === "rule") return [row.rule || none("no rule")];
    if (column === "units") return [row.level ? "" : h("span", { class: "p3c-grid-no" }, row.codings)];
    if (!row.anchors.length) return [none("no anchor")];
    return row.anchors.map((each) =>
      h(
        "div",
        { class: `p3c-anchor${each.fault ? " p3c-anchor-lost" : ""}` },
        each.prototype && h("span", { class: "p3c-badge", title: "The clearest example" }, "prototype"),
        each.prototype && " ",
        h("q", { dir: "auto" }, each.quote.length > 160 ? `${each.quote.slice(0, 159)}…` : each.quote),
        " ",
        each.source && each.start !== null
          ? button(`${each.key} ${each.start}–${each.end}`, () => this.context.bench.go(toText(each.key, { start: each.start!, end: each.end! })), { class: "p3c-button p3c-link", tabindex: "-1" })
          : h("small", {}, each.invented ? "invented" : each.key || "not linked"),
        each.fault && h("small", { class: "p3c-anchor-fault" }, ` ${each.fault}`),
      ),
    );
  }

  protected draw(): void {
    const { state } = this;
    if (!state) return;
    const still = !this.context.model.study.writable;
    fill(
      this.#top,
      this.tool("agenda-new", state.frozen ? "Propose a category …" : "New category …", { disabled: still }),
      this.tool("agenda-anchor", "Add an anchor …", { disabled: still }),
      h("span", { class: "p3c-space" }),
      h("span", { class: "p3c-inline" }, `${state.label}, version ${state.version}`),
      h("span", { class: "p3c-badge" }, state.frozen ? "frozen" : state.status),
      state.frozen ? this.tool("agenda-reopen", "Next version …", { disabled: still }) : this.tool("agenda-freeze", "Freeze …", { disabled: still }),
    );
    const ids = state.rows.map(idOf);
    if (ids.join() !== this.grid.ids.join()) this.grid.show(ids);
    else this.grid.update(ids);
    const whole = state.rows.filter((each) => !each.level);
    const bare = (test: (row: AgendaRow) => boolean) => whole.filter(test).length;
    const undefined_ = bare((each) => !each.definition);
    const without = bare((each) => !each.anchors.some((one) => one.source && !one.fault));
    const lost = state.rows.flatMap((each) => each.anchors).filter((each) => each.fault).length;
    fill(
      this.#counts,
      h("b", {}, whole.length === 1 ? "1 category" : `${whole.length} categories`),
      undefined_ > 0 && h("span", {}, `${undefined_} without a definition`),
      without > 0 && h("span", {}, `${without} without an anchor in a text`),
      lost > 0 && h("span", {}, `${count(lost, "anchor")} to be linked anew`),
    );
    const top = this.#below.scrollTop;
    fill(this.#below, confusions(this), duty(this), proposals(this), versions(this));
    this.#below.scrollTop = top;
  }
}

/** A row's name: its code, and the level where it is one. */
export const idOf = (row: AgendaRow) => (row.level ? `${row.code}:${row.level}` : row.code);
