/** The Report view: a report on a programme, a site, a country or the study, written panel by panel. */

import { type Child, h } from "../dom";
import { type Look, type PlainContext, TabbedView } from "../tabbed";
import type { Action, View } from "../view";
import type { Workbench } from "../workbench";
import type { AboutRow } from "../wire";
import type { ReportContext, ReportPanel } from "./panel";
import { PANELS } from "./panels";
import { nameOfAbout, type ReportStore, reportOf } from "./store";

export const reportView: View = {
  id: "report",
  title: "Report",
  mount: (element, bench, place) => new ReportView(element, bench, place),
};

const LOOK: Look<ReportContext> = { panels: PANELS, name: "rep", label: "Of the report", loading: "Loading the report …" };
const KINDS: Record<string, string> = { programme: "Programmes", site: "Sites", country: "Countries", study: "Across all" };
/** Where one was last, as it stands in an address. */
const left = new WeakMap<object, string>();

export class ReportView extends TabbedView<ReportContext> {
  readonly store: ReportStore;
  protected readonly own = reportActions(this);
  /** What the report is to be about, once it is known what there is. */
  #wanted: string;
  #open: AboutRow | null = null;

  constructor(element: HTMLElement, bench: Workbench, place: string) {
    super(element, bench, LOOK);
    this.store = reportOf(this.model);
    const at = placeOf(place || (left.get(this.model) ?? ""));
    this.#wanted = at.about;
    this.begin(at.panel, at.place);
  }

  protected get loaded(): boolean {
    return this.#open !== null && this.#open === this.store.row && this.store.outline !== undefined;
  }

  protected async load(): Promise<void> {
    const { store } = this;
    await store.list();
    const name = this.#wanted;
    const found = store.find(name) ?? store.abouts[0];
    if (!found) throw new Error("There is nothing to report on yet: no programme is in this study.");
    if (name && !store.find(name)) this.bench.say(`There is no ‘${name}’ in this study.`);
    await store.open(found);
    this.#open = store.row;
  }

  protected contextOf(plain: PlainContext): ReportContext {
    return { ...plain, store: this.store, about: this.store.row };
  }

  /** Go to `panel@about/place`; what is left out stays as it is. */
  go(place: string): void {
    const { panel, about, place: at } = placeOf(place);
    const other = about && (!this.#open || nameOfAbout(this.#open) !== about);
    if (!place) return;
    if (other) {
      this.#wanted = about;
      this.begin(panel, at);
    } else if (panel === this.panel && this.mounted?.go && at) this.mounted.go(at);
    else if (panel !== this.panel) this.turnTo(panel, at);
  }

  protected keep(): string {
    const about = this.#open ? nameOfAbout(this.#open) : this.#wanted;
    const here = `${this.panel.id}@${about}${this.place ? `/${this.place}` : ""}`;
    left.set(this.model, here);
    return here;
  }

  protected override beside(): Child[] {
    const { abouts } = this.store;
    if (!abouts.length) return [];
    const groups = Object.entries(KINDS).map(([kind, label]): Child => {
      const rows = abouts.filter((each) => each.kind === kind);
      return rows.length > 0 && h("optgroup", { label }, ...rows.map((row) => h("option", { value: nameOfAbout(row), selected: row === this.#open }, row.label || row.key)));
    });
    const choose = (event: Event) => {
      this.#wanted = (event.target as HTMLSelectElement).value;
      this.begin(this.panel, "");
    };
    return [h("label", { class: "p3c-rep-about" }, h("span", {}, "Report on"), h("select", { "data-name": "about", onchange: choose }, ...groups))];
  }
}

/** The panel, what the report is about and the place in it that an address names, `panel@about/place`. */
export function placeOf(place: string): { panel: ReportPanel; about: string; place: string } {
  const at = place.indexOf("@");
  const name = at < 0 ? place : place.slice(0, at);
  const panel = PANELS.find((each) => each.id === name) ?? PANELS[0]!;
  const [about = "", ...rest] = at < 0 ? [] : place.slice(at + 1).split("/");
  return { panel, about, place: rest.join("/") };
}

/** What can be done in the view, whatever panel is open. */
export function reportActions(view: ReportView): Action[] {
  return [
    { id: "rep-panel-next", title: "Next panel", group: "Report", keys: ["Alt+PageDown"], run: () => view.turn(1) },
    { id: "rep-panel-before", title: "Panel before", group: "Report", keys: ["Alt+PageUp"], run: () => view.turn(-1) },
  ];
}
