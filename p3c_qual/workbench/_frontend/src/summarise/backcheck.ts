/** The panel Back-check: a random sample of units, each held against the finished categories. */

import { ask } from "../dialog";
import { button, count, fill, h } from "../dom";
import { toText } from "../start/words";
import type { Action } from "../view";
import type { BackCheckRow } from "../wire";
import { checkActions } from "./checkactions";
import type { Shown } from "./foresee";
import type { Context, MountedPanel, Panel } from "./panel";
import { placeOf } from "./rowcells";
import { type Summary, summaryOf } from "./summary";

export const backCheckPanel: Panel = {
  id: "back-check",
  title: "Back-check",
  suits: (question) => question.technique === "summarising",
  actions: checkActions,
  mount: (element, context) => new BackCheckPanel(element, context),
};

const VERDICTS = ["yes", "partly", "no"] as const;
export type Verdict = (typeof VERDICTS)[number];
/** How many units are drawn unless said otherwise. */
const USUAL = 20;

export class BackCheckPanel implements MountedPanel {
  readonly actions: Action[];
  readonly summary: Summary;
  readonly #card = h("div", { class: "p3c-check p3c-keys", tabindex: "0", role: "group", "aria-label": "The unit that is checked" });
  readonly #top = h("div", { class: "p3c-bar-of-tools" });
  readonly #counts = h("div", { class: "p3c-line-of-state p3c-sum-counts", role: "status" });
  readonly #remark = h("textarea", { rows: 2, dir: "auto", placeholder: "What is missed; Enter keeps it and goes on" });
  #at = "";
  #seed: number | null = null;
  #remarked = "";
  /** The item the remark is written on, whatever is looked at by then. */
  #owner = "";
  /** Remarks on units without a verdict yet: they are sent with it. */
  readonly #drafts = new Map<string, string>();
  #forget: (() => void)[] = [];
  #ended = false;

