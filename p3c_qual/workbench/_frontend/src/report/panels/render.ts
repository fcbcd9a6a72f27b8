/** The panel Render: which reports, in which forms, draft or final; what would be refused, how far they are, and what came of it. */

import { button, count, fill, h } from "../../dom";
import { redraw } from "../../start/lists";
import { act } from "../../start/asking";
import { ago, moment } from "../../start/words";
import { actionsOf } from "../../summarise/panels/loaded";
import type { Action } from "../../view";
import type { AboutRow, LintState, RenderJob } from "../../wire";
import type { ReportContext, ReportPanel } from "../panel";
import { StatePanel } from "./base";
import { radios } from "./radios";

export const renderPanel: ReportPanel = {
  id: "render",
  title: "Render",
  mount: (element, context) => new RenderPanel(element, context),
};

const FORMS: Record<string, { label: string; hint: string }> = {
  html: { label: "HTML", hint: "a page to read, with links back to every passage" },
  docx: { label: "DOCX", hint: "for Word, to go on writing" },
  pdf: { label: "PDF", hint: "to print and to send" },
};
const POLL = 1000;
const STATES: Record<string, string> = { waiting: "waits", running: "is being made", done: "made", failed: "not made" };
/** What was chosen last, for this page. */
const chosen = { forms: ["html"], draft: true };

/** What is rendered: keys of programmes, or a country. */
export interface What {
  id: string;
  label: string;
  programmes: string[];
  country: string;
}

/** What can be rendered where one is, the likeliest first. */
export function whatFor(row: AboutRow, abouts: readonly AboutRow[]): What[] {
  const programmes = abouts.filter((each) => each.kind === "programme");
  const here = row.kind === "programme" ? row : programmes.find((each) => each.key === row.programme || each.id === row.programme);
  const countries = [...new Set(abouts.map((each) => each.country).filter(Boolean))];
  const wanted = row.kind === "country" ? [row.key] : here ? [here.country].filter(Boolean) : countries;
  const found: What[] = [];
  if (here) found.push({ id: "one", label: `this programme: ${here.label || here.key}`, programmes: [here.key], country: "" });
  if (programmes.length > 1) found.push({ id: "all", label: `all ${programmes.length} programmes, each its own report`, programmes: programmes.map((each) => each.key), country: "" });
  for (const country of wanted) found.push({ id: `country ${country}`, label: `the country ${country}: macro chapter, its programmes, appendix`, programmes: [], country });
  return row.kind === "country" ? found.reverse() : found;
}

export class RenderPanel extends StatePanel<RenderJob[]> {
  readonly actions: Action[];
  #what = "";
  #gates: LintState | null = null;
  #timer = 0;
  #starting = false;
  readonly #page = h("div", { class: "p3c-pan-page p3c-keys", tabindex: "0", role: "region", "aria-label": "Render" });
  readonly #choices = h("div", { class: "p3c-rp-choices" });
  readonly #jobs = h("div", { "aria-live": "polite" });

