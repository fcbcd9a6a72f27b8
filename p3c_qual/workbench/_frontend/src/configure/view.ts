/** The Configure view: theories, configurations, and what speaks for them, panel by panel. */

import { type Look, type PlainContext, TabbedView } from "../tabbed";
import type { Action, View } from "../view";
import type { Workbench } from "../workbench";
import type { ConfigurePanel, Context } from "./panel";
import { PANELS } from "./panels";
import { type RealistStore, realistOf } from "./store";

export const configureView: View = {
  id: "configure",
  title: "Configure",
  mount: (element, bench, place) => new ConfigureView(element, bench, place),
};

const LOOK: Look<Context> = { panels: PANELS, name: "con", label: "Of the realist layer", loading: "Loading theories and configurations …" };
/** Where one was last, as it stands in an address. */
const left = new WeakMap<object, string>();

export class ConfigureView extends TabbedView<Context> {
  readonly store: RealistStore;
  protected readonly own = configureActions(this);

  constructor(element: HTMLElement, bench: Workbench, place: string) {
    super(element, bench, LOOK);
    this.store = realistOf(this.model);
    this.begin(...placeOf(place || (left.get(this.model) ?? "")));
  }

  protected get loaded(): boolean {
    return this.store.loaded;
  }

  protected load(): Promise<void> {
    return this.store.load();
  }

  protected contextOf(plain: PlainContext): Context {
    return { ...plain, store: this.store, openCard: (name) => this.go(`${PANELS[0]!.id}@${name}`) };
  }

  /** Go to `ID` of a configuration, or to `panel@place`. */
  go(place: string): void {
    const [panel, at] = placeOf(place);
    if (this.mounted && panel === this.panel && this.mounted.go) {
      if (at) this.mounted.go(at);
    } else this.turnTo(panel, at);
  }

  protected keep(): string {
    const first = this.panel === PANELS[0];
    const plain = first && this.place && !PANELS.some((each) => each.id === this.place) && !this.place.includes("@");
    const here = plain ? this.place : this.place ? `${this.panel.id}@${this.place}` : first ? "" : this.panel.id;
    left.set(this.model, here);
    return here;
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
