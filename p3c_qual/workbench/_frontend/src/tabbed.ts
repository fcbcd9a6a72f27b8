/** A view made of panels with tabs: which is open, where in it the person is, and how to come back there. */

import { button, type Child, fill, h } from "./dom";
import type { Model } from "./model";
import { redraw } from "./start/lists";
import { toText } from "./start/words";
import type { Action, Mounted } from "./view";
import type { Workbench } from "./workbench";

/** A panel of a view. */
export interface Panel<C> {
  /** As it stands in an address; no slash and no @. */
  id: string;
  title: string;
  /** All that can be done in one that is mounted, for the page of keys; left out, it is mounted for that. */
  actions?(mounted: any): Action[];
  /** What the view shows is loaded when this is called. */
  mount(element: HTMLElement, context: C): MountedPanel;
}

export interface MountedPanel {
  /** What can be done in it; single keys work in what has the class `p3c-keys`. */
  readonly actions?: Action[];
  /** Go to a place of its own, such as a row's key. */
  go?(place: string): void;
  /** Take the focus; without it the panel's first stop has it. */
  focus?(): void;
  dispose(): void;
}

/** What a panel is given, beside what its view knows. */
export interface PlainContext {
  bench: Workbench;
  model: Model;
  /** Where in the panel to begin; empty for its beginning. */
  place: string;
  /** Note where in the panel the person is, so that a reload comes back there. */
  at(place: string): void;
  say(text: string): void;
  /** Open another panel of the view, at a place of its own. */
  open(panel: string, place?: string): void;
  /** Open a configuration by its id or key. */
  openCard(configuration: string): void;
  /** Open the Code view at a passage; `key` is that of the source. */
  openText(key: string, start?: number, end?: number): void;
  /** Whether something can be done here and it is known who works; asks, or says why not. */
  known(): Promise<boolean>;
}

/** What tells one such view from another. */
export interface Look<C> {
  panels: Panel<C>[];
  /** How its classes begin, `p3c-NAME`. */
  name: string;
  /** What the tabs are of. */
  label: string;
  /** What is said until it is loaded. */
  loading: string;
}

/** Milliseconds a person stays somewhere until it is noted as the place to come back to. */
const SOON = 250;

export abstract class TabbedView<C extends PlainContext> implements Mounted {
  readonly model: Model;
  protected readonly head;
  protected readonly body;
  protected panel: Panel<C>;
  protected mounted: MountedPanel | null = null;
  protected place = "";
  #noting = 0;
  #ended = false;

  constructor(
    element: HTMLElement,
    readonly bench: Workbench,
    protected readonly look: Look<C>,
  ) {
    this.model = bench.model!;
    this.panel = look.panels[0]!;
    this.head = h("div", { class: "p3c-con-head" });
    this.body = h("div", { class: "p3c-con-body", role: "tabpanel", tabindex: "-1" });
    fill(element, h("div", { class: `p3c-middle p3c-con p3c-of-${look.name}` }, this.head, this.body));
  }

  /** What can be done, whatever panel is open. */
  protected abstract readonly own: Action[];
  /** Whether there is something to show. */
  protected abstract readonly loaded: boolean;
  protected abstract load(): Promise<void>;
  /** What a panel is given, made of what each is given. */
  protected abstract contextOf(plain: PlainContext): C;
  /** Note an address to come back to; what it is. */
  protected abstract keep(): string;
  abstract go(place: string): void;

  /** What stands in the head beside the tabs. */
  protected beside(): Child[] {
    return [];
  }

  /** What is shown instead of a panel, where there is nothing a panel could show. */
  protected instead(): Child | null {
    return null;
  }

  get actions(): Action[] {
    return [...(this.mounted?.actions ?? []), ...this.own];
  }

