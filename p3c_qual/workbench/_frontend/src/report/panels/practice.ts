/** The panel Plan & practice: what a document claims, beside what people say of it, component by component. */

import { ask } from "../../dialog";
import { button, count, fill, h } from "../../dom";
import { redraw } from "../../start/lists";
import { listed } from "../../start/words";
import { actionsOf } from "../../summarise/panels/loaded";
import type { Action } from "../../view";
import type { ContrastRow, ContrastState } from "../../wire";
import type { ReportContext, ReportPanel } from "../panel";
import { StatePanel } from "./base";
import { citations } from "./citing";
import { options, radios } from "./radios";

export const practicePanel: ReportPanel = {
  id: "practice",
  title: "Plan & practice",
  mount: (element, context) => new PracticePanel(element, context),
};

type Field = "label" | "claim" | "practice" | "remark";

/** What a contrast lacks before it can be printed. */
export function lacking(row: ContrastRow): string[] {
  return [
    !row.claim && "what the plan says",
    !row.practice && "what people say",
    row.claim && !row.citations.some((each) => each.side === "plan") && "the document that says so",
    row.practice && !row.citations.some((each) => each.side === "practice") && "the interview it is from",
    !row.verdict && "how the two go together",
  ].filter((each): each is string => Boolean(each));
}

export class PracticePanel extends StatePanel<ContrastState> {
  readonly actions: Action[];
  #verdict = "";
  readonly #tools = h("div", { class: "p3c-bar-of-tools", role: "toolbar", "aria-label": "Plan and practice" });
  readonly #page = h("div", { class: "p3c-pan-page p3c-keys", tabindex: "0", role: "region", "aria-label": "Plan beside practice" });

  constructor(element: HTMLElement, context: ReportContext) {
    super(element, context, { wait: "Loading plan and practice …", address: "contrasts", tables: ["contrast", "citation"] });
    this.actions = actionsOf(
      "Plan & practice",
      ["contrast-next", "Next one", ["ArrowDown", "j"], () => this.step(1)],
      ["contrast-before", "One before", ["ArrowUp", "k"], () => this.step(-1)],
      ["contrast-new", "Put a claim beside what people say …", ["c"], () => this.create()],
    );
    this.load();
  }

