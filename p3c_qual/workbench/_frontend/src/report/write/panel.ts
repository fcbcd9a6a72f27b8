/** Where a report is written: the sections, the author's text, and the material beside it. */

import { button, fill, h } from "../../dom";
import { matches, type Press } from "../../core/keys";
import { say, Refused } from "../../server";
import type { MountedPanel } from "../../tabbed";
import type { Action } from "../../view";
import { shown } from "../../workbench";
import type { QuoteState, ReportPart, SectionState } from "../../wire";
import type { ReportContext, ReportPanel } from "../panel";
import type { ReportStore } from "../store";
import { writeActions } from "./actions";
import { Arranging } from "./arranging";
import { Editor } from "./editor";
import type { Item, Span } from "./items";
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

const PANES = ["sections", "text", "material"] as const;
type Pane = (typeof PANES)[number];
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
      part.element.addEventListener("focusin", () => this.#at(pane));
    }
    fill(element, this.#host);
    this.outline.show(this.parts);
    this.#at("text");
    this.#forget = [
      this.store.on(({ touched }) => {
        this.outline.show(this.parts);
        if (!this.part) this.#open(this.#first());
        else void this.#load(touched.every((name) => name === "section"));
      }),
      this.model.on("status", () => this.editor.heard()),
    ];
    this.#open(this.parts.some((each) => each.key === context.place) ? context.place : this.#first());
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

  #at(pane: Pane): void {
    if (pane === this.#pane && this.#switch.hasChildNodes()) return;
    this.#pane = pane;
    this.#host.dataset.shown = pane;
    fill(this.#switch, ...PANES.map((each) => button(PANE_TITLES[each], () => this.#focusPane(each), { "aria-pressed": String(each === pane), "data-name": `pane ${each}` })));
  }

  /** A pane that lies behind another in a narrow window comes to the front. */
  showText(): void {
    this.#at("text");
  }

  turnPane(by: 1 | -1): void {
    this.#focusPane(PANES[(PANES.indexOf(this.#pane) + by + PANES.length) % PANES.length]!);
  }

  #focusPane(pane: Pane): void {
    this.#at(pane);
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
    this.#at("material");
    this.material.search();
  }

  /** Enter in the sections goes to the text; in the material it sets the line in. */
  enter(): void {
    if (this.#pane !== "material") return this.editor.focus();
    const { item } = this;
    if (item) void (item.kind === "contrasts" ? this.refer(item) : this.setIn(item));
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

  /** Set something in on a line of its own; what is no passage goes into the sentence. */
  async setIn(item: Item): Promise<void> {
    if (item.token) {
      if (await this.#can(item)) this.editor.insert(written(item.token.kind, item.token.name, item.token.label), false);
      return;
    }
    if (item.kind === "contrasts") return this.refer(item);
    const span = await this.#span(item);
    if (!span) return;
    let key = this.#quotedAs(item, span);
    if (!key) {
      const reason = await askWhy(this.context.bench.root, this.material.lines.row(item.id) ?? this.material.element);
      if (reason === null) return this.material.lines.focus();
      key = await this.#make(span, reason);
    }
    if (key) this.editor.insert(written("quote", key, item.who || span.key, true), true);
  }

  /** Name a passage in the sentence, without its words. */
  async refer(item: Item): Promise<void> {
    if (!item.span) return item.token ? this.setIn(item) : this.context.say("It rests on no passage that could be named.");
    const span = await this.#span(item);
    if (!span) return;
    const key = this.#quotedAs(item, span) || (await this.#make(span, ""));
    if (key) this.editor.insert(written("quote", key, item.who || span.key), false);
  }

  async #can(item: Item): Promise<boolean> {
    if (!item.free) {
      this.context.say("Whoever speaks here has not consented to be quoted, or took it back.");
      return false;
    }
    if (!this.#section) return false;
    return this.context.known();
  }

  /** The place that is meant: words that are marked, or the whole. */
  async #span(item: Item): Promise<(Span & { part?: boolean }) | null> {
    const marked = item.kind === "passages" ? this.material.marked(item) : null;
    if (!item.span || !(await this.#can(item))) return null;
    const { source, key, start, end } = item.span;
    if (!marked) return { source, key, start, end };
    const [from, to] = marked.map((at) => start + pointsOf(item.words.slice(0, at)));
    return { source, key, start: from!, end: to!, part: true };
  }

  /** The quote it is already; words that were marked are one of their own. */
  #quotedAs(item: Item, span: { part?: boolean }): string {
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
