/** The panel Measures: instruments and their scores, and numbers beside themes with how they fit. */

import { wide } from "../../configure/panels/pick";
import { ask } from "../../dialog";
import { button, count, fill, h, type Child } from "../../dom";
import { Refused, say } from "../../server";
import { act, base64 } from "../../start/asking";
import { redraw } from "../../start/lists";
import { actionsOf } from "../../summarise/panels/loaded";
import type { Action } from "../../view";
import type { InstrumentRow, MeasureState } from "../../wire";
import type { ReportContext, ReportPanel } from "../panel";
import { sentence, StatePanel } from "./base";
import { KnownQuotes } from "./known";
import { drawJoints, newJoint } from "./joints";

export const measuresPanel: ReportPanel = {
  id: "measures",
  title: "Measures",
  mount: (element, context) => new MeasuresPanel(element, context),
};

/** Bytes of a file that is sent. */
const LARGE = 20_000_000;

export class MeasuresPanel extends StatePanel<MeasureState> {
  readonly actions: Action[];
  readonly quotes = new KnownQuotes(this.context);
  /** What came of the last file. */
  #came: { ok: boolean; text: string[] } | null = null;
  readonly #page = h("div", { class: "p3c-pan-page p3c-keys", tabindex: "0", role: "region", "aria-label": "Measures" });
  readonly #chooser = h("input", { type: "file", hidden: true, "aria-label": "Choose a file" });

  constructor(element: HTMLElement, context: ReportContext) {
    super(element, context, { wait: "Loading the measures …", address: "measures", tables: ["instrument", "response", "aggregate", "joint", "quote", "citation"] });
    this.actions = actionsOf(
      "Measures",
      ["joint-new", "Put numbers beside themes …", ["c"], () => newJoint(this)],
      ["measure-yaml", "Take an instrument of your own, from a file …", ["y"], () => this.yaml()],
      ["measure-figures", "Take in figures of groups, from a file …", ["f"], () => this.figures()],
    );
    this.load();
  }

  protected begin(): void {
    fill(this.element, this.#page, this.#chooser);
    if (this.context.place) queueMicrotask(() => this.go(this.context.place));
  }

  protected enter(): void {
    this.#page.focus({ preventScroll: true });
  }

  go(place: string): void {
    const card = this.#page.querySelector<HTMLElement>(`[data-joint="${CSS.escape(place)}"], [data-instrument="${CSS.escape(place)}"]`);
    card?.scrollIntoView({ block: "start" });
    card?.querySelector<HTMLElement>("textarea, button")?.focus({ preventScroll: true });
  }

  // deeds

  /** Ask for a file by the browser's own dialog, and send it as it is read. */
  async #file(accept: string, send: (file: File) => Promise<[string, object]>, came: (file: File, result: any) => string): Promise<void> {
    if (!(await this.context.known())) return;
    this.#chooser.accept = accept;
    this.#chooser.value = "";
    this.#chooser.onchange = async () => {
      const file = this.#chooser.files?.[0];
      if (!file) return;
      try {
        if (file.size > LARGE) throw new Error(`${file.name} is larger than 20 MB. Is it the right file?`);
        const [verb, args] = await send(file);
        const answer = await act(this.context.bench, verb, args);
        this.#came = { ok: true, text: [came(file, answer.result)] };
      } catch (error) {
        this.#came = { ok: false, text: error instanceof Refused ? error.all.map(say) : [error instanceof Error ? error.message : String(error)] };
      }
      if (this.ended) return this.context.say(this.#came.text.join(" "));
      await this.fresh();
      this.refresh();
      this.#page.querySelector(".p3c-rp-came")?.scrollIntoView({ block: "nearest" });
    };
    this.#chooser.click();
  }

  yaml(): Promise<void> {
    return this.#file(".yml,.yaml", async (file) => ["load_instruments", { text: await file.text() }], (file) => `${file.name} was taken in.`);
  }

  figures(): Promise<void> {
    return this.#file(".csv,.xlsx", async (file) => ["load_aggregates", { name: file.name, data: await base64(file) }], (file, result) => `${file.name} was taken in${typeof result === "number" ? `: ${count(result, "figure")}` : ""}.`);
  }

  responses(row: InstrumentRow): Promise<void> {
    return this.#file(".csv,.xlsx", async (file) => ["load_responses", { instrument: row.key, name: file.name, data: await base64(file) }], (file, result) => `${file.name} was taken in${typeof result === "number" ? `: ${count(result, "respondent")}` : ""}.`);
  }