  constructor(element: HTMLElement, context: ReportContext) {
    super(element, context, { wait: "Looking what was made …", address: "renders", tables: [] });
    this.#what = this.#all[0]?.id ?? "";
    this.actions = actionsOf(
      "Render",
      ["render-start", "Make the reports", ["Mod+Enter"], () => this.start()],
      ["render-draft", "Draft or final", ["d"], () => ((chosen.draft = !chosen.draft), this.#drawChoices())],
      ["render-checks", "Go to what stands against it", ["n"], () => context.open("checks")],
    );
    this.listen(context.store.on(() => this.#look()));
    this.load();
    this.#look();
  }

  get #all(): What[] {
    return whatFor(this.context.about, this.context.store.abouts);
  }

  protected override query(): Record<string, string> {
    return {};
  }

  protected begin(): void {
    fill(this.element, this.#page);
    fill(this.#page, h("h2", {}, "Make a report"), this.#choices, h("h2", { class: "p3c-rp-next" }, "What was made"), this.#jobs);
    this.#drawChoices();
  }

  protected enter(): void {
    this.#page.focus({ preventScroll: true });
  }

  override dispose(): void {
    clearTimeout(this.#timer);
    super.dispose();
  }

  /** What would be refused. */
  #look(): void {
    const what = this.#all.find((each) => each.id === this.#what);
    const { model } = this.context;
    const of = what?.programmes.length === 1 ? what.programmes[0] : "";
    model.server.get<LintState>("lint", { study: model.path, others: model.others, ...(of ? { programme: of } : {}) }).then(
      (state) => {
        this.#gates = state;
        if (!this.ended && this.state) this.#drawChoices();
      },
      // the reports can be made without; what is wrong with them is told then
      () => undefined,
    );
  }

  async start(): Promise<void> {
    const what = this.#all.find((each) => each.id === this.#what);
    if (!what || this.#starting) return;
    if (!chosen.forms.length) return this.context.say("Choose a form: HTML, DOCX or PDF.");
    this.#starting = true;
    this.#drawChoices();
    const { model, bench } = this.context;
    try {
      await act(bench, "render", { study: model.path, programmes: what.programmes, country: what.country, forms: chosen.forms, draft: chosen.draft });
    } catch (error) {
      bench.fault(error);
    } finally {
      this.#starting = false;
      if (!this.ended) {
        this.#drawChoices();
        this.load();
      }
    }
  }

  protected draw(): void {
    this.#drawJobs();
    clearTimeout(this.#timer);
    if (this.state!.some((each) => ["waiting", "running"].includes(each.state))) this.#timer = window.setTimeout(() => this.load(), POLL);
  }

  #drawChoices(): void {
    const all = this.#all;
    const running = this.#starting;
    const gates = (this.#gates?.faults ?? []).filter((each) => each.gate);
    const what = all.find((each) => each.id === this.#what);
    // a country's report is held by its programmes alone
    const of = new Set(gates.map((each) => each.programme).filter(Boolean));
    if (!all.length) return redraw(this.#choices, h("p", {}, "There is no programme in this study yet; a report is written on one. Add sources that belong to a programme."));
    redraw(
      this.#choices,
      radios("what", "Which reports", this.#what, all.map((each) => ({ value: each.id, label: each.label })), { seen: true }, (value) => {
        this.#what = value;
        this.#gates = null;
        this.#drawChoices();
        this.#look();
      }),
      h(
        "fieldset",
        { class: "p3c-rp-radios" },
        h("legend", { class: "p3c-pan-tag" }, "In which forms"),
        ...Object.entries(FORMS).map(([form, { label, hint }]) =>
          h(
            "label",
            { class: "p3c-rp-radio", title: hint },
            h("input", {
              type: "checkbox",
              checked: chosen.forms.includes(form),
              "data-name": `form ${form}`,
              onchange: (event: Event) => {
                const on = (event.target as HTMLInputElement).checked;
                chosen.forms = Object.keys(FORMS).filter((each) => (each === form ? on : chosen.forms.includes(each)));
                this.#drawChoices();
              },
            }),
            h("span", {}, label),
          ),
        ),
      ),
      radios("draft", "Draft or final", chosen.draft ? "draft" : "final", [
        { value: "draft", label: "draft, marked as one" },
        { value: "final", label: "final" },
      ], { seen: true }, (value) => {
        chosen.draft = value === "draft";
        this.#drawChoices();
      }),
      gates.length > 0
        ? h(
            "div",
            { class: chosen.draft ? "p3c-pan-fault" : "p3c-pan-refused", role: "note" },
            h(
              "p",
              {},
              chosen.draft
                ? `${count(gates.length, "thing")} would stop a final report${of.size > 1 ? `, in ${count(of.size, "programme")}` : ""}; the draft says so.`
                : `It will be refused: ${count(gates.length, "thing")} ${gates.length === 1 ? "stands" : "stand"} against a final report${of.size > 1 ? `, in ${count(of.size, "programme")}` : ""}.`,
              " ",
              button("See them", () => this.context.open("checks"), { class: "p3c-button p3c-link", "data-name": "see gates" }),
            ),
            h("ul", {}, ...gates.slice(0, 4).map((each) => h("li", { dir: "auto" }, of.size > 1 && `${each.programme}: `, each.what)), gates.length > 4 && h("li", {}, `and ${gates.length - 4} more`)),
          )
        : this.#gates && h("p", { class: "p3c-rp-fine" }, "✓ Nothing stands against a final report."),
      h(
        "div",
        { class: "p3c-pan-row" },
        this.tool("render-start", running ? "Starting …" : `Make ${what && what.programmes.length > 1 ? `${what.programmes.length} reports` : "the report"}`, { class: "p3c-button p3c-main", disabled: running || !chosen.forms.length }),
        h("small", {}, "It goes on in the background; you can go on writing."),
      ),
    );
  }

  #drawJobs(): void {
    const jobs = this.state!;
    if (!jobs.length) return fill(this.#jobs, h("p", { class: "p3c-quiet" }, "Nothing since the server was started."));
    redraw(this.#jobs, h("ul", { class: "p3c-rp-jobs" }, ...jobs.map((each) => this.#job(each))));
  }

  #job(job: RenderJob): HTMLElement {
    const share = job.of ? job.done / job.of : 0;
    return h(
      "li",
      { class: `p3c-rp-job p3c-rp-${job.state}` },
      h("div", { class: "p3c-pan-top" }, h("b", { dir: "auto" }, job.name), h("span", { class: "p3c-quiet", title: moment(job.started) }, `${STATES[job.state] ?? job.state}${job.started && job.state !== "running" ? ` ${ago(job.started)}` : ""}`)),
      job.state === "running" && h("div", { class: "p3c-rp-progress", role: "progressbar", "aria-label": job.name, "aria-valuemin": 0, "aria-valuemax": job.of || 1, "aria-valuenow": job.done }, h("i", { style: `width:${Math.round(100 * share)}%` })),
      job.state === "running" && h("small", {}, [job.of ? `part ${Math.min(job.done + 1, job.of)} of ${job.of}` : "it begins", since(job.started)].filter(Boolean).join(" · ")),
      job.problem && h("div", { class: "p3c-pan-refused", role: "note" }, ...job.problem.split("\n").slice(0, 12).map((each) => h("p", {}, each))),
      job.files.length > 0 && h("div", { class: "p3c-pan-row" }, ...job.files.map((path) => this.#file(job, path))),
    );
  }

  #file(job: RenderJob, path: string): HTMLElement {
    const form = path.split(".").at(-1)!.toUpperCase();
    const { bench, model } = this.context;
    const address = `${model.server.site.baseUrl}files/${path.split("/").map(encodeURIComponent).join("/")}`;
    const opens = form !== "DOCX";
    return h(
      "span",
      { class: "p3c-rp-file" },
      opens && button(`Open ${form}`, () => (bench.options.openFile ? bench.options.openFile(path) : void window.open(address, "_blank", "noopener")), { "data-name": `open ${job.id} ${form}`, title: path }),
      h("a", { class: "p3c-button", href: `${address}?download=1`, download: "", "aria-label": `Download ${form} of ${job.name}`, title: path }, opens ? "↓" : `Download ${form}`),
    );
  }
}

/** How long it has been made for: parts are not equally long, and one that takes long is not a stop. */
export function since(started: string, now = Date.now()): string {
  const seconds = Math.floor((now - Date.parse(started)) / 1000);
  return seconds > 0 ? `${seconds} s` : "";
}
