/** The panel Names & checks: what stands against a final report, what else was found, and the names that are printed. */

import { button, count, fill, h, type Child } from "../../dom";
import { list, redraw } from "../../start/lists";
import { actionsOf } from "../../summarise/panels/loaded";
import type { Action } from "../../view";
import type { LintRow, LintState } from "../../wire";
import type { ReportContext, ReportPanel } from "../panel";
import { sentence, StatePanel } from "./base";
import { KnownQuotes } from "./known";
import { drawNames } from "./names";
import { short } from "./words";

export const checksPanel: ReportPanel = {
  id: "checks",
  title: "Names & checks",
  mount: (element, context) => new ChecksPanel(element, context),
};

/** Findings of one kind; those that stop a final report first. */
export function grouped(faults: readonly LintRow[]): { code: string; gate: boolean; rows: LintRow[] }[] {
  const groups = new Map<string, { code: string; gate: boolean; rows: LintRow[] }>();
  for (const fault of faults) {
    const name = `${fault.gate} ${fault.code}`;
    const group = groups.get(name) ?? { code: fault.code, gate: fault.gate, rows: [] };
    group.rows.push(fault);
    groups.set(name, group);
  }
  return [...groups.values()].sort((one, other) => Number(other.gate) - Number(one.gate));
}

/** What is found, in the words of an author. */
const TITLES: Record<string, string> = {
  balance: "Spread of the quotes",
  claim_unsearched: "Claims without a search for negative cases",
  cmo_missing: "Configurations that are not in the study",
  code_format: "Codes not written as codes are",
  code_of_other_person: "Codes of somebody who did not say it",
  code_of_other_programme: "Codes of another programme",
  code_suffix: "Codes with something behind them",
  code_unknown: "Codes that nobody has",
  coding_stale: "Codings whose text was edited since",
  consent_refused: "Quoted without consent",
  consent_unknown: "Consent not known",
  fact_conflict: "Facts that do not agree",
  fact_missing: "Facts that are not in the ledger",
  fact_unclear: "Facts that may be one or another",
  marks_doubled: "Quotation marks twice",
  marks_mixed: "Quotation marks of two kinds",
  marks_unbalanced: "Quotation marks left open",
  name_undecided: "Names to decide",
  names_unread: "Quotes to be read for names by yourself",
  nothing_written: "Nothing written yet",
  place_stale: "References whose text was edited since",
  quote_differs: "Quotes that differ from their source",
  quote_long: "Long quotes",
  quote_missing: "Quotes that are not in the study",
  quote_stale: "Quotes whose text was edited since",
  quote_twice: "Quoted more than once",
  reason_missing: "Not said why it was chosen",
  reference_without_span: "References that lead to no passage",
  small_cell: "Persons who may be recognised",
  source_missing: "Sources that are not in the study",
  token_unreadable: "Links that cannot be read",
  translation_unsigned: "Translations without a translator or a date",
  turn_without_colon: "Turns without a colon",
};