  async remove(row: InstrumentRow): Promise<void> {
    if (!(await this.context.known())) return;
    await ask(
      this.context.bench.root,
      { title: `Remove ‘${row.label}’`, text: [h("p", {}, "It can be taken again from the register. Undo brings it back.")], ok: "Remove" },
      async () => void (await this.do("remove_instrument", { instrument: row.key })),
    );
  }

  // drawing

  protected draw(): void {
    const { instruments, missing } = this.state!;
    const taken = instruments.filter((each) => each.taken);
    const register = instruments.filter((each) => !each.taken);
    const top = this.#page.scrollTop;
    redraw(
      this.#page,
      this.#came && h("div", { class: `p3c-rp-came ${this.#came.ok ? "p3c-rp-fine" : "p3c-pan-refused"}`, role: this.#came.ok ? "status" : "alert" }, ...this.#came.text.map((each) => h("p", {}, each))),
      h("h2", {}, "Instruments"),
      h("div", { class: "p3c-pan-row" }, this.tool("measure-yaml", "One of your own (YAML) …", { disabled: this.still }), this.tool("measure-figures", "Figures of groups (CSV, XLSX) …", { disabled: this.still })),
      taken.length ? this.#table(taken) : h("p", { class: "p3c-quiet" }, "None is taken into the study yet. Choose from the register below, or bring one of your own."),
      missing.length > 0 && h("section", { "aria-label": "What is missing" }, h("h3", {}, "What is missing"), h("ul", { class: "p3c-rp-missing" }, ...missing.map((each) => h("li", {}, sentence(each))))),
      register.length > 0 && this.#register(register, taken.length === 0),
      h("h2", { class: "p3c-rp-next" }, "Numbers beside themes"),
      drawJoints(this),
    );
    this.#page.scrollTop = top;
  }

  #table(rows: InstrumentRow[]): HTMLElement {
    return wide(
      "p3c-pan-table p3c-rp-instruments",
      h("thead", {}, h("tr", {}, ...["Instrument", "Domain", "Questionnaires", "Waves", "Scales", ""].map((each) => (each ? h("th", { scope: "col" }, each) : h("td", {}))))),
      h(
        "tbody",
        {},
        ...rows.map((row) =>
          h(
            "tr",
            { "data-instrument": row.key },
            h("th", { scope: "row" }, row.label, ...this.#notes(row), row.licence && h("small", {}, `Licence: ${row.licence}`)),
            h("td", { "data-title": "Domain" }, row.domain),
            h("td", { class: "p3c-pan-n", "data-title": "Questionnaires" }, row.responses),
            h("td", { "data-title": "Waves" }, row.waves.join(", ") || "–"),
            h("td", { "data-title": "Scales" }, h("ul", { class: "p3c-rp-scales" }, ...row.scales.map((each) => h("li", {}, each.label, each.definition && h("small", { class: "p3c-pan-pre" }, each.definition))))),
            h(
              "td",
              {},
              button("Responses …", () => void this.responses(row), { disabled: this.still, "data-name": `responses ${row.key}`, "aria-label": `Take in responses to ${row.label}`, title: "A table, CSV or XLSX, with one respondent a row" }),
              !row.responses && !this.still && button("Remove", () => void this.remove(row), { class: "p3c-button p3c-link", "data-name": `remove ${row.key}`, "aria-label": `Remove ${row.label}` }),
            ),
          ),
        ),
      ),
    );
  }

  #notes(row: InstrumentRow): Child[] {
    const [about, ...further] = row.notes;
    return [
      about && h("small", { class: "p3c-rp-note" }, sentence(about)),
      further.length > 0 && h("details", { class: "p3c-rp-notes" }, h("summary", {}, "How it is scored"), ...further.map((each) => h("small", {}, sentence(each)))),
    ];
  }

  #register(rows: InstrumentRow[], open: boolean): HTMLElement {
    const before = this.#page.querySelector<HTMLDetailsElement>(".p3c-rp-register");
    return h(
      "details",
      { class: "p3c-rp-register", open: before ? before.open : open },
      h("summary", {}, `The register: ${count(rows.length, "further instrument")}`),
      h(
        "ul",
        {},
        ...rows.map((row) =>
          h(
            "li",
            { "data-instrument": row.key },
            h("div", {}, h("b", {}, `${row.label} `), h("span", { class: "p3c-badge" }, row.domain), ...this.#notes(row), row.licence && h("small", {}, `Licence: ${row.licence}`)),
            button("Take it", () => void this.try("take_instrument", { instrument: row.key }), { disabled: this.still, "data-name": `take ${row.key}`, "aria-label": `Take ${row.label} into the study` }),
          ),
        ),
      ),
    );
  }
}
