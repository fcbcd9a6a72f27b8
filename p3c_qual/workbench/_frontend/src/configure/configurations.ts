/** The panel Configurations: all cards, filtered, built and compared. */

import { button, fill, h, onceAFrame } from "../dom";
import { redraw } from "../start/lists";
import type { Action } from "../view";
import { shown } from "../workbench";
import type { ConfigurationRow, EvidenceRow } from "../wire";
import { cardActions } from "./actions";
import { CardList } from "./cardlist";
import { cardClass, drawCard } from "./card";
import { Comparison } from "./comparison";
import { CardDeeds } from "./deeds";
import { FilterPane } from "./filterpane";
import { type Filters, filtered, find as findCards, type Found, type Indexed, index, kept, NONE } from "./filters";
import { firstConfiguration } from "./first";
import type { ConfigurePanel, Context, MountedPanel } from "./panel";
import { CardWriting } from "./writing";

export const configurationsPanel: ConfigurePanel = {
  id: "configurations",
  title: "Configurations",
  actions: cardActions,
  mount: (element, context) => new ConfigurationsPanel(element, context),
};

export class ConfigurationsPanel implements MountedPanel {
  readonly actions: Action[];
  readonly list: CardList;
  readonly deeds = new CardDeeds(this);
  readonly writing = new CardWriting(this);
  readonly #pane: FilterPane;
  readonly #tools = h("div", { class: "p3c-bar-of-tools", role: "toolbar", "aria-label": "Configurations" });
  readonly #rubric = h("p", { class: "p3c-con-rubric", hidden: true });
  readonly #main = h("div", { class: "p3c-con-main" });
  #comparison: Comparison | null = null;
  #filters: Filters;
  #found: Found | null = null;
  #indexed = new Map<string, Indexed>();
  #begins = false;
  #forget: (() => void)[];

