/** The panel Patterns: the same mechanism over several contexts, and the demi-regularities stated of it. */

import { ask } from "../../dialog";
import { button, count, fill, h, type Child } from "../../dom";
import { redraw } from "../../start/lists";
import { actionsOf } from "../../summarise/panels/loaded";
import type { Action } from "../../view";
import type { MechanismRow, RegularityRow } from "../../wire";
import type { ConfigurePanel, Context } from "../panel";
import { BasePanel } from "./base";
import { Choice, type Line } from "./choice";
import { drawMechanism } from "./mechanismsheet";
import { pickConfiguration, short } from "./pick";
import { drawRegularity } from "./regularitysheet";
import { differs, sidesOf } from "./sides";

export const patternsPanel: ConfigurePanel = {
  id: "patterns",
  title: "Patterns",
  mount: (element, context) => new PatternsPanel(element, context),
};

export class PatternsPanel extends BasePanel {
  readonly actions: Action[];
  /** Configurations chosen beside one another, for a regularity over them. */
  readonly chosen = new Set<string>();
  readonly #list: Choice;
  readonly #tools = h("div", { class: "p3c-bar-of-tools", role: "toolbar", "aria-label": "Mechanisms and regularities" });
  readonly #sheet = h("div", { class: "p3c-pan-sheet", role: "region", tabindex: "-1" });
  readonly #main = h("div", { class: "p3c-pan-main" });

