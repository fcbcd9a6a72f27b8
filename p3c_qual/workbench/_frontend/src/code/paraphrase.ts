/** Paraphrasing beside the text: select a unit, one key, type, next. */

import { button, h, onceAFrame } from "../dom";
import { RuleBoxes } from "../summarise/rules";
import { isStale } from "../summarise/conflicts";
import type { Shown } from "../summarise/foresee";
import { type Summary, summaryOf } from "../summarise/summary";
import type { QuestionRow } from "../wire";
import { Highlighter } from "./highlight";
import type { Span } from "./text";
import type { CodeView } from "./view";

export class Paraphrasing {
  /** Which units there are is known once this is. */
  summary: Summary | null = null;
  readonly #marks = new Highlighter("p3c-units", 0);
  readonly #hot = new Highlighter("p3c-unit", 1);
  readonly #drawMarks: () => void;
  #editor: { element: HTMLElement; area: HTMLTextAreaElement; span: Span; unit: string; was: string; rules: RuleBoxes } | null = null;
  #warned = false;
  readonly #kept: { span: Span; text: string }[] = [];
  #forget: () => void = () => undefined;
  readonly #forgetRefused: () => void;
  #ended = false;

  constructor(private readonly view: CodeView) {
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
    this.#ended = true;
    this.#forget();
    this.#forgetRefused();
    this.close();
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
    if (next !== this.summary) {
      this.close();
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
    const span = view.deeds.target();
    if (!span) return;
    this.#show(span, undefined);
    if (!this.summary.loaded) void this.#late(span);
  }

  /** The units came while something is being written: it may be on one that is there. */
  async #late(span: Span): Promise<void> {
    const editor = this.#editor;
    await this.summary!.load().catch((error) => this.view.bench.fault(error));
    if (this.#editor !== editor || !editor || !this.summary?.loaded) return;
    const words = editor.area.value;
    const unit = this.at(span);
    this.#show(span, unit);
    if (words.trim()) this.#editor!.area.value = words;
  }

  /** Write on a unit that is there. */
  open(id: string): void {
    const unit = this.summary?.unit(id);
    if (!unit || !this.view.writable) return;
    this.view.cursor.take({ start: unit.start, end: unit.end });
    this.#show(unit, unit);
  }

  #show(span: Span, unit: Shown | undefined): void {
    this.close();
    const { view } = this;
    const kept = view.model.study.desk.z1;
    const used = unit?.paraphrase ? unit.z1 : Array.isArray(kept) ? kept : [];
    const rules = new RuleBoxes("Rules used", this.summary!.rulesOf("Z1"), used);
    const was = unit?.paraphrase ?? "";
    const area = h("textarea", { rows: 2, dir: "auto", "aria-label": "Paraphrase", placeholder: "Paraphrase; Enter saves and goes on" }, was);
    const element = h(
      "div",
      { class: "p3c-para-editor", role: "group", "aria-label": "Paraphrase of the unit" },
      area,
      rules.element,
      h(
        "div",
        { class: "p3c-ends p3c-wrap" },
        button("Save and next", () => this.#save(), { class: "p3c-button p3c-main", title: "Enter" }),
        button("Nothing here", () => void this.nothing(), { title: "Alt+X" }),
        button("Leave", () => this.close(true), { title: "Escape" }),
      ),
    );
    element.addEventListener("keydown", (event) => this.#key(event));
    area.addEventListener("input", () => {
      this.#warned = false;
    });
    this.#editor = { element, area, span: { start: span.start, end: span.end }, unit: unit?.id ?? "", was, rules };
    this.#warned = false;
    view.text.below(element, span.end);
    const lost = this.#takeKept(span);
    if (lost) area.value = lost;
    area.focus({ preventScroll: true });
    area.setSelectionRange(area.value.length, area.value.length);
    element.scrollIntoView({ block: "nearest" });
  }

  #key(event: KeyboardEvent): void {
    if (event.isComposing) return;
    const area = event.target === this.#editor?.area;
    if (event.key === "Enter" && area && !event.shiftKey) this.#save();
    else if (event.key.toLowerCase() === "x" && event.altKey) void this.nothing();
    else if (event.key === "Escape") {
      if (this.#words !== this.#editor!.was.trim() && !this.#warned) {
        this.#warned = true;
        this.view.bench.say("What you wrote is not kept yet. Enter keeps it, Escape again leaves it.");
      } else this.close(true);
    } else {
      // keys in here are not those of the text
      if (!/^F\d+$/.test(event.key) && !(event.altKey && /^\d$/.test(event.key))) event.stopPropagation();
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  }

  get #words(): string {
    return this.#editor?.area.value.trim() ?? "";
  }

  #save(): void {
    const editor = this.#editor;
    const { model } = this.view;
    const { question } = this;
    const text = this.#words;
    if (!editor || !question || !this.summary?.loaded) return;
    if (!text && !editor.was) return this.view.bench.say("Write the paraphrase, or say that there is nothing here (Alt+X).");
    const rules = editor.rules.value;
    if (!editor.unit)
      void model.do("paraphrase", { question: question.id, source: model.source!.id, ...editor.span, text, rules, was: "" }).catch((error) => this.#lost(editor.span, text, error));
    else void model.do("rewrite", { unit: editor.unit, text, rules, was: editor.was });
    this.view.desk("z1", rules);
    this.close();
    this.#next(editor.span);
  }

  /** A unit was refused: what was written for it is kept, and offered again where it belongs. */
  #lost(span: Span, text: string, error: unknown): void {
    if (this.#ended) return;
    this.#kept.push({ span, text });
    const why = error instanceof Error ? error.message : String(error);
    this.view.bench.say(why, { label: "See what I wrote", run: () => void this.#again(span) });
  }

  /** Go to what was refused; what somebody else wrote there is seen in the margin. */
  async #again(span: Span): Promise<void> {
    if (this.#ended) return;
    this.view.cursor.take(span);
    await this.begin();
  }

  /** Words that were refused and are written for a span again, once. */
  #takeKept(span: Span): string {
    const at = this.#kept.findIndex((each) => each.span.start < span.end && span.start < each.span.end);
    return at < 0 ? "" : this.#kept.splice(at, 1)[0]!.text;
  }

  /** Nothing of the question is said here: note it, and go on. */
  async nothing(): Promise<void> {
    const editor = this.#editor;
    if (editor?.unit) {
      this.view.bench.say("There is a unit here already; in the Summarise view it is dropped with its reason (Z1.1).");
      return;
    }
    this.close();
    if (editor) this.view.cursor.take(editor.span);
    await this.view.deeds.pass();
    this.view.focus();
  }

  #next(span: Span): void {
    this.view.cursor.take(span);
    this.view.deeds.uncoded(1);
    this.view.focus();
  }

  /** Take the editor away; `back` gives the focus to the text. */
  close(back = false): void {
    this.#editor?.element.remove();
    this.#editor = null;
    if (back) this.view.focus();
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
