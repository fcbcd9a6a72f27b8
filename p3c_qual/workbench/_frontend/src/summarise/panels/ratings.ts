/** The panel Ratings: segments or cases down, ordinal codes across, a key for each level. */

import { ask } from "../../dialog";
import { count, fill, h, type Child } from "../../dom";
import { toText } from "../../start/words";
import { redraw } from "../../start/lists";
import type { Action } from "../../view";
import type { RatedRow, RatingCount, RatingRow, RatingState, ScaleRow } from "../../wire";
import { Grid } from "../grid";
import type { Context, Panel } from "../panel";
import { actionsOf, LoadedPanel } from "./loaded";

export const ratingsPanel: Panel = {
  id: "ratings",
  title: "Ratings",
  suits: (question) => question.technique === "scaling",
  mount: (element, context) => new RatingsPanel(element, context),
};

/** A rating that is on its way; no value where it is not ratable, nothing where it is taken away. */
type Given = { value: number | null; ratable: boolean; reason: string } | null;

export class RatingsPanel extends LoadedPanel<RatingState> {
  readonly actions: Action[];
  #unit: "segments" | "cases" = "segments";
  #spans = "";
  #rater = "";
  #only: "" | "open" | "rated" = "";
  #grid: Grid | null = null;
  #columns = "";
  #rows = new Map<string, RatedRow>();
  #given = new Map<string, RatingRow>();
  #waiting = new Map<string, Given>();
  readonly #tools = h("div", { class: "p3c-bar-of-tools", role: "toolbar", "aria-label": "What is rated" });
  readonly #blind = h("div", { class: "p3c-str-blind", hidden: true });
  readonly #main = h("div", { class: "p3c-str-main" });
  readonly #aside = h("aside", { class: "p3c-str-aside", "aria-label": "The scale" });
  readonly #strip = h("section", { class: "p3c-sum-strip p3c-str-strip", "aria-label": "What is rated here", tabindex: "0" });

