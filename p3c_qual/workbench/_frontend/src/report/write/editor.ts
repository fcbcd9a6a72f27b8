/** The author's text of a section: written as Markdown, kept by itself, shown as it will be printed. */

import { button, count, fill, h, onceAFrame, type Child } from "../../dom";
import { redraw, redrawOther, tell } from "../../start/lists";
import type { LintRow, SectionState } from "../../wire";
import { otherWords } from "./conflict";
import { saidBy } from "./items";
import type { WritePanel } from "./panel";
import { Preview } from "./preview";
import type { Saving } from "./saving";
import { levelOf, named, stateOf } from "./states";
import { type Insertion, ownLine, readTokens, within, wordsIn } from "./tokens";

const MODES = { write: "Write", both: "Side by side", preview: "Preview" } as const;
type Mode = keyof typeof MODES;
const SIGNS: Record<string, string> = { quote: "❝", cmo: "⇒", fact: "#", source: "§", table: "▦", figure: "▨" };
const KINDS: Record<string, string> = { quote: "quote", cmo: "configuration", fact: "fact", source: "document", table: "table", figure: "figure" };
/** Pixels of a line, and what stays free over and under what is brought into sight. */
const LINE = 25;
const MARGIN = 8;
/** How the person looked at a text last. */
const MODE = "p3c:report:mode";

export class Editor {
  readonly element: HTMLElement;
  readonly #head = h("header", { class: "p3c-rep-of" });
  readonly #area = h("textarea", { class: "p3c-rep-area", dir: "auto", spellcheck: "true", rows: 6, "aria-label": "Text of the section, in Markdown", "data-name": "text" });
  readonly #status = h("span", { class: "p3c-rep-status", role: "status" });
  readonly #words = h("span", { class: "p3c-quiet p3c-rep-words-of" });
  readonly #tools = h("div", { class: "p3c-bar-of-tools p3c-rep-tools" });
  readonly #conflict = h("div", { class: "p3c-rep-conflict", role: "alert", hidden: true });
  readonly #named = h("section", { class: "p3c-rep-named", "aria-label": "What the text names" });
  readonly #faults = h("section", { class: "p3c-rep-faults", "aria-label": "What the checks found" });
  readonly #numbers = h("p", { class: "p3c-rep-numbers" });
  readonly #preview: Preview;
  readonly #write = h("div", { class: "p3c-rep-writing" }, this.#conflict, this.#area, this.#named, this.#faults);
  #mode: Mode = (sessionStorage.getItem(MODE) as Mode) in MODES ? (sessionStorage.getItem(MODE) as Mode) : "write";
  #section: SectionState | null = null;
  #saving: Saving | null = null;
  readonly #soon = onceAFrame(() => this.#drawNamed());

