/** Writing in place: words stand where they are read, and stay until they are kept or left. */

import { tell } from "../dialog";
import { button, fill, h } from "../dom";
import { Refused, say } from "../server";

export interface Writing {
  /** To find it again. */
  name: string;
  /** What it is. */
  label: string;
  value: string;
  /** What stands there while nothing is written. */
  empty?: string;
  class?: string;
  /** It can only be read. */
  still?: boolean;
  /** Nothing is no answer: an empty text is left as if by Escape. */
  needed?: boolean;
  /** Where words are shown that were refused when the field was gone already. */
  host: HTMLElement;
  /** Write it; `was` is what was seen. What is said is why it was refused; nothing means it is kept. */
  write(text: string, was: string): Promise<string>;
  /** What stands there now, when somebody else wrote meanwhile. */
  now(): string;
  /** Nothing waits to be kept any more; `changed` says whether there was anything. */
  left(changed: boolean): void;
  /** Back to where one came from. */
  back(): void;
}

let fields = 0;
const HELD = new WeakMap<Element, InPlace>();

/** The fields in an element go with it: what is written is kept, what was refused is shown once more. */
export function goneIn(element: HTMLElement): void {
  for (const area of element.querySelectorAll("textarea[data-writing]")) HELD.get(area)?.gone();
}

/** A field that looks like text until it is written in: Enter or leaving it keeps, Escape twice takes back. */
export class InPlace {
  readonly element: HTMLElement;
  readonly #area: HTMLTextAreaElement;
  readonly #said = h("div", { role: "alert", class: "p3c-con-said" });
  readonly #hint = h("p", { role: "status", class: "p3c-quiet" });
  #was: string;
  /** Why it was refused last, until something else is written. */
  #why = "";
  #keeping: Promise<boolean> | null = null;
  #gone = false;

  constructor(private readonly what: Writing) {
    this.#was = what.value;
    const id = `p3c-pan-field-${++fields}`;
    this.#area = h("textarea", { id, class: "p3c-pan-area", rows: 1, dir: "auto", spellcheck: "true", readonly: what.still, placeholder: what.empty ?? "Nothing written yet", "data-name": what.name });
    this.#area.value = what.value;
    HELD.set(this.#area, this);
    this.#area.addEventListener("input", () => {
      this.#why = "";
      this.#mark();
    });
    this.#area.addEventListener("keydown", (event) => this.#key(event));
    this.element = h("div", { class: `p3c-pan-field ${what.class ?? ""}` }, h("label", { class: "p3c-pan-tag", for: id }, what.label), this.#area, this.#said, this.#hint);
    this.element.addEventListener("focusout", (event) => {
      // another window is no other place, and what was refused waits for an answer
      if (document.hasFocus() && !this.#why && !this.#gone && !this.element.contains(event.relatedTarget as Node | null)) void this.keep();
    });
    queueMicrotask(() => this.#fit());
  }

  /** Begin to write, behind what stands there. */
  begin(): void {
    this.#fit();
    this.focus();
    this.#area.setSelectionRange(this.#area.value.length, this.#area.value.length);
    this.element.scrollIntoView({ block: "nearest" });
  }

  focus(): void {
    this.#area.focus({ preventScroll: true });
  }

  /** Keep what is written; false where it was refused, and still stands there. */
  keep(): Promise<boolean> {
    this.#keeping ??= this.#keep().finally(() => {
      this.#keeping = null;
    });
    return this.#keeping;
  }

  async #keep(): Promise<boolean> {
    const text = this.#text;
    if (text === this.#was.trim() || (!text && this.what.needed)) {
      this.#over(this.#was, false);
      return true;
    }
    this.#area.readOnly = true;
    const why = await this.what.write(text, this.#was).catch(reason);
    this.#area.readOnly = false;
    if (!why) this.#over(text, true);
    else if (this.#area.isConnected) this.#refused(why);
    else {
      this.#lose(text, why);
      this.what.left(true);
    }
    return !why;
  }

  /** It goes, as with the panel it is in. */
  gone(): void {
    if (this.#gone) return;
    if (this.#why) this.#lose(this.#text, this.#why);
    else void this.keep();
    this.#gone = true;
  }

  #lose(text: string, why: string): void {
    tell(this.what.host, "These words were not kept", h("p", {}, why), h("blockquote", { dir: "auto" }, text));
  }

  /** The words stay until it is said what becomes of them. */
  #refused(why: string): void {
    this.#why = why;
    const theirs = this.what.now();
    this.#area.setAttribute("aria-invalid", "true");
    const mine = () => {
      this.#was = this.what.now();
      void this.keep();
    };
    fill(
      this.#said,
      h("p", { class: "p3c-fault" }, why),
      theirs !== this.#was && h("blockquote", { dir: "auto" }, theirs || "(empty)"),
      h(
        "div",
        { class: "p3c-ends" },
        button("Keep mine all the same", mine, { "data-name": `${this.what.name} mine` }),
        button("Leave it as it is", () => this.#leave(), { "data-name": `${this.what.name} leave` }),
      ),
    );
    this.element.scrollIntoView({ block: "nearest" });
  }

  /** Take back what is not kept. */
  #leave(): void {
    this.#over(this.what.now(), true);
  }

  #over(text: string, changed: boolean): void {
    this.#was = this.#area.value = text;
    this.#why = "";
    if (this.#said.contains(document.activeElement)) this.focus();
    fill(this.#said);
    this.#mark();
    this.what.left(changed);
  }

  get #text(): string {
    return this.#area.value.trim();
  }

  #mark(): void {
    const writes = this.#text !== this.#was.trim();
    this.#area.toggleAttribute("data-writing", writes);
    if (!writes) this.#area.removeAttribute("aria-invalid");
    fill(this.#hint);
    this.#fit();
  }

  #fit(): void {
    // browsers that size a field by what is in it need no help
    if (CSS.supports("field-sizing", "content")) return;
    this.#area.style.height = "auto";
    this.#area.style.height = `${this.#area.scrollHeight + 2}px`;
  }

  #key(event: KeyboardEvent): void {
    if (event.isComposing) return;
    if (event.key === "Enter" && !event.shiftKey) void this.keep();
    else if (event.key === "Escape") {
      // words are not lost by one key; what is written goes first, then who wrote it
      if (!this.#area.hasAttribute("data-writing")) this.what.back();
      else if (this.#hint.hasChildNodes()) this.#leave();
      else fill(this.#hint, "What you wrote is not kept yet. Enter keeps it, Escape again leaves it.");
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }
}

const reason = (error: unknown): string => (error instanceof Refused ? error.all.map(say).join(" ") : error instanceof Error ? error.message : String(error));
