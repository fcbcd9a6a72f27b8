/** The panel Theories: programme theories by chain, from the initial one to what became of it. */

import { ask } from "../../dialog";
import { button, count, fill, h } from "../../dom";
import { foldText } from "../../core/fold";
import { redraw } from "../../start/lists";
import { actionsOf } from "../../summarise/panels/loaded";
import type { Action } from "../../view";
import type { TheoryRow } from "../../wire";
import type { ConfigurePanel, Context } from "../panel";
import { BasePanel } from "./base";
import { Choice } from "./choice";
import { drawTheory } from "./theorysheet";
import { chainsOf, sentenceOf } from "./versions";

export const theoriesPanel: ConfigurePanel = {
  id: "theories",
  title: "Theories",
  mount: (element, context) => new TheoriesPanel(element, context),
};

export class TheoriesPanel extends BasePanel {
  readonly actions: Action[];
  #words = "";
  #programme = "";
  #status = "";
  readonly #list: Choice;
  readonly #tools = h("div", { class: "p3c-bar-of-tools", role: "toolbar", "aria-label": "Theories" });
  readonly #sheet = h("div", { class: "p3c-pan-sheet", role: "region", tabindex: "-1" });
  readonly #main = h("div", { class: "p3c-pan-main" });

  constructor(element: HTMLElement, context: Context) {
    super(element, context);
    this.#list = new Choice("Theories by chain", (id) => {
      this.refused = null;
      this.context.at(context.store.theories.get(id)?.key ?? "");
      this.#drawSheet();
      this.#sheet.scrollTop = 0;
    }, () => this.free());
    this.#list.at = this.#named(context.place)?.id ?? "";
    this.actions = actionsOf(
      "Theories",
      ["theory-next", "Next theory", ["ArrowDown"], () => this.#list.step(1)],
      ["theory-before", "Theory before", ["ArrowUp"], () => this.#list.step(-1)],
      ["theory-new", "New theory …", ["c"], () => this.create()],
      ["theory-refine", "Refine the theory: a next version of it …", ["r"], () => this.refine()],
      ["theory-write", "Write in the theory", ["Enter"], () => this.#sheet.querySelector<HTMLElement>("textarea")?.focus()],
      ["theory-remove", "Remove the theory …", ["Delete"], () => this.remove()],
    );
    this.draw();
  }

  go(place: string): void {
    const theory = this.#named(place);
    if (!theory) return this.context.say(`There is no theory ‘${place}’.`);
    this.#words = this.#programme = this.#status = "";
    this.draw();
    this.#list.go(theory.id);
  }

  focus(): void {
    if (this.#main.contains(this.#list.element)) this.#list.element.focus({ preventScroll: true });
    else this.element.querySelector<HTMLElement>("button")?.focus({ preventScroll: true });
  }

  #named(place: string): TheoryRow | undefined {
    const { theories } = this.context.store;
    return theories.get(place) ?? [...theories.values()].find((each) => each.key === place);
  }

  get theory(): TheoryRow | undefined {
    return this.context.store.theories.get(this.#list.at);
  }

  /** Open a theory of the list. */
  open(id: string): void {
    if (!this.#fits(this.context.store.theories.get(id))) this.#words = this.#programme = this.#status = "";
    this.draw();
    this.#list.go(id);
  }

  // deeds

  async create(): Promise<void> {
    if (!(await this.context.known())) return;
    let made = "";
    const { store } = this.context;
    await ask(
      this.context.bench.root,
      {
        title: "New theory",
        wide: true,
        text: [h("p", { class: "p3c-quiet" }, "What you expect before you look: for whom, by what, and why it would work. It is version 0; refining it makes the next.")],
        fields: [
          { name: "label", label: "Name", required: true, help: "A few words to call it by." },
          { name: "if_", label: "If", lines: 2, required: true, help: "What is offered, to whom and in which circumstances." },
          { name: "then_", label: "Then", lines: 2, required: true, help: "What comes of it." },
          { name: "because", label: "Because", lines: 2, required: true, help: "What those concerned think, feel or decide, so that it does." },
          { name: "level", label: "Level", value: "programme", options: options(store.valuesOf("theory_levels")) },
          { name: "programme", label: "Programme", options: [{ value: "", label: "of no single one" }, ...options(this.programmes)] },
          { name: "origin", label: "Where it comes from", help: "A document, a talk with those who planned it, other studies." },
        ],
        ok: "Write the theory",
      },
      async (values) => {
        made = await store.act<string>("write_theory", values);
      },
    );
    if (made) this.open(made);
    this.focus();
  }

  async refine(): Promise<void> {
    const { theory } = this;
    if (!theory) return this.context.say("There is no theory to refine yet.");
    if (!(await this.context.known())) return;
    let made = "";
    await ask(
      this.context.bench.root,
      {
        title: `Refine ‘${theory.label}’`,
        wide: true,
        text: [h("p", { class: "p3c-quiet" }, `Version ${theory.version} stays as it is; this becomes version ${theory.version + 1}. It is being tested at first. Call it refined once negative cases were searched for.`)],
        fields: [
          { name: "change", label: "What changed, and why", lines: 3, required: true, first: true, help: "Which passages made you change it." },
          { name: "if_", label: "If", lines: 2, value: theory.if_, required: true },
          { name: "then_", label: "Then", lines: 2, value: theory.then_, required: true },
          { name: "because", label: "Because", lines: 2, value: theory.because, required: true },
          { name: "label", label: "Name", value: theory.label, required: true },
        ],
        ok: "Make the next version",
      },
      async (values) => {
        made = await this.context.store.act<string>("refine_theory", { theory: theory.id, ...values });
      },
    );
    if (made) this.open(made);
    this.focus();
  }

  async remove(): Promise<void> {
    const { theory } = this;
    if (!theory || !(await this.context.known())) return;
    const tests = [...this.context.store.configurations.values()].filter((each) => each.theory === theory.id);
    const after = [...this.context.store.theories.values()].filter((each) => each.supersedes === theory.id);
    await ask(
      this.context.bench.root,
      {
        title: `Remove the theory ‘${theory.label}’`,
        text: [
          h("p", { dir: "auto" }, sentenceOf(theory)),
          tests.length > 0 && h("p", {}, `${count(tests.length, "configuration")} will test no theory: ${tests.map((each) => each.key).join(", ")}.`),
          after.length > 0 && h("p", {}, theory.supersedes ? "The version after it then follows the one before it." : "The version after it is then the initial one."),
          h("p", {}, "Undo brings it back."),
        ],
        ok: "Remove",
      },
      async () => void (await this.context.store.act("remove_theory", { theory: theory.id })),
    );
    this.focus();
  }

  // drawing

  protected draw(): void {
    const { theories } = this.context.store;
    if (!theories.size) return this.#drawNone();
    if (!this.element.contains(this.#main)) {
      fill(this.element, this.#tools, this.#main);
      fill(this.#main, this.#list.element, this.#sheet);
    }
    this.#drawList();
    this.#drawTools();
    this.#drawSheet();
  }

  #drawNone(): void {
    fill(
      this.element,
      h(
        "div",
        { class: "p3c-pan-first" },
        h("h2", {}, "There is no theory yet"),
        h("p", {}, "A realist evaluation begins with what it wants to find out about: a statement that can turn out wrong. It has three parts."),
        h(
          "dl",
          { class: "p3c-pan-example" },
          ...[
            ["If", "a nurse has time for a long talk with people whom several services pass on,"],
            ["then", "they are admitted less often,"],
            ["because", "they feel heard for once, and tell what they would not have told."],
          ].flatMap(([tag, words]) => [h("dt", { class: "p3c-pan-tag" }, tag!), h("dd", {}, words!)]),
        ),
        h("p", {}, "Configurations then test it with what people said. Where they speak against it, a next version says what changed and why; the version before stays."),
        h("p", {}, button("New theory …", () => void this.create(), { class: "p3c-button p3c-main", disabled: this.still, "data-name": "theory-new" })),
      ),
    );
  }

  #drawTools(): void {
    const { store } = this.context;
    const choose = (name: string, label: string, value: string, all: string, rows: { value: string; label: string }[], set: (value: string) => void) =>
      h(
        "select",
        { "aria-label": label, "data-name": name, onchange: (event: Event) => (set((event.target as HTMLSelectElement).value), this.draw()) },
        ...[{ value: "", label: all }, ...rows].map((each) => h("option", { value: each.value, selected: each.value === value }, each.label)),
      );
    redraw(
      this.#tools,
      this.tool("theory-new", "New theory …", { disabled: this.still }),
      h("span", { class: "p3c-space" }),
      h("input", {
        type: "search",
        "aria-label": "Words in the theories",
        placeholder: "Words",
        value: this.#words,
        "data-name": "words",
        autocomplete: "off",
        oninput: (event: Event) => {
          this.#words = (event.target as HTMLInputElement).value;
          this.#drawList();
          this.#drawSheet();
        },
      }),
      this.programmes.length > 1 && choose("programme", "Programme", this.#programme, "all programmes", options(this.programmes), (value) => (this.#programme = value)),
      choose("status", "Status", this.#status, "any status", options(store.valuesOf("theory_statuses")), (value) => (this.#status = value)),
    );
  }

  #fits(theory: TheoryRow | undefined): boolean {
    if (!theory) return false;
    const words = foldText(this.#words).split(/\s+/).filter(Boolean);
    const said = foldText([theory.key, theory.label, sentenceOf(theory), theory.change].join(" "));
    return (!this.#programme || theory.programme === this.#programme) && (!this.#status || theory.status === this.#status) && words.every((word) => said.includes(word));
  }

  #drawList(): void {
    const { store } = this.context;
    // a chain is shown whole where one of its versions fits
    const chains = chainsOf([...store.theories.values()]).filter((chain) => chain.some((each) => this.#fits(each)));
    this.#list.show(
      chains.length
        ? chains.map((chain) => ({
            title: chain.length > 1 ? `${count(chain.length, "version")}` : undefined,
            lines: chain.map((each) => ({
              id: each.id,
              depth: Math.min(each.version, 4),
              content: [
                h("div", { class: "p3c-pan-foot" }, h("b", { class: "p3c-pan-v" }, `v${each.version}`), h("b", { dir: "auto" }, each.label)),
                h("span", { class: "p3c-pan-clamp", dir: "auto" }, sentenceOf(each)),
                h(
                  "div",
                  { class: "p3c-pan-foot" },
                  h("span", { class: `p3c-badge p3c-pan-s-${each.status}` }, store.label("theory_statuses", each.status)),
                  each.programme && h("span", {}, this.programme(each.programme)),
                  each.faults.length > 0 && h("b", { class: "p3c-pan-warn", title: each.faults.map((fault) => fault.what).join("\n") }, `⚠ ${each.faults.length}`),
                ),
              ],
            })),
          }))
        : [{ lines: [], none: "No theory fits." }],
    );
  }

  #drawSheet(): void {
    const { theory } = this;
    if (!theory) return fill(this.#sheet);
    this.#sheet.setAttribute("aria-label", theory.label);
    redraw(this.#sheet, ...drawTheory(this, theory));
  }
}

/** Values of a property as options of a choice. */
export const options = (rows: readonly { id: string; label: string }[]): { value: string; label: string }[] => rows.map((each) => ({ value: each.id, label: each.label }));
