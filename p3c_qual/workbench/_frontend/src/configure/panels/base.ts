/** What panels have in common: deeds, tools, and when they are drawn. */

import { button, onceAFrame } from "../../dom";
import { Refused, say } from "../../server";
import type { Action } from "../../view";
import { shown } from "../../workbench";
import type { TermRow } from "../../wire";
import type { Context, MountedPanel, PanelContext } from "../panel";
import { goneIn, InPlace } from "../inplace";

export abstract class BasePanel<C extends PanelContext = Context> implements MountedPanel {
  abstract readonly actions: Action[];
  protected ended = false;
  /** What was refused last, shown where it arose: under the name of what was tried. */
  protected refused: { at: string; text: string; code: string } | null = null;
  readonly #forget: (() => void)[] = [];
  readonly #down = () => this.#press();
  #pressed = false;
  #waits = false;

  constructor(
    protected readonly element: HTMLElement,
    readonly context: C,
  ) {
    element.classList.add("p3c-pan");
    element.addEventListener("pointerdown", this.#down, true);
    this.listen(context.store.on(onceAFrame(() => this.refresh())));
    // who came by a button of another panel, which is gone with that, goes on by keyboard here
    queueMicrotask(() => {
      if (!this.ended && document.activeElement === document.body) this.focus();
    });
  }

  /** Take the focus. */
  abstract focus(): void;

  /** Show what there is now. */
  protected abstract draw(): void;

  /** Ask for what is shown once more. */
  protected async anew(): Promise<void> {
    await this.context.store.again?.([], true);
  }

  protected listen(forget: () => void): void {
    this.#forget.push(forget);
  }

  /** Draw anew; who is writing, or pressing a button, goes on, and it is drawn when that is done. */
  refresh(): void {
    this.#waits = this.#pressed;
    if (this.ended || this.#pressed || this.element.querySelector("[data-writing]")) return;
    const active = document.activeElement;
    const caret = active instanceof HTMLTextAreaElement && this.element.contains(active) ? { name: active.dataset.name, at: active.selectionStart, to: active.selectionEnd } : null;
    const held = this.element.contains(active);
    this.draw();
    // the button that was pressed went with what stood there: the keyboard goes on in the panel
    if (held && document.activeElement === document.body) this.focus();
    const now = document.activeElement;
    if (caret && now instanceof HTMLTextAreaElement && now.dataset.name === caret.name) now.setSelectionRange(caret.at, caret.to);
  }

  /** A button that is drawn anew between down and up is never pressed. */
  #press(): void {
    this.#pressed = true;
    const done = () => {
      removeEventListener("pointerup", done, true);
      removeEventListener("pointercancel", done, true);
      // the click comes first
      setTimeout(() => {
        this.#pressed = false;
        if (this.#waits) this.refresh();
      });
    };
    addEventListener("pointerup", done, true);
    addEventListener("pointercancel", done, true);
  }

  /** Whether one may go elsewhere in the panel: words that were refused are kept or left first. */
  free(): boolean {
    const held = this.element.querySelector<HTMLElement>("[data-writing][aria-invalid]");
    if (!held) return true;
    held.focus();
    this.context.say("Say first what becomes of the words that were not kept.");
    return false;
  }

  /** A field of a row, written where it is read; `now` finds the row as it is then. */
  field<T extends { id: string }>(
    row: T,
    name: keyof T & string,
    deed: { verb: string; of: string; now(): T | undefined },
    look: { label: string; empty?: string; class?: string },
  ): HTMLElement {
    const at = `${row.id} ${name}`;
    return new InPlace({
      name: at,
      value: String(row[name]),
      still: this.still,
      now: () => String(deed.now()?.[name] ?? ""),
      write: async (text, was) => {
        const done = await this.act(at, deed.verb, { [deed.of]: row.id, fields: { [name]: text }, was: { [name]: was } });
        // what the other wrote is shown beside the own words
        if (!done && this.refused?.code === "stale") await this.anew();
        return done ? "" : (this.reason ?? "It is not known who writes.");
      },
      host: this.context.bench.root,
      left: (changed) => changed && this.refresh(),
      back: () => this.focus(),
      ...look,
    }).element;
  }

  dispose(): void {
    // what is being written is kept, and what was refused is shown once more
    goneIn(this.element);
    this.ended = true;
    for (const each of this.#forget) each();
    this.element.classList.remove("p3c-pan");
    this.element.removeEventListener("pointerdown", this.#down, true);
  }

  /** Whether the study can only be read. */
  get still(): boolean {
    return !this.context.model.study.writable;
  }

  /** Do something; what was refused is kept under `at`, and false is answered. */
  async act(at: string, verb: string, args: Record<string, unknown>): Promise<{ result: unknown } | false> {
    if (!(await this.context.known())) return false;
    this.refused = null;
    try {
      return { result: await this.context.store.act(verb, args) };
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      this.refused = { at, text: error.all.map(say).join(" "), code: error.fault.code };
      if (this.ended) this.context.say(this.refused.text);
      return false;
    } finally {
      this.refresh();
    }
  }

  /** What was refused under a name, if that was the last that was tried. */
  refusedAt(at: string): { text: string; code: string } | null {
    return this.refused?.at === at ? this.refused : null;
  }

  /** Why the last deed was refused. */
  get reason(): string | undefined {
    return this.refused?.text;
  }

  /** The programmes there are, by row id. */
  get programmes(): TermRow[] {
    return this.context.store.valuesOf?.("programmes") ?? [];
  }

  programme(id: string): string {
    return this.context.store.label?.("programmes", id) ?? "";
  }

  /** A button for one of the panel's actions, with its key in the tip. */
  protected tool(id: string, label: string, props: Record<string, any> = {}): HTMLElement {
    const action = this.actions.find((each) => each.id === id)!;
    const key = this.context.bench.keysOf(action).at(0);
    return button(label, () => action.run(), { title: `${action.title}${key ? ` (${shown(key)})` : ""}`, "data-name": id, ...props });
  }
}
