/** One cell of the matrix, open: its passages on one side, what a person writes of them on the other. */

import { button, count, fill, h } from "../../dom";
import { Refused } from "../../server";
import { toText } from "../../start/words";
import type { CaseRow, CellRow, CellState, PassageRow, ThemeRow } from "../../wire";
import { isStale } from "../conflicts";
import type { Context } from "../panel";
import { STATUSES, WHY } from "./status";

export interface Around {
  closed(): void;
  /** Go to the cell of the case below or above. */
  step(by: 1 | -1): void;
}

export class CellPane {
  readonly element = h("section", { class: "p3c-str-pane", "aria-label": "The cell", hidden: true });
  readonly #list = h("ol", { class: "p3c-str-passages", "aria-label": "Passages" });
  readonly #area = h("textarea", { class: "p3c-str-area", dir: "auto", spellcheck: "true", "aria-label": "What the case says here, in your words" });
  readonly #status = h("select", { "aria-label": "Status" }, ...STATUSES.map((each) => h("option", { value: each }, each)));
  readonly #head = h("div", { class: "p3c-sum-strip-head" });
  readonly #conflict = h("div", { class: "p3c-sum-conflict", role: "alert", hidden: true });
  readonly #refs = h("div", { class: "p3c-str-refs", role: "group", "aria-label": "References" });
  readonly #ends = h("div", { class: "p3c-ends p3c-wrap" });
  #cell: CellRow | null = null;
  #case: CaseRow | null = null;
  #theme: ThemeRow | null = null;
  #passages: PassageRow[] = [];
  #chosen = new Set<string>();
  /** What was in the cell when it was opened; writing rests on it. */
  #was = { text: "", status: "draft", refs: "" };
  #turn = 0;
  #warned = false;
  #sending = false;