  /** Load what there is, and show a panel of it. */
  protected begin(panel: Panel<C>, at: string): void {
    this.leave();
    [this.panel, this.place] = [panel, at];
    this.drawHead();
    fill(this.body, h("p", { class: "p3c-wait", role: "status" }, this.look.loading));
    this.load().then(
      () => {
        if (!this.#ended && this.loaded) this.show(this.panel, this.place);
      },
      (error) => {
        if (this.#ended) return;
        fill(
          this.body,
          h("p", { class: "p3c-wait", role: "alert" }, error instanceof Error ? error.message : String(error)),
          h("p", { class: "p3c-wait" }, button("Try again", () => this.begin(this.panel, this.place))),
        );
      },
    );
  }

  /** Show a panel, now or as soon as there is something to show. */
  protected turnTo(panel: Panel<C>, at: string): void {
    if (this.loaded) return this.show(panel, at);
    [this.panel, this.place] = [panel, at];
    this.drawHead();
  }

  protected show(panel: Panel<C>, at: string): void {
    this.leave();
    [this.panel, this.place] = [panel, at];
    this.drawHead();
    // a tab that is out of sight comes into it
    this.head.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: "nearest", inline: "nearest" });
    // who came by a tab or an address is in the panel then, not in the heads over it
    const active = document.activeElement ?? document.body;
    const held = active.contains(this.body) || this.head.contains(active) || active.closest(".p3c-head") !== null;
    this.body.className = `p3c-con-body p3c-${this.look.name}-${panel.id}`;
    this.body.setAttribute("aria-label", panel.title);
    const instead = this.instead();
    fill(this.body, instead);
    if (!instead) this.mounted = panel.mount(this.body, this.contextOf(this.#plain(panel, at)));
    this.bench.options.offers?.(this.bench.actions);
    this.note();
    if (held) this.focus();
  }

  #plain(panel: Panel<C>, at: string): PlainContext {
    const { bench, model } = this;
    return {
      bench,
      model,
      place: at,
      at: (place) => {
        if (this.panel !== panel) return;
        this.place = place;
        this.note();
      },
      say: (text) => bench.say(text),
      open: (name, place = "") => {
        const found = this.look.panels.find((each) => each.id === name);
        if (!found) return;
        if (found === this.panel && this.mounted?.go && place) this.mounted.go(place);
        else this.turnTo(found, place);
      },
      openCard: (name) => bench.go(`configure/${encodeURIComponent(name)}`),
      openText: (key, start, end) => bench.go(toText(key, start === undefined || end === undefined ? null : { start, end })),
      known: async () => {
        if (model.study.writable) return Boolean(model.study.me) || bench.nameMe();
        bench.say("This study can only be read.");
        return false;
      },
    };
  }

  focus(): void {
    if (this.mounted?.focus) this.mounted.focus();
    else this.body.querySelector<HTMLElement>(".p3c-keys, button, input")?.focus({ preventScroll: true });
  }

  protected leave(): void {
    clearTimeout(this.#noting);
    this.mounted?.dispose();
    this.mounted = null;
  }

  protected note(): void {
    const here = this.keep();
    clearTimeout(this.#noting);
    this.#noting = window.setTimeout(() => this.bench.at(here), SOON);
  }

  protected drawHead(): void {
    redraw(
      this.head,
      ...this.beside(),
      h(
        "div",
        { role: "tablist", "aria-label": this.look.label, class: "p3c-con-tabs" },
        ...this.look.panels.map((each) =>
          button(each.title, () => (each === this.panel && this.mounted ? this.focus() : this.turnTo(each, "")), {
            class: "p3c-tab",
            role: "tab",
            "aria-selected": String(each === this.panel),
            "data-name": `panel ${each.id}`,
          }),
        ),
      ),
    );
  }

  turn(by: 1 | -1): void {
    const { panels } = this.look;
    const next = panels[(panels.indexOf(this.panel) + by + panels.length) % panels.length]!;
    if (next !== this.panel) this.turnTo(next, "");
  }

  dispose(): void {
    this.#ended = true;
    this.leave();
  }
}
