/** A panel that shows what one address of the server answers, asked anew when somebody wrote. */

import { button, fill, h } from "../../dom";
import { type Server, Unreachable } from "../../server";
import type { Action } from "../../view";
import { shown } from "../../workbench";
import type { Context, MountedPanel } from "../panel";

export interface Asks {
  /** What is said while it comes. */
  wait: string;
  address: string;
  /** Tables whose rows it shows; `coding` stands for codings of anybody. */
  tables: string[];
}

type Values = Parameters<Server["get"]>[1];

export abstract class LoadedPanel<T> implements MountedPanel {
  abstract readonly actions: Action[];
  protected state: T | null = null;
  protected ended = false;
  readonly #forget: (() => void)[] = [];
  #asking = false;
  #again = false;

  constructor(
    protected readonly element: HTMLElement,
    readonly context: Context,
    private readonly asks: Asks,
  ) {
    element.classList.add("p3c-str");
    this.#wait();
  }

  /** What stands behind the address's question mark. */
  protected abstract query(): Values;

  /** Build the panel, once there is something to show. */
  protected abstract begin(): void;

  /** Show the state as it is now. */
  protected abstract draw(): void;

  /** Ask for the first time; a panel calls it when it is made. */
  protected start(): void {
    const { model } = this.context;
    const { tables } = this.asks;
    this.context.touched((names) => {
      if (names.some((name) => tables.includes(name))) this.load();
    });
    if (tables.includes("coding")) this.#forget.push(model.on("counts", () => this.load()));
    this.#forget.push(model.on("study", () => this.load()), model.on("codes", () => this.load()));
    this.load();
  }

  /** Ask anew; while an answer is on its way it is asked once more, and not twice. */
  protected load(): void {
    if (this.#asking) {
      this.#again = true;
      return;
    }
    void this.#load();
  }

  async #load(): Promise<void> {
    const { model, question } = this.context;
    this.#asking = true;
    try {
      do {
        this.#again = false;
        const state = await model.server.get<T>(this.asks.address, { study: model.path, question: question.id, others: model.others, ...this.query() });
        if (this.ended) return;
        const first = this.state === null;
        this.state = state;
        if (first) this.begin();
        this.draw();
      } while (this.#again);
    } catch (error) {
      if (!this.ended) this.#failed(error);
    } finally {
      this.#asking = false;
    }
  }

  #wait(): void {
    fill(this.element, h("p", { class: "p3c-wait", role: "status" }, this.asks.wait));
  }

  #failed(error: unknown): void {
    // what is shown already stays; the head says that there is no connection
    if (this.state && error instanceof Unreachable) return;
    this.state = null;
    fill(
      this.element,
      h("p", { class: "p3c-wait", role: "alert" }, error instanceof Error ? error.message : String(error)),
      h("p", { class: "p3c-wait" }, button("Try again", () => (this.#wait(), this.load()))),
    );
  }

  /** The question is different: so may be what there is to show. */
  refresh(): void {
    if (this.state) this.load();
  }

  dispose(): void {
    this.ended = true;
    for (const each of this.#forget) each();
    this.element.classList.remove("p3c-str");
  }

  /** Whether something can be done here, and say why not. */
  protected can(): boolean {
    if (this.context.model.study.writable) return true;
    this.context.bench.say("This study can only be read.");
    return false;
  }

  /** Whether it is known who works here; ask where it is not. */
  protected async known(): Promise<boolean> {
    return this.can() && (Boolean(this.context.model.study.me) || (await this.context.bench.nameMe()));
  }

  /** What is said where the work of others is hidden, with the way to it. */
  protected hidden(what: string): HTMLElement {
    return h("p", { class: "p3c-str-note" }, `${what} `, button("Show the work of others", () => void this.context.model.showOthers(true).catch((error) => this.context.bench.fault(error)), { "data-name": "others" }));
  }

  /** A button for one of the panel's actions, with its key in the tip. */
  protected tool(id: string, label: string, props: Record<string, any> = {}): HTMLElement {
    const action = this.actions.find((each) => each.id === id)!;
    const key = this.context.bench.keysOf(action).at(0);
    return button(label, () => action.run(), { title: `${action.title}${key ? ` (${shown(key)})` : ""}`, "data-name": id, ...props });
  }
}

/** Actions of one group, each of id, title, keys and what it does. */
export function actionsOf(group: string, ...rows: [string, string, string[], () => unknown][]): Action[] {
  return rows.map(([id, title, keys, run]) => ({ id, title, group, keys, run: () => void run() }));
}
