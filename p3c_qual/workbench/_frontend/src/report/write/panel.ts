/** Where a report is written: the sections, the author's text, and the material beside it. */

import { button, fill, h } from "../../dom";
import { matches, type Press } from "../../core/keys";
import { say, Refused } from "../../server";
import type { MountedPanel } from "../../tabbed";
import type { Action } from "../../view";
import { shown } from "../../workbench";
import type { QuoteState, ReportPart, SectionState } from "../../wire";
import type { ReportContext, ReportPanel } from "../panel";
import { nameOfAbout, type ReportStore } from "../store";
import { writeActions } from "./actions";
import { Arranging } from "./arranging";
import { Editor } from "./editor";
import { type Item, shortly, type Span } from "./items";
import type { Lines } from "./lines";
import { Material } from "./material";
import { Outline } from "./outline";
import { askWhy } from "./reasons";
import { savingsOf } from "./saving";
import { named } from "./states";
import { pointsOf, written } from "./tokens";

export const writePanel: ReportPanel = {
  id: "write",
  title: "Write",
  actions: writeActions,
  mount: (element, context) => new WritePanel(element, context),
};

/** A place that is meant, with its words, and whether they are some of a line's alone. */
type Place = Span & { words: string; part?: boolean };

const PANES = ["sections", "text", "material"] as const;
export type Pane = (typeof PANES)[number];
const PANE_TITLES: Record<Pane, string> = { sections: "Sections", text: "Text", material: "Material" };
/** Passages that come at first, and when all are asked for. */
const SOME = 100;
const ALL = 2000;
/** Milliseconds the cursor rests on a section until it is opened. */
const REST = 160;

export class WritePanel implements MountedPanel {
  readonly actions: Action[];
  readonly model;
  readonly store: ReportStore;
  readonly outline: Outline;
  readonly editor: Editor;
  readonly material: Material;
  readonly arranging = new Arranging(this);
  readonly #switch = h("div", { class: "p3c-rep-switch", role: "group", "aria-label": "What is shown" });
  readonly #host: HTMLElement;
  #savings;
  #pane: Pane = "text";
  #key = "";
  #section: SectionState | null = null;
  #limit = SOME;
  /** The section whose material is shown; empty for the one that is open. */
  #from = "";
  #asked = 0;
  #timer = 0;
  #ended = false;
  readonly #forget: (() => void)[];

  constructor(
    element: HTMLElement,
    readonly context: ReportContext,
  ) {
    this.model = context.model;
    this.store = context.store;
    this.#savings = savingsOf(context.model);
    this.actions = writeActions(this);
    this.outline = new Outline(this);
    this.editor = new Editor(this);
    this.material = new Material(this);
    this.#host = h("div", { class: "p3c-rep" }, this.#switch, this.outline.element, this.editor.element, this.material.element);
    for (const pane of PANES) {
      const part = { sections: this.outline, text: this.editor, material: this.material }[pane];
      part.element.dataset.pane = pane;
      part.element.addEventListener("focusin", () => this.comeTo(pane));
    }
    this.#host.addEventListener("keydown", (event) => this.#goByKey(event));
    fill(element, this.#host);
    this.outline.show(this.parts);
    this.comeTo("text");
    this.#forget = [
      this.store.on(({ touched }) => {
        this.outline.show(this.parts);
        if (!this.part) this.#open(this.#first());
        else void this.#load(touched.every((name) => name === "section"));
      }),
      this.model.on("status", () => this.editor.heard()),
    ];
    const wanted = [context.place, this.store.lastSections.get(nameOfAbout(context.about))];
    this.#open(wanted.find((key) => this.parts.some((each) => each.key === key)) ?? this.#first());
  }

