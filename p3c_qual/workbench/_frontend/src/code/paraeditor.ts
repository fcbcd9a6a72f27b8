/** The small editor right under a unit: type the paraphrase, Enter, next. */

import { button, h } from "../dom";
import type { Shown } from "../summarise/foresee";
import { RuleBoxes } from "../summarise/rules";
import type { Paraphrasing } from "./paraphrase";
import type { Span } from "./text";
import type { CodeView } from "./view";

/** What is being written, and on what. */
interface Writing {
  element: HTMLElement;
  area: HTMLTextAreaElement;
  rules: RuleBoxes;
  question: string;
  source: string;
  span: Span;
  /** The unit that is there; empty for a new one. */
  unit: string;
  was: string;
}

export class ParaEditor {
  #now: Writing | null = null;
  #warned = false;
  #ended = false;
  /** Words that were refused, until they are written somewhere again. */
  readonly #lost: { source: string; span: Span; text: string }[] = [];

  constructor(
    private readonly view: CodeView,
    private readonly units: Paraphrasing,
  ) {}

  dispose(): void {
    this.leave();
    this.#ended = true;
  }

  /** Write on a span, or on the unit that is there. */
  show(span: Span, unit: Shown | undefined): void {
    this.leave();
    const { view } = this;
    const { model } = view;
    const kept = model.study.desk.z1;
    const used = unit?.paraphrase ? unit.z1 : Array.isArray(kept) ? kept : [];
    const rules = new RuleBoxes("Rules used", this.units.summary!.rulesOf("Z1"), used);
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
        button("Nothing here", () => void this.#nothing(), { title: "Alt+X" }),
        button("Leave", () => this.close(true), { title: "Escape" }),
      ),
    );
    element.addEventListener("keydown", (event) => this.#key(event));
    area.addEventListener("input", () => {
      this.#warned = false;
    });
    this.#now = { element, area, rules, question: this.units.question!.id, source: model.source!.id, span: { start: span.start, end: span.end }, unit: unit?.id ?? "", was };
    this.#warned = false;
    view.text.below(element, span.end);
    const lost = this.#again(model.source!.id, span);
    if (lost) area.value = lost;
    area.focus({ preventScroll: true });
    area.setSelectionRange(area.value.length, area.value.length);
    element.scrollIntoView({ block: "nearest" });
  }

  /** The units came while something is being written: it may be on one that is there. */
  async late(span: Span): Promise<void> {
    const writing = this.#now;
    await this.units.summary!.load().catch((error) => this.view.bench.fault(error));
    if (!writing || this.#now !== writing || !this.units.summary?.loaded) return;
    const words = writing.area.value;
    this.close();
    this.show(span, this.units.at(span));
    const now = this.#now as Writing | null;
    if (!now || !words.trim()) return;
    now.area.value = words;
    // what stands there was not seen when this was written
    now.was = "";
  }

  #key(event: KeyboardEvent): void {
    if (event.isComposing) return;
    if (event.key === "Enter" && event.target === this.#now?.area && !event.shiftKey) this.#save();
    else if (event.key.toLowerCase() === "x" && event.altKey) void this.#nothing();
    else if (event.key === "Escape") {
      if (this.#now!.area.value.trim() !== this.#now!.was.trim() && !this.#warned) {
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

  #save(): void {
    const writing = this.#now;
    if (!writing || !this.units.summary?.loaded) return;
    if (!writing.area.value.trim() && !writing.was) return this.view.bench.say("Write the paraphrase, or say that there is nothing here (Alt+X).");
    this.#send(writing);
    this.view.desk("z1", writing.rules.value);
    this.close();
    this.view.cursor.take(writing.span);
    this.view.deeds.uncoded(1);
    this.view.focus();
  }

  #send({ question, source, span, unit, was, area, rules }: Writing): void {
    const { model } = this.view;
    const text = area.value.trim();
    if (unit) void model.do("rewrite", { unit, text, rules: rules.value, was });
    else
      model
        .do("paraphrase", { question, source, ...span, text, rules: rules.value, was: "" })
        .catch((error) => this.#refused(source, span, text, error));
  }

  /** A unit was refused: what was written for it is kept, and offered again where it belongs. */
  #refused(source: string, span: Span, text: string, error: unknown): void {
    if (this.#ended) return;
    this.#lost.push({ source, span, text });
    const why = error instanceof Error ? error.message : String(error);
    const run = async () => {
      const key = this.view.model.study.sources.find((row) => row.id === source)?.key;
      if (key) await this.view.open(key, span);
      await this.units.begin();
    };
    this.view.bench.say(why, { label: "See what I wrote", run: () => void run() });
  }

  /** Words that were refused for a span, once. */
  #again(source: string, span: Span): string {
    const at = this.#lost.findIndex((each) => each.source === source && each.span.start < span.end && span.start < each.span.end);
    return at < 0 ? "" : this.#lost.splice(at, 1)[0]!.text;
  }

  /** Nothing of the question is said here: note it, and go on. */
  async #nothing(): Promise<void> {
    const writing = this.#now;
    if (writing?.unit) return this.view.bench.say("There is a unit here already; in the Summarise view it is dropped with its reason (Z1.1).");
    this.close();
    if (writing) this.view.cursor.take(writing.span);
    await this.view.deeds.pass();
    this.view.focus();
  }

  /** Somebody goes elsewhere: what was written is kept, as in any other cell. */
  leave(): void {
    const writing = this.#now;
    const text = writing?.area.value.trim();
    if (writing && text && text !== writing.was.trim() && this.units.summary?.loaded) this.#send(writing);
    this.close();
  }

  /** Take the editor away with what is in it; `back` gives the focus to the text. */
  close(back = false): void {
    this.#now?.element.remove();
    this.#now = null;
    if (back) this.view.focus();
  }
}
