/** The Code view: text, codes, sources, and what a coder does all day. */

import { ask } from "../dialog";
import { button, count, fill, h, percent } from "../dom";
import { covered, union } from "../core/ranges";
import { openMenu } from "../menu";
import { Refused, say } from "../server";
import type { Action, Mounted, View } from "../view";
import type { MemoRow, SegmentRow } from "../wire";
import { shown, type Workbench } from "../workbench";
import { codeActions } from "./actions";
import { CodeEdit } from "./codeedit";
import { Codes } from "./codes";
import { Cursor, LEVELS, type Level } from "./cursor";
import { Detail } from "./detail";
import { Documents } from "./documents";
import { Find } from "./find";
import { Memos } from "./memos";
import { pick } from "./picker";
import { Player } from "./player";
import { resizable } from "./resize";
import { Segments } from "./segments";
import { stretching } from "./stretch";
import { type Span, TextPane } from "./text";
import { CodeTree } from "./tree";

export const codeView: View = {
  id: "code",
  title: "Code",
  mount: (element, bench, place) => new CodeView(element, bench, place),
};

type Side = "code" | "segments" | "memos" | "find";
const SIDES: Record<Side, string> = { code: "Code", segments: "Segments", memos: "Memos", find: "Find" };
/** Width from which the pane beside the text is open at first, in pixels. */
const WIDE = 1150;
const SIZES = [0.8, 0.9, 1, 1.15, 1.3, 1.5, 1.75, 2];

export class CodeView implements Mounted {
  readonly actions: Action[];
  readonly model;
  readonly codes: Codes;
  readonly text: TextPane;
  readonly cursor: Cursor;
  readonly find: Find;
  readonly memos: Memos;
  readonly player: Player;
  readonly tree: CodeTree;
  readonly documents: Documents;
  readonly #detail: Detail;
  readonly #segments: Segments;
  readonly #edit: CodeEdit;
  readonly #bar = h("div", { class: "p3c-bar-of-tools", role: "toolbar", "aria-label": "Coding" });
  readonly #line = h("div", { class: "p3c-line-of-state", role: "status" });
  readonly #hint = h("p", { class: "p3c-hint", hidden: true });
  readonly #tabs = h("div", { class: "p3c-side-tabs" });
  readonly #sideBody = h("div", { class: "p3c-side-body", role: "tabpanel", tabindex: "-1" });
  readonly #left = h("aside", { class: "p3c-left", "aria-label": "Codes and sources" });
  readonly #right = h("aside", { class: "p3c-right", "aria-label": "Beside the text" });
  #side: Side = "code";
  #only: string | null = null;
  #coder = "";
  #recent: string[] = [];
  #size = 2;
  #forget: (() => void)[] = [];
  #keeping = 0;
  #remembering = 0;

