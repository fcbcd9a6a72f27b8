/** A panel that shows what one address of the server answers, asked anew when somebody wrote. */

import { button, fill, h } from "../../dom";
import { type Server, Unreachable } from "../../server";
import type { Context, PanelContext } from "../panel";
import { BasePanel } from "./base";

type Values = Parameters<Server["get"]>[1];

export abstract class AskingPanel<T, C extends PanelContext = Context> extends BasePanel<C> {
  protected state: T | null = null;
  #asking = false;
  #again = false;
  /** The focus was given before there was anything to take it. */
  #wanted = false;

  constructor(
    element: HTMLElement,
    context: C,
    private readonly asks: {
      /** What is said while it comes. */
      wait: string;
      address: string;
      /** Tables whose rows it shows. */
      tables: string[];
    },
  ) {
    super(element, context);
    fill(element, h("p", { class: "p3c-wait", role: "status" }, asks.wait));
    this.listen(
      context.model.on("touched", (names) => {
        if (names.some((name) => asks.tables.includes(name))) this.load();
      }),
    );
  }

  /** What stands behind the address's question mark. */
  protected query(): Values {
    return {};
  }

  /** Build the panel, once there is something to show. */
  protected abstract begin(): void;

  /** Take the focus, once there is something to show. */
  protected abstract enter(): void;

  focus(): void {
    if (this.state) return this.enter();
    this.#wanted = true;
    this.element.focus({ preventScroll: true });
  }

  override refresh(): void {
    if (this.state) super.refresh();
  }

  /** Whether an answer is on its way. */
  protected get asking(): boolean {
    return this.#asking;
  }

  /** Ask; while an answer is on its way it is asked once more, and not twice. */
  load(): void {
    if (this.#asking) this.#again = true;
    else void this.#load();
  }

  async #load(): Promise<void> {
    const { model } = this.context;
    this.#asking = true;
    this.waits();
    try {
      let state: T;
      do {
        this.#again = false;
        state = await model.server.get<T>(this.asks.address, { study: model.path, others: model.others, ...this.query() });
        if (this.ended) return;
      } while (this.#again);
      const first = this.state === null;
      this.state = state;
      this.#asking = false;
      if (first) this.begin();
      this.refresh();
      // nobody went elsewhere meanwhile
      const { activeElement: active } = document;
      if (first && this.#wanted && (!active || active.contains(this.element) || active.closest(".p3c-con-head, .p3c-rep-head, .p3c-head"))) this.enter();
    } catch (error) {
      if (!this.ended) this.#failed(error);
    } finally {
      this.#asking = false;
    }
  }

  /** An answer is on its way. */
  protected waits(): void {}

  #failed(error: unknown): void {
    // what is shown already stays; the head says that there is no connection
    if (this.state && error instanceof Unreachable) return;
    this.state = null;
    fill(
      this.element,
      h("p", { class: "p3c-wait", role: "alert" }, error instanceof Error ? error.message : String(error)),
      h(
        "p",
        { class: "p3c-wait" },
        button("Try again", () => {
          fill(this.element, h("p", { class: "p3c-wait", role: "status" }, this.asks.wait));
          this.load();
        }),
      ),
    );
  }
}