  constructor(
    private readonly context: Context,
    private readonly around: Around,
  ) {
    this.element.addEventListener("keydown", (event) => this.#key(event));
    this.#area.addEventListener("input", () => {
      this.#warned = false;
      this.#drawEnds();
    });
    this.#status.addEventListener("change", () => this.#drawEnds());
    this.#list.addEventListener("click", (event) => {
      const item = (event.target as Element).closest<HTMLElement>("[data-passage]");
      if (item && !(event.target as Element).closest(".p3c-link")) this.refer(item.dataset.passage!, true);
    });
    fill(
      this.element,
      this.#head,
      this.#conflict,
      h("div", { class: "p3c-str-sides" }, this.#list, h("div", { class: "p3c-str-writing" }, this.#area, this.#refs, this.#ends)),
    );
  }

  get open(): boolean {
    return !this.element.hidden;
  }

  get place(): [string, string] {
    return [this.#cell?.case ?? "", this.#cell?.code ?? ""];
  }

  get #changed(): boolean {
    return this.open && (this.#area.value.trim() !== this.#was.text || (this.#area.value.trim() !== "" && (this.#status.value !== this.#was.status || [...this.#chosen].join() !== this.#was.refs)));
  }

  /** Open a cell; what was written in the one before is kept. */
  async show(cell: CellRow, row: CaseRow, theme: ThemeRow): Promise<void> {
    if (this.#changed) void this.save();
    const turn = ++this.#turn;
    this.#cell = cell;
    this.#case = row;
    this.#theme = theme;
    this.#passages = [];
    this.element.hidden = false;
    this.#take(cell);
    fill(this.#list, h("li", { class: "p3c-wait" }, "Loading the passages …"));
    this.#area.focus();
    await this.#load(turn, true);
  }

  async #load(turn: number, fresh: boolean): Promise<void> {
    const { model, question } = this.context;
    const [row, code] = this.place;
    try {
      const state = await model.server.get<CellState>("cell", { study: model.path, question: question.id, case: row, code, others: model.others });
      if (turn !== this.#turn) return;
      this.#passages = state.passages;
      if (fresh && !this.#changed) this.#take(state.cell);
      this.#drawList();
    } catch (error) {
      if (turn === this.#turn) fill(this.#list, h("li", { class: "p3c-fault" }, error instanceof Error ? error.message : String(error)));
    }
  }

  /** Show what is stored. */
  #take(cell: CellRow): void {
    this.#cell = cell;
    this.#area.value = cell.text;
    this.#status.value = cell.status === "empty" ? "draft" : cell.status;
    this.#chosen = new Set(cell.refs);
    this.#was = { text: cell.text, status: this.#status.value, refs: cell.refs.join() };
    this.#warned = false;
    this.#conflict.hidden = true;
    this.#drawHead();
    this.#drawList();
    this.#drawEnds();
  }

  /** Somebody wrote, or coded: what is not touched here follows, what is stays until it is sent. */
  changed(cell: CellRow | undefined): void {
    if (!this.open || this.#sending) return;
    if (!cell) {
      const text = this.#changed ? this.#area.value : "";
      this.context.bench.say("This cell is not in the matrix any more; its case or theme went.", text ? { label: "Copy what I wrote", run: () => void navigator.clipboard?.writeText(text) } : undefined);
      return this.close(false);
    }
    const moved = cell.passages !== this.#passages.length || cell.stale !== this.#cell?.stale;
    if (!this.#changed) this.#take(cell);
    else this.#cell = { ...cell, text: this.#was.text };
    this.#drawHead();
    if (moved) void this.#load(this.#turn, false);
  }

  /** Close it; what was written is kept, or not. */
  close(keep: boolean): void {
    if (!this.open) return;
    if (keep && this.#changed && this.#area.value.trim()) void this.save();
    this.#turn++;
    this.element.hidden = true;
    this.#cell = null;
    this.around.closed();
  }

  // deeds

  /** Put a reference to a passage where one writes, or take it out of the list again. */
  refer(id: string, write: boolean): void {
    const passage = this.#passages.find((each) => each.id === id);
    if (!passage || !this.context.model.study.writable) return;
    const sign = this.#sign(passage);
    if (this.#chosen.has(id) && write) this.#chosen.delete(id);
    else {
      this.#chosen.add(id);
      if (write && !this.#area.value.includes(sign)) {
        const { selectionStart: at, selectionEnd: end, value } = this.#area;
        const space = at > 0 && !/\s$/.test(value.slice(0, at)) ? " " : "";
        this.#area.setRangeText(`${space}${sign}`, at, end, "end");
      }
    }
    this.#warned = false;
    this.#drawList();
    this.#drawEnds();
  }

  #sign(passage: PassageRow): string {
    const several = new Set(this.#passages.map((each) => each.source)).size > 1;
    return `[${several ? `${passage.key}:` : ""}${passage.start}-${passage.end}]`;
  }

  /** Keep what was written; says whether it is kept. */
  async save(): Promise<boolean> {
    const { model, bench, question } = this.context;
    const [row, code] = this.place;
    const text = this.#area.value.trim();
    if (!model.study.writable) return (bench.say("This study can only be read."), false);
    if (!model.study.me && !(await bench.nameMe())) return false;
    if (!text && this.#was.text) return this.clear();
    if (!text) return (bench.say("Write what the case says here first; a cell stays empty until then."), false);
    const was = this.#was.text;
    const args = { question: question.id, case: row, code, text, refs: [...this.#chosen], status: this.#status.value, was };
    const turn = this.#turn;
    this.#sending = true;
    const sent = model.do("write_cell", args);
    // from here on it counts as written; a refusal brings it back
    this.#was = { text, status: args.status, refs: args.refs.join() };
    this.#drawEnds();
    try {
      await sent;
      return true;
    } catch (error) {
      if (turn !== this.#turn || !this.open) return this.#lost(error, text);
      this.#was.text = was;
      if (isStale(error)) void this.#conflicts(text);
      this.#drawEnds();
      return false;
    } finally {
      this.#sending = false;
    }
  }

  /** Words that were refused after another cell was opened are not thrown away. */
  #lost(error: unknown, text: string): false {
    if (error instanceof Refused) this.context.bench.say(error.message, { label: "Copy what I wrote", run: () => void navigator.clipboard?.writeText(text) });
    return false;
  }

  async #conflicts(mine: string): Promise<void> {
    const { model, question } = this.context;
    const [row, code] = this.place;
    const turn = this.#turn;
    const state = await model.server.get<CellState>("cell", { study: model.path, question: question.id, case: row, code, others: model.others });
    if (turn !== this.#turn) return;
    const theirs = state.cell;
    fill(
      this.#conflict,
      h("p", {}, h("b", {}, `${theirs.coder || "Somebody"} wrote this cell meanwhile. Nothing was written over.`)),
      h("div", { class: "p3c-sum-both" }, h("div", {}, h("small", {}, "There now"), h("p", { dir: "auto" }, theirs.text || "(empty)")), h("div", {}, h("small", {}, "Yours"), h("p", { dir: "auto" }, mine))),
      h(
        "div",
        { class: "p3c-ends" },
        button("Write mine over it", () => {
          this.#conflict.hidden = true;
          this.#was.text = theirs.text;
          void this.save();
        }),
        button("Take what is there", () => this.#take(theirs), { class: "p3c-button p3c-main" }),
      ),
    );
    this.#conflict.hidden = false;
    this.#conflict.querySelector("button")?.focus();
  }

  async clear(): Promise<boolean> {
    const { model, question } = this.context;
    const [row, code] = this.place;
    try {
      await model.do("clear_cell", { question: question.id, case: row, code, was: this.#was.text });
      if (this.#cell) this.#take({ ...this.#cell, text: "", status: "empty", refs: [], stale: false });
      this.#area.focus();
      return true;
    } catch {
      // the workbench says why
      return false;
    }
  }

  async #finish(): Promise<void> {
    const turn = this.#turn;
    if (!this.#changed || (await this.save())) if (turn === this.#turn) this.close(false);
  }

  async confirm(): Promise<void> {
    const { model, question } = this.context;
    const [row, code] = this.place;
    await model.do("confirm_cell", { question: question.id, case: row, code }).catch(() => undefined);
  }

  // keys

  #key(event: KeyboardEvent): void {
    if (event.isComposing) return;
    const item = (event.target as Element).closest<HTMLElement>("[data-passage]");
    const mod = event.ctrlKey || event.metaKey;
    if (event.key === "Escape") this.#leave();
    else if (event.key === "Enter" && mod) void this.#finish();
    else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && event.altKey) this.around.step(event.key === "ArrowDown" ? 1 : -1);
    else if (/^[1-9]$/.test(event.key) && mod) this.refer(this.#passages[Number(event.key) - 1]?.id ?? "", true);
    else if (item && (event.key === "ArrowDown" || event.key === "ArrowUp")) this.#walk(item, event.key === "ArrowDown" ? 1 : -1);
    else if (item && event.key === "t") this.#open(item.dataset.passage!);
    else {
      // letters in the pane are no keys of the table
      event.stopPropagation();
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  }

  #leave(): void {
    if (this.#changed && !this.#warned) {
      this.#warned = true;
      this.context.bench.say("What you wrote is not kept yet. Ctrl Enter keeps it, Escape again leaves it.");
      return;
    }
    this.close(false);
  }

  #walk(item: HTMLElement, by: 1 | -1): void {
    const all = [...this.#list.querySelectorAll<HTMLElement>("[data-passage]")];
    all[all.indexOf(item) + by]?.focus();
  }

  #open(id: string): void {
    const passage = this.#passages.find((each) => each.id === id);
    if (passage) this.context.bench.go(toText(passage.key, passage));
  }

  // drawing

  #drawHead(): void {
    const cell = this.#cell;
    if (!cell) return;
    fill(
      this.#head,
      h("b", { dir: "auto" }, `${this.#case?.key}: ${this.#theme?.label}`),
      h("span", { class: "p3c-quiet", dir: "auto" }, this.#case?.label !== this.#case?.key && this.#case?.label),
      cell.coder && h("span", { class: "p3c-quiet" }, `written by ${cell.coder}`),
      h("span", { class: "p3c-space" }),
      button("↑", () => this.around.step(-1), { title: "Case above (Alt ↑)", "aria-label": "Case above" }),
      button("↓", () => this.around.step(1), { title: "Case below (Alt ↓)", "aria-label": "Case below" }),
      button("×", () => this.#leave(), { "aria-label": "Close the cell", title: "Close (Escape)" }),
      cell.stale &&
        h(
          "p",
          { class: "p3c-str-note" },
          "⚠ The passages have changed since this was written. ",
          cell.lost > 0 && `${count(cell.lost, "reference")} ${cell.lost === 1 ? "is" : "are"} no passage of it any more. `,
          button("It still holds", () => void this.confirm(), { disabled: !this.context.model.study.writable }),
        ),
    );
  }

  #drawList(): void {
    const cell = this.#cell;
    if (!cell) return;
    const focus = (document.activeElement as HTMLElement | null)?.dataset?.passage;
    const several = new Set(this.#passages.map((each) => each.source)).size > 1;
    fill(
      this.#list,
      ...this.#passages.map((each, at) =>
        h(
          "li",
          {},
          h(
            "div",
            { class: `p3c-str-passage${this.#chosen.has(each.id) ? " p3c-str-cited" : ""}`, role: "button", tabindex: "0", "data-passage": each.id, "aria-pressed": String(this.#chosen.has(each.id)), onkeydown: (event: KeyboardEvent) => this.#press(event, each.id) },
            h(
              "div",
              { class: "p3c-str-foot" },
              at < 9 && h("kbd", { title: "Ctrl and this number refer to it" }, at + 1),
              h("span", {}, `${several ? `${each.key} ` : ""}${each.start}–${each.end}`),
              h("span", { class: "p3c-badge" }, each.code),
              each.unsure && h("span", { class: "p3c-badge" }, "unsure"),
              this.#chosen.has(each.id) && h("b", {}, "✓ referred to"),
            ),
            each.before && h("small", { dir: "auto" }, shorten(each.before)),
            h("blockquote", { dir: "auto" }, each.quote),
          ),
          button("text", () => this.#open(each.id), { class: "p3c-button p3c-link p3c-str-to-text", "aria-label": `Open ${each.key} ${each.start}–${each.end} in the text`, title: "Open in the text (T)" }),
        ),
      ),
      this.#passages.length === 0 && h("li", { class: "p3c-wait" }, cell.why_empty ? `No passages: ${WHY[cell.why_empty]}.` : "No passages that you may see."),
    );
    if (focus) this.#list.querySelector<HTMLElement>(`[data-passage="${CSS.escape(focus)}"]`)?.focus();
  }

  #press(event: KeyboardEvent, id: string): void {
    if (event.target !== event.currentTarget || !["Enter", " "].includes(event.key) || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    event.stopPropagation();
    this.refer(id, true);
  }

  #drawEnds(): void {
    const still = !this.context.model.study.writable;
    this.#area.readOnly = still;
    this.#status.disabled = still;
    const cited = this.#passages.filter((each) => this.#chosen.has(each.id));
    fill(this.#refs, cited.length ? `Refers to ${count(cited.length, "passage")}: ${cited.map((each) => this.#sign(each)).join(" ")}` : this.#passages.length ? "Refers to no passage yet. Click one, or press Ctrl and its number." : "");
    fill(
      this.#ends,
      h("label", { class: "p3c-inline" }, "Status ", this.#status),
      h("span", { class: "p3c-quiet", role: "status" }, this.#changed ? "not kept yet" : this.#was.text ? "kept" : "empty"),
      h("span", { class: "p3c-space" }),
      button("Empty the cell", () => void this.clear(), { disabled: still || !this.#was.text }),
      button("Keep", () => void this.save(), { class: "p3c-button p3c-main", disabled: still || !this.#changed, title: "Ctrl Enter keeps it and closes the cell" }),
    );
  }
}

function shorten(words: string): string {
  return words.length > 140 ? `${words.slice(0, 139)}…` : words;
}