  constructor(
    private readonly element: HTMLElement,
    readonly bench: Workbench,
    place: string,
  ) {
    const model = (this.model = bench.model!);
    const { root } = bench;
    const { desk } = model.study;
    this.#size = typeof desk.size === "number" ? desk.size : 2;
    this.#recent = Array.isArray(desk.recent) ? desk.recent : [];
    this.codes = new Codes(model);
    this.#loadCodes();
    this.text = new TextPane(
      model,
      { label: (id) => this.codes.label(id), colour: (id) => this.codes.colour(id) },
      () => {
        this.cursor?.refresh();
        this.find?.refresh();
        this.drawHandles?.();
      },
    );
    this.text.filter((id) => this.#passes(id));
    this.cursor = new Cursor(model, this.text, () => this.#moved());
    this.#edit = new CodeEdit(model, this.codes, root, {
      chosen: (code) => this.show(code),
      segments: (code) => this.showSegments(code),
      only: (code) => this.showOnly(code),
      pin: (code) => this.pin(code),
      memo: (code) => void this.memos.write({ about: "code", target: code, name: this.codes.label(code) }),
      say: (text) => bench.say(text),
    });
    this.tree = new CodeTree(model, this.codes, {
      chosen: (code) => this.show(code),
      apply: (code) => void this.give(code),
      menu: (code, at) => openMenu(root, at, this.codes.label(code), this.#edit.entries(code)),
      fresh: (book, parent) => void this.#edit.create(book, parent),
      bookMenu: (book, at) => openMenu(root, at, "Codebook", this.#edit.bookEntries(book)),
      move: (code, parent, after) => void this.#edit.move(code, parent, after),
      leave: () => this.focus(),
      pinned: (code) => this.pins.indexOf(code) + 1,
      keep: (folded) => void this.desk("folded", folded),
    });
    const chosen = (key: string) => {
      // where it lies over the text it makes room
      this.#left.classList.remove("p3c-open");
      void this.open(key);
    };
    this.documents = new Documents(model, chosen, () => this.focus());
    this.#detail = new Detail(
      model,
      this.codes,
      {
        edit: (code) => void this.#edit.edit(code),
        menu: (code, at) => openMenu(root, at, this.codes.label(code), this.#edit.entries(code)),
        memo: (code) => void this.memos.write({ about: "code", target: code, name: this.codes.label(code) }),
        only: (code) => this.showOnly(code),
        segments: (code) => this.showSegments(code),
        editMemo: (memo) => void this.memos.edit(memo),
      },
      () => this.#only,
    );
    const failed = (error: unknown) => bench.fault(error);
    this.#segments = new Segments(model, this.codes, (row) => void this.#goToSegment(row), failed);
    this.find = new Find(model, this.text, {
      hit: (source, span) => void this.#goToHit(source, span),
      failed,
      leave: () => this.focus(),
    });
    this.memos = new Memos(model, this.text, root, (memo) => this.#goToMemo(memo));
    this.player = new Player(model);
    this.actions = codeActions(this);
    this.#lay();
    this.#listen();
    this.tree.draw(Array.isArray(desk.folded) ? desk.folded : this.#foldedAtFirst());
    this.documents.draw();
    this.go(place);
  }

  /** Codebooks that were never coded with begin folded, so that one sees the ones in use. */
  #foldedAtFirst(): string[] {
    const { codebooks, codes, counts } = this.model.study;
    const used = new Set(codes.filter((code) => counts[code.id]).map((code) => code.codebook));
    if (!used.size && codebooks.some((book) => book.key === "selfie"))
      return codebooks.filter((book) => book.key !== "selfie").map((book) => book.id);
    return codebooks.filter((book) => used.size && !used.has(book.id)).map((book) => book.id);
  }

  // where

  go(place: string): void {
    const [, key, from, to] = /^(.*?)(?:@(\d+)-(\d+))?$/.exec(place)!;
    const { desk, sources } = this.model.study;
    const last = (desk.last as { source?: string } | undefined)?.source;
    const known = (name: string | undefined) => sources.find((row) => row.key === name || row.id === name)?.key;
    const wanted = known(key) ?? (key ? undefined : (this.model.source?.key ?? known(last) ?? sources[0]?.key));
    if (!wanted) {
      if (key) this.bench.say(`There is no source ‘${key}’ in this study.`);
      else this.#hintOf("There is no source yet. Add files on the start page.");
      return;
    }
    void this.open(wanted, from ? { start: Number(from), end: Number(to) } : undefined);
  }

  /** Open a source where the coder left it, or at a span. */
  async open(key: string, span?: Span): Promise<void> {
    try {
      if (this.model.source?.key !== key && !this.model.still) await this.model.openSource(key);
      else {
        this.model.stay();
        if (!this.#page.children.length) this.#loaded();
      }
    } catch (error) {
      this.bench.fault(error);
      return;
    }
    if (this.model.source?.key !== key) return;
    const kept = this.model.study.desk[`position/${this.model.source.id}`] as Span | undefined;
    const length = this.model.offsets.toCodePoint(this.model.source!.text.length);
    const to = span ?? kept;
    if (to && to.end <= length && to.start < to.end) {
      this.cursor.take(to);
      this.text.reveal(to.start, true);
    }
    this.focus();
  }

  get #page(): Element {
    return this.text.element.firstElementChild!;
  }

  #loaded(): void {
    const source = this.model.source!;
    this.text.load();
    this.cursor.load();
    this.find.opened();
    this.memos.draw();
    this.documents.mark();
    this.#hintOf(
      source.fault
        ? say(source.fault)
        : !source.text
          ? "This source has no text: it was removed or is empty."
          : "",
    );
    this.element.classList.toggle("p3c-still", !this.writable);
    this.#drawState();
    this.#drawTools();
    this.bench.at(source.key);
  }

  focus(): void {
    this.text.element.focus({ preventScroll: true });
  }

  get writable(): boolean {
    return this.model.study.writable && !this.model.source?.fault;
  }

  // what happens

  #listen(): void {
    const { model } = this;
    const late = () => this.memos.draw();
    this.#forget.push(
      model.on("source", () => this.#loaded()),
      model.on("codings", (ids) => {
        this.text.update(ids);
        this.#drawState();
        this.#drawTools();
      }),
      model.on("renamed", ({ from, to }) => {
        if (this.text.chosen.has(from)) this.text.choose([to]);
      }),
      model.on("codes", () => this.#codesChanged()),
      model.on("counts", () => {
        this.codes.add();
        this.tree.count();
        this.#detail.draw();
        this.#segments.again();
      }),
      model.on("sources", () => this.documents.draw()),
      model.on("progress", (ids) => {
        if (ids) this.documents.progressed(ids);
        else this.documents.draw();
        this.#drawState();
      }),
      model.on("readings", () => {
        this.#drawState();
        this.#drawTools();
      }),
      model.on("memos", late),
      model.on("refused", ({ error, act }) => {
        if (act.verb === "code") this.#refused(error, act.args);
      }),
    );
    this.#mouse();
  }

  #loadCodes(): void {
    this.codes.load();
    const { hues } = this.codes;
    const kept = this.model.study.desk.hues;
    if (!Array.isArray(kept) || kept.length !== hues.length) this.desk("hues", hues);
  }