  constructor(
    private readonly element: HTMLElement,
    readonly context: Context,
  ) {
    this.summary = summaryOf(context.model, context.question);
    this.actions = checkActions(this);
    this.#remark.addEventListener("change", () => this.#keepRemark());
    this.#remark.addEventListener("keydown", (event) => {
      if (event.isComposing || !(event.key === "Escape" || (event.key === "Enter" && !event.shiftKey))) return;
      event.preventDefault();
      event.stopPropagation();
      this.#keepRemark();
      if (event.key === "Enter") this.#next();
      this.focus();
    });
    fill(element, h("p", { class: "p3c-wait", role: "status" }, "Loading the units …"));
    void this.#begin(context.place);
  }

  async #begin(place: string): Promise<void> {
    try {
      await this.summary.load();
    } catch (error) {
      if (!this.#ended) fill(this.element, h("p", { class: "p3c-wait", role: "alert" }, error instanceof Error ? error.message : String(error)));
      return;
    }
    if (this.#ended) return;
    fill(this.element, this.#top, this.#card, this.#counts);
    const found = this.summary.checks.find((each) => each.id === place);
    if (found) this.#seed = found.seed;
    this.#at = found?.id ?? "";
    this.#forget.push(this.summary.on(() => this.#draw()));
    this.#draw();
    this.focus();
  }

  refresh(): void {
    if (this.summary.loaded) this.#draw();
  }

  focus(): void {
    if (this.#card.isConnected) this.#card.focus({ preventScroll: true });
  }

  dispose(): void {
    this.#keepRemark();
    this.#ended = true;
    for (const each of this.#forget) each();
  }

  // what is there

  get #seeds(): number[] {
    return [...new Set(this.summary.checks.map((each) => each.seed))];
  }

  /** The items of the sample that is looked at, in the order drawn. */
  get #sample(): BackCheckRow[] {
    const seed = this.#seed ?? this.#seeds.at(-1);
    return this.summary.checks.filter((each) => each.seed === seed);
  }

  get #item(): BackCheckRow | undefined {
    const sample = this.#sample;
    return sample.find((each) => each.id === this.#at) ?? sample.find((each) => !each.verdict) ?? sample[0];
  }

  // deeds

  async draw(): Promise<void> {
    const { model, bench, question } = this.context;
    if (!model.study.writable) return bench.say("This study can only be read.");
    if (!model.study.me && !(await bench.nameMe())) return;
    const done = await ask(
      bench.root,
      {
        title: "Draw the sample of the back-check",
        text: [h("p", {}, "Units are drawn at random among all that were paraphrased, deleted ones too. The same seed draws the same units.")],
        fields: [
          { name: "size", label: "How many units", value: String(Math.min(USUAL, this.summary.order.length) || USUAL), required: true },
          { name: "seed", label: "Seed", value: String((this.#seeds.at(-1) ?? 0) + 1), required: true },
        ],
        ok: "Draw",
      },
      async ({ size, seed }) => {
        if (![size, seed].every((each) => /^\d{1,9}$/.test(each!))) throw "Size and seed are whole numbers.";
        await model.do("draw_sample", { question: question.id, size: Number(size), seed: Number(seed) });
        this.#seed = Number(seed);
        this.#at = "";
      },
    );
    if (done) this.#draw();
    this.focus();
  }

  /** Say whether a category stands for the unit: with yes it goes on, else it is asked what is missed. */
  judge(verdict: Verdict): void {
    const item = this.#item;
    const { model, bench } = this.context;
    if (!item) return bench.say("No sample is drawn yet.");
    if (!model.study.writable) return bench.say("This study can only be read.");
    // the unit stays the one looked at, also where it was only the first without a verdict
    this.#at = item.id;
    const remark = this.#owner === item.id ? this.#remark.value.trim() : item.remark;
    this.#remarked = remark;
    void model.do("judge", { check: item.id, verdict, remark });
    const sample = this.#sample;
    const open = sample.filter((each) => !each.verdict && each.id !== item.id).length;
    bench.announce(`${verdict}. ${open ? `${sample.length - open} of ${sample.length} are checked.` : "All are checked."}`);
    if (verdict === "yes") return this.#next();
    this.#draw();
    this.writeRemark();
  }

  /** Go to the next unit without a verdict, from the one that is looked at on. */
  #next(): void {
    const sample = this.#sample;
    const at = sample.findIndex((each) => each.id === this.#item?.id);
    const next = [...sample.slice(at + 1), ...sample.slice(0, Math.max(0, at))].find((each) => !each.verdict);
    this.#go(next?.id ?? this.#item?.id ?? "");
  }

  #keepRemark(): void {
    const item = this.summary.checks.find((each) => each.id === this.#owner);
    const remark = this.#remark.value.trim();
    if (item && !item.verdict) this.#drafts.set(item.id, remark);
    if (!item?.verdict || remark === this.#remarked) return;
    this.#remarked = remark;
    void this.context.model.do("judge", { check: item.id, verdict: item.verdict, remark });
  }

  step(by: 1 | -1): void {
    const sample = this.#sample;
    const at = sample.findIndex((each) => each.id === this.#item?.id);
    const next = sample[at + by];
    if (next) this.#go(next.id);
  }

  #go(id: string): void {
    this.#keepRemark();
    this.#at = id;
    this.context.at(id);
    this.#draw();
  }

  writeRemark(): void {
    this.#remark.focus();
  }

  toText(): void {
    const row = this.summary.unit(this.#item?.unit);
    if (!row) return;
    const { model, question, bench } = this.context;
    model.question = question.key;
    model.study.desk.question = question.key;
    bench.go(toText(row.key, row));
  }

  // drawing

  #draw(): void {
    const sample = this.#sample;
    const item = this.#item;
    const still = !this.context.model.study.writable;
    const seeds = this.#seeds;
    fill(
      this.#top,
      button("Draw a sample …", () => void this.draw(), { class: seeds.length ? "p3c-button" : "p3c-button p3c-main", disabled: still }),
      seeds.length > 1 &&
        h(
          "select",
          { "aria-label": "Sample", onchange: (event: Event) => this.#choose(Number((event.target as HTMLSelectElement).value)) },
          ...seeds.map((seed) => h("option", { value: seed, selected: seed === sample[0]?.seed }, `seed ${seed}`)),
        ),
      seeds.length === 1 && h("span", { class: "p3c-quiet" }, `seed ${seeds[0]}`),
    );
    const writing = document.activeElement === this.#remark && this.#card.dataset.check === item?.id;
    if (!item) {
      fill(
        this.#card,
        h("p", { class: "p3c-quiet" }, "When the second reduction is closed, a random sample of the units is held against the categories: is what was said represented by one? Each verdict is kept, and what is missed leads back to an earlier step."),
      );
    } else {
      // what is looked at stays so, whoever judges it meanwhile
      this.#at = item.id;
      if (!writing) this.#fill(item, sample);
      else this.#press(item);
    }
    const counts = Object.fromEntries(VERDICTS.map((each) => [each, sample.filter((row) => row.verdict === each).length]));
    const done = VERDICTS.reduce((sum, each) => sum + counts[each]!, 0);
    fill(
      this.#counts,
      h("b", {}, count(sample.length, "unit")),
      ...(sample.length ? [h("span", {}, `${done} checked`), ...VERDICTS.map((each) => h("span", {}, `${each} ${counts[each]}`)), h("span", {}, `open ${sample.length - done}`)] : []),
    );
  }

  /** Show the verdict while the remark is being written. */
  #press(item: BackCheckRow): void {
    for (const each of this.#card.querySelectorAll<HTMLElement>("[data-verdict]")) each.setAttribute("aria-pressed", String(each.dataset.verdict === item.verdict));
  }

  #choose(seed: number): void {
    this.#keepRemark();
    this.#seed = seed;
    this.#at = "";
    this.#draw();
  }

  #fill(item: BackCheckRow, sample: BackCheckRow[]): void {
    const row = this.summary.unit(item.unit);
    if (this.#card.dataset.check !== item.id) {
      this.#keepRemark();
      this.#card.dataset.check = this.#owner = item.id;
      this.#remarked = item.remark;
      this.#remark.value = item.verdict ? item.remark : (this.#drafts.get(item.id) ?? item.remark);
    }
    const at = sample.indexOf(item) + 1;
    const held = this.#card.contains(document.activeElement) && document.activeElement !== this.#card;
    fill(
      this.#card,
      h("div", { class: "p3c-sum-strip-head" }, h("b", {}, `${at} of ${sample.length}`), row && h("span", {}, [...new Set([`no. ${this.summary.no(row.id)}`, row.unit, placeOf(row)])].join(", ")), button("Open in the text", () => this.toText(), { class: "p3c-button p3c-link" })),
      h("blockquote", { dir: "auto" }, row?.quote ?? "This unit is not there any more."),
      row && h("dl", { class: "p3c-sum-facts" }, h("dt", {}, "Paraphrase"), h("dd", { dir: "auto" }, row.paraphrase), h("dt", {}, "Category"), h("dd", { dir: "auto" }, standsFor(this.summary, row))),
      h("p", { class: "p3c-check-ask" }, "Is what is said represented by a category?"),
      h(
        "div",
        { class: "p3c-ends p3c-wrap" },
        ...VERDICTS.map((each) => button(`${each[0]!.toUpperCase()}${each.slice(1)}`, () => this.judge(each), { "aria-pressed": String(item.verdict === each), "data-verdict": each, title: `Key ${each[0]}`, disabled: !this.context.model.study.writable })),
        h("span", { class: "p3c-space" }),
        button("Before", () => this.step(-1), { disabled: at <= 1 }),
        button("Next", () => this.step(1), { disabled: at >= sample.length }),
      ),
      h("label", { class: "p3c-field" }, h("span", {}, "Remark"), this.#remark),
    );
    if (held) this.focus();
  }
}

/** Where a unit went: its category, that of the row that says the same, or why it is in none. */
export function standsFor(summary: Summary, row: Shown): string {
  const twin = row.state === "deleted" ? summary.unit(row.same_as) : undefined;
  if (twin) return `deleted (${row.z3}) as no. ${summary.no(twin.id)}: ${standsFor(summary, { ...twin, same_as: null })}`;
  if (row.state === "bundled") return summary.path(row.reduction);
  if (row.state === "left_over") return `left over: ${row.left_over}`;
  if (row.state === "deleted") return `deleted (${row.z3}): ${row.reason}`;
  return "in none";
}
