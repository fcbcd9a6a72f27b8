/** The Code view: text, codes, sources, and what a coder does all day. */

import { button, fill, h } from "../dom";
import { openMenu } from "../menu";
import { Refused, say } from "../server";
import type { Action, Mounted, View } from "../view";
import type { MemoRow, SegmentRow } from "../wire";
import type { Workbench } from "../workbench";
import { codeActions } from "./actions";
import { CodeEdit } from "./codeedit";
import { Codes } from "./codes";
import { Cursor } from "./cursor";
import { Deeds } from "./deeds";
import { Detail } from "./detail";
import { Documents } from "./documents";
import { Find } from "./find";
import { Linking } from "./linking";
import { Memos } from "./memos";
import { mouse } from "./mouse";
import { Paraphrasing } from "./paraphrase";
import { Player } from "./player";
import { resizable } from "./resize";
import { Segments } from "./segments";
import { drawStateLine } from "./stateline";
import { type Span, TextPane } from "./text";
import { drawTools } from "./toolbar";
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
  readonly deeds = new Deeds(this);
  readonly paraphrasing: Paraphrasing;
  readonly linking: Linking;
  readonly #detail: Detail;
  readonly #segments: Segments;
  readonly edit: CodeEdit;
  readonly #bar = h("div", { class: "p3c-bar-of-tools", role: "toolbar", "aria-label": "Coding" });
  readonly #line = h("div", { class: "p3c-line-of-state", role: "status" });
  readonly #hint = h("p", { class: "p3c-hint", hidden: true });
  readonly #tabs = h("div", { class: "p3c-side-tabs" });
  readonly #sideBody = h("div", { class: "p3c-side-body", role: "tabpanel", tabindex: "-1" });
  readonly #left = h("aside", { class: "p3c-left", "aria-label": "Codes and sources" });
  readonly #right = h("aside", { class: "p3c-right", "aria-label": "Beside the text" });
  side: Side = "code";
  only: string | null = null;
  coder = "";
  #size = 2;
  /** The question and its material as the list of sources shows them. */
  #marked = "";
  #forget: (() => void)[] = [];
  #keeping = 0;

  constructor(
    private readonly element: HTMLElement,
    readonly bench: Workbench,
    place: string,
  ) {
    const model = (this.model = bench.model!);
    const { root } = bench;
    const { desk } = model.study;
    this.#size = typeof desk.size === "number" ? desk.size : 2;
    this.deeds.recent = Array.isArray(desk.recent) ? desk.recent : [];
    this.codes = new Codes(model);
    this.#loadCodes();
    this.text = new TextPane(
      model,
      { label: (id) => this.codes.label(id), colour: (id) => this.codes.colour(id) },
      () => {
        this.cursor?.refresh();
        this.find?.refresh();
        this.paraphrasing?.refresh();
        this.linking?.refresh();
        this.drawHandles?.();
      },
    );
    const kept = model.asked(model.question || (typeof desk.question === "string" ? desk.question : ""));
    model.question = kept?.key ?? "";
    this.paraphrasing = new Paraphrasing(this);
    this.text.filter((id) => this.passes(id));
    this.cursor = new Cursor(model, this.text, () => this.#moved());
    this.edit = new CodeEdit(model, this.codes, root, {
      chosen: (code) => this.show(code),
      segments: (code) => this.showSegments(code),
      only: (code) => this.showOnly(code),
      pin: (code) => this.pin(code),
      memo: (code) => void this.memos.write({ about: "code", target: code, name: this.codes.label(code) }),
      say: (text) => bench.say(text),
    });
    this.tree = new CodeTree(model, this.codes, {
      chosen: (code) => this.show(code),
      apply: (code) => void this.deeds.give(code),
      menu: (code, at) => openMenu(root, at, this.codes.label(code), this.edit.entries(code)),
      fresh: (book, parent) => void this.edit.create(book, parent),
      bookMenu: (book, at) => openMenu(root, at, "Codebook", this.edit.bookEntries(book)),
      move: (code, parent, after) => void this.edit.move(code, parent, after),
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
        edit: (code) => void this.edit.edit(code),
        menu: (code, at) => openMenu(root, at, this.codes.label(code), this.edit.entries(code)),
        memo: (code) => void this.memos.write({ about: "code", target: code, name: this.codes.label(code) }),
        only: (code) => this.showOnly(code),
        segments: (code) => this.showSegments(code),
        editMemo: (memo) => void this.memos.edit(memo),
      },
      () => this.only,
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
    this.linking = new Linking(this);
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
    this.#know();
    void this.paraphrasing.chosen();
    this.element.classList.toggle("p3c-still", !this.writable);
    this.drawState();
    this.drawTools();
    this.bench.at(source.key);
  }

  /** What is to be known before anything is done here. */
  #know(): void {
    const source = this.model.source!;
    this.#hintOf(
      source.fault
        ? say(source.fault)
        : !source.text
          ? "This source has no text: it was removed or is empty."
          : Paraphrasing.hint(this.model.asked(this.model.question)),
    );
  }

  /** Work under a research question, or code freely. */
  async choose(key: string): Promise<void> {
    this.model.question = this.model.asked(key)?.key ?? "";
    this.desk("question", this.model.question);
    if (this.model.source) this.#know();
    this.documents.draw();
    this.drawState();
    this.drawTools();
    this.focus();
    await this.paraphrasing.chosen();
  }

  /** The questions are different: another step, other words, one more. */
  #asked(): void {
    if (this.model.question && !this.model.asked(this.model.question)) void this.choose("");
    if (this.model.source) this.#know();
    const material = JSON.stringify([this.model.question, this.model.asked(this.model.question)?.material]);
    // a line that somebody is about to click stays, unless what it shows is different
    if (material !== this.#marked) this.documents.draw();
    this.#marked = material;
    this.drawTools();
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
        this.drawState();
        this.drawTools();
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
        this.drawState();
      }),
      model.on("readings", () => {
        this.drawState();
        this.drawTools();
      }),
      model.on("questions", () => this.#asked()),
      model.on("memos", late),
      model.on("refused", ({ error, act }) => {
        if (act.verb === "code") this.#refused(error, act.args);
      }),
    );
    mouse(this);
    this.#forget.push(resizable(this));
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
    this.drawTools();
  }

  /** The same code lies there already: offer to widen it. */
  #refused(error: Refused, args: Record<string, any>): void {
    const widen = error.fault.code === "overlap";
    this.bench.say(
      widen ? `‘${this.codes.label(args.code)}’ lies on some of these words already.` : error.message,
      widen ? { label: "Extend that coding", run: () => void this.model.do("code", { ...args, extend: true }) } : undefined,
    );
  }

  // looking

  /** Choose codings, and show what their code means. */
  take(ids: string[]): void {
    this.text.choose(ids);
    const row = this.model.codings.get(ids[0] ?? "");
    if (row) {
      this.tree.choose(row.code);
      this.#detail.show(row.code);
    }
    this.drawTools();
    this.drawState();
  }


  show(code: string): void {
    this.tree.choose(code);
    this.#detail.show(code);
    if (this.side === "segments") this.#segments.show(code);
  }

  showSegments(code = this.tree.chosen): void {
    this.aside("segments");
    if (code) this.#segments.show(code);
  }

  showOnly(code: string | null): void {
    this.only = code;
    this.text.filter((id) => this.passes(id));
    this.#detail.draw();
    this.drawTools();
    this.drawState();
  }

  passes(id: string): boolean {
    const row = this.model.codings.get(id);
    if (!row) return false;
    if (this.coder && row.coder !== this.coder) return false;
    return !this.only || this.codes.branch(this.only).has(row.code);
  }

  async others(): Promise<void> {
    try {
      await this.model.showOthers(!this.model.others);
    } catch (error) {
      this.bench.fault(error);
    }
    this.coder = "";
    this.text.filter((id) => this.passes(id));
    this.bench.say(this.model.others ? "Codings of others are shown." : "Codings of others are hidden; the server does not send them.");
    this.drawTools();
  }

  aside(side: Side | null): void {
    this.#right.hidden = side === null;
    if (side) this.side = side;
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
    return this.only !== null;
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
      ...(this.linking.element.hidden ? [] : [this.linking.element]),
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
          this.drawTools();
        },
      })),
    );
  }

  givePinned(number: number): void {
    const code = this.pins[number - 1];
    if (code) void this.deeds.give(code);
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
    this.drawState();
    this.drawTools();
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
      this.linking.element,
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
    this.drawTools();
    this.#drawSide();
  }

  #hintOf(text: string): void {
    this.#hint.hidden = !text;
    this.#hint.textContent = text;
  }

  readonly drawTools = (() => {
    let asked = false;
    return () => {
      if (asked) return;
      asked = true;
      queueMicrotask(() => {
        asked = false;
        drawTools(this, this.#bar);
      });
    };
  })();

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
            "aria-selected": String(side === this.side),
          }),
        ),
      ),
      button("×", () => this.aside(null), { class: "p3c-button p3c-close", "aria-label": "Close this pane" }),
    );
    fill(this.#sideBody, bodies[this.side]);
  }

  /** Where the coder is, and how far. */
  readonly drawState = (() => {
    let asked = false;
    return () => {
      if (asked) return;
      asked = true;
      requestAnimationFrame(() => {
        asked = false;
        drawStateLine(this, this.#line);
      });
    };
  })();

  dispose(): void {
    clearTimeout(this.#keeping);
    this.deeds.dispose();
    this.paraphrasing.dispose();
    this.linking.dispose();
    this.#keepPlace();
    for (const each of this.#forget) each();
    this.text.dispose();
    this.cursor.dispose();
    this.find.dispose();
    this.player.dispose();
  }
}
