/** What the panels of the Report view have in common: they show what the server says of one place. */

import { InPlace } from "../../configure/inplace";
import { button, h } from "../../dom";
import { Refused, say } from "../../server";
import { AskingPanel } from "../../configure/panels/asking";
import type { ReportContext } from "../panel";

export abstract class StatePanel<T> extends AskingPanel<T, ReportContext> {
  constructor(element: HTMLElement, context: ReportContext, asks: { wait: string; address: string; tables: string[] }) {
    super(element, context, asks);
    element.classList.add("p3c-rp");
  }

  /** What the panel is about: a programme, a site, a country, or, where all are missing, the study. */
  protected override query(): Record<string, string> {
    return Object.fromEntries(Object.entries(this.about).filter(([, value]) => value));
  }

  /** As acts name it. */
  get about(): { programme: string; site: string; country: string } {
    return this.context.store.about;
  }

  protected override async anew(): Promise<void> {
    this.load();
  }

  /** What would be done once more where somebody else was quicker. */
  #mine: { at: string; run(): void } | null = null;

  /** Change fields of a row; what somebody changed since is refused, and may be done all the same. */
  async change(at: string, verb: string, args: Record<string, unknown> | ((seen: Record<string, string>) => Record<string, unknown>), seen: () => Record<string, string>): Promise<boolean> {
    const was = seen();
    const done = await this.act(at, verb, { ...(typeof args === "function" ? args(was) : args), was });
    if (!done && this.refused?.code === "stale") {
      this.#mine = { at, run: () => void this.change(at, verb, args, seen) };
      this.load();
    }
    return Boolean(done);
  }

  /** What was refused under a name, with the way to keep it all the same; nothing where nothing was. */
  refusal(at: string): HTMLElement | null {
    const refused = this.refusedAt(at);
    if (!refused) return null;
    const mine = refused.code === "stale" && this.#mine?.at === at ? this.#mine : null;
    return h("div", { class: "p3c-pan-refused", role: "alert" }, h("p", {}, refused.text), mine && h("div", { class: "p3c-pan-row" }, h("span", {}, "What stands there now is shown."), button("Keep mine all the same", mine.run, { "data-name": `${at} mine` })));
  }

  /** A text field of a row, written where it is read. */
  written(at: string, value: string, look: { label: string; empty?: string; class?: string; needed?: boolean }, write: { now(): string; verb: string; args(text: string, was: string): Record<string, unknown> }): HTMLElement {
    return new InPlace({
      name: at,
      value,
      still: this.still,
      now: write.now,
      write: async (text, was) => {
        const done = await this.act(at, write.verb, write.args(text, was));
        const why = done ? "" : (this.reason ?? "It is not known who writes.");
        this.refused = null;
        // what the other wrote is shown beside the own words
        if (!done) await this.fresh();
        return why;
      },
      host: this.context.bench.root,
      left: (changed) => changed && this.refresh(),
      back: () => this.focus(),
      ...look,
    }).element;
  }

  /** Ask once more, and wait for what is answered. */
  async fresh(): Promise<void> {
    this.load();
    while (this.asking && !this.ended) await new Promise((later) => setTimeout(later, 20));
  }

  /** Do something where an answer is needed; what is refused is thrown, for a dialog to say. */
  async do<R = unknown>(verb: string, args: Record<string, unknown>): Promise<R> {
    return this.context.store.act<R>(verb, args);
  }

  /** Do something from a button; what is refused is said. */
  async try<R = unknown>(verb: string, args: Record<string, unknown>): Promise<R | null> {
    if (!(await this.context.known())) return null;
    try {
      return await this.do<R>(verb, args);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      this.context.say(error.all.map(say).join(" "));
      return null;
    }
  }

  /** What is shown, for the parts of a panel that draw it. */
  get shownState(): T {
    return this.state!;
  }

  /** How a section of the report is called. */
  sectionSaid(key: string): string {
    return this.context.store.outline?.sections.find((each) => each.key === key)?.title ?? key;
  }

  /** A button for one of the panel's actions. */
  toolOf(id: string, label: string, props: Record<string, any> = {}): HTMLElement {
    return this.tool(id, label, props);
  }

  /** Go to something that was drawn under a name. */
  reach(name: string): void {
    this.element.querySelector<HTMLElement>(`[data-name="${CSS.escape(name)}"]`)?.focus();
  }

  override dispose(): void {
    super.dispose();
    this.element.classList.remove("p3c-rp");
  }
}

/** A sentence from what begins small. */
export const sentence = (text: string): string => (text ? text.charAt(0).toUpperCase() + text.slice(1) + (/[.?!…]$/.test(text) ? "" : ".") : "");
