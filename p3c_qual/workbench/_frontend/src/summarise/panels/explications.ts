/** The panel Explications: doubtful passages, what was gathered to understand them, and what they mean. */

import { ask } from "../../dialog";
import { button, count, fill, h } from "../../dom";
import { redraw } from "../../start/lists";
import { toText } from "../../start/words";
import type { Action } from "../../view";
import type { CandidateRow, ExplicationRow, ExplicationState } from "../../wire";
import type { Context, Panel } from "../panel";
import { ExplicationForm } from "./explicationform";
import { actionsOf, LoadedPanel } from "./loaded";

export const explicationsPanel: Panel = {
  id: "explications",
  title: "Explications",
  suits: (question) => question.technique.startsWith("explication"),
  mount: (element, context) => new ExplicationsPanel(element, context),
};

export const VERDICTS: Record<string, string> = { open: "open", suffices: "suffices", widen: "to be widened" };

export class ExplicationsPanel extends LoadedPanel<ExplicationState> {
  readonly actions: Action[];
  #at = "";
  #fresh = true;
  readonly #list = h("div", { class: "p3c-str-list p3c-keys", tabindex: "0", role: "listbox", "aria-label": "Explications and passages that wait" });
  readonly #main = h("div", { class: "p3c-str-main" });
  readonly #form: ExplicationForm;