  protected begin(): void {
    fill(this.element, this.#tools, this.#page);
    if (this.context.place) this.go(this.context.place);
  }

  protected enter(): void {
    this.#page.focus({ preventScroll: true });
  }

  go(place: string): void {
    const card = this.#page.querySelector<HTMLElement>(`[data-contrast="${CSS.escape(place)}"]`);
    card?.scrollIntoView({ block: "start" });
    card?.querySelector<HTMLElement>("textarea")?.focus({ preventScroll: true });
  }

  step(by: number): void {
    const cards = [...this.#page.querySelectorAll<HTMLElement>("[data-contrast]")];
    const at = cards.findIndex((each) => each.contains(document.activeElement));
    const card = cards[Math.max(0, Math.min(at + by, cards.length - 1))];
    card?.scrollIntoView({ block: "nearest" });
    card?.querySelector<HTMLElement>("textarea")?.focus({ preventScroll: true });
  }

  #now(row: ContrastRow): ContrastRow {
    return this.state!.contrasts.find((each) => each.id === row.id) ?? row;
  }

  async create(): Promise<void> {
    if (!(await this.context.known())) return;
    let made = "";
    const { components } = this.state!;
    await ask(
      this.context.bench.root,
      {
        title: "Plan beside practice",
        wide: true,
        text: [h("p", { class: "p3c-quiet" }, "What a document says is done, and what people say is done. The places that say so are added afterwards.")],
        fields: [
          { name: "label", label: "What it is about", required: true, help: "A few words, such as: time for a first talk." },
          ...(components.length ? [{ name: "component", label: "Component", options: [{ value: "", label: "of none" }, ...options(components)] }] : []),
          { name: "claim", label: "The plan says", lines: 3 },
          { name: "practice", label: "People say", lines: 3 },
        ],
        ok: "Put them beside each other",
      },
      async (values) => {
        made = await this.do<string>("write_contrast", { ...values, ...this.about });
      },
    );
    if (!made) return this.focus();
    await this.fresh();
    this.#verdict = "";
    this.refresh();
    this.go(made);
  }

  async remove(row: ContrastRow): Promise<void> {
    if (!(await this.context.known())) return;
    await ask(
      this.context.bench.root,
      { title: `Remove ‘${row.label}’`, text: [h("p", {}, `${row.citations.length ? `The ${count(row.citations.length, "reference")} to its places go with it. ` : ""}Undo brings it back.`)], ok: "Remove" },
      async () => void (await this.do("remove_contrast", { contrast: row.id })),
    );
    this.focus();
  }

  // drawing

  protected draw(): void {
    const { contrasts, verdicts } = this.state!;
    const of = (id: string) => contrasts.filter((each) => each.verdict === id).length;
    redraw(
      this.#tools,
      this.tool("contrast-new", "Plan beside practice …", { disabled: this.still }),
      h("span", { class: "p3c-space" }),
      ...(contrasts.length
        ? [{ id: "", label: "All" }, ...verdicts, { id: "none", label: "No verdict" }].map((each) =>
            button(`${each.label} (${each.id === "" ? contrasts.length : of(each.id === "none" ? "" : each.id)})`, () => ((this.#verdict = each.id), this.refresh()), { "aria-pressed": String(this.#verdict === each.id), "data-name": `verdict ${each.id}` }),
          )
        : []),
    );
    const shown = contrasts.filter((each) => !this.#verdict || each.verdict === (this.#verdict === "none" ? "" : this.#verdict));
    const top = this.#page.scrollTop;
    redraw(this.#page, ...(contrasts.length ? (shown.length ? shown.map((each) => this.#card(each)) : [h("p", { class: "p3c-quiet" }, "None of them.")]) : [this.#none()]));
    this.#page.scrollTop = top;
  }

  #none(): HTMLElement {
    return h(
      "div",
      { class: "p3c-pan-first" },
      h("h2", {}, "Nothing is held against the plan yet"),
      h("p", {}, "A formal description says what was planned. Interviews say what is done: as planned, adapted, not done, or more than was planned. A thick description tells both, with the places they are from."),
      h("p", {}, button("Plan beside practice …", () => void this.create(), { class: "p3c-button p3c-main", disabled: this.still, "data-name": "contrast-new" })),
    );
  }

  #card(row: ContrastRow): HTMLElement {
    const { verdicts, components } = this.state!;
    const lacks = lacking(row);
    return h(
      "section",
      { class: "p3c-rp-card", "data-contrast": row.id, "aria-label": row.label },
      h(
        "div",
        { class: "p3c-pan-top" },
        this.#field(row, "label", "What it is about", "", "p3c-pan-name"),
        this.#component(row, components),
        !this.still && button("×", () => void this.remove(row), { class: "p3c-button p3c-rp-off", "data-name": `remove ${row.id}`, "aria-label": `Remove ${row.label}`, title: "Remove" }),
      ),
      h(
        "div",
        { class: "p3c-rp-sides" },
        h("div", { class: "p3c-rp-side" }, this.#field(row, "claim", "The plan says", "What a document claims"), this.#places(row, "plan")),
        h("div", { class: "p3c-rp-side" }, this.#field(row, "practice", "People say", "What was said of it in interviews"), this.#places(row, "practice")),
      ),
      h(
        "div",
        { class: "p3c-rp-under" },
        radios(`${row.id} verdict`, "How they go together", row.verdict, options(verdicts), { still: this.still, empty: true, seen: true }, (verdict) => void this.change(`${row.id} verdict`, "edit_contrast", { contrast: row.id, fields: { verdict } }, () => ({ verdict: this.#now(row).verdict }))),
      ),
      this.refusal(`${row.id} verdict`) ?? this.refusal(`${row.id} component`),
      this.#field(row, "remark", "Remark", "What else there is to say of it"),
      lacks.length > 0 && h("p", { class: "p3c-rp-lacks" }, `Missing: ${listed(lacks)}.`),
    );
  }

  #field(row: ContrastRow, field: Field, label: string, empty: string, more = ""): HTMLElement {
    return this.written(
      `${row.id} ${field}`,
      row[field],
      { label, empty, needed: field === "label", class: more },
      { now: () => this.#now(row)[field], verb: "edit_contrast", args: (text, was) => ({ contrast: row.id, fields: { [field]: text }, was: { [field]: was } }) },
    );
  }

  #component(row: ContrastRow, components: { id: string; label: string }[]): HTMLElement {
    const known = !row.component || components.some((each) => each.id === row.component);
    return h(
      "label",
      { class: "p3c-rp-component" },
      h("span", { class: "p3c-pan-tag" }, "Component "),
      h(
        "select",
        { "data-name": `${row.id} component`, disabled: this.still, onchange: (event: Event) => void this.change(`${row.id} component`, "edit_contrast", { contrast: row.id, fields: { component: (event.target as HTMLSelectElement).value } }, () => ({ component: this.#now(row).component })) },
        h("option", { value: "" }, "of none"),
        ...components.map((each) => h("option", { value: each.id, selected: each.id === row.component }, each.label)),
        !known && h("option", { value: row.component, selected: true }, row.component),
      ),
    );
  }

  #places(row: ContrastRow, side: "plan" | "practice"): HTMLElement {
    return citations(
      this,
      `${row.id} ${side}`,
      row.citations.filter((each) => each.side === side),
      { about: "contrast", side, name: side === "plan" ? `the plan of ‘${row.label}’` : `what people say of ‘${row.label}’`, first: side === "plan" ? "document" : "interview", target: async () => row.id },
    );
  }
}
