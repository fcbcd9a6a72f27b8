/** The Configure view: theories, configurations, and what speaks for them, panel by panel. */

import { button, fill, h } from "../dom";
import { toText } from "../start/words";
import type { Action, Mounted, View } from "../view";
import type { Workbench } from "../workbench";
import { redraw } from "../start/lists";
import type { ConfigurePanel, Context, MountedPanel } from "./panel";
import { PANELS } from "./panels";
import { type RealistStore, realistOf } from "./store";

export const configureView: View = {
  id: "configure",
  title: "Configure",
  mount: (element, bench, place) => new ConfigureView(element, bench, place),
};

/** Milliseconds a person stays somewhere until it is noted as the place to come back to. */
const SOON = 250;
/** Where one was last, as it stands in an address. */
const left = new WeakMap<object, string>();

export class ConfigureView implements Mounted {
  readonly model;
  readonly store: RealistStore;
  readonly #head = h("div", { class: "p3c-con-head" });
  readonly #body = h("div", { class: "p3c-con-body", role: "tabpanel", tabindex: "-1" });
  #panel: ConfigurePanel = PANELS[0]!;
  #mounted: MountedPanel | null = null;
  #place = "";
  #noting = 0;
  #ended = false;

  constructor(
    element: HTMLElement,
    readonly bench: Workbench,
    place: string,
  ) {
    this.model = bench.model!;
    this.store = realistOf(this.model);
    fill(element, h("div", { class: "p3c-middle p3c-con" }, this.#head, this.#body));
    fill(this.#body, h("p", { class: "p3c-wait", role: "status" }, "Loading theories and configurations …"));
    const [panel, at] = placeOf(place || (left.get(this.model) ?? ""));
    this.#drawHead(panel);
    this.#panel = panel;
    this.#place = at;
    this.#begin();
  }

  get actions(): Action[] {
    return [...(this.#mounted?.actions ?? []), ...configureActions(this)];
  }

  #begin(): void {
    this.store.load().then(
      () => {
        if (!this.#ended) this.#show(this.#panel, this.#place);
      },
      (error) => {
        if (this.#ended) return;
        fill(
          this.#body,
          h("p", { class: "p3c-wait", role: "alert" }, error instanceof Error ? error.message : String(error)),
          h("p", { class: "p3c-wait" }, button("Try again", () => this.#begin())),
        );
      },
    );
  }

  /** Go to `ID` of a configuration, or to `panel@place`. */
  go(place: string): void {
    const [panel, at] = placeOf(place);
    if (this.#mounted && panel === this.#panel && this.#mounted.go) {
      if (at) this.#mounted.go(at);
    } else this.#turnTo(panel, at);
  }

  /** Show a panel, now or as soon as there is something to show. */
  #turnTo(panel: ConfigurePanel, at: string): void {
    if (this.store.loaded) return this.#show(panel, at);
    [this.#panel, this.#place] = [panel, at];
    this.#drawHead(panel);
  }

  #show(panel: ConfigurePanel, at: string): void {
    this.#leave();
    this.#panel = panel;
    this.#place = at;
    this.#drawHead(panel);
    this.#revealTab();
    const view = this;
    const context: Context = {
      bench: this.bench,
      model: this.model,
      store: this.store,
      place: at,
      at: (place) => {
        if (view.#panel !== panel) return;
        this.#place = place;
        this.#note();
      },
      say: (text) => this.bench.say(text),
      open: (name, place = "") => this.go(`${name}@${place}`),
      openCard: (name) => this.go(`${PANELS[0]!.id}@${name}`),
      openText: (key, start, end) => this.bench.go(toText(key, start === undefined || end === undefined ? null : { start, end })),
      known: async () => {
        if (this.model.study.writable) return Boolean(this.model.study.me) || this.bench.nameMe();
        this.bench.say("This study can only be read.");
        return false;
      },
    };
    // who came by a tab or an address is in the panel then, not in the heads over it
    const active = document.activeElement ?? document.body;
    const held = active.contains(this.#body) || this.#head.contains(active) || active.closest(".p3c-head") !== null;
    this.#body.className = `p3c-con-body p3c-con-${panel.id}`;
    this.#body.setAttribute("aria-label", panel.title);
    fill(this.#body);
    this.#mounted = panel.mount(this.#body, context);
    this.bench.options.offers?.(this.bench.actions);
    this.#note();
    if (held) this.focus();
  }

  focus(): void {
    if (this.#mounted?.focus) this.#mounted.focus();
    else this.#body.querySelector<HTMLElement>(".p3c-keys, button, input")?.focus({ preventScroll: true });
  }

  #leave(): void {
    clearTimeout(this.#noting);
    this.#mounted?.dispose();
    this.#mounted = null;
  }

  #note(): void {
    const first = this.#panel === PANELS[0];
    const plain = first && this.#place && !PANELS.some((each) => each.id === this.#place) && !this.#place.includes("@");
    const here = plain ? this.#place : this.#place ? `${this.#panel.id}@${this.#place}` : first ? "" : this.#panel.id;
    left.set(this.model, here);
    clearTimeout(this.#noting);
    this.#noting = window.setTimeout(() => this.bench.at(here), SOON);
  }

  #drawHead(panel: ConfigurePanel): void {
    redraw(
      this.#head,
      h(
        "div",
        { role: "tablist", "aria-label": "Of the realist layer", class: "p3c-con-tabs" },
        ...PANELS.map((each) =>
          button(each.title, () => (each === this.#panel && this.#mounted ? this.focus() : this.#turnTo(each, "")), {
            class: "p3c-tab",
            role: "tab",
            "aria-selected": String(each === panel),
            "data-name": `panel ${each.id}`,
          }),
        ),
      ),
    );
  }

  /** A tab that is out of sight comes into it. */
  #revealTab(): void {
    this.#head.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  turn(by: 1 | -1): void {
    const at = PANELS.indexOf(this.#panel);
    const next = PANELS[(at + by + PANELS.length) % PANELS.length]!;
    if (next !== this.#panel) this.#turnTo(next, "");
  }

  dispose(): void {
    this.#ended = true;
    this.#leave();
  }
}

/** The panel and the place in it that an address names; a name alone is a configuration's, if it is no panel's. */
export function placeOf(place: string): [ConfigurePanel, string] {
  const at = place.indexOf("@");
  const name = at < 0 ? place : place.slice(0, at);
  const panel = PANELS.find((each) => each.id === name);
  if (panel) return [panel, at < 0 ? "" : place.slice(at + 1).replace(/^\//, "")];
  return [PANELS[0]!, place];
}

/** What can be done in the view, whatever panel is open. */
export function configureActions(view: ConfigureView): Action[] {
  return [
    { id: "con-panel-next", title: "Next panel", group: "Configure", keys: ["F6"], run: () => view.turn(1) },
    { id: "con-panel-before", title: "Panel before", group: "Configure", keys: ["Shift+F6"], run: () => view.turn(-1) },
  ];
}
