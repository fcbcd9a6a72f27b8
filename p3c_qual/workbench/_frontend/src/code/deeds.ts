/** What the coder does to codings, memos and readings; each refusal says why. */

import { ask } from "../dialog";
import { count, h } from "../dom";
import { say } from "../server";
import { askWhichBook } from "./newbook";
import { pick } from "./picker";
import type { Span } from "./text";
import type { CodeView } from "./view";

export class Deeds {
  /** Codes used last, the latest first. */
  recent: string[] = [];
  #remembering = 0;

  constructor(private readonly view: CodeView) {}

  /** What is marked and may be coded, or nothing with a word why. */
  target(): Span | null {
    const { cursor } = this.view;
    if (!this.view.writable) {
      this.view.bench.say(this.view.model.source?.fault ? say(this.view.model.source.fault) : "This study can only be read.");
      return null;
    }
    if (!cursor.span) {
      this.view.bench.say("Nothing is marked. Go to a unit with ↓, or mark words with the mouse.");
      return null;
    }
    const span = cursor.codable();
    if (!span)
      this.view.bench.say("These are the interviewer’s words, shown as context.", {
        label: "Let interviewer’s words be coded",
        run: () => this.view.run("askers"),
      });
    return span;
  }

  /** Give a code to what is marked; a chosen coding is not touched. */
  async give(code: string, focus = true): Promise<boolean> {
    const span = this.target();
    if (!span || !(await this.named())) return false;
    const row = this.view.model.code(code);
    if (!row || row.status === "retired") {
      this.view.bench.say(row ? `‘${row.label}’ is retired and cannot be given.` : "That code is not there any more.");
      return false;
    }
    const origin = this.view.find.isHit(span) && this.view.side === "find" ? "search" : "";
    void this.view.model.do("code", { source: this.view.model.source!.id, ...span, code, round: this.view.model.round, origin });
    this.#remember(code);
    this.view.bench.announce(
      `Code ${row.label} added in line ${this.view.text.lineOf(span.start)}, ${count(this.view.text.within(span).length, "code")} here.`,
    );
    if ((this.view.only && !this.view.codes.branch(this.view.only).has(code)) || (this.view.coder && this.view.coder !== this.view.model.study.me))
      this.view.bench.say(`‘${row.label}’ is given. It is not among what is shown now.`, {
        label: "Show all",
        run: () => {
          this.view.coder = "";
          this.view.showOnly(null);
        },
      });
    document.getSelection()?.removeAllRanges();
    if (focus) this.view.focus();
    return true;
  }

  /** Ask for a code and give it; Shift+Enter asks again. */
  async choose(): Promise<void> {
    const span = this.target();
    if (!span || !(await this.named())) return;
    for (let again = true; again; ) {
      const choice = await pick(this.view.bench.root, this.view.codes, {
        title: "Code for these words",
        words: this.view.text.words(span),
        recent: this.recent,
        book: this.#askedBook,
        fresh: (label) => this.#saidFresh(label),
      });
      again = false;
      if (!choice) break;
      if ("label" in choice) await this.#freshCode(choice.label);
      else {
        await this.give(choice.code);
        again = choice.more;
      }
    }
    this.view.focus();
  }