  dispose(): void {
    this.#ended = true;
    clearTimeout(this.#timer);
    this.editor.dispose();
    for (const each of this.#forget) each();
  }

  // what there is

  get parts(): ReportPart[] {
    return this.store.outline?.sections ?? [];
  }

  /** The section that is open. */
  get part(): ReportPart | undefined {
    return this.parts.find((each) => each.key === this.#key);
  }

  get section(): SectionState | null {
    return this.#section;
  }

  get item(): Item | undefined {
    return this.material.item;
  }

  get writable(): boolean {
    return this.model.study.writable;
  }

  /** Whether words of a section are in this window alone. */
  unsaved(key: string): boolean {
    return this.#savings.unsaved(this.store.about, key);
  }

  /** The first one that somebody writes. */
  #first(): string {
    const { parts } = this;
    return (parts.find((each) => !each.left_out && each.state !== "generated") ?? parts[0])?.key ?? "";
  }

  // the section that is open

  go(place: string): void {
    if (this.parts.some((each) => each.key === place)) this.#open(place);
  }

  openSoon(key: string): void {
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => this.#open(key), REST);
  }

  #open(key: string): void {
    clearTimeout(this.#timer);
    if (!key || (key === this.#key && this.#section)) return;
    this.#key = key;
    this.#section = null;
    this.#limit = SOME;
    this.#from = "";
    this.outline.lines.go(key);
    clearTimeout(this.#timer);
    this.editor.wait(this.part ? named(this.part) : "");
    this.context.at(key);
    this.store.lastSections.set(nameOfAbout(this.context.about), key);
    void this.#load(false);
  }

  /** Have the section as it is now. */
  async #load(textsOnly: boolean): Promise<void> {
    const key = this.#key;
    const turn = ++this.#asked;
    const before = this.#section;
    try {
      const section = await this.store.section(key, this.#limit, textsOnly ? before : null);
      if (this.#ended || turn !== this.#asked || key !== this.#key) return;
      this.#section = section;
      this.editor.show(section, this.#savings.of(this.store.about, key));
      if (!before || !textsOnly) await this.#showMaterial(!before);
    } catch (error) {
      if (this.#ended || turn !== this.#asked) return;
      if (before) return;
      this.editor.failed(error instanceof Refused ? error.all.map(say).join(" ") : error instanceof Error ? error.message : String(error), () => void this.#load(false));
    }
  }

  /** Show the material of the open section, or of another one. */
  async #showMaterial(anew: boolean): Promise<void> {
    const [key, from] = [this.#key, this.#from];
    const shown = from ? await this.store.section(from, this.#limit) : this.#section;
    if (shown && !this.#ended && key === this.#key && from === this.#from) this.material.show(shown, anew);
  }

  /** Write from the material of another section. */
  takeFrom(key: string): void {
    this.#from = key === this.#key ? "" : key;
    this.#limit = SOME;
    this.#showMaterial(true).catch((error) => this.context.bench.fault(error));
  }

  get from(): string {
    return this.#from || this.#key;
  }

  showAll(): void {
    this.#limit = ALL;
    void this.#load(false);
  }

  get most(): boolean {
    return this.#limit === ALL;
  }

  /** How far the text is kept is different. */
  told(): void {
    this.outline.update(this.#key);
  }

  // panes and keys

  /** The lines that the keys move in. */
  get lines(): Lines {
    return this.#pane === "material" ? this.material.lines : this.outline.lines;
  }

  /** The pane that keys are about. */
  get pane(): Pane {
    return this.#pane;
  }

  /** A pane that lies behind another in a narrow window comes to the front. */
  comeTo(pane: Pane): void {
    if (pane === this.#pane && this.#switch.hasChildNodes()) return;
    this.#pane = pane;
    this.#host.dataset.shown = pane;
    fill(this.#switch, ...PANES.map((each) => button(PANE_TITLES[each], () => this.#focusPane(each), { "aria-pressed": String(each === pane), "data-name": `pane ${each}` })));
  }

  /** From wherever one writes or chooses there is a way to the other panes. */
  #goByKey(event: KeyboardEvent): void {
    if (event.defaultPrevented || event.isComposing) return;
    const pane = this.pressed("rep-material", event) ? "material" : this.pressed("rep-sections", event) ? "sections" : null;
    if (!pane) return;
    event.preventDefault();
    event.stopPropagation();
    this.#focusPane(pane);
  }

  turnPane(by: 1 | -1): void {
    this.#focusPane(PANES[(PANES.indexOf(this.#pane) + by + PANES.length) % PANES.length]!);
  }

  #focusPane(pane: Pane): void {
    this.comeTo(pane);
    if (pane === "text") this.editor.focus();
    else if (pane === "material") this.material.lines.focus();
    else this.outline.lines.focus();
  }

  focus(): void {
    if (this.#pane === "text" && !this.#section) this.outline.lines.focus();
    else this.#focusPane(this.#pane);
  }

  focusMaterial(): void {
    this.#focusPane("material");
  }

  focusOutline(): void {
    this.#focusPane("sections");
  }

  findWords(): void {
    this.comeTo("material");
    this.material.search();
  }

  /** Enter in the sections goes to the text; in the material it sets the line in. */
  enter(): void {
    if (this.#pane !== "material") return this.editor.focus();
    const { item } = this;
    if (item) void (item.kind === "contrasts" ? this.refer(item) : this.setIn(item));
    else this.context.say("There is nothing in the material here.");
  }

  run(id: string): void {
    this.actions.find((each) => each.id === id)?.run();
  }

  /** Whether a press is meant for an action, where one writes. */
  pressed(id: string, event: Press): boolean {
    return this.context.bench.keysOf(this.actions.find((each) => each.id === id)!).some((key) => matches(key, event));
  }

  keyOf(id: string): string {
    const key = this.context.bench.keysOf(this.actions.find((each) => each.id === id)!).at(0);
    return key ? shown(key) : "";
  }

  tip(id: string): string {
    const key = this.keyOf(id);
    return `${this.actions.find((each) => each.id === id)!.title}${key ? ` (${key})` : ""}`;
  }

  // from the material into the text

  openItem(item: Item): void {
    if (item.kind === "configurations") return this.context.openCard(item.who);
    if (item.span) this.context.openText(item.span.key, item.span.start, item.span.end);
  }

  /** Set something in on a line of its own; what is no passage goes into the sentence. `back` is where the person is after it. */
  async setIn(item: Item, back: Pane = "text"): Promise<void> {
    if (item.token) {
      const { kind, name, label } = item.token;
      if (await this.#can(item)) this.#put(written(kind, name, label), false, `Set in: ${shortly(item.words)}.`, back);
      return;
    }
    if (item.kind === "contrasts") return this.refer(item, back);
    const span = await this.#span(item);
    if (!span) return;
    let key = this.#quotedAs(item, span);
    let said = "set in once more. It is a quote already, so no reason is asked";
    if (!key) {
      const reason = await askWhy(this.context.bench.root, this.material.lines.row(item.id) ?? this.material.element);
      if (reason === null) return this.material.lines.focus();
      key = await this.#make(span, reason);
      said = reason ? `set in as ${reason}` : "set in";
    }
    const who = item.who || span.key;
    if (key) this.#put(written("quote", key, who, true), true, `${who}, ‘${shortly(span.words)}’, is ${said}.`, back);
  }

  /** Name a passage in the sentence, without its words. */
  async refer(item: Item, back: Pane = "text"): Promise<void> {
    if (!item.span) return item.token ? this.setIn(item, back) : this.context.say("It rests on no passage that could be named.");
    const span = await this.#span(item);
    if (!span) return;
    const key = this.#quotedAs(item, span) || (await this.#make(span, ""));
    const who = item.who || span.key;
    if (key) this.#put(written("quote", key, who), false, `${who}, ‘${shortly(span.words)}’, is named in the text.`, back);
  }

  /** Put a token into the text, and say so to whoever stays in the material. */
  #put(token: string, alone: boolean, said: string, back: Pane): void {
    if (!this.editor.insert(token, alone)) return this.context.say("The text cannot be written in yet.");
    if (back !== "material") return;
    this.focusMaterial();
    this.context.say(`${said} ${this.keyOf("rep-text")} goes to the text.`);
  }

  async #can(item: Item): Promise<boolean> {
    if (!item.free) {
      this.context.say("Whoever speaks here has not consented to be quoted, or took it back.");
      return false;
    }
    if (this.#section) return this.context.known();
    this.context.say("The section is still on its way.");
    return false;
  }

  /** The place that is meant: words that are marked, or the whole. */
  async #span(item: Item): Promise<Place | null> {
    const marked = item.kind === "passages" ? this.material.marked(item) : null;
    if (!item.span || !(await this.#can(item))) return null;
    const { source, key, start, end } = item.span;
    if (!marked) return { source, key, start, end, words: item.words };
    const [from, to] = marked.map((at) => start + pointsOf(item.words.slice(0, at)));
    return { source, key, start: from!, end: to!, words: item.words.slice(...marked), part: true };
  }

  /** The quote it is already; words that were marked are one of their own. */
  #quotedAs(item: Item, span: Place): string {
    return span.part ? "" : item.quoted;
  }

  /** Make a quote; its key. */
  async #make(span: Span, chosen_as: string): Promise<string> {
    const { source, start, end } = span;
    try {
      const id = await this.store.act<string>("make_quote", { source, start, end, chosen_as });
      const known = this.#section?.quotes.find((each) => each.id === id);
      if (known) return known.key;
      const { quotes } = await this.store.get<QuoteState>("quotes");
      return quotes.find((each) => each.id === id)?.key ?? id.slice(0, 8);
    } catch (error) {
      this.context.bench.fault(error);
      return "";
    }
  }
}