/** A code as a heading; one that is new reads as it is called. */
export const titled = (code: string): string => {
  const title = TITLES[code];
  if (title) return title;
  const words = code.replaceAll("_", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
};

export class ChecksPanel extends StatePanel<LintState> {
  readonly actions: Action[];
  readonly #kept = new Map<string, number>();
  /** The quotes that are spoken of, once they are here. */
  readonly quotes = new KnownQuotes(this.context);
  readonly #page = h("div", { class: "p3c-pan-page p3c-keys", tabindex: "0", role: "region", "aria-label": "What was found" });

  constructor(element: HTMLElement, context: ReportContext) {
    super(element, context, { wait: "Checking the report …", address: "lint", tables: ["section", "quote", "kept_name", "answer", "citation", "fact", "contrast", "source", "participant", "consent", "joint"] });
    this.actions = actionsOf(
      "Names & checks",
      ["finding-next", "Next one", ["ArrowDown", "j"], () => this.step(1)],
      ["finding-before", "One before", ["ArrowUp", "k"], () => this.step(-1)],
      ["check-names", "Go to the names", ["n"], () => this.reachNames()],
    );
    this.load();
  }

  protected begin(): void {
    fill(this.element, this.#page);
    if (this.context.place === "names") queueMicrotask(() => this.reachNames());
  }

  go(place: string): void {
    if (place === "names") this.reachNames();
  }

  protected enter(): void {
    this.#page.focus({ preventScroll: true });
  }

  step(by: number): void {
    const stops = [...this.#page.querySelectorAll<HTMLElement>("button.p3c-rp-go, [data-person] button")];
    const at = stops.indexOf(document.activeElement as HTMLElement);
    const stop = stops[Math.max(0, Math.min(at + by, stops.length - 1))];
    const shut = stop?.closest("details");
    if (shut) shut.open = true;
    stop?.focus();
  }

  reachNames(): void {
    const names = this.#page.querySelector<HTMLElement>(".p3c-rp-names");
    names?.scrollIntoView({ block: "start" });
    names?.querySelector<HTMLElement>("button")?.focus({ preventScroll: true });
  }

  protected draw(): void {
    const { faults, names, gates } = this.state!;
    if (names.length || faults.some((each) => each.quote)) this.quotes.look(this.state, () => this.refresh());
    const undecided = names.filter((each) => !each.kept);
    const open = new Map([...this.#page.querySelectorAll<HTMLDetailsElement>("details[data-code]")].map((each) => [each.dataset.code!, each.open]));
    const groups = grouped(faults);
    const stops = groups.filter((each) => each.gate);
    const rest = groups.filter((each) => !each.gate);
    const top = this.#page.scrollTop;
    redraw(
      this.#page,
      h(
        "div",
        { class: `p3c-rp-verdict${gates ? " p3c-rp-shut" : ""}`, role: "status" },
        h("b", {}, gates ? `${count(gates, "thing")} ${gates === 1 ? "stands" : "stand"} against a final report` : "Nothing stands against a final report"),
        h("span", {}, gates ? " A draft can be made all the same; it says so on its first page." : faults.length ? ` ${count(faults.length, "thing")} to look at.` : " Nothing else was found either."),
      ),
      undecided.length > 0 && h("p", {}, button(`${count(undecided.length, "name")} to decide`, () => this.reachNames(), { class: "p3c-button p3c-link", "data-name": "to names" })),
      stops.length > 0 && h("h3", {}, "Before it is final"),
      ...stops.map((each) => this.#group(each, open)),
      rest.length > 0 && h("h3", {}, "To look at"),
      ...rest.map((each) => this.#group(each, open)),
      drawNames(this, names),
    );
    this.#page.scrollTop = top;
  }

  #group(group: { code: string; gate: boolean; rows: LintRow[] }, open: Map<string, boolean>): HTMLElement {
    const name = `${group.gate} ${group.code}`;
    return h(
      "details",
      { class: `p3c-rp-group${group.gate ? " p3c-rp-gate" : ""}`, "data-code": name, open: open.get(name) ?? (group.gate || group.rows.length <= 6) },
      h("summary", {}, h("b", {}, titled(group.code)), h("span", { class: "p3c-count" }, ` ${group.rows.length}`)),
      list(titled(group.code), group.rows, (row) => this.#fault(row), { first: 20, kept: this.#kept, tag: "p3c-rp-faults" }),
    );
  }

  #fault(row: LintRow): Child[] {
    const whole = !this.about.programme && row.programme;
    return [
      h("span", { class: "p3c-rp-what", dir: "auto" }, row.quote && h("span", { class: "p3c-rp-of" }, this.quotes.said(row.quote)), whole && h("b", {}, `${row.programme}: `), sentence(row.what), row.do && h("small", {}, ` ${sentence(row.do)}`)),
      ...this.#ways(row),
    ];
  }

  #ways(row: LintRow): Child[] {
    const id = `${row.code} ${row.quote} ${row.section} ${row.what}`;
    const ways = [
      row.quote && button("Quote", () => this.context.open("quotes", row.quote), { class: "p3c-button p3c-rp-go", "data-name": `quote ${id}`, "aria-label": `Go to the quote: ${row.what}` }),
      row.section && button(short(this.sectionSaid(row.section), 30), () => this.context.open("write", row.section), { class: "p3c-button p3c-rp-go", "data-name": `section ${id}`, "aria-label": `Go to the section ${this.sectionSaid(row.section)}: ${row.what}` }),
      row.code === "fact_conflict" && button("Facts", () => this.context.open("facts", ""), { class: "p3c-button p3c-rp-go", "data-name": `facts ${id}`, "aria-label": `Go to the facts: ${row.what}` }),
    ].filter(Boolean);
    return ways;
  }
}
