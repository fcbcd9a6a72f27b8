/** Writing in place: Enter keeps it, Escape leaves; what somebody changed meanwhile is shown beside the own words. */

import { button, fill, h } from "../dom";
import { Refused } from "../server";
import { isStale } from "../summarise/conflicts";

export interface Writing {
  label: string;
  value: string;
  placeholder?: string;
  /** Whether nothing may be kept; else an empty text is left as if by Escape. */
  empty?: boolean;
  /** Keep it; what it refuses is said beside the words. */
  save(text: string, was: string): Promise<unknown>;
  /** What stands there now, where somebody else may have written. */
  theirs?(): string;
  /** It is over; `back` says that the focus was in it. */
  closed(back: boolean): void;
}

export class Writer {
  readonly element: HTMLElement;
  readonly #area: HTMLTextAreaElement;
  readonly #said = h("div", { role: "alert", class: "p3c-con-said" });
  #was: string;
  #warned = false;
  #keeping: Promise<boolean> | null = null;
  #ended = false;

  constructor(private readonly what: Writing) {
    this.#was = what.value;
    this.#area = h("textarea", { rows: 1, dir: "auto", "aria-label": what.label, placeholder: what.placeholder ?? "", spellcheck: "true" }, what.value);
    this.#area.addEventListener("keydown", (event) => this.#key(event));
    this.#area.addEventListener("input", () => {
      this.#warned = false;
      this.#fit();
    });
    this.element = h("div", { class: "p3c-con-write" }, this.#area, this.#said);
    this.element.addEventListener("focusout", (event) => {
      // a click elsewhere keeps what was written
      if (document.hasFocus() && !this.element.contains(event.relatedTarget as Node | null)) void this.leave(true);
    });
  }

  begin(): void {
    this.#fit();
    this.#area.focus({ preventScroll: true });
    this.#area.setSelectionRange(this.#area.value.length, this.#area.value.length);
    this.element.scrollIntoView({ block: "nearest" });
  }

  #fit(): void {
    this.#area.style.height = "0";
    this.#area.style.height = `${this.#area.scrollHeight + 2}px`;
  }

  focus(): void {
    this.#area.focus();
  }

  /** End it; false where the words could not be kept, and still stand there. */
  leave(keep: boolean): Promise<boolean> {
    if (this.#ended) return Promise.resolve(true);
    const text = this.#area.value.trim();
    if (!this.#keeping && (!keep || text === this.#was.trim() || (!text && !this.what.empty))) {
      this.#close();
      return Promise.resolve(true);
    }
    this.#keeping ??= this.#keep(text).finally(() => {
      this.#keeping = null;
    });
    return this.#keeping;
  }

  async #keep(text: string): Promise<boolean> {
    this.#area.readOnly = true;
    try {
      await this.what.save(text, this.#was);
    } catch (error) {
      this.#refused(error, text);
      return false;
    } finally {
      this.#area.readOnly = false;
    }
    this.#close();
    return true;
  }

  #refused(error: unknown, text: string): void {
    const theirs = isStale(error) ? this.what.theirs?.() : undefined;
    fill(
      this.#said,
      h("p", { class: "p3c-fault" }, error instanceof Refused ? error.message : String(error instanceof Error ? error.message : error)),
      theirs !== undefined && h("blockquote", { dir: "auto" }, theirs || "(empty)"),
      theirs !== undefined &&
        h(
          "div",
          { class: "p3c-ends" },
          button("Keep mine", () => {
            this.#was = theirs;
            void this.leave(true);
          }, { class: "p3c-button p3c-main", "data-name": "keep mine" }),
          button("Take theirs", () => this.#close(), { "data-name": "take theirs" }),
        ),
    );
    this.#area.value = text;
    this.#fit();
    if (!this.element.contains(document.activeElement)) this.#area.focus({ preventScroll: true });
    this.element.scrollIntoView({ block: "nearest" });
  }

  #close(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.what.closed(this.element.contains(document.activeElement));
  }

  #key(event: KeyboardEvent): void {
    if (event.isComposing) return;
    if (event.key === "Enter" && !event.shiftKey) void this.leave(true);
    else if (event.key === "Escape") {
      if (this.#area.value.trim() !== this.#was.trim() && !this.#warned) {
        this.#warned = true;
        fill(this.#said, h("p", { class: "p3c-quiet" }, "What you wrote is not kept yet. Enter keeps it, Escape again leaves it."));
      } else void this.leave(false);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }
}