  constructor(private readonly panel: WritePanel) {
    this.#preview = new Preview(panel.store);
    this.#area.addEventListener("input", () => this.#typed());
    this.#area.addEventListener("blur", () => this.#saving?.flush());
    this.#area.addEventListener("focus", () => void this.#begin());
    this.#area.addEventListener("keydown", (event) => this.#key(event));
    for (const name of ["keyup", "click"]) this.#area.addEventListener(name, this.#soon);
    this.element = h("main", { class: "p3c-rep-editor", tabindex: "-1" }, this.#head, this.#tools, h("div", { class: "p3c-rep-sheet" }, this.#write, this.#preview.element));
    this.#drawMode();
  }

  dispose(): void {
    this.#leave();
  }

  /** The section is left: what is written in it is sent. */
  #leave(): void {
    if (!this.#saving) return;
    this.#saving.flush();
    this.#saving.changed = null;
    this.#saving = null;
  }

  focus(): void {
    this.panel.comeTo("text");
    if (this.#mode === "preview") this.#turn("write");
    // what is typed before the text is here must not be keys of the sections
    if (this.#area.disabled) this.element.focus({ preventScroll: true });
    else this.#area.focus({ preventScroll: true });
  }

  /** Nothing to write on until the section is here. */
  wait(title: string): void {
    this.#leave();
    this.#section = null;
    fill(this.#head, h("h2", {}, title));
    this.#area.value = "";
    if (document.activeElement === this.#area) this.element.focus({ preventScroll: true });
    this.#area.disabled = true;
    this.#area.placeholder = "Loading …";
    fill(this.#named);
    fill(this.#faults);
    this.#drawTools();
  }

  /** The section could not be had. */
  failed(why: string, again: () => void): void {
    this.#area.placeholder = "";
    fill(this.#named, h("p", { class: "p3c-fault", role: "alert" }, why), button("Try again", again));
  }

  /** The connection is different. */
  heard(): void {
    if (this.#saving?.dirty) this.#told();
  }

  show(section: SectionState, saving: Saving): void {
    const other = this.#saving !== saving;
    if (other) this.#leave();
    this.#section = section;
    this.#saving = saving;
    saving.read(section.text, section.cursor);
    saving.changed = () => this.#told();
    const wanted = document.activeElement === this.element;
    this.#area.disabled = false;
    this.#area.readOnly = !this.panel.writable;
    this.#area.placeholder = section.prompt || (section.outline.state === "generated" ? "This section is made of what the study holds. What you write here is printed with it." : "Tell it in your own words. Quotes are set in from the material beside it.");
    this.#area.setAttribute("aria-label", `Text of ${section.title}, in Markdown`);
    this.#put(saving.text, other);
    if (wanted) this.focus();
    this.#drawHead();
    this.#told();
    if (other) this.element.scrollTop = this.#write.scrollTop = 0;
    if (this.#mode !== "write") void this.#preview.show(section.key);
  }

  /** Show a text; who is in it stays where they are. */
  #put(text: string, other: boolean): void {
    const area = this.#area;
    if (area.value === text) return;
    const { selectionStart, selectionEnd } = area;
    area.value = text;
    const at = other ? text.length : Math.min(selectionStart, text.length);
    area.setSelectionRange(at, other ? at : Math.min(selectionEnd, text.length));
    this.#fit();
  }

  #typed(): void {
    this.#saving?.write(this.#area.value);
    this.#fit();
    this.#soon();
  }

  /** Whoever begins to write has a name. */
  async #begin(): Promise<void> {
    if (this.#area.readOnly || this.panel.model.study.me) return;
    if (await this.panel.context.known()) this.#area.focus();
    else this.#area.blur();
  }

  #fit(): void {
    // browsers that size a field by what is in it need no help
    if (CSS.supports("field-sizing", "content")) return;
    this.#area.style.height = "auto";
    this.#area.style.height = `${this.#area.scrollHeight + 2}px`;
  }

  #key(event: KeyboardEvent): void {
    if (event.isComposing) return;
    if (event.key === "Escape") this.panel.focusMaterial();
    else if (this.panel.pressed("rep-save", event)) this.#saving?.flush();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** Put something in at the cursor, as if it had been typed: the browser takes it back. */
  insert(token: string, alone: boolean): boolean {
    if (this.#area.disabled || this.#area.readOnly) return false;
    this.focus();
    const { value, selectionEnd } = this.#area;
    const { at, text }: Insertion = (alone ? ownLine : within)(value, selectionEnd, token);
    this.#area.setSelectionRange(at, at);
    if (!document.execCommand("insertText", false, text)) {
      this.#area.setRangeText(text, at, at, "end");
      this.#typed();
    }
    this.#reveal(at, this.#area.selectionEnd);
    return true;
  }

  /** Go to a place of the text. */
  mark(start: number, end: number): void {
    this.focus();
    this.#area.setSelectionRange(start, end);
    this.#reveal(start, end);
    this.#drawNamed();
  }

  /** Bring a stretch of the text into sight, its beginning first: what is around the field scrolls. */
  #reveal(start: number, end: number): void {
    const { offsetTop } = this.#area;
    const { scrollTop, clientHeight } = this.#write;
    const top = offsetTop + this.#topOf(start) - MARGIN;
    const bottom = offsetTop + this.#topOf(end) + LINE + MARGIN;
    if (top < scrollTop) this.#write.scrollTop = top;
    else if (bottom > scrollTop + clientHeight) this.#write.scrollTop = Math.min(top, bottom - clientHeight);
  }

  /** How far down in the field a place is: a field does not tell, so its text is laid out once more beside it. */
  #topOf(at: number): number {
    const { value, clientWidth } = this.#area;
    const here = h("span", {}, "\u200b");
    const mirror = h("div", { class: "p3c-rep-area p3c-rep-mirror", "aria-hidden": "true", style: `width:${clientWidth}px` }, value.slice(0, at), here);
    this.#write.append(mirror);
    const top = here.offsetTop;
    mirror.remove();
    return top;
  }

  save(): void {
    this.#saving?.flush();
  }

  // what is said of it

  #told(): void {
    const saving = this.#saving;
    if (!saving) return;
    if (saving.text !== this.#area.value) this.#put(saving.text, false);
    const lost = this.panel.model.queue.link === "lost";
    const said: Record<string, string> = {
      saved: saving.text ? "✓ Saved" : "",
      changed: lost ? "Kept here; sent when the connection is back" : this.#mode === "both" ? "Kept in this browser; Ctrl+S saves and shows it" : "Kept in this browser, not saved yet",
      sending: lost ? "Kept here; sent when the connection is back" : "Saving …",
      stale: "⚠ Not saved: somebody else wrote here",
      refused: "⚠ Not saved",
    };
    const text = this.panel.writable ? said[saving.state]! : "Read only";
    tell(this.#status, text);
    this.#status.className = `p3c-rep-status p3c-rep-status-${saving.state}`;
    this.#drawConflict();
    this.#drawNamed();
    this.panel.told();
  }

  /** Words that were not taken stay, beside what the other wrote, until one is chosen. */
  #drawConflict(): void {
    const { study } = this.panel.model;
    const author = this.#section?.coder ?? "";
    const words = otherWords(this.#saving!, author === study.me ? "" : author, study.writable, (saving) => this.#take(saving));
    const inside = this.#conflict.contains(document.activeElement);
    this.#conflict.hidden = !words.length;
    redraw(this.#conflict, ...words);
    if (inside && !words.length) this.focus();
  }

  #take(saving: Saving): void {
    const theirs = saving.theirs;
    // as if it were typed, so that the browser brings the own words back
    this.#area.focus();
    this.#area.select();
    if (theirs) document.execCommand("insertText", false, theirs);
    saving.takeTheirs();
  }

  #drawHead(): void {
    const section = this.#section!;
    const part = section.outline;
    const level = levelOf(part);
    const state = stateOf(part);
    fill(this.#numbers, section.numbers.join(" · "));
    redraw(
      this.#head,
      h(
        "div",
        { class: "p3c-rep-heading" },
        h("h2", { dir: "auto" }, named(part)),
        level && h("span", { class: "p3c-badge" }, level.label),
        part.tasks.length > 0 && h("span", { class: "p3c-badge", title: "Which of the tasks 1 to 8 and TS it serves" }, `${part.tasks.length > 1 ? "tasks" : "task"} ${part.tasks.join(", ")}`),
        h("span", { class: `p3c-badge p3c-rep-badge-${part.left_out || part.merged_into ? "out" : part.state}` }, `${state.sign} ${state.label}`),
        section.status === "checked" && h("span", { class: "p3c-badge" }, "✓ checked"),
      ),
      part.why && part.state === "material" && !part.left_out && !part.merged_into && h("p", { class: "p3c-rep-why" }, part.why),
      section.numbers.length > 0 && this.#numbers,
    );
  }

  #drawTools(): void {
    redraw(
      this.#tools,
      h(
        "div",
        { role: "group", "aria-label": "How the text is shown", class: "p3c-rep-modes" },
        ...Object.entries(MODES).map(([mode, label]) => button(label, () => this.#turn(mode as Mode), { "aria-pressed": String(mode === this.#mode), "data-name": `mode ${mode}` })),
      ),
      h("span", { class: "p3c-space" }),
      this.#words,
      this.#status,
    );
  }

  /** The next way to show the text. */
  turnMode(): void {
    const modes = Object.keys(MODES) as Mode[];
    this.#turn(modes[(modes.indexOf(this.#mode) + 1) % modes.length]!);
  }

  #turn(mode: Mode): void {
    this.#mode = mode;
    sessionStorage.setItem(MODE, mode);
    this.#drawMode();
    if (mode !== "write") {
      this.#saving?.flush();
      if (this.#section) void this.#preview.show(this.#section.key);
    }
  }

  #drawMode(): void {
    this.element.dataset.mode = this.#mode;
    this.#drawTools();
  }

  /** What the text names, in words: each leads to its place. */
  #drawNamed(): void {
    const section = this.#section;
    if (!section) return;
    const text = this.#area.value;
    const tokens = readTokens(text);
    tell(this.#words, count(wordsIn(text), "word"));
    const lines = tokens.map((token, index): Child => {
      const said = saidBy(token, section);
      const reason = said?.quote?.chosen_as;
      const missing = !said && (token.kind === "quote" || section.faults.some((each) => each.code === `${token.kind}_missing` && each.what.includes(token.label ? `“${token.label}”` : token.name)));
      return h(
        "li",
        {},
        h(
          "button",
          { type: "button", class: "p3c-rep-token", "data-name": `named ${index}`, onclick: () => this.#markToken(index), title: "Go to its place in the text" },
          h("span", { class: "p3c-rep-sign", "aria-hidden": "true" }, SIGNS[token.kind] ?? "?"),
          h("b", {}, token.label || token.name),
          h("span", { class: "p3c-rep-says", dir: "auto" }, missing ? (this.#saving?.dirty ? "…" : `⚠ no ${KINDS[token.kind]} of this name is known here`) : (said?.words ?? KINDS[token.kind])),
          !token.setIn && token.kind === "quote" && h("span", { class: "p3c-badge" }, "reference"),
          reason && h("span", { class: "p3c-badge" }, reason),
          said?.quote && !said.quote.free && h("span", { class: "p3c-badge p3c-rep-blocked" }, "⊘ consent"),
          said?.quote?.stale && h("span", { class: "p3c-badge p3c-rep-blocked" }, "⚠ source edited"),
        ),
      );
    });
    this.#named.querySelector(".p3c-rep-at")?.classList.remove("p3c-rep-at");
    redrawOther(this.#named, lines.length > 0 && h("h3", {}, `Named in the text (${tokens.length})`), lines.length > 0 && h("ol", {}, ...lines));
    const cursor = document.activeElement === this.#area ? this.#area.selectionStart : -1;
    const at = tokens.findIndex((each) => cursor >= each.start && cursor <= each.end);
    this.#named.querySelectorAll(".p3c-rep-token")[at]?.classList.add("p3c-rep-at");
    const faults = this.#found;
    redrawOther(this.#faults, faults.length > 0 && h("h3", {}, `Checks (${faults.length})`), faults.length > 0 && h("ul", {}, ...faults.map((each, index) => this.#fault(each, index))));
  }

  /** What the checks found, what stands against a report first. */
  get #found(): LintRow[] {
    return [...(this.#section?.faults ?? [])].sort((one, other) => Number(other.gate) - Number(one.gate));
  }

  /** Go to what the text names at a place of its list. */
  #markToken(index: number): void {
    const token = readTokens(this.#area.value)[index];
    if (token) this.mark(token.start, token.end);
  }

  #fault(fault: LintRow, index: number): HTMLElement {
    return h(
      "li",
      { class: fault.gate ? "p3c-rep-gate" : "" },
      h(
        "button",
        { type: "button", class: "p3c-rep-token", "data-name": `fault ${index}`, onclick: () => this.#goTo(index), title: "Go to its place in the text" },
        h("span", { class: "p3c-rep-sign", "aria-hidden": "true" }, fault.gate ? "⛔" : "⚠"),
        h("span", { class: "p3c-rep-says" }, sentence(fault.what), fault.do && h("small", {}, ` ${fault.do}`), fault.gate && h("small", {}, " It keeps a report that is no draft from being made.")),
      ),
    );
  }

  #goTo(index: number): void {
    const fault = this.#found[index];
    if (!fault) return;
    const text = this.#area.value;
    const token = fault.quote && readTokens(text).find((each) => each.name === fault.quote);
    if (token) return this.mark(token.start, token.end);
    // words of the text that are said in the message, such as the beginning of a paragraph
    for (const [, words] of [...fault.what.matchAll(/[‘“"']([^’”"']{3,}?)(?: ?…)?[’”"']/g), [, fault.quote] as const]) {
      const at = words ? text.indexOf(words) : -1;
      if (at >= 0) return this.mark(at, at + words!.length);
    }
    this.focus();
  }
}

/** What a check says, as a sentence. */
const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.?!]$/.test(text) ? "" : "."}`;