  constructor(element: HTMLElement, context: Context) {
    super(element, context, { wait: "Loading the explications …", address: "explications", tables: ["explication", "coding"] });
    this.#at = context.place;
    this.#form = new ExplicationForm(context, {
      left: () => this.focus(),
      widen: (row) => void this.begun({ ...row, scope: "broad", continues: row.id }),
      remove: (row) => void this.remove(row),
    });
    this.actions = actionsOf(
      "Explications",
      ["explication-next", "Next passage", ["ArrowDown"], () => this.step(1)],
      ["explication-before", "Passage before", ["ArrowUp"], () => this.step(-1)],
      ["explication-open", "Write the explication, or begin it", ["Enter"], () => this.enter()],
      ["explication-text", "Open the passage in the text", ["t"], () => this.toText()],
      ["explication-remove", "Remove the explication …", ["Delete"], () => this.#row && void this.remove(this.#row)],
    );
    this.#list.addEventListener("click", (event) => {
      const id = (event.target as Element).closest<HTMLElement>("[data-id]")?.dataset.id;
      if (id && !(event.target as Element).closest("button")) this.#go(id);
    });
    this.#list.addEventListener("dblclick", () => this.enter());
    this.start();
  }

  protected query() {
    return {};
  }

  protected begin(): void {
    fill(this.element, this.#main);
    fill(this.#main, this.#list, this.#form.element);
  }

  focus(): void {
    this.#list.focus({ preventScroll: true });
  }

  go(place: string): void {
    this.#go(place);
  }

  override dispose(): void {
    this.#form.leave();
    super.dispose();
  }

  get #row(): ExplicationRow | undefined {
    return this.state?.explications.find((each) => each.id === this.#at);
  }

  get #candidate(): CandidateRow | undefined {
    return this.state?.candidates.find((each) => each.coding === this.#at);
  }

  get #ids(): string[] {
    return [...(this.state?.explications ?? []).map((each) => each.id), ...(this.state?.candidates ?? []).map((each) => each.coding)];
  }

  // deeds

  step(by: 1 | -1): void {
    const ids = this.#ids;
    const next = ids[Math.max(0, Math.min(ids.indexOf(this.#at) + by, ids.length - 1))];
    if (next) this.#go(next);
  }

  #go(id: string): void {
    this.#at = id;
    this.context.at(id);
    if (this.state) this.draw();
    this.#list.querySelector(`[data-id="${CSS.escape(id)}"]`)?.scrollIntoView({ block: "nearest" });
  }

  enter(): void {
    const { context } = this;
    const wait = this.#candidate;
    if (this.#row) this.#form.focus();
    else if (wait) void this.begun({ source: wait.source, start: wait.start, end: wait.end, scope: this.#scope, continues: "" });
    else context.bench.say("There is no passage yet. In the Code view mark the words you do not understand and press e.");
  }

  get #scope(): string {
    return this.context.question.technique === "explication_broad" ? "broad" : "narrow";
  }

  /** Begin an explication, and open it. */
  async begun(passage: { source: string; start: number; end: number; scope: string; continues: string }): Promise<void> {
    if (!(await this.known())) return;
    const { source, start, end, scope, continues } = passage;
    this.#form.leave();
    try {
      const answer = await this.context.model.do("explicate", { source, start, end, scope, continues, question: this.context.question.id });
      this.#at = String(answer.result);
      this.context.at(this.#at);
      this.load();
      this.#form.wanted = true;
    } catch {
      // the workbench says why
    }
  }

  async remove(row: ExplicationRow): Promise<void> {
    if (!this.can()) return;
    await ask(this.context.bench.root, { title: `Remove the explication ${row.short}`, text: [h("blockquote", { dir: "auto" }, row.quote), h("p", {}, "What was written and gathered goes with it. Undo brings it back.")], ok: "Remove" }, async () => {
      await this.context.model.do("remove_explication", { explication: row.id });
      this.#form.forget();
    });
    this.focus();
  }

  toText(): void {
    const place = this.#row ?? this.#candidate;
    if (place) this.context.bench.go(toText(place.key, place));
  }

  // drawing

  protected draw(): void {
    const state = this.state!;
    if (!this.#ids.includes(this.#at)) this.#at = this.#ids[0] ?? "";
    const held = document.activeElement === document.body || document.activeElement === this.#list;
    redraw(
      this.#list,
      h("div", { class: "p3c-str-h", role: "presentation" }, count(state.explications.length, "explication")),
      ...state.explications.map((row) =>
        h(
          "div",
          { class: "p3c-str-item", role: "option", "aria-selected": String(row.id === this.#at), "data-id": row.id },
          h("div", { class: "p3c-str-foot" }, h("b", {}, row.short), h("span", { class: "p3c-badge" }, row.scope), h("span", { class: `p3c-badge p3c-str-v-${row.verdict}` }, VERDICTS[row.verdict] ?? row.verdict), row.continues && h("span", {}, "goes on with another"), row.edited && h("b", { class: "p3c-str-warn" }, "⚠ text edited")),
          h("span", { class: "p3c-str-clamp", dir: "auto" }, row.quote),
          h("small", {}, `${row.key} ${row.start}–${row.end}${row.coder ? `, ${row.coder}` : ""}`),
        ),
      ),
      state.candidates.length > 0 && h("div", { class: "p3c-str-h", role: "presentation" }, `${count(state.candidates.length, "unsure passage")} without one`),
      ...state.candidates.map((row) =>
        h(
          "div",
          { class: "p3c-str-item p3c-str-candidate", role: "option", "aria-selected": String(row.coding === this.#at), "data-id": row.coding },
          h("span", { class: "p3c-str-clamp", dir: "auto" }, row.quote),
          h("small", {}, `${row.key} ${row.start}–${row.end}, coded ${row.code} and marked unsure`),
        ),
      ),
      !this.#ids.length && h("div", { role: "presentation" }, "In the Code view mark the words you do not understand and press e. Codings that are marked unsure are offered here too."),
    );
    const row = this.#row;
    const wait = this.#candidate;
    if (row) this.#form.show(row, state.explications);
    else {
      this.#form.leave();
      fill(
        this.#form.element,
        wait &&
          h(
            "div",
            { class: "p3c-str-form-in" },
            h("blockquote", { dir: "auto" }, wait.quote),
            h("p", { class: "p3c-quiet" }, `Coded ${wait.code} and marked unsure.`),
            h("div", { class: "p3c-ends" }, button("Explicate it", () => this.enter(), { class: "p3c-button p3c-main", disabled: !this.context.model.study.writable }), button("Open in the text", () => this.toText())),
          ),
      );
    }
    if (held) this.focus();
    // who comes from the text to a passage of which nothing is written yet comes to write
    if (this.context.place && row?.id === this.context.place && row.mine && !row.lexical && !row.paraphrase && !row.material.length && this.#fresh) this.#form.wanted = true;
    this.#fresh = false;
    if (this.#form.wanted && row) {
      this.#form.wanted = false;
      this.#form.focus();
    }
  }
}