  constructor(element: HTMLElement, context: Context) {
    super(element, context);
    this.#list = new Choice("Mechanisms and demi-regularities", (id) => {
      this.refused = null;
      this.chosen.clear();
      this.context.at((context.store.mechanisms.get(id) ?? context.store.regularities.get(id))?.key ?? "");
      this.#drawSheet();
      this.#sheet.scrollTop = 0;
    }, () => this.free());
    this.#list.at = this.#named(context.place);
    this.actions = actionsOf(
      "Patterns",
      ["pattern-next", "Next mechanism or regularity", ["ArrowDown"], () => this.#list.step(1)],
      ["pattern-before", "Mechanism or regularity before", ["ArrowUp"], () => this.#list.step(-1)],
      ["pattern-name", "Name a mechanism …", ["c"], () => this.name()],
      ["pattern-state", "State a demi-regularity …", ["d"], () => this.state()],
      ["pattern-write", "Write in it", ["Enter"], () => this.#sheet.querySelector<HTMLElement>("textarea")?.focus()],
      ["pattern-remove", "Remove it …", ["Delete"], () => this.remove()],
    );
    this.draw();
  }

  go(place: string): void {
    const id = this.#named(place);
    if (!id) return this.context.say(`There is no mechanism or regularity ‘${place}’.`);
    this.#list.go(id);
  }

  focus(): void {
    if (this.#main.isConnected) this.#list.element.focus({ preventScroll: true });
    else this.element.querySelector<HTMLElement>("button")?.focus({ preventScroll: true });
  }

  #named(place: string): string {
    const { mechanisms, regularities } = this.context.store;
    const rows = [...mechanisms.values(), ...regularities.values()];
    return rows.find((each) => each.id === place || each.key === place)?.id ?? "";
  }

  get mechanism(): MechanismRow | undefined {
    return this.context.store.mechanisms.get(this.#list.at);
  }

  get regularity(): RegularityRow | undefined {
    return this.context.store.regularities.get(this.#list.at);
  }

  /** Open a mechanism or a regularity. */
  open(id: string): void {
    this.draw();
    this.#list.go(id);
  }

  // deeds

  async name(): Promise<void> {
    if (!(await this.context.known())) return;
    let made = "";
    await ask(
      this.context.bench.root,
      {
        title: "Name a mechanism",
        text: [h("p", { class: "p3c-quiet" }, "A name for what is at work in several configurations, so that they can be seen side by side. Such as: feeling heard, being asked across the desk.")],
        fields: [
          { name: "label", label: "Name", required: true },
          { name: "definition", label: "What it is", lines: 3, help: "Which resource meets which reasoning." },
        ],
        ok: "Name it",
      },
      async (values) => {
        made = await this.context.store.act<string>("name_mechanism", values);
      },
    );
    if (made) this.open(made);
    this.focus();
  }

  /** State a regularity over what is chosen, else over all configurations of the mechanism. */
  async state(): Promise<void> {
    if (!(await this.context.known())) return;
    const { store } = this.context;
    const mechanism = this.mechanism ?? store.mechanisms.get(this.regularity?.mechanism ?? "");
    const sides = mechanism ? sidesOf(mechanism.id, [...store.configurations.values()]) : [];
    const over = sides.map((each) => each.configuration).filter((each) => !this.chosen.size || this.chosen.has(each.id));
    let made = "";
    await ask(
      this.context.bench.root,
      {
        title: "State a demi-regularity",
        wide: true,
        text: [
          h("p", { class: "p3c-quiet" }, "What tends to happen, in which contexts, and not always: a pattern over configurations that is good enough to expect it elsewhere."),
          over.length
            ? h("div", {}, h("p", {}, `Over ${count(over.length, "configuration")}${mechanism ? ` of ‘${mechanism.label}’` : ""}:`), h("ul", { class: "p3c-pan-over" }, ...over.map((each) => h("li", { dir: "auto" }, h("b", {}, each.key), ` ${short(each.sentence || each.label, 140)}`))))
            : h("p", {}, "It begins without configurations; add them where it stands."),
        ],
        fields: [
          { name: "label", label: "Name", required: true },
          { name: "statement", label: "What it says", lines: 3, help: "In contexts like these, this mechanism tends to lead to …" },
        ],
        ok: "State it",
      },
      async (values) => {
        made = await store.act<string>("state_regularity", { ...values, mechanism: mechanism?.id ?? "", configurations: over.map((each) => each.id) });
      },
    );
    if (made) this.open(made);
    this.focus();
  }

  async remove(): Promise<void> {
    const { mechanism, regularity } = this;
    const { store, bench, known } = this.context;
    if ((!mechanism && !regularity) || !(await known())) return;
    const [label, verb, name, text] = mechanism
      ? [mechanism.label, "remove_mechanism", "mechanism", `${count(sidesOf(mechanism.id, [...store.configurations.values()]).length, "configuration")} will have no named mechanism; they stay as they are.`]
      : [regularity!.label, "remove_regularity", "regularity", `${count(regularity!.instances.length, "instance")} will be under it no more; the configurations stay.`];
    await ask(bench.root, { title: `Remove ‘${label}’`, text: [h("p", {}, `${text} Undo brings it back.`)], ok: "Remove" }, async () => void (await store.act(verb, { [name]: (mechanism ?? regularity)!.id })));
    this.focus();
  }

  /** Let a configuration be of the mechanism. */
  async addTo(mechanism: MechanismRow): Promise<void> {
    if (!(await this.context.known())) return;
    const { store } = this.context;
    const from = [...store.configurations.values()].filter((each) => !each.state && each.mechanism !== mechanism.id);
    await pickConfiguration(this, { title: `A configuration in which ‘${mechanism.label}’ is at work`, ok: "It is at work there", from }, (row) => store.edit("edit_configuration", "configuration", row, { mechanism: mechanism.id }));
  }

  // drawing

  protected draw(): void {
    const { mechanisms, regularities } = this.context.store;
    if (!mechanisms.size && !regularities.size) return this.#drawNone();
    if (!this.#main.isConnected) {
      fill(this.element, this.#tools, this.#main);
      fill(this.#main, this.#list.element, this.#sheet);
    }
    redraw(
      this.#tools,
      this.tool("pattern-name", "Name a mechanism …", { disabled: this.still }),
      this.tool("pattern-state", "State a demi-regularity …", { disabled: this.still }),
    );
    const all = [...this.context.store.configurations.values()];
    this.#list.show([
      {
        title: count(mechanisms.size, "mechanism"),
        none: "No mechanism is named yet.",
        lines: [...mechanisms.values()].map((each): Line => {
          const sides = sidesOf(each.id, all);
          const programmes = new Set(sides.map((side) => side.configuration.programme).filter(Boolean));
          return {
            id: each.id,
            content: [
              h("b", { dir: "auto" }, each.label),
              h("div", { class: "p3c-pan-foot" }, h("span", {}, count(sides.length, "configuration")), programmes.size > 0 && h("span", {}, count(programmes.size, "programme")), differs(sides) && h("b", { class: "p3c-pan-warn" }, "⇅ directions differ")),
            ],
          };
        }),
      },
      {
        title: regularities.size === 1 ? "1 demi-regularity" : `${regularities.size} demi-regularities`,
        none: "None is stated yet. Choose configurations of a mechanism, then state one over them.",
        lines: [...regularities.values()].map((each): Line => {
          const against = each.instances.filter((row) => row.role === "contradicts").length;
          return {
            id: each.id,
            content: [h("b", { dir: "auto" }, each.label), h("div", { class: "p3c-pan-foot" }, h("span", {}, `${each.instances.length - against} for`), h("span", {}, `${against} against`), h("span", {}, mechanisms.get(each.mechanism)?.label ?? ""))],
          };
        }),
      },
    ]);
    this.#drawSheet();
  }

  #drawSheet(): void {
    const { mechanism, regularity } = this;
    const shown: Child[] = mechanism ? drawMechanism(this, mechanism) : regularity ? drawRegularity(this, regularity) : [];
    this.#sheet.setAttribute("aria-label", (mechanism ?? regularity)?.label ?? "");
    redraw(this.#sheet, ...shown);
  }

  #drawNone(): void {
    fill(
      this.element,
      h(
        "div",
        { class: "p3c-pan-first" },
        h("h2", {}, "No mechanism is named yet"),
        h("p", {}, "The same mechanism may be at work here and there, and lead to something else in another context. To see that, give it a name, and say in which configurations it is."),
        h("p", {}, "Its configurations then stand side by side, over contexts and programmes. Where they go the same way you may state a demi-regularity; where they go different ways, look at what is different about the contexts."),
        h("p", {}, button("Name a mechanism …", () => void this.name(), { class: "p3c-button p3c-main", disabled: this.still, "data-name": "pattern-name" }), " ", button("State a demi-regularity …", () => void this.state(), { disabled: this.still })),
      ),
    );
  }
}