  #codesChanged(): void {
    this.#loadCodes();
    this.tree.draw();
    this.text.redrawAll();
    this.#detail.draw();
    this.#drawTools();
  }

  /** The same code lies there already: offer to widen it. */
  #refused(error: Refused, args: Record<string, any>): void {
    const widen = error.fault.code === "overlap";
    this.bench.say(
      widen ? `‘${this.codes.label(args.code)}’ lies on some of these words already.` : error.message,
      widen ? { label: "Extend that coding", run: () => void this.model.do("code", { ...args, extend: true }) } : undefined,
    );
  }

  // codings

  /** What is marked and may be coded, or nothing with a word why. */
  #target(): Span | null {
    const { cursor } = this;
    if (!this.writable) {
      this.bench.say(this.model.source?.fault ? say(this.model.source.fault) : "This study can only be read.");
      return null;
    }
    if (!cursor.span) {
      this.bench.say("Nothing is marked. Go to a unit with ↓, or mark words with the mouse.");
      return null;
    }
    const span = cursor.codable();
    if (!span)
      this.bench.say("These are the interviewer’s words, shown as context.", {
        label: "Let interviewer’s words be coded",
        run: () => this.run("askers"),
      });
    return span;
  }

  /** Give a code to what is marked; a chosen coding is not touched. */
  async give(code: string, focus = true): Promise<boolean> {
    const span = this.#target();
    if (!span || !(await this.#named())) return false;
    const row = this.model.code(code);
    if (!row || row.status === "retired") {
      this.bench.say(row ? `‘${row.label}’ is retired and cannot be given.` : "That code is not there any more.");
      return false;
    }
    const origin = this.find.isHit(span) && this.#side === "find" ? "search" : "";
    void this.model.do("code", { source: this.model.source!.id, ...span, code, round: this.model.round, origin });
    this.#remember(code);
    this.bench.announce(
      `Code ${row.label} added in line ${this.text.lineOf(span.start)}, ${count(this.text.within(span).length, "code")} here.`,
    );
    if ((this.#only && !this.codes.branch(this.#only).has(code)) || (this.#coder && this.#coder !== this.model.study.me))
      this.bench.say(`‘${row.label}’ is given. It is not among what is shown now.`, {
        label: "Show all",
        run: () => {
          this.#coder = "";
          this.showOnly(null);
        },
      });
    document.getSelection()?.removeAllRanges();
    if (focus) this.focus();
    return true;
  }

  /** Ask for a code and give it; Shift+Enter asks again. */
  async choose(): Promise<void> {
    const span = this.#target();
    if (!span || !(await this.#named())) return;
    for (let again = true; again; ) {
      const choice = await pick(this.bench.root, this.codes, {
        title: "Code for these words",
        words: this.text.words(span),
        recent: this.#recent,
        fresh: true,
      });
      again = false;
      if (!choice) break;
      if ("label" in choice) await this.#freshCode(choice.label);
      else {
        await this.give(choice.code);
        again = choice.more;
      }
    }
    this.focus();
  }

  /** A new code of a name that was typed, given at once. */
  async #freshCode(label: string): Promise<void> {
    const book = this.codes.bookOf(this.tree.chosen || (this.lastCode ?? "")) || this.model.study.codebooks[0]?.id;
    if (!book) return;
    if (await this.#edit.create(book, null, label)) await this.give(this.tree.chosen);
  }

  async inVivo(): Promise<void> {
    const span = this.#target();
    if (!span || !(await this.#named())) return;
    const chosen = this.model.code(this.tree.chosen);
    const used = this.codes.bookOf(chosen?.id ?? this.lastCode ?? "");
    const book = this.model.study.codebooks.find((each) => each.id === used) ?? this.model.study.codebooks[0];
    if (!book) return;
    const where = chosen ? `below ‘${chosen.label}’` : `in ${book.label}`;
    const make = (values: Record<string, string>) =>
      this.model.do("in_vivo", {
        source: this.model.source!.id,
        ...span,
        codebook: book.id,
        ...(chosen ? { parent: chosen.id } : {}),
        ...values,
      });
    if (book.frozen)
      await ask(
        this.bench.root,
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
      this.bench.say(`A code of these words is made ${where}.`);
    }
    this.focus();
  }

  async #named(): Promise<boolean> {
    return Boolean(this.model.study.me) || this.bench.nameMe();
  }

  #remember(code: string): void {
    if (this.#recent[0] === code) return;
    this.#recent = [code, ...this.#recent.filter((each) => each !== code)].slice(0, 12);
    // not beside the coding itself, which is to be answered first
    clearTimeout(this.#remembering);
    this.#remembering = window.setTimeout(() => this.desk("recent", this.#recent), 1500);
    this.#drawTools();
  }

  get lastCode(): string | undefined {
    return this.#recent[0];
  }

  /** The chosen codings that are the coder's own. */
  get mine(): string[] {
    return [...this.text.chosen].filter((id) => this.model.codings.get(id)?.coder === this.model.study.me);
  }

  /** The chosen codings, or nothing with a word why. */
  #picked(): string[] {
    const ids = this.mine;
    if (!this.writable) this.bench.say("This study can only be read.");
    else if (!ids.length)
      this.bench.say(
        this.text.chosen.size
          ? "That coding is another coder’s; only they change it."
          : "No coding is chosen. Space goes through the codings here; or click one.",
      );
    return this.writable ? ids : [];
  }

  async recode(): Promise<void> {
    const ids = this.#picked();
    if (!ids.length) return;
    const row = this.model.codings.get(ids[0]!)!;
    const choice = await pick(this.bench.root, this.codes, {
      title: "Another code for this segment",
      words: this.text.words(row),
      recent: this.#recent,
      fresh: false,
    });
    if (choice && "code" in choice) {
      void this.model.do("recode", { codings: ids, code: choice.code });
      this.#remember(choice.code);
    }
    this.focus();
  }

  remove(): void {
    const ids = this.#picked();
    if (!ids.length) return;
    void this.model.do("uncode", { codings: ids });
    this.text.choose([]);
    this.bench.say(`${count(ids.length, "coding")} removed.`, { label: "Undo", run: () => this.bench.run("undo") });
    this.focus();
  }

  flag(name: "important" | "unsure"): void {
    const ids = this.#picked();
    if (!ids.length) return;
    const on = !ids.every((id) => this.model.codings.get(id)?.[name]);
    void this.model.do("flag", { codings: ids, [name]: on });
    this.bench.announce(`${name === "important" ? "Important" : "Unsure, to discuss"}: ${on ? "on" : "off"}.`);
  }

  /** Move an end of the chosen coding by a word. */
  async nudge(edge: "start" | "end", by: 1 | -1): Promise<void> {
    if (!this.#picked().length || !(await this.cursor.ready())) return;
    // as it is now: it may have got its id, or another end, while the words were on their way
    const [id] = this.mine;
    const row = id && this.model.codings.get(id);
    if (!row) return;
    const to = this.cursor.wordEdge(row[edge], by, edge);
    const span = { start: row.start, end: row.end, [edge]: to };
    if (span.start < span.end && to !== row[edge]) void this.model.do("resize", { coding: id, start: span.start, end: span.end });
  }

  resize(id: string, span: Span): void {
    if (this.writable) void this.model.do("resize", { coding: id, ...span });
  }

  /** Go through the codings that overlap at the cursor. */
  cycle(by: 1 | -1): void {
    const { span } = this.cursor;
    const ids = span ? this.text.within(span) : [];
    if (!ids.length) return this.bench.say("Nothing is coded here.");
    const at = ids.findIndex((id) => this.text.chosen.has(id));
    const next = ids[at < 0 ? (by > 0 ? 0 : ids.length - 1) : (at + by + ids.length) % ids.length]!;
    this.take([next]);
    const row = this.model.codings.get(next)!;
    this.bench.announce(`${this.codes.label(row.code)}, by ${row.coder}. ${ids.indexOf(next) + 1} of ${ids.length}. ${this.text.words(row).slice(0, 120)}`);
  }

  /** Choose codings, and show what their code means. */
  take(ids: string[]): void {
    this.text.choose(ids);
    const row = this.model.codings.get(ids[0] ?? "");
    if (row) {
      this.tree.choose(row.code);
      this.#detail.show(row.code);
    }
    this.#drawTools();
    this.#drawState();
  }

  async memo(): Promise<void> {
    const [coding] = this.text.chosen;
    const { span } = this.cursor;
    if (!this.writable || !(await this.#named())) return;
    if (coding) {
      const row = this.model.codings.get(coding)!;
      await this.memos.write({ about: "coding", target: coding, name: this.codes.label(row.code) });
    } else if (span)
      await this.memos.write({ about: "span", target: this.model.source!.key, ...span, name: `line ${this.text.lineOf(span.start)}` });
    else await this.memos.write({ about: "source", target: this.model.source!.key, name: this.model.source!.key });
    this.focus();
  }

  async caseMemo(): Promise<void> {
    const row = this.model.study.sources.find((each) => each.id === this.model.source?.id);
    const person = row?.interviewees[0];
    if (!row || !(await this.#named())) return;
    if (person) await this.memos.write({ about: "interviewee", target: person, name: `the case ${person}` });
    else await this.memos.write({ about: "source", target: row.key, name: row.key });
  }

  // reading

  get #touched(): number[][] {
    const coded = [...this.model.codings.values()]
      .filter((row) => row.coder === this.model.study.me)
      .map((row) => [row.start, row.end]);
    return [...coded, ...this.model.worked.ranges];
  }

  uncoded(by: 1 | -1): void {
    if (!this.cursor.uncoded(by, this.#touched))
      this.bench.say(by > 0 ? "No unit is left from here on." : "No unit is left before this.");
  }

  /** Nothing here: note that it was read, and go on. */
  async pass(): Promise<void> {
    const span = this.#target();
    if (!span || !(await this.#named())) return;
    void this.model.do("pass_over", { source: this.model.source!.id, ...span, round: this.model.round });
    this.uncoded(1);
  }

  async done(): Promise<void> {
    if (!this.writable || !this.model.source || !(await this.#named())) return;
    const done = !this.model.worked.done;
    void this.model.do("done", { source: this.model.source.id, done, round: this.model.round });
    this.bench.say(done ? `${this.model.source.key} is worked through.` : `${this.model.source.key} is open again.`);
  }

  // looking

  show(code: string): void {
    this.tree.choose(code);
    this.#detail.show(code);
    if (this.#side === "segments") this.#segments.show(code);
  }

  showSegments(code = this.tree.chosen): void {
    this.aside("segments");
    if (code) this.#segments.show(code);
  }

  showOnly(code: string | null): void {
    this.#only = code;
    this.text.filter((id) => this.#passes(id));
    this.#detail.draw();
    this.#drawTools();
    this.#drawState();
  }

  #passes(id: string): boolean {
    const row = this.model.codings.get(id);
    if (!row) return false;
    if (this.#coder && row.coder !== this.#coder) return false;
    return !this.#only || this.codes.branch(this.#only).has(row.code);
  }

  async others(): Promise<void> {
    try {
      await this.model.showOthers(!this.model.others);
    } catch (error) {
      this.bench.fault(error);
    }
    this.#coder = "";
    this.text.filter((id) => this.#passes(id));
    this.bench.say(this.model.others ? "Codings of others are shown." : "Codings of others are hidden; the server does not send them.");
    this.#drawTools();
  }

  aside(side: Side | null): void {
    this.#right.hidden = side === null;
    if (side) this.#side = side;
    this.#drawSide();
    if (side === "find") this.find.focus();
  }

  get asideOpen(): boolean {
    return !this.#right.hidden;
  }

  toggleLeft(): void {
    this.#left.classList.toggle("p3c-open");
    if (getComputedStyle(this.#left).position !== "absolute") this.#left.hidden = !this.#left.hidden;
    else this.#left.hidden = false;
  }

  get isOnly(): boolean {
    return this.#only !== null;
  }

  /** Go to a list on the left, which is opened for it. */
  reach(list: "codes" | "sources"): void {
    this.#left.hidden = false;
    this.#left.classList.add("p3c-open");
    (list === "codes" ? this.tree : this.documents).focusSearch();
  }

  /** Go from pane to pane. */
  pane(by: 1 | -1): void {
    const places = [
      this.text.element,
      ...(this.#left.hidden ? [] : [this.documents.element, this.tree.element]),
      ...(this.#right.hidden ? [] : [this.#right]),
      this.#bar,
    ];
    const at = places.findIndex((each) => each.contains(document.activeElement));
    const next = places[(at + by + places.length) % places.length]!;
    const inside = next.querySelector<HTMLElement>("[tabindex='0'], input, button, select");
    (next === this.text.element ? next : (inside ?? next)).focus();
  }

  scale(by: number): void {
    this.#size = Math.min(Math.max(0, this.#size + by), SIZES.length - 1);
    this.element.style.setProperty("--p3c-scale", String(SIZES[this.#size]));
    this.desk("size", this.#size);
    this.text.measure();
  }

  async #goToHit(source: string | null, span: Span): Promise<void> {
    if (source && source !== this.model.source?.key) await this.open(source, span);
    this.cursor.take(span);
    this.text.reveal(span.start, true);
  }

  async #goToSegment(row: SegmentRow): Promise<void> {
    await this.open(row.key, row);
    if (row.coding) this.take([row.coding.id]);
  }

  #goToMemo(memo: MemoRow): void {
    const row = this.model.codings.get(memo.target ?? "");
    const span = row ?? (memo.start !== null && memo.end !== null ? { start: memo.start, end: memo.end } : null);
    if (!span) return;
    this.cursor.take({ start: span.start, end: span.end });
    if (row) this.take([row.id]);
    this.focus();
  }

  goToLine(line: number): void {
    const start = this.text.startOf(line);
    this.cursor.from(start);
    this.text.reveal(start, true);
    this.focus();
  }

  nextSource(by: 1 | -1): void {
    const order = this.documents.order();
    const next = order[order.indexOf(this.model.source?.key ?? "") + by];
    if (next) void this.open(next);
    else this.bench.say(by > 0 ? "This is the last source of the list." : "This is the first source of the list.");
  }

  /** Copy the words with where they stand. */
  async copy(): Promise<void> {
    const [id] = this.text.chosen;
    const span = this.model.codings.get(id ?? "") ?? this.cursor.span;
    if (!span) return this.bench.say("Nothing is marked.");
    const row = this.model.study.sources.find((each) => each.id === this.model.source!.id)!;
    const first = this.text.lineOf(span.start);
    const last = this.text.lineOf(span.end - 1);
    const lines = first === last ? `line ${first}` : `lines ${first}–${last}`;
    const quote = `“${this.text.words(span)}” (${[row.key, row.stakeholder_types.join("/"), lines].filter(Boolean).join(", ")})`;
    try {
      await navigator.clipboard.writeText(quote);
      this.bench.say("The quote is copied, with its citation.");
    } catch {
      this.bench.say(`The browser refused to copy. The quote: ${quote}`);
    }
  }

  play(): void {
    const at = this.cursor.span?.start ?? this.text.top;
    const said = this.player.play(at);
    if (said) this.bench.say(said);
  }

  print(to: string): void {
    const key = this.model.source?.id;
    if (!key) return;
    const address = this.model.server.address(`transcript/${key}`, {
      study: this.model.path,
      to,
      others: this.model.others,
      token: this.model.server.site.token || undefined,
    });
    h("a", { href: address, download: "" }).click();
  }

  // pins

  get pins(): string[] {
    const kept = this.model.study.desk.pins;
    return Array.isArray(kept) ? kept : [];
  }

  pin(code: string): void {
    const pins = Array.from({ length: 9 }, (_, i) => this.pins[i] ?? "");
    openMenu(
      this.bench.root,
      this.#bar,
      "Pin to a number key",
      pins.map((old, i) => ({
        label: `${i + 1}  ${old ? this.codes.label(old) : "free"}`,
        run: () => {
          const next = pins.map((each) => (each === code ? "" : each));
          next[i] = code;
          this.model.study.desk.pins = next;
          this.desk("pins", next);
          this.tree.draw();
          this.#drawTools();
        },
      })),
    );
  }

  givePinned(number: number): void {
    const code = this.pins[number - 1];
    if (code) void this.give(code);
    else this.bench.say(`No code is pinned to ${number}. A code’s menu (⋯ in the tree) pins it.`);
  }

  /** Keep something for this coder; it is no act, and its loss is no harm. */
  desk(name: string, value: unknown): void {
    this.model.study.desk[name] = value;
    if (this.model.study.writable && this.model.study.me)
      this.model.now("desk", { name, value }).catch(() => undefined);
  }

  run(id: string): void {
    this.actions.find((action) => action.id === id)?.run();
  }

  /** The cursor is somewhere else. */
  #moved(): void {
    // words marked with the mouse must not look marked any longer than they are
    const marked = this.text.marked();
    if (marked && (marked.start !== this.cursor.span?.start || marked.end !== this.cursor.span.end))
      document.getSelection()?.removeAllRanges();
    if (this.text.chosen.size) {
      const { span } = this.cursor;
      const here = span ? this.text.within(span) : [];
      if (![...this.text.chosen].some((id) => here.includes(id))) this.text.choose([]);
    }
    this.bench.announce(this.cursor.say());
    this.#drawState();
    this.#drawTools();
    clearTimeout(this.#keeping);
    this.#keeping = window.setTimeout(() => this.#keepPlace(), 1500);
  }

  #keepPlace(): void {
    const { span } = this.cursor;
    const { source } = this.model;
    if (!span || !source || this.model.still) return;
    this.desk(`position/${source.id}`, { ...span, position: span.start });
    this.desk("last", { source: source.key, ...span, at: new Date().toISOString() });
    this.bench.at(`${source.key}@${span.start}-${span.end}`);
  }

  #mouse(): void {
    const pane = this.text.element;
    pane.addEventListener("pointerdown", (event) => {
      if (event.button !== 0) return;
      this.text.hold(true);
      const name = (event.target as Element).closest(".p3c-chip, .p3c-bar") !== null;
      // the mouse may be let go anywhere, also outside the text
      const column = pane.querySelector(".p3c-line");
      const rest = column && !name ? stretching(pane, column) : () => undefined;
      const up = (end: PointerEvent) => {
        rest();
        removeEventListener("pointerup", up);
        removeEventListener("pointercancel", up);
        // the page has its selection after this event
        setTimeout(() => {
          if (end.type === "pointerup") this.#released(end, name);
          this.text.hold(false);
        }, 0);
      };
      addEventListener("pointerup", up);
      addEventListener("pointercancel", up);
    });
    pane.addEventListener("contextmenu", (event) => {
      const target = event.target as Element;
      const ids = target.closest<HTMLElement>("[data-ids]")?.dataset.ids?.split(" ");
      if (!target.closest(".p3c-chip, .p3c-bar") && this.text.marked() && this.cursor.span) {
        event.preventDefault();
        this.#markedMenu({ getBoundingClientRect: () => new DOMRect(event.clientX, event.clientY, 0, 0) });
      } else if (ids) {
        event.preventDefault();
        const id = ids.find((each) => this.text.chosen.has(each)) ?? ids[0]!;
        const row = this.model.codings.get(id);
        if (row) this.cursor.take({ start: row.start, end: row.end }, true);
        this.take([id]);
        this.codingMenu(target);
      } else if (target.closest(".p3c-line")) {
        const at = this.text.under(event.clientX, event.clientY);
        const { span } = this.cursor;
        if (at !== null && !(span && span.start <= at && at < span.end)) this.cursor.at(at);
        if (at === null || !this.cursor.span) return;
        event.preventDefault();
        this.#markedMenu({ getBoundingClientRect: () => new DOMRect(event.clientX, event.clientY, 0, 0) });
      }
    });
    pane.addEventListener("keydown", (event) => {
      const chip = (event.target as Element).closest<HTMLElement>(".p3c-chip");
      if (!chip || (event.key !== "Enter" && event.key !== " ")) return;
      event.preventDefault();
      event.stopPropagation();
      this.take([chip.dataset.ids!]);
    });
    // words marked by keys are copied like words marked with the mouse
    pane.addEventListener("copy", (event) => {
      const { span } = this.cursor;
      if (!span || document.getSelection()?.isCollapsed === false) return;
      event.clipboardData?.setData("text/plain", this.text.words(span));
      event.preventDefault();
    });
    this.#forget.push(resizable(this));
  }

  /** The mouse let go: words are marked, or something was clicked. */
  #released(event: PointerEvent, name: boolean): void {
    const marked = this.text.marked();
    // what is seen as marked is marked, also by two clicks or with Shift
    if (marked && !name) {
      this.text.choose([]);
      this.cursor.take(marked, true);
      this.focus();
      return;
    }
    const on = (event.target as Element).closest<HTMLElement>("[data-ids]");
    if (on && this.text.element.contains(on)) {
      const ids = on.dataset.ids!.split(" ");
      // a second click goes to the next of those that overlap
      const at = ids.findIndex((id) => this.text.chosen.has(id));
      const next = ids[(at + 1) % ids.length]!;
      const row = this.model.codings.get(next);
      if (!row) return;
      this.cursor.take({ start: row.start, end: row.end }, true);
      this.take([next]);
    } else {
      const at = this.text.under(event.clientX, event.clientY);
      if (at !== null && (event.target as Element).closest(".p3c-line")) {
        this.text.choose([]);
        this.cursor.at(at);
      }
    }
    this.focus();
  }

  /** What can be done with words that are marked. */
  #markedMenu(at: { getBoundingClientRect(): DOMRect }): void {
    const quick = [...new Set([...this.pins, ...this.#recent])].filter((code) => code && this.model.code(code));
    openMenu(this.bench.root, at, "The marked words", [
      { label: "Code …", run: () => this.run("code"), key: "Enter" },
      ...quick.slice(0, 9).map((code) => ({ label: this.codes.label(code), run: () => void this.give(code) })),
      { label: "In-vivo code", run: () => this.run("in-vivo") },
      { label: "Memo …", run: () => this.run("memo") },
      { label: "Copy quote with citation", run: () => this.run("copy") },
      { label: "Nothing here, next", run: () => this.run("pass") },
    ]);
  }

  codingMenu(at: Element): void {
    const [id] = this.text.chosen;
    const row = this.model.codings.get(id ?? "");
    if (!row) return;
    const own = row.coder === this.model.study.me && this.writable;
    openMenu(this.bench.root, at, this.codes.label(row.code), [
      { label: "Another code …", run: () => void this.recode(), disabled: !own },
      { label: row.important ? "Not important" : "Important", run: () => this.flag("important"), disabled: !own },
      { label: row.unsure ? "No longer unsure" : "Unsure, discuss", run: () => this.flag("unsure"), disabled: !own },
      { label: "Memo …", run: () => void this.memo(), disabled: !this.writable },
      { label: "Copy quote with citation", run: () => void this.copy() },
      { label: "Segments of this code", run: () => this.showSegments(row.code) },
      { label: "Remove", run: () => this.remove(), disabled: !own },
    ]);
  }

  /** Set by what lets codings be resized with the mouse. */
  drawHandles: () => void = () => undefined;

  // drawing

  #lay(): void {
    this.element.style.setProperty("--p3c-scale", String(SIZES[this.#size]));
    this.#left.append(this.documents.element, this.tree.element);
    this.#right.append(this.#tabs, this.#sideBody);
    const middle = h(
      "div",
      { class: "p3c-middle" },
      this.#bar,
      this.#hint,
      this.text.element,
      this.player.element,
      this.#line,
      h(
        "p",
        { id: "p3c-text-help", class: "p3c-voice" },
        "Arrow down and up go from unit to unit, Enter codes, Space goes through the codings here, question mark lists all keys.",
      ),
    );
    fill(this.element, this.#left, middle, this.#right);
    this.element.classList.add("p3c-code");
    // where there is little room the text has it
    let width = this.bench.root.clientWidth;
    this.#right.hidden = width < WIDE;
    const size = new ResizeObserver(() => {
      const now = this.bench.root.clientWidth;
      if (now < WIDE && width >= WIDE) this.aside(null);
      width = now;
    });
    size.observe(this.bench.root);
    this.#forget.push(() => size.disconnect());
    this.#drawTools();
    this.#drawSide();
  }

  #hintOf(text: string): void {
    this.#hint.hidden = !text;
    this.#hint.textContent = text;
  }

  #tool(id: string, label: string, props: Record<string, any> = {}): HTMLElement {
    const action = this.actions?.find((each) => each.id === id);
    const key = action ? this.bench.keysOf(action)[0] : undefined;
    return button(label, () => this.run(id), {
      title: `${action?.title ?? label}${key ? ` (${shown(key)})` : ""}`,
      "data-tool": id,
      ...props,
    });
  }

  readonly #drawTools = (() => {
    let asked = false;
    return () => {
      if (asked) return;
      asked = true;
      queueMicrotask(() => {
        asked = false;
        this.#drawToolsNow();
      });
    };
  })();

  #drawToolsNow(): void {
    const focus = (document.activeElement as HTMLElement | null)?.closest<HTMLElement>(".p3c-bar-of-tools [data-tool]")?.dataset.tool;
    const marked = Boolean(this.cursor.span);
    const own = this.mine.length > 0;
    const { worked } = this.model;
    const pins = this.pins.map((code, i) => ({ code, i })).filter(({ code }) => code && this.model.code(code));
    const coders = [...new Set([...this.model.codings.values()].map((row) => row.coder))].sort();
    fill(
      this.#bar,
      this.#tool("left", "☰", { "aria-label": "Codes and sources" }),
      this.#tool("code", "Code …", { class: "p3c-button p3c-main", disabled: !marked }),
      this.#tool("in-vivo", "In vivo", { disabled: !marked }),
      ...pins.map(({ code, i }) =>
        button(`${i + 1} ${this.codes.label(code)}`, () => this.givePinned(i + 1), {
          class: `p3c-button p3c-pin p3c-c${this.codes.colour(code)}`,
          title: `${this.codes.label(code)} (${i + 1})`,
          "data-tool": `pin-${i + 1}`,
        }),
      ),
      h("span", { class: "p3c-divide" }),
      this.#tool("recode", "Recode", { disabled: !own }),
      this.#tool("memo", "Memo"),
      this.#tool("important", "★", { disabled: !own, "aria-label": "Important" }),
      this.#tool("unsure", "Discuss", { disabled: !own }),
      this.#tool("remove", "Remove", { disabled: !own }),
      h("span", { class: "p3c-divide" }),
      h(
        "label",
        { class: "p3c-inline" },
        "Unit ",
        h(
          "select",
          {
            "data-tool": "level",
            onchange: (event: Event) => {
              void this.cursor.setLevel((event.target as HTMLSelectElement).value as Level);
              this.focus();
            },
          },
          ...LEVELS.map((level) => h("option", { value: level, selected: level === this.cursor.level }, level)),
        ),
      ),
      this.#tool("pass", "Nothing here", { disabled: !marked }),
      this.#tool("done", worked.done ? "Done ✓" : "Source done", { "aria-pressed": String(worked.done) }),
      h("span", { class: "p3c-divide" }),
      this.#tool("others", this.model.others ? "Others shown" : "Others hidden", { "aria-pressed": String(this.model.others) }),
      this.model.others &&
        coders.length > 1 &&
        h(
          "select",
          {
            "aria-label": "Only codings by",
            "data-tool": "coder",
            onchange: (event: Event) => {
              this.#coder = (event.target as HTMLSelectElement).value;
              this.text.filter((id) => this.#passes(id));
            },
          },
          h("option", { value: "" }, "all coders"),
          ...coders.map((each) => h("option", { value: each, selected: each === this.#coder }, each)),
        ),
      this.#only &&
        button(`Only ${this.codes.label(this.#only)} ×`, () => this.showOnly(null), { "data-tool": "only", "aria-label": `Show all codes, not only ${this.codes.label(this.#only)}` }),
      this.#tool("find", "Find"),
      button(
        "⋯",
        (event: Event) =>
          openMenu(
            this.bench.root,
            event.currentTarget as Element,
            "More",
            this.actions
              .filter((action) => ["View", "Source"].includes(action.group))
              .map((action) => ({ label: action.title, run: () => action.run(), key: this.bench.keysOf(action)[0] && shown(this.bench.keysOf(action)[0]!) })),
          ),
        { "aria-label": "More", "aria-haspopup": "menu", "data-tool": "more" },
      ),
    );
    if (focus) this.#bar.querySelector<HTMLElement>(`[data-tool="${focus}"]`)?.focus();
  }

  #drawSide(): void {
    const bodies: Record<Side, HTMLElement> = {
      code: this.#detail.element,
      segments: this.#segments.element,
      memos: this.memos.element,
      find: this.find.element,
    };
    fill(
      this.#tabs,
      h(
        "div",
        { role: "tablist", "aria-label": "Beside the text" },
        ...(Object.keys(SIDES) as Side[]).map((side) =>
          button(SIDES[side], () => (side === "segments" ? this.showSegments() : this.aside(side)), {
            class: "p3c-tab",
            role: "tab",
            "aria-selected": String(side === this.#side),
          }),
        ),
      ),
      button("×", () => this.aside(null), { class: "p3c-button p3c-close", "aria-label": "Close this pane" }),
    );
    fill(this.#sideBody, bodies[this.#side]);
  }

  /** Where the coder is, and how far. */
  readonly #drawState = (() => {
    let asked = false;
    return () => {
      if (asked) return;
      asked = true;
      requestAnimationFrame(() => {
        asked = false;
        this.#drawStateNow();
      });
    };
  })();

  #drawStateNow(): void {
    const { source } = this.model;
    if (!source) return;
    const { span } = this.cursor;
    const here = span ? this.text.within(span).map((id) => this.codes.label(this.model.codings.get(id)!.code)) : [];
    const { share, coded } = this.#shares();
    const shownCodings = [...this.model.codings.keys()].filter((id) => this.#passes(id)).length;
    fill(
      this.#line,
      h("b", {}, source.key),
      span && h("span", {}, `line ${this.text.lineOf(span.start)}`),
      here.length > 0 && h("span", { class: "p3c-here" }, [...new Set(here)].join(", ")),
      h("span", { class: "p3c-space" }),
      h("span", {}, count(shownCodings, "coding")),
      h("span", { title: "Share of what can be coded (without the interviewer’s turns) that you worked through" }, `worked through ${this.model.worked.done ? "100 %" : percent(share)}`),
      h("span", { title: "Share of what can be coded (without the interviewer’s turns) that you gave a code" }, `coded ${percent(coded)}`),
    );
  }

  /** Shares of the text without the interviewer's turns. */
  #shares(): { share: number | null; coded: number | null } {
    const { source, offsets } = this.model;
    const { turns } = source!;
    const length = offsets.toCodePoint(source!.text.length);
    const asked = turns.start.map((start, i) => [start, turns.end[i]!, turns.role[i]] as const).filter((each) => each[2] === "interviewer");
    const out = union(asked.map(([start, end]) => [start, end]));
    const whole = length - covered(out);
    if (whole <= 0) return { share: null, coded: null };
    const inside = (ranges: number[][]) => {
      const all = covered(union([...ranges, ...out]));
      return (all - covered(out)) / whole;
    };
    const coded = this.model.mine.map((row) => [row.start, row.end]);
    return { share: inside([...coded, ...this.model.worked.ranges]), coded: inside(coded) };
  }

  dispose(): void {
    clearTimeout(this.#keeping);
    clearTimeout(this.#remembering);
    this.#keepPlace();
    for (const each of this.#forget) each();
    this.text.dispose();
    this.cursor.dispose();
    this.find.dispose();
    this.player.dispose();
  }
}
