/** Paraphrasing beside the text: select a unit, one key, type, next. */

import { ask } from "../dialog";
import { button, h, onceAFrame } from "../dom";
import { isStale } from "../summarise/conflicts";
import type { Shown } from "../summarise/foresee";
import { editQuestion } from "../summarise/form";
import { type Summary, summaryOf } from "../summarise/summary";
import type { QuestionRow } from "../wire";
import { Highlighter } from "./highlight";
import { ParaEditor } from "./paraeditor";
import type { Span } from "./text";
import type { CodeView } from "./view";

export class Paraphrasing {
  /** Which units there are is known once this is. */
  summary: Summary | null = null;
  readonly #marks = new Highlighter("p3c-units", 0);
  readonly #hot = new Highlighter("p3c-unit", 1);
  readonly #drawMarks: () => void;
  readonly #editor: ParaEditor;
  #forget: () => void = () => undefined;
  readonly #forgetRefused: () => void;
  #ended = false;

  constructor(private readonly view: CodeView) {
    this.#editor = new ParaEditor(view, this);
    this.#drawMarks = onceAFrame(() => {
      if (!this.#ended) this.#mark();
    });
    this.#forgetRefused = view.model.on("refused", ({ error, act }) => {
      const { question } = this;
      if (act.verb !== "rewrite" || !isStale(error) || !question) return;
      const run = () => view.bench.go(`summarise/${encodeURIComponent(`${question.key}/units@${act.args.unit}`)}`);
      view.bench.say(error.message, { label: "See both", run });
    });
    view.text.element.addEventListener("click", (event) => {
      const note = (event.target as Element).closest<HTMLElement>(".p3c-para");
      if (note) this.open(note.dataset.unit!);
    });
    view.text.element.addEventListener("pointerover", (event) => {
      const unit = this.summary?.unit((event.target as Element).closest<HTMLElement>(".p3c-para")?.dataset.unit);
      this.#hot.show(unit ? [view.text.range(unit)] : []);
    });
  }

  dispose(): void {
    this.#editor.dispose();
    this.#ended = true;
    this.#forget();
    this.#forgetRefused();
    this.#marks.show([]);
    this.#hot.show([]);
  }

  /** The question whose units are taken here, if one with summarising is chosen. */
  get question(): QuestionRow | undefined {
    const found = this.view.model.asked(this.view.model.question);
    return found?.technique === "summarising" ? found : undefined;
  }

  /** The units of the open source, in the order of the text. */
  get units(): Shown[] {
    const { source } = this.view.model;
    return source && this.summary?.loaded ? this.summary.ofSource(source.id) : [];
  }

  /** What lies on units already. */
  get ranges(): number[][] {
    return this.units.map((unit) => [unit.start, unit.end]);
  }

  /** Show the units of the question that is chosen now. */
  async chosen(): Promise<void> {
    const { model } = this.view;
    const { question } = this;
    const next = question && !model.still ? summaryOf(model, question) : null;
    // another source, or another question: what was being written belongs to the one before
    this.#editor.leave();
    if (next !== this.summary) {
      this.#forget();
      this.#forget = next ? next.on(() => this.draw()) : () => undefined;
      this.summary = next;
    }
    this.draw();
    if (!next || next.loaded) return;
    try {
      await next.load();
    } catch (error) {
      this.view.bench.fault(error);
    }
  }

  // drawing

  /** Draw the paraphrases beside the lines their units begin in. */
  readonly draw = onceAFrame(() => {
    if (this.#ended) return;
    for (const old of this.view.text.element.querySelectorAll(".p3c-paras")) old.remove();
    if (this.view.model.source) {
      const rows = new Map<HTMLElement, Shown[]>();
      for (const unit of this.units) {
        const row = this.view.text.rowElement(unit.start);
        if (row) rows.set(row, [...(rows.get(row) ?? []), unit]);
      }
      for (const [row, units] of rows) row.append(h("div", { class: "p3c-paras" }, ...units.map((unit) => this.#note(unit))));
    }
    this.#mark();
    this.view.drawState();
    this.view.drawTools();
  });

  #note(unit: Shown): HTMLElement {
    const words = unit.dropped ? `says nothing (Z1.1): ${unit.dropped}` : unit.paraphrase || "no paraphrase yet";
    const kind = unit.dropped ? " p3c-para-dropped" : unit.paraphrase ? "" : " p3c-para-open";
    return h(
      "button",
      { type: "button", tabindex: "-1", class: `p3c-para${kind}${unit.pending ? " p3c-pending" : ""}`, "data-unit": unit.id, title: words, dir: "auto", "aria-label": `Paraphrase: ${words}` },
      words,
    );
  }

  /** Mark the units again; what is drawn anew loses its marks. */
  refresh(): void {
    if (this.summary) this.#drawMarks();
  }

  #mark(): void {
    const { text, model } = this.view;
    const length = model.source ? model.offsets.toCodePoint(model.source.text.length) : 0;
    this.#marks.show(this.units.filter((unit) => unit.end <= length).map((unit) => text.range(unit)));
  }

  // writing

  /** The unit a span touches, if there is one. */
  at(span: Span | null): Shown | undefined {
    return span ? this.units.find((unit) => unit.start < span.end && span.start < unit.end) : undefined;
  }

  /** Write the paraphrase of what is marked, or of the unit there. */
  async begin(): Promise<void> {
    const { view } = this;
    const { question } = this;
    if (!question) {
      const some = view.model.study.questions.filter((each) => each.technique === "summarising");
      view.bench.say(
        some.length ? "Choose the research question the units are taken for." : "Paraphrases belong to a research question with summarising. Ask one in the Summarise view.",
        some.length ? { label: `For ‘${some[0]!.label}’`, run: () => void view.choose(some[0]!.key) } : { label: "Go there", run: () => view.bench.go("summarise") },
      );
      return;
    }
    // at once, where nothing has to be asked: the next key is a letter of the paraphrase
    if (!view.writable || (!view.model.study.me && !(await view.deeds.named())) || !this.summary) return;
    const unit = this.at(view.cursor.span);
    if (unit) return this.open(unit.id);
    if (question.step === "define" && question.lacks.length) return view.bench.say(question.lacks.join(" "));
    const { source } = view.model;
    if (source && !question.material.includes(source.id)) return this.#outside(question, source);
    const span = view.deeds.target();
    if (!span) return;
    this.#editor.show(span, undefined);
    if (!this.summary.loaded) void this.#editor.late(span);
  }

  /** Say before anything is written that the source is not of the question, and offer what can be done. */
  async #outside(question: QuestionRow, source: { id: string; key: string }): Promise<void> {
    const { view } = this;
    const first = view.model.study.sources.find((row) => row.id === question.material[0]);
    let elsewhere = false;
    const goOn = button("Go on in the material", (event: Event) => {
      elsewhere = true;
      (event.target as HTMLElement).closest("dialog")!.close();
    });
    const add = await ask(
      view.bench.root,
      {
        title: `${source.key} is not in the material of this question`,
        text: [h("p", {}, `‘${question.label}’ is asked of other sources; a dot marks them in the list. Add this one in the question’s form, or go on with those it is asked of.`)],
        after: [first ? goOn : null],
        ok: `Add ${source.key} …`,
      },
      () => undefined,
    );
    if (elsewhere && first) await view.open(first.key);
    else if (add) await editQuestion(view.bench.root, view.model, question, source.id);
    view.focus();
  }

  /** Write on a unit that is there. */
  open(id: string): void {
    const unit = this.summary?.unit(id);
    if (!unit || !this.view.writable) return;
    this.view.cursor.take({ start: unit.start, end: unit.end });
    this.#editor.show(unit, unit);
  }

  /** Draw what to know before anything is taken under the question; empty where nothing is. */
  static hint(question: QuestionRow | undefined): string {
    if (!question || question.step !== "define" || !question.lacks.length) return "";
    return `‘${question.label}’ is not ready to be worked on. ${question.lacks.join(" ")}`;
  }

  /** The words of the unit at the cursor, for the line of state. */
  said(): string {
    const unit = this.at(this.view.cursor.span);
    return unit ? unit.dropped || unit.paraphrase : "";
  }

  /** Bring the choice of a question into the toolbar. */
  choice(): HTMLElement | null {
    const { model } = this.view;
    const { questions } = model.study;
    if (!questions.length) return null;
    const select = h(
      "select",
      { "data-tool": "question", "aria-label": "Research question", onchange: () => void this.view.choose(select.value) },
      h("option", { value: "", selected: !model.question }, "free coding"),
      ...questions.map((each) => h("option", { value: each.key, selected: each.key === model.question, title: each.label }, each.label)),
    );
    return h("label", { class: "p3c-inline p3c-ask" }, "Question ", select);
  }
}