  constructor(
    private readonly element: HTMLElement,
    readonly context: Context,
  ) {
    this.actions = cardActions(this);
    this.#filters = kept(sessionStorage.getItem(this.#slot));
    this.list = new CardList(
      {
        name: "Configurations",
        draw: (id, open) => {
          const row = this.store.configurations.get(id);
          return row ? drawCard(this, row, open) : [];
        },
        classOf: (id) => cardClass(this.store.configurations.get(id)!),
      },
      { moved: () => this.#moved() },
    );
    this.#pane = new FilterPane(this, (filters) => this.filter(filters));
    const soon = onceAFrame(() => this.#drawTools());
    this.#forget = [
      this.store.on((change) => this.#changed(change.configurations, change.rest)),
      this.model.on("codes", () => this.#changed(null, true)),
      this.model.on("study", soon),
    ];
    this.#changed(null, true);
    if (context.place) this.go(context.place);
  }

  get store() {
    return this.context.store;
  }

  get model() {
    return this.context.model;
  }

  get writable(): boolean {
    return this.model.study.writable;
  }

  /** Whether the label of strength is shown; it is not unless somebody wants it. */
  get strength(): boolean {
    return this.model.study.desk.strength === true;
  }

  get #slot(): string {
    return `p3c:configure:${this.model.path}`;
  }

  dispose(): void {
    this.writing.dispose();
    for (const each of this.#forget) each();
    this.list.dispose();
  }

  focus(): void {
    if (this.#comparison) this.#comparison.element.focus({ preventScroll: true });
    else if (this.#begins) this.#main.querySelector<HTMLElement>("button:not(:disabled)")?.focus({ preventScroll: true });
    else this.list.element.focus({ preventScroll: true });
  }

  // where one is

  /** Open a card by its key or id. */
  go(place: string): void {
    const row = this.store.configuration(place);
    if (row) this.open(row.id);
    else this.context.say(`There is no configuration ‘${place}’ in this study.`);
  }

  open(id: string): void {
    const row = this.store.configurations.get(id);
    if (!row) return;
    this.#compare([]);
    // who comes for a card sees it, whatever was filtered
    if (!this.list.ids.includes(id)) {
      const why = filtered(this.#filters) ? "Filters were cleared to show it." : "";
      this.filter({ ...NONE, state: row.state });
      if (why) this.context.say(why);
    }
    this.list.go(id, true);
    this.focus();
  }

  get row(): ConfigurationRow | undefined {
    return this.store.configurations.get(this.list.at);
  }

  #moved(): void {
    const { row } = this;
    if (row) {
      this.context.at(row.key);
      this.context.bench.announce(`${row.key} ${row.label || row.sentence}, ${row.completeness_label}${this.list.open === row.id ? ", shown in full" : ""}`);
    }
    this.#drawTools();
  }

  // filters

  filter(filters: Filters): void {
    this.#filters = filters;
    if (filtered(filters)) sessionStorage.setItem(this.#slot, JSON.stringify(filters));
    else sessionStorage.removeItem(this.#slot);
    this.find();
  }

  clear(): void {
    this.filter({ ...NONE });
    this.focus();
  }

  search(): void {
    this.#pane.focus();
  }

  toggleFilters(): void {
    this.#pane.toggle();
  }

  sameMechanism(mechanism: string): void {
    this.#compare([]);
    this.filter({ ...NONE, mechanism });
    this.context.say(`All with the mechanism ‘${this.store.mechanism(mechanism)}’ are shown.`);
    this.focus();
  }

  /** Whether a card passes the filters. */
  passes(id: string): boolean {
    return Boolean(this.#found?.ids.includes(id));
  }

  get filters(): Filters {
    return this.#filters;
  }

  /** Show what passes the filters now. */
  find(): void {
    const found = findCards(this.#indexed.values(), this.#filters);
    this.#found = found;
    this.list.show(this.#withHeld(found.ids));
    this.#pane.draw(found);
    this.#drawTools();
    this.#lay();
  }

  /** A card in which somebody writes stays until that is done, whatever is filtered. */
  #withHeld(ids: string[]): string[] {
    const { held } = this.list;
    if (!held || ids.includes(held) || !this.store.configurations.has(held)) return ids;
    const order = [...this.#indexed.keys()];
    const place = new Map(order.map((id, at) => [id, at]));
    return [...ids, held].sort((one, other) => place.get(one)! - place.get(other)!);
  }

  // what happens

  #changed(ids: string[] | null, rest: boolean): void {
    const { configurations } = this.store;
    const names = {
      theory: (id: string) => this.store.theory(id),
      mechanism: (id: string) => this.store.mechanism(id),
      programme: (id: string) => this.store.programme(id),
      code: (id: string) => this.model.code(id),
    };
    if (!ids || rest) this.#indexed = new Map([...configurations.values()].sort(byKey).map((row) => [row.id, index(row, names)]));
    else {
      const fresh = ids.some((id) => !this.#indexed.has(id));
      for (const id of ids) {
        const row = configurations.get(id);
        if (row) this.#indexed.set(id, index(row, names));
        else this.#indexed.delete(id);
      }
      if (fresh) this.#indexed = new Map([...this.#indexed].sort(([, one], [, other]) => byKey(one.row, other.row)));
    }
    this.list.forget((ids ?? this.list.ids).filter((id) => !configurations.has(id)));
    this.writing.check();
    this.find();
    // a card names others, and what stands beside the cards
    this.list.update(rest || !ids ? undefined : [...ids, ...ids.flatMap((id) => this.store.linksOf(id).flatMap((link) => [link.configuration, link.other]))]);
    this.#comparison?.draw();
  }

  // looking

  openText(evidence: EvidenceRow): void {
    this.context.openText(evidence.key, evidence.start, evidence.end);
  }

  compare(): void {
    if (this.#comparison) return this.#compare([]);
    const chosen = this.marked;
    if (chosen.length < 2) return this.context.say("Mark two cards or more with Space, then compare them.");
    this.#compare(chosen);
  }

  /** Show these side by side; none goes back to the cards. */
  #compare(ids: string[]): void {
    if (!ids.length && !this.#comparison) return;
    this.#comparison = ids.length ? new Comparison(this, ids) : null;
    this.#lay();
    this.#drawTools();
    this.focus();
  }

  /** The marked cards in their order, also those that are filtered out by now. */
  get marked(): string[] {
    return [...this.#indexed.keys()].filter((id) => this.list.marked.has(id));
  }

  get comparing(): boolean {
    return this.#comparison !== null;
  }

  escape(): void {
    if (this.#comparison) this.#compare([]);
    else if (this.list.marked.size) this.list.unmark();
    else if (this.list.open) this.list.toggle(this.list.open);
  }

  toggleStrength(): void {
    const { desk, writable, me } = this.model.study;
    desk.strength = !this.strength;
    if (writable && me) this.model.now("desk", { name: "strength", value: desk.strength }).catch(() => undefined);
    this.list.update();
    this.#comparison?.draw();
    if (this.#found) this.#pane.draw(this.#found);
    this.#drawTools();
  }

  // drawing

  keyOf(id: string): string {
    const action = this.actions.find((each) => each.id === id);
    const key = action && this.context.bench.keysOf(action).at(0);
    return key ? shown(key) : "";
  }

  /** What an action is called, with its key. */
  tip(id: string): string {
    const action = this.actions.find((each) => each.id === id);
    const key = this.keyOf(id);
    return action ? `${action.title}${key ? ` (${key})` : ""}` : "";
  }

  /** A button for one of the panel's actions, with its key in the tip. */
  tool(id: string, label: string, props: Record<string, any> = {}): HTMLElement {
    return button(label, () => this.actions.find((each) => each.id === id)!.run(), { title: this.tip(id), "data-name": id, disabled: !this.writable, ...props });
  }

  #lay(): void {
    this.#begins = this.store.configurations.size === 0;
    if (this.#begins) {
      fill(this.element, this.#main);
      fill(this.#main, firstConfiguration(this));
      return;
    }
    if (!this.element.contains(this.#pane.element)) fill(this.element, this.#pane.element, h("div", { class: "p3c-middle" }, this.#tools, this.#rubric, this.#main));
    const wanted = this.#comparison ? [this.#comparison.element] : this.list.ids.length ? [this.list.element] : [this.list.element, this.#none()];
    if (wanted.length > 1 || this.#main.children.length !== 1 || this.#main.firstChild !== wanted[0]) {
      const held = this.#main.contains(document.activeElement);
      const top = this.list.element.scrollTop;
      fill(this.#main, ...wanted);
      this.list.element.scrollTop = top;
      if (held) this.focus();
    }
  }

  #none(): HTMLElement {
    return h(
      "div",
      { class: "p3c-wait" },
      h("p", {}, "No configuration passes these filters."),
      button("Clear all filters", () => this.clear(), { class: "p3c-button p3c-main" }),
    );
  }

  #drawTools(): void {
    if (this.#begins) return;
    const { list } = this;
    const marked = this.marked.length;
    const shownNow = this.#found?.ids.length ?? 0;
    const total = this.#found?.total ?? 0;
    const rubric = this.store.valuesOf("rubric")[0]?.definition ?? "";
    this.#rubric.hidden = !this.strength || !rubric;
    this.#rubric.textContent = `Strength label: ${rubric}`;
    redraw(
      this.#tools,
      button("☰", () => this.toggleFilters(), { "aria-label": "Show or hide the filters", title: this.tip("con-filters"), "data-name": "filters" }),
      h("span", { class: "p3c-con-count", role: "status" }, this.#comparison ? `${this.#comparison.ids.length} side by side` : filtered(this.#filters) ? `${shownNow} of ${total}` : `${total}`, this.#comparison ? "" : total === 1 ? " configuration" : " configurations"),
      filtered(this.#filters) && !this.#comparison && button("Clear filters", () => this.clear(), { class: "p3c-button p3c-link", title: this.tip("con-clear"), "data-name": "clear" }),
      h("span", { class: "p3c-space" }),
      marked > 0 && !this.#comparison && h("span", { class: "p3c-inline" }, `${marked} marked `, button("Unmark", () => list.unmark(), { class: "p3c-button p3c-link", "data-name": "unmark", title: "Unmark all (Escape)" })),
      this.#comparison
        ? button("Back to the cards", () => this.#compare([]), { class: "p3c-button p3c-main", title: "Back to the cards (Escape)", "data-name": "con-compare" })
        : this.tool("con-compare", "Compare", { disabled: marked < 2 }),
      !this.#comparison && this.tool("con-merge", "Merge …", { disabled: !this.writable || marked < 2, "data-name": "tool merge" }),
      this.tool("con-new", "New …", { class: "p3c-button p3c-main", "aria-label": "New configuration" }),
    );
  }
}

// one for all comparisons: to make it takes longer than to compare
const { compare: inOrder } = new Intl.Collator("en", { numeric: true });
const byKey = (one: ConfigurationRow, other: ConfigurationRow): number => inOrder(one.key, other.key);