  /** The codebook of the research question that is worked under; what is coded belongs there first. */
  get #askedBook(): string | undefined {
    const { model } = this.view;
    return model.asked(model.question)?.codebook ?? undefined;
  }

  /** Whether a question is worked under that has no codebook: where its new codes belong is asked, not guessed. */
  get #bookless(): boolean {
    const { model } = this.view;
    return Boolean(model.asked(model.question)) && !this.#askedBook;
  }

  /** Where a new code goes, if that is known. */
  get #freshBook(): string {
    const { codes, tree, model } = this.view;
    if (this.#bookless) return "";
    return this.#askedBook || codes.bookOf(tree.chosen || (this.lastCode ?? "")) || (model.study.codebooks[0]?.id ?? "");
  }

  /** How a new code is offered: a category, where categories are formed. */
  #saidFresh(label: string): string {
    const { model } = this.view;
    const noun = model.asked(model.question)?.technique === "inductive" ? "category" : "code";
    const book = model.study.codebooks.find((each) => each.id === this.#freshBook);
    return `New ${noun} ‘${label}’ in ${book ? book.label : "a codebook that is asked for"}`;
  }

  /** A new code of a name that was typed, given at once. */
  async #freshCode(label: string): Promise<void> {
    const book = this.#freshBook || (await askWhichBook(this.view.bench.root, this.view.model));
    if (!book) return;
    if (await this.view.edit.create(book, null, label)) await this.give(this.view.tree.chosen);
  }

  async inVivo(): Promise<void> {
    const span = this.target();
    if (!span || !(await this.named())) return;
    const marked = this.view.model.code(this.view.tree.chosen);
    const chosen = this.#askedBook && marked?.codebook !== this.#askedBook ? undefined : marked;
    const asked = this.#bookless && !chosen ? await askWhichBook(this.view.bench.root, this.view.model) : "";
    if (asked === null) return this.view.focus();
    const used = asked || this.#askedBook || this.view.codes.bookOf(chosen?.id ?? this.lastCode ?? "");
    const book = this.view.model.study.codebooks.find((each) => each.id === used) ?? this.view.model.study.codebooks[0];
    if (!book) return;
    const where = chosen ? `below ‘${chosen.label}’` : `in ${book.label}`;
    const make = (values: Record<string, string>) =>
      this.view.model.do("in_vivo", {
        source: this.view.model.source!.id,
        ...span,
        codebook: book.id,
        ...(chosen ? { parent: chosen.id } : {}),
        ...values,
      });
    if (book.frozen)
      await ask(
        this.view.bench.root,
        {
          title: `In-vivo code ${where}`,
          text: [h("p", {}, "This codebook is frozen: the code can be used at once, and is proposed for the next version.")],
          fields: [{ name: "reason", label: "Reason", lines: 2, required: true }],
          ok: "Make and propose",
        },
        make,
      );
    else {
      void make({});
      this.view.bench.say(`A code of these words is made ${where}.`);
    }
    this.view.focus();
  }

  async named(): Promise<boolean> {
    return Boolean(this.view.model.study.me) || this.view.bench.nameMe();
  }

  #remember(code: string): void {
    if (this.recent[0] === code) return;
    this.recent = [code, ...this.recent.filter((each) => each !== code)].slice(0, 12);
    // not beside the coding itself, which is to be answered first
    clearTimeout(this.#remembering);
    this.#remembering = window.setTimeout(() => this.view.desk("recent", this.recent), 1500);
    this.view.drawTools();
  }

  get lastCode(): string | undefined {
    return this.recent[0];
  }

  /** The chosen codings that are the coder's own. */
  get mine(): string[] {
    return [...this.view.text.chosen].filter((id) => this.view.model.codings.get(id)?.coder === this.view.model.study.me);
  }

  /** The chosen codings, or nothing with a word why. */
  #picked(): string[] {
    const ids = this.mine;
    if (!this.view.writable) this.view.bench.say("This study can only be read.");
    else if (!ids.length)
      this.view.bench.say(
        this.view.text.chosen.size
          ? "That coding is another coder’s; only they change it."
          : "No coding is chosen. Space goes through the codings here; or click one.",
      );
    return this.view.writable ? ids : [];
  }

  async recode(): Promise<void> {
    const ids = this.#picked();
    if (!ids.length) return;
    const row = this.view.model.codings.get(ids[0]!)!;
    const choice = await pick(this.view.bench.root, this.view.codes, {
      title: "Another code for this segment",
      words: this.view.text.words(row),
      recent: this.recent,
      book: this.#askedBook,
    });
    if (choice && "code" in choice) {
      void this.view.model.do("recode", { codings: ids, code: choice.code });
      this.#remember(choice.code);
    }
    this.view.focus();
  }

  remove(): void {
    const ids = this.#picked();
    if (!ids.length) return;
    void this.view.model.do("uncode", { codings: ids });
    this.view.text.choose([]);
    this.view.bench.say(`${count(ids.length, "coding")} removed.`, { label: "Undo", run: () => this.view.bench.run("undo") });
    this.view.focus();
  }

  flag(name: "important" | "unsure"): void {
    const ids = this.#picked();
    if (!ids.length) return;
    const on = !ids.every((id) => this.view.model.codings.get(id)?.[name]);
    void this.view.model.do("flag", { codings: ids, [name]: on });
    this.view.bench.announce(`${name === "important" ? "Important" : "Unsure, to discuss"}: ${on ? "on" : "off"}.`);
  }

  /** Move an end of the chosen coding by a word. */
  async nudge(edge: "start" | "end", by: 1 | -1): Promise<void> {
    if (!this.#picked().length || !(await this.view.cursor.ready())) return;
    // as it is now: it may have got its id, or another end, while the words were on their way
    const [id] = this.mine;
    const row = id && this.view.model.codings.get(id);
    if (!row) return;
    const to = this.view.cursor.wordEdge(row[edge], by, edge);
    const span = { start: row.start, end: row.end, [edge]: to };
    if (span.start < span.end && to !== row[edge]) void this.view.model.do("resize", { coding: id, start: span.start, end: span.end });
  }

  resize(id: string, span: Span): void {
    if (this.view.writable) void this.view.model.do("resize", { coding: id, ...span });
  }

  /** Go through the codings that overlap at the cursor. */
  cycle(by: 1 | -1): void {
    const { span } = this.view.cursor;
    const ids = span ? this.view.text.within(span) : [];
    if (!ids.length) return this.view.bench.say("Nothing is coded here.");
    const at = ids.findIndex((id) => this.view.text.chosen.has(id));
    const next = ids[at < 0 ? (by > 0 ? 0 : ids.length - 1) : (at + by + ids.length) % ids.length]!;
    this.view.take([next]);
    const row = this.view.model.codings.get(next)!;
    this.view.bench.announce(`${this.view.codes.label(row.code)}, by ${row.coder}. ${ids.indexOf(next) + 1} of ${ids.length}. ${this.view.text.words(row).slice(0, 120)}`);
  }

  async memo(): Promise<void> {
    const [coding] = this.view.text.chosen;
    const { span } = this.view.cursor;
    if (!this.view.writable || !(await this.named())) return;
    if (coding) {
      const row = this.view.model.codings.get(coding)!;
      await this.view.memos.write({ about: "coding", target: coding, name: this.view.codes.label(row.code) });
    } else if (span)
      await this.view.memos.write({ about: "span", target: this.view.model.source!.key, ...span, name: `line ${this.view.text.lineOf(span.start)}` });
    else await this.view.memos.write({ about: "source", target: this.view.model.source!.key, name: this.view.model.source!.key });
    this.view.focus();
  }

  async caseMemo(): Promise<void> {
    const row = this.view.model.study.sources.find((each) => each.id === this.view.model.source?.id);
    const person = row?.interviewees[0];
    if (!row || !(await this.named())) return;
    if (person) await this.view.memos.write({ about: "interviewee", target: person, name: `the case ${person}` });
    else await this.view.memos.write({ about: "source", target: row.key, name: row.key });
  }

  /** What was taken, or passed over, for the question that is worked under. */
  get #touched(): number[][] {
    const { model, paraphrasing } = this.view;
    const taken = paraphrasing.question ? paraphrasing.ranges : model.coded;
    return [...taken, ...model.worked.ranges];
  }

  /** Under which question something is read; free coding has none. */
  get #asked(): { question?: string } {
    const { question } = this.view.model;
    return question ? { question } : {};
  }

  uncoded(by: 1 | -1): void {
    if (!this.view.cursor.uncoded(by, this.#touched))
      this.view.bench.say(by > 0 ? "No unit is left from here on." : "No unit is left before this.");
  }

  /** Nothing here: note that it was read, and go on. */
  async pass(): Promise<void> {
    const span = this.target();
    if (!span || !(await this.named())) return;
    void this.view.model.do("pass_over", { source: this.view.model.source!.id, ...span, round: this.view.model.round, ...this.#asked });
    this.uncoded(1);
  }

  async done(): Promise<void> {
    if (!this.view.writable || !this.view.model.source || !(await this.named())) return;
    const done = !this.view.model.worked.done;
    void this.view.model.do("done", { source: this.view.model.source.id, done, round: this.view.model.round, ...this.#asked });
    this.view.bench.say(done ? `${this.view.model.source.key} is worked through.` : `${this.view.model.source.key} is open again.`);
  }

  dispose(): void {
    clearTimeout(this.#remembering);
  }
}
