/** The panel Facts: a ledger of values that somebody states; where they do not agree, which one the report goes by, and why. */

import { wide } from "../../configure/panels/pick";
import { foldText } from "../../core/fold";
import { ask, type Values } from "../../dialog";
import { button, count, fill, h, type Child } from "../../dom";
import { redraw } from "../../start/lists";
import { actionsOf } from "../../summarise/panels/loaded";
import type { Action } from "../../view";
import type { FactConflict, FactRow, FactState } from "../../wire";
import type { ReportContext, ReportPanel } from "../panel";
import { sentence, StatePanel } from "./base";
import { citations } from "./citing";

export const factsPanel: ReportPanel = {
  id: "facts",
  title: "Facts",
  mount: (element, context) => new FactsPanel(element, context),
};

type Field = "name" | "value" | "unit" | "date" | "remark";

export class FactsPanel extends StatePanel<FactState> {
  readonly actions: Action[];
  #find = "";
  #open = false;
  readonly #tools = h("div", { class: "p3c-bar-of-tools", role: "toolbar", "aria-label": "Facts" });
  readonly #page = h("div", { class: "p3c-pan-page p3c-keys", tabindex: "0", role: "region", "aria-label": "Ledger of facts" });

  constructor(element: HTMLElement, context: ReportContext) {
    super(element, context, { wait: "Loading the facts …", address: "facts", tables: ["fact", "citation"] });
    this.actions = actionsOf(
      "Facts",
      ["fact-next", "Next fact", ["ArrowDown", "j"], () => this.step(1)],
      ["fact-before", "Fact before", ["ArrowUp", "k"], () => this.step(-1)],
      ["fact-new", "Note a fact …", ["c"], () => this.create()],
      ["fact-open", "Conflicts that are not decided alone, or everything", ["n"], () => ((this.#open = !this.#open), this.refresh())],
      ["fact-find", "Words in the facts", ["/"], () => this.#tools.querySelector<HTMLElement>("input")?.focus()],
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

  /** Go to a fact by its row id or the beginning of it. */
  go(place: string): void {
    if (!this.state) return;
    this.#find = "";
    this.#open = false;
    this.refresh();
    const line = this.#page.querySelector<HTMLElement>(`[data-fact^="${CSS.escape(place)}"]`);
    line?.scrollIntoView({ block: "center" });
    line?.querySelector<HTMLElement>("textarea")?.focus({ preventScroll: true });
  }

  step(by: number): void {
    const stops = [...this.#page.querySelectorAll<HTMLElement>("[data-fact] > td:first-of-type textarea, [data-fact] > th textarea")];
    const at = stops.indexOf(document.activeElement as HTMLElement);
    stops[Math.max(0, Math.min(at + by, stops.length - 1))]?.focus();
  }

  #now(fact: FactRow): FactRow {
    return this.state!.facts.find((each) => each.id === fact.id) ?? fact;
  }

  // deeds

  async create(): Promise<void> {
    if (!(await this.context.known())) return;
    let made = "";
    const facts = this.state?.facts ?? [];
    const choose = [{ value: "", label: "no change" }, ...facts.map((each) => ({ value: each.id, label: said(each) }))];
    await ask(
      this.context.bench.root,
      {
        title: "Note a fact",
        wide: true,
        text: [h("p", { class: "p3c-quiet" }, "One value, as one source states it. What another source states is a fact of its own under the same name; where the two do not agree, it is shown.")],
        fields: [
          { name: "name", label: "What it is", required: true, help: "Such as: practices that take part." },
          { name: "value", label: "Value", required: true, help: "As it is stated: 18 of 20, about 36,000, fell by 3 %." },
          { name: "unit", label: "Unit", help: "Practices, people, GBP a year." },
          { name: "date", label: "For when", help: "Such as 2015 or 2015-06." },
          { name: "remark", label: "Remark", lines: 2 },
          ...(facts.length > 1
            ? [
                { name: "before", label: "Of a change: what was before", options: choose, help: "Then the stated change is held against the two." },
                { name: "after", label: "Of a change: what was after", options: choose },
              ]
            : []),
        ],
        ok: "Note it",
      },
      async (values: Values) => {
        made = await this.do<string>("note_fact", { ...values, ...this.about });
      },
    );
    if (made) {
      await this.fresh();
      this.go(made);
      this.context.say("Noted. Now add the place that states it.");
    } else this.focus();
  }

  async choose(fact: FactRow): Promise<void> {
    if (!(await this.context.known())) return;
    await ask(
      this.context.bench.root,
      { title: `The report goes by “${said(fact)}”`, fields: [{ name: "decision", label: "Because", lines: 3, required: true, value: fact.decision, help: "It is printed in the appendix, beside the value that is not followed." }], ok: "Go by this one" },
      async ({ decision }) => void (await this.do("choose_fact", { fact: fact.id, decision })),
    );
    this.focus();
  }

  async remove(fact: FactRow): Promise<void> {
    if (!(await this.context.known())) return;
    const rest = this.state!.facts.filter((each) => each.before === fact.id || each.after === fact.id).length;
    await ask(
      this.context.bench.root,
      { title: `Remove “${said(fact)}”`, text: [h("p", {}, `The references to its places go with it.${rest ? ` ${count(rest, "change")} will rest on nothing.` : ""} Undo brings it back.`)], ok: "Remove" },
      async () => void (await this.do("remove_fact", { fact: fact.id })),
    );
    this.focus();
  }

  // drawing

  protected draw(): void {
    const { facts, conflicts } = this.state!;
    const open = conflicts.filter((each) => !each.decided);
    redraw(
      this.#tools,
      this.tool("fact-new", "Note a fact …", { disabled: this.still }),
      h("span", {}, `${count(facts.length, "fact")}${conflicts.length ? `, ${count(conflicts.length, "conflict")}, ${open.length} to decide` : ""}`),
      h("span", { class: "p3c-space" }),
      h("input", {
        type: "search",
        "aria-label": "Words in the facts",
        placeholder: "Words",
        value: this.#find,
        "data-name": "words in facts",
        autocomplete: "off",
        oninput: (event: Event) => {
          this.#find = (event.target as HTMLInputElement).value;
          this.#drawPage();
        },
      }),
      conflicts.length > 0 && this.tool("fact-open", `To decide: ${open.length}`, { "aria-pressed": String(this.#open) }),
    );
    this.#drawPage();
  }

  #drawPage(): void {
    const { facts, conflicts } = this.state!;
    const words = foldText(this.#find).split(/\s+/).filter(Boolean);
    const fits = (fact: FactRow) => words.every((word) => foldText([fact.name, fact.value, fact.unit, fact.date, fact.remark, ...fact.citations.map((each) => each.key)].join(" ")).includes(word));
    const shown = facts.filter(fits);
    const shownIds = new Set(shown.map((each) => each.id));
    const disputes = conflicts.filter((each) => each.facts.some((id) => shownIds.has(id)) && (!this.#open || !each.decided)).sort((one, other) => Number(one.decided) - Number(other.decided));
    const top = this.#page.scrollTop;
    if (!facts.length) return redraw(this.#page, this.#none());
    redraw(
      this.#page,
      ...disputes.map((each) => this.#dispute(each)),
      this.#open && !disputes.length && h("p", { class: "p3c-quiet" }, "Every conflict is decided."),
      !this.#open && this.#table(shown, new Set(conflicts.flatMap((each) => each.facts))),
    );
    this.#page.scrollTop = top;
  }

  #none(): HTMLElement {
    return h(
      "div",
      { class: "p3c-pan-first" },
      h("h2", {}, "No fact yet"),
      h("p", {}, "Numbers and dates that the report states: how many take part, since when, at what cost. Each stands with the source that says so; where two sources say different things, both are kept and it is said by which one the report goes."),
      h("p", {}, button("Note a fact …", () => void this.create(), { class: "p3c-button p3c-main", disabled: this.still, "data-name": "fact-new" })),
    );
  }

  #dispute(conflict: FactConflict): HTMLElement {
    const facts = conflict.facts.map((id) => this.state!.facts.find((each) => each.id === id)).filter((each): each is FactRow => each !== undefined);
    const chosen = facts.find((each) => each.chosen);
    return h(
      "section",
      { class: `p3c-rp-dispute${conflict.decided ? " p3c-rp-decided" : ""}`, "aria-label": `Conflict: ${conflict.name}` },
      h("h3", {}, h("span", { "aria-hidden": "true" }, conflict.decided ? "✓ " : "⚠ "), conflict.name, h("small", {}, conflict.decided ? " decided" : " to decide")),
      h("p", {}, sentence(conflict.what)),
      h(
        "div",
        { class: "p3c-rp-values" },
        ...facts.map((fact) =>
          h(
            "div",
            { class: `p3c-rp-value${fact.chosen ? " p3c-rp-chosen-value" : ""}` },
            !same(fact.name, conflict.name) && h("small", {}, fact.name),
            h("b", { dir: "auto" }, [fact.value, fact.unit].filter(Boolean).join(" ")),
            h("small", {}, [fact.date, fact.citations.map((each) => each.key).join(", ") || "no source"].filter(Boolean).join(" · ")),
            fact.remark && h("small", { dir: "auto" }, fact.remark),
            fact.chosen || !same(fact.name, conflict.name)
              ? fact.chosen && h("p", {}, h("b", {}, "The report goes by this one: "), h("span", { dir: "auto" }, fact.decision))
              : button(chosen ? "Go by this one instead …" : "Go by this one, because …", () => void this.choose(fact), { disabled: this.still, "data-name": `choose ${fact.id}` }),
            fact.chosen && !this.still && button("Leave it open", () => void this.try("choose_fact", { fact: fact.id, decision: "" }), { class: "p3c-button p3c-link", "data-name": `leave ${fact.id}` }),
          ),
        ),
      ),
    );
  }

  #table(facts: FactRow[], disputed: Set<string>): HTMLElement {
    return wide(
      "p3c-pan-table p3c-rp-table p3c-rp-ledger",
      h("thead", {}, h("tr", {}, ...["What", "Value", "Unit", "For when", "Stated in"].map((each) => h("th", { scope: "col" }, each)), h("td", {}))),
      h("tbody", {}, ...facts.map((fact) => this.#line(fact, disputed.has(fact.id))), !facts.length && h("tr", {}, h("td", { colspan: 6, class: "p3c-quiet" }, "No fact fits."))),
    );
  }

  #line(fact: FactRow, disputed: boolean): HTMLElement {
    const refused = this.refusal(`${fact.id} change`);
    return h(
      "tr",
      { "data-fact": fact.id, class: disputed ? "p3c-rp-disputed" : null },
      h("th", { scope: "row" }, this.#field(fact, "name", "What it is", true), this.#field(fact, "remark", "Remark", false, "remark"), this.#change(fact), refused),
      h("td", {}, this.#field(fact, "value", "Value", true), fact.chosen && h("span", { class: "p3c-badge p3c-rp-taken", title: fact.decision }, "the report’s")),
      h("td", {}, this.#field(fact, "unit", "Unit", false, "unit")),
      h("td", {}, this.#field(fact, "date", "For when", false, "when")),
      h("td", {}, citations(this, fact.id, fact.citations, { about: "fact", name: said(fact), first: "document", target: async () => fact.id })),
      h("td", {}, !this.still && button("×", () => void this.remove(fact), { class: "p3c-button p3c-rp-off", "data-name": `remove ${fact.id}`, "aria-label": `Remove ${said(fact)}`, title: "Remove" })),
    );
  }

  #field(fact: FactRow, field: Field, label: string, needed: boolean, empty = "needed"): HTMLElement {
    return this.written(
      `${fact.id} ${field}`,
      fact[field],
      { label, empty, needed, class: `p3c-rp-field p3c-rp-f-${field}` },
      { now: () => this.#now(fact)[field], verb: "edit_fact", args: (text, was) => ({ fact: fact.id, fields: { [field]: text }, was: { [field]: was } }) },
    );
  }

  /** What a change in per cent is worked out from. */
  #change(fact: FactRow): Child {
    const { facts } = this.state!;
    if (!fact.before && !fact.after && !/%|per cent|percent/i.test(`${fact.value} ${fact.unit}`)) return null;
    const others = facts.filter((each) => each.id !== fact.id);
    const choose = (field: "before" | "after") => h("select", { "data-name": `${fact.id} ${field}`, "aria-label": `What was ${field}` }, h("option", { value: "" }, "–"), ...others.map((each) => h("option", { value: each.id, selected: each.id === fact[field] }, said(each))));
    const [before, after] = [choose("before"), choose("after")];
    const keep = () => {
      // only of both it can be worked out
      if (Boolean(before.value) !== Boolean(after.value)) return;
      void this.change(`${fact.id} change`, "edit_fact", { fact: fact.id, fields: { before: before.value, after: after.value } }, () => ({ before: this.#now(fact).before, after: this.#now(fact).after }));
    };
    if (others.length < 2) return null;
    for (const each of [before, after]) {
      each.disabled = this.still;
      each.addEventListener("change", keep);
    }
    return h("div", { class: "p3c-rp-from" }, h("small", {}, "Is it a change? From "), before, h("small", {}, " to "), after);
  }
}

/** Of a change in per cent, what it is worked out from has a name of its own. */
const same = (one: string, other: string): boolean => foldText(one).trim() === foldText(other).trim();

const said = (fact: FactRow): string => `${fact.name}: ${[fact.value, fact.unit].filter(Boolean).join(" ")}${fact.date ? ` (${fact.date})` : ""}`;