  constructor(element: HTMLElement, context: Context) {
    super(element, context, { wait: "Loading the ratings …", address: "ratings", tables: ["rating", "coding"] });
    this.actions = actionsOf(
      "Ratings",
      ["rating-next", "Row below", ["ArrowDown"], () => this.#grid?.step(1)],
      ["rating-before", "Row above", ["ArrowUp"], () => this.#grid?.step(-1)],
      ["rating-right", "Code to the right", ["ArrowRight"], () => this.#grid?.side(1)],
      ["rating-left", "Code to the left", ["ArrowLeft"], () => this.#grid?.side(-1)],
      ["rating-page", "A window further", ["PageDown"], () => this.#grid?.step(this.#grid.page)],
      ["rating-page-back", "A window back", ["PageUp"], () => this.#grid?.step(-this.#grid.page)],
      ...Array.from({ length: 9 }, (_, i): [string, string, string[], () => unknown] => [`rating-${i + 1}`, `Give level ${i + 1} of the scale, from the lowest`, [`${i + 1}`], () => this.rate(i)]),
      ["rating-none", "Not ratable", ["0"], () => this.rate(null)],
      ["rating-reason", "Reason for the rating …", ["r", "Enter"], () => this.reason()],
      ["rating-away", "Take the rating away", ["Delete", "Backspace"], () => this.away()],
      ["rating-open", "Go to what is not rated yet", ["n"], () => this.toOpen()],
      ["rating-unit", "Segments or cases", ["u"], () => this.turn()],
      ["rating-text", "Open in the text", ["t"], () => this.toText()],
    );
    this.start();
  }

  protected query() {
    return { rater: this.#rater, spans: this.#spans };
  }

  protected begin(): void {
    fill(this.element, this.#tools, this.#blind, this.#main, this.#strip);
    const [unit] = this.context.place.split(":");
    if (unit === "cases") this.#unit = "cases";
  }

  focus(): void {
    this.#grid?.element.focus({ preventScroll: true });
  }

  go(place: string): void {
    if (this.#rows.has(place)) this.#grid?.go(place);
  }

  override dispose(): void {
    this.#grid?.dispose();
    super.dispose();
  }

  // what is there

  get #scale(): ScaleRow | undefined {
    return this.state?.scales.find((each) => each.code === this.#grid?.column);
  }

  get #mine(): boolean {
    return this.state?.rater === this.context.model.study.me;
  }

  #now(row: string, code: string): Given {
    const key = `${row} ${code}`;
    const waits = this.#waiting.get(key);
    if (waits !== undefined) return waits;
    return this.#given.get(key) ?? null;
  }

  // deeds

  rate(level: number | null): void {
    const scale = this.#scale ?? (this.state?.scales.length === 1 ? this.state.scales[0] : undefined);
    const row = this.#rows.get(this.#grid?.row ?? "");
    if (!scale || !row) return this.context.bench.say("Go to a cell of the code you want to rate on.");
    if (!this.can()) return;
    if (!this.context.model.study.me) return void this.known();
    if (!this.#mine) return this.context.bench.say(`These are the ratings of ${this.state!.rater}; only they change them.`);
    if (level !== null && !scale.levels[level]) return this.context.bench.say(`‘${scale.label}’ has ${count(scale.levels.length, "level")}.`);
    const value = level === null ? null : scale.levels[level]!.value;
    const before = this.#now(idOf(row), scale.code);
    this.#send(row, scale, { value, ratable: level !== null, reason: before?.reason ?? "" });
    this.context.bench.announce(level === null ? scale.not_ratable : scale.levels[level]!.label);
    this.#grid!.step(1);
  }

  #send(row: RatedRow, scale: ScaleRow, given: NonNullable<Given>): void {
    const place = row.about === "span" ? { source: row.target, start: row.start, end: row.end } : { case: row.target };
    const level = given.ratable ? String(given.value) : "not_ratable";
    this.#does(row, scale, given, this.context.model.do("rate", { question: this.context.question.id, code: scale.code, level, reason: given.reason, ...place }));
  }

  #does(row: RatedRow, scale: ScaleRow, given: Given, sent: Promise<unknown>): void {
    const key = `${idOf(row)} ${scale.code}`;
    this.#waiting.set(key, given);
    this.#grid?.update([idOf(row)]);
    this.#drawStrip();
    const done = () => {
      // a later one may be on its way already
      if (this.#waiting.get(key) === given) this.#waiting.delete(key);
      if (!this.ended) this.load();
    };
    sent.then(done, done);
  }

  away(): void {
    const scale = this.#scale;
    const row = this.#rows.get(this.#grid?.row ?? "");
    const rating = scale && row && this.#given.get(`${idOf(row)} ${scale.code}`);
    if (!rating || !this.can()) return this.context.bench.say("There is no rating here.");
    this.#does(row, scale, null, this.context.model.do("unrate", { ratings: [rating.id] }));
  }

  async reason(): Promise<void> {
    const scale = this.#scale;
    const row = this.#rows.get(this.#grid?.row ?? "");
    const given = scale && row && this.#now(idOf(row), scale.code);
    if (!given) return this.context.bench.say("Rate it first: a key from 1 for a level, 0 for not ratable.");
    if (!this.can() || !this.#mine) return;
    await ask(
      this.context.bench.root,
      { title: `Why ‘${labelOf(scale, given)}’`, text: [row.quote ? h("blockquote", { dir: "auto" }, row.quote) : h("p", {}, row.label)], fields: [{ name: "reason", label: "Reason", lines: 3, value: given.reason }], ok: "Keep" },
      ({ reason }) => this.#send(row, scale, { ...given, reason: reason! }),
    );
    this.focus();
  }

  toOpen(): void {
    const { state } = this;
    const grid = this.#grid;
    const scale = this.#scale ?? state?.scales[0];
    if (!state || !grid || !scale) return;
    const at = grid.ids.indexOf(grid.row);
    const next = [...grid.ids.slice(at + 1), ...grid.ids.slice(0, at + 1)].find((id) => !this.#now(id, scale.code));
    if (next) grid.go(next, scale.code);
    else this.context.bench.say(`All are rated on ‘${scale.label}’.`);
  }

  turn(): void {
    this.#unit = this.#unit === "segments" ? "cases" : "segments";
    this.draw();
    this.focus();
  }

  toText(): void {
    const row = this.#rows.get(this.#grid?.row ?? "");
    if (row?.about === "span") this.context.bench.go(toText(row.key, { start: row.start!, end: row.end! }));
    else if (row?.about === "source") this.context.bench.go(toText(row.key));
  }

  // drawing

  protected draw(): void {
    const state = this.state!;
    this.#given = new Map(state.ratings.map((each) => [`${each.about === "span" ? `${each.target}:${each.start}-${each.end}` : each.target} ${each.code}`, each]));
    const rows = this.#unit === "segments" ? state.segments : state.cases;
    this.#rows = new Map(rows.map((row) => [idOf(row), row]));
    const columns = JSON.stringify([this.#unit, state.scales.map((each) => [each.code, each.label])]);
    const held = this.#main.contains(document.activeElement);
    // who chose the panel works in it at once
    const came = !this.#grid && document.activeElement?.closest(".p3c-sum-head, .p3c-sum-left");
    if (columns !== this.#columns) {
      this.#columns = columns;
      const row = this.#grid?.row ?? this.context.place;
      this.#grid?.dispose();
      this.#grid = this.#make(state);
      this.#grid.row = row;
      fill(this.#main, this.#grid.element, this.#aside);
    }
    const grid = this.#grid!;
    const ids = [...this.#rows.keys()].filter((id) => !this.#only || state.scales.some((scale) => Boolean(this.#now(id, scale.code)) === (this.#only === "rated")) || id === grid.row);
    if (grid.ids.join() === ids.join()) grid.update(ids);
    else grid.show(ids);
    grid.element.hidden = !ids.length || !state.scales.length;
    if (held || came || document.activeElement === document.body) this.focus();
    this.#drawTools(state);
    this.#drawAside(state);
    this.#drawStrip();
    const hidden = state.hidden && this.#unit === "segments";
    if (this.#blind.hidden === hidden) {
      this.#blind.hidden = !hidden;
      fill(this.#blind, hidden && this.hidden("Segments that others coded are hidden: you are coding blind."));
    }
  }

  #make(state: RatingState): Grid {
    const segments = this.#unit === "segments";
    const least = 260 + 130 * state.scales.length;
    const grid = new Grid(
      {
        name: segments ? "Segments and their ratings" : "Cases and their ratings",
        columns: [
          { id: "case", title: "Case", width: "minmax(5.5em, 0.5fr)" },
          { id: "said", title: segments ? "Segment" : "Who or what it is", width: "minmax(11em, 3fr)" },
          ...state.scales.map((each) => ({ id: each.code, title: each.label, width: "minmax(8.5em, 1fr)" })),
        ],
        cell: (id, column) => this.#cell(id, column),
        classOf: () => "",
      },
      {
        moved: () => {
          this.#drawStrip();
          if (this.state) this.#drawAside(this.state);
          if (grid.row) this.context.at(grid.row);
        },
        opened: () => void this.reason(),
      },
    );
    grid.element.style.setProperty("--p3c-least", `${least}px`);
    grid.column = state.scales[0]?.code ?? "said";
    return grid;
  }

  #cell(id: string, column: string): Child[] {
    const row = this.#rows.get(id);
    if (!row) return [];
    if (column === "case") return [row.case || row.key];
    if (column === "said") return [row.about === "span" ? h("span", { class: "p3c-str-clamp" }, row.quote) : row.label];
    const scale = this.state!.scales.find((each) => each.code === column);
    const given = scale && this.#now(id, column);
    if (!scale || !given) return [h("span", { class: "p3c-quiet" }, "–")];
    return [levelMark(scale, given), labelOf(scale, given), given.reason && h("small", { class: "p3c-str-reason" }, given.reason), this.#waiting.has(`${id} ${column}`) && " …"];
  }

  #drawTools(state: RatingState): void {
    const choose = (label: string, value: string, options: [string, string][], taken: (value: string) => void) =>
      h("select", { "aria-label": label, title: label, "data-name": label, onchange: (event: Event) => taken((event.target as HTMLSelectElement).value) }, ...options.map(([id, text]) => h("option", { value: id, selected: id === value }, text)));
    const rows = this.#unit === "segments" ? state.segments : state.cases;
    const open = rows.filter((row) => state.scales.some((scale) => !this.#now(idOf(row), scale.code))).length;
    redraw(
      this.#tools,
      choose("Segments or cases", this.#unit, [["segments", "Segments"], ["cases", "Cases"]], () => this.turn()),
      this.#unit === "segments" &&
        state.choices.length > 0 &&
        choose("Coded segments of which codebook", state.spans, state.choices.map((each) => [each.codebook, `coded with ${each.label} (${each.segments.toLocaleString("en-GB")})`]), (value) => {
          this.#spans = value;
          this.load();
        }),
      state.raters.length > 1 &&
        choose("Ratings of", state.rater, state.raters.map((each) => [each, each === this.context.model.study.me ? `rated by me (${each})` : `rated by ${each}`]), (value) => {
          this.#rater = value;
          this.load();
        }),
      choose("Which are shown", this.#only, [["", "all"], ["open", `what is open (${open.toLocaleString("en-GB")})`], ["rated", "what is rated"]], (value) => {
        this.#only = value as "" | "open" | "rated";
        this.draw();
      }),
      h("span", { class: "p3c-space" }),
      this.tool("rating-open", "Next open"),
      this.tool("rating-reason", "Reason …"),
      this.tool("rating-away", "Take away"),
      state.more > 0 && h("span", { class: "p3c-quiet" }, `${state.more.toLocaleString("en-GB")} more segments are not listed`),
    );
  }

  #drawAside(state: RatingState): void {
    const scale = this.#scale ?? state.scales[0];
    if (!scale) {
      fill(
        this.#aside,
        h("h2", {}, "No scale yet"),
        h("p", { class: "p3c-quiet" }, state.choices.length || this.context.question.codebook ? "The codebook of this question has no ordinal code. A code is ordinal when its file gives it `kind: ordinal` and levels." : "Bind a codebook with ordinal codes to this question: Edit question."),
      );
      return;
    }
    const unit = state.counts.find((each) => each.code === scale.code && each.unit === this.#unit);
    const still = !state || !this.#mine || !this.context.model.study.writable;
    redraw(
      this.#aside,
      h("h2", { dir: "auto" }, scale.label),
      scale.definition && h("p", { class: "p3c-quiet", dir: "auto" }, scale.definition),
      h(
        "ol",
        { class: "p3c-str-levels", "aria-label": "Levels" },
        ...scale.levels.map((level, at) =>
          h(
            "li",
            {},
            h(
              "button",
              { type: "button", class: "p3c-item", disabled: still, "data-name": `level ${at}`, onclick: () => (this.rate(at), this.focus()) },
              at < 9 ? h("kbd", {}, at + 1) : h("span", {}),
              levelMark(scale, { value: level.value, ratable: true, reason: "" }),
              h("span", { class: "p3c-name", dir: "auto" }, level.label, level.definition && h("small", {}, level.definition)),
              bar(unit, at),
            ),
          ),
        ),
        h(
          "li",
          {},
          h(
            "button",
            { type: "button", class: "p3c-item", disabled: still, "data-name": "level none", onclick: () => (this.rate(null), this.focus()) },
            h("kbd", {}, "0"),
            levelMark(scale, { value: null, ratable: false, reason: "" }),
            h("span", { class: "p3c-name" }, scale.not_ratable, h("small", {}, "no level, counted apart")),
            bar(unit, null),
          ),
        ),
      ),
      unit && h("p", { role: "status" }, `n = ${unit.n.toLocaleString("en-GB")} ${this.#unit}, ${unit.not_ratable.toLocaleString("en-GB")} not ratable. `, unit.median && `In the middle: ${unit.median}.`),
    );
  }

  #drawStrip(): void {
    const row = this.#rows.get(this.#grid?.row ?? "");
    if (!row) return fill(this.#strip, h("p", { class: "p3c-quiet" }, this.#unit === "segments" ? "There is no coded segment to rate. Code passages first, or rate cases." : "There is no case in the material."));
    fill(
      this.#strip,
      h("div", { class: "p3c-sum-strip-head" }, h("b", {}, row.case || row.key), row.about === "span" && h("span", { class: "p3c-quiet" }, `${row.key} ${row.start}–${row.end}`), row.about !== "interviewee" && row.about !== "programme" && this.tool("rating-text", "Open in the text", { class: "p3c-button p3c-link" })),
      row.quote ? h("blockquote", { dir: "auto" }, row.quote) : h("p", { dir: "auto" }, row.label),
      ...this.state!.scales.flatMap((scale) => {
        const given = this.#now(idOf(row), scale.code);
        return given?.reason ? [h("p", { class: "p3c-quiet", dir: "auto" }, `${scale.label}: ${labelOf(scale, given)}, because ${given.reason}`)] : [];
      }),
    );
  }
}

/** A row by its place, which the store's ids do not say. */
function idOf(row: RatedRow): string {
  return row.about === "span" ? `${row.target}:${row.start}-${row.end}` : row.target;
}

function labelOf(scale: ScaleRow, given: NonNullable<Given>): string {
  return given.ratable ? (scale.levels.find((each) => each.value === given.value)?.label ?? String(given.value)) : scale.not_ratable;
}

/** How high a level is, in shades of one hue and as a filled part; hatched where it is none. */
function levelMark(scale: ScaleRow, given: NonNullable<Given>): HTMLElement {
  const at = scale.levels.findIndex((each) => each.value === given.value);
  const share = scale.levels.length > 1 ? at / (scale.levels.length - 1) : 1;
  return given.ratable ? h("span", { class: "p3c-str-mark", style: `--p3c-share:${Math.round(12 + 88 * share)}%`, "aria-hidden": "true" }) : h("span", { class: "p3c-str-mark p3c-str-hatched", "aria-hidden": "true" });
}

function bar(counts: RatingCount | undefined, at: number | null): HTMLElement {
  const all = counts ? Math.max(1, counts.n + counts.not_ratable) : 1;
  const number = counts ? (at === null ? counts.not_ratable : (counts.counts[at] ?? 0)) : 0;
  return h("span", { class: "p3c-str-bar", style: `--p3c-share:${(100 * number) / all}%` }, h("span", { class: "p3c-voice" }, "given "), number.toLocaleString("en-GB"));
}
