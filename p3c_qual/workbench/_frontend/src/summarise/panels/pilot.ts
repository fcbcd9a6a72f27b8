/** The panel Pilot: how far the material was worked through, the window, the review that ends it. */

import { ask } from "../../dialog";
import { button, count, fill, h, type Child } from "../../dom";
import { toText } from "../../start/words";
import type { Action } from "../../view";
import type { PilotReviewRow, PilotState, ShareRow, StaleRow } from "../../wire";
import type { Context, Panel } from "../panel";
import { actionsOf, LoadedPanel } from "./loaded";

export const pilotPanel: Panel = {
  id: "pilot",
  title: "Pilot",
  suits: (question) => question.codebook !== null && question.steps.some((step) => step.key === "pilot"),
  mount: (element, context) => new PilotPanel(element, context),
};

/** Stale codings that are listed at once. */
const MOST = 100;

class PilotPanel extends LoadedPanel<PilotState> {
  readonly actions: Action[];
  readonly #body = h("div", { class: "p3c-agenda p3c-keys", tabindex: "0", role: "group", "aria-label": "Pilot" });
  #at = "";
  readonly #progress: () => void;

  constructor(element: HTMLElement, context: Context) {
    super(element, context, { wait: "Counting what was worked through …", address: "pilot", tables: ["pilot_review", "edition", "coding"] });
    this.actions = actionsOf(
      "Pilot",
      ["pilot-unchanged", "Categories stay: freeze them …", ["u"], () => void this.#decide("unchanged")],
      ["pilot-changed", "Categories change: begin anew …", ["b"], () => void this.#decide("changed")],
      ["stale-next", "Next stale coding", ["ArrowDown"], () => this.#step(1)],
      ["stale-before", "Stale coding before", ["ArrowUp"], () => this.#step(-1)],
      ["stale-confirm", "Confirm the coding: it stands under the new version", ["c"], () => this.#confirm()],
      ["stale-text", "Open the coding in its text", ["t", "Enter"], () => this.#toText(this.#here)],
    );
    this.#progress = context.model.on("progress", () => this.load());
    this.start();
  }

  protected query() {
    return {};
  }

  protected begin(): void {
    this.#at = this.context.place;
    fill(this.element, this.#body);
    this.focus();
  }

  focus(): void {
    if (this.#body.isConnected) this.#body.focus({ preventScroll: true });
  }

  override dispose(): void {
    this.#progress();
    super.dispose();
  }

  // what is there

  get #now(): boolean {
    return this.context.question.step === "pilot";
  }

  get #stale(): StaleRow[] {
    return this.state?.stale.slice(0, MOST) ?? [];
  }

  get #here(): StaleRow | undefined {
    return this.#stale.find((each) => each.id === this.#at) ?? this.#stale[0];
  }

  #mine(row: StaleRow): boolean {
    return row.coder === this.context.model.study.me;
  }

  // deeds

  async #decide(decision: "unchanged" | "changed"): Promise<void> {
    const { state } = this;
    const { model, bench, question } = this.context;
    if (!state || !(await this.known())) return;
    if (!this.#now) return bench.say("The question is not in its pilot. Return to that step first, with a reason.");
    const book = model.study.codebooks.find((each) => each.id === question.codebook);
    const stays = decision === "unchanged";
    await ask(
      bench.root,
      {
        title: stays ? "The categories stay as they are" : "The categories change",
        text: stays
          ? [h("p", {}, `Version ${state.version} of ${book?.label ?? "the codebook"} is frozen and kept. What is asked of it from now on waits as a proposal for its next version. The final coding begins.`)]
          : [
              h("p", {}, `Version ${state.version} is kept, and version ${state.next} begins. What was coded so far counts as stale until it is coded anew or confirmed, and the material is worked through again from its first text.`),
              this.#edited(state),
            ],
        fields: [
          { name: "reason", label: stays ? "Remark" : "What the pilot showed", lines: 3, required: !stays, first: true },
          ...(stays ? [] : [{ name: "version", label: "Next version", value: "", help: `By default ${state.next}. A name given here says that something changes even where nothing was edited yet.` }]),
        ],
        ok: stays ? "Freeze and go on" : "Begin anew",
      },
      async ({ reason, version }) => {
        await model.do("close_pilot", { question: question.id, decision, reason: reason ?? "", version: version ?? "" });
      },
    );
    this.focus();
  }

  #confirm(row = this.#here): void {
    const { model, bench } = this.context;
    if (!row || !this.can()) return;
    if (!this.#mine(row)) return bench.say(`This coding is ${row.coder}’s: only they confirm it.`);
    const stale = this.#stale;
    const at = stale.indexOf(row);
    this.#at = (stale[at + 1] ?? stale[at - 1])?.id ?? "";
    void model.do("confirm_codings", { codings: [row.id] });
    bench.announce("Confirmed.");
  }

  #step(by: 1 | -1): void {
    const stale = this.#stale;
    const at = stale.findIndex((each) => each.id === this.#here?.id);
    const next = stale[at + by];
    if (!next) return;
    this.#at = next.id;
    this.context.at(next.id);
    this.draw();
    this.#body.querySelector(".p3c-stale-at")?.scrollIntoView({ block: "nearest" });
  }

  #toText(row: StaleRow | undefined): void {
    if (!row) return;
    const { model, question, bench } = this.context;
    model.question = question.key;
    bench.go(toText(row.key, row));
  }

  // drawing

  protected draw(): void {
    const { state } = this;
    if (!state) return;
    const top = this.#body.scrollTop;
    const held = this.#body.contains(document.activeElement);
    const [together, ...each] = state.worked;
    const several = each.length > 1;
    fill(
      this.#body,
      h("section", { "aria-label": "Worked through" },
        h("h3", {}, this.#phase(state)),
        h("div", { class: "p3c-shares" },
          bar("Recording units", together!.units, state, state.single),
          bar("Characters", together!.characters, state),
        ),
        h("p", { class: "p3c-quiet" },
          "Counted is what was read, without the interviewer’s turns; a recording unit counts when all its texts are worked through.",
          state.single && " There is one recording unit alone, so that the characters decide.",
        ),
        several && workedTable(each),
        state.open_units.length > 0 && h("details", {}, h("summary", {}, `${count(state.open_units.length, "recording unit")} not worked through yet`), h("p", { class: "p3c-quiet" }, state.open_units.join(", "))),
      ),
      this.#now && this.#decision(state),
      this.#staleList(state),
      reviews(state.reviews),
    );
    this.#body.scrollTop = top;
    if (held && !this.#body.contains(document.activeElement)) this.focus();
  }

  #phase(state: PilotState): string {
    if (!this.#now) return state.reviews.length ? "The pilot is closed" : "The pilot has not begun";
    if (state.phase === "early") return "Before the window: read on until both shares are 10 % at least";
    if (state.phase === "late") return "Above 50 %: the review is recorded as late";
    return "The window is open: revise categories and rules, then decide";
  }

  #decision(state: PilotState): HTMLElement {
    const still = !this.context.model.study.writable;
    // that it is too early is told by the bars, and that a review is due by the buttons
    const lacks = state.lacks.filter((each) => !each.startsWith("The pilot "));
    const early = state.phase === "early";
    const main = early || still ? "" : state.edited.length || lacks.length ? "changed" : "unchanged";
    const look = (decision: string) => (main === decision ? "p3c-button p3c-main" : "p3c-button");
    return h(
      "section",
      { "aria-label": "Decision" },
      h("h3", {}, "Revision"),
      this.#edited(state),
      lacks.length > 0 && h("div", { class: "p3c-sum-lacks" }, ...lacks.map((each) => h("p", {}, each))),
      h(
        "div",
        { class: "p3c-ends p3c-wrap" },
        this.tool("pilot-unchanged", "Categories stay …", { disabled: early || still, class: look("unchanged") }),
        this.tool("pilot-changed", "Categories change …", { disabled: early || still, class: look("changed") }),
      ),
    );
  }

  #edited(state: PilotState): HTMLElement {
    if (!state.edited.length) return h("p", { class: "p3c-quiet" }, "No category or rule was edited since the pilot began. Categories that came up meanwhile are what it is for.");
    return h("p", {}, "Edited since the pilot began: ", ...state.edited.flatMap((each, at): Child[] => [at > 0 && ", ", h("b", { dir: "auto" }, each.label), ` (${each.fields.join(", ")})`]), ".");
  }

  #staleList(state: PilotState): HTMLElement | false {
    if (!state.total) return false;
    const stale = this.#stale;
    const here = this.#here;
    const hidden = state.total - stale.length;
    return h(
      "section",
      { "aria-label": "Stale codings" },
      h("h3", {}, `${count(state.total, "coding")} of an earlier version`),
      h("p", { class: "p3c-quiet" }, "Each is looked at again: coded anew, resized, or confirmed as it is. Until then it counts neither as worked through nor towards saturation."),
      h(
        "ul",
        { class: "p3c-stale", "aria-label": "Stale codings" },
        ...stale.map((row) =>
          h(
            "li",
            { class: row === here ? "p3c-stale-at" : "", "aria-current": row === here ? "true" : null, onclick: () => { this.#at = row.id; this.draw(); } },
            h("div", { class: "p3c-stale-what" },
              h("b", { dir: "auto" }, row.label),
              h("blockquote", { dir: "auto" }, row.quote.length > 220 ? `${row.quote.slice(0, 219)}…` : row.quote),
              h("small", {}, `${row.key} ${row.start}–${row.end}, ${row.coder}, version ${row.version || "unknown"}`),
            ),
            h("div", { class: "p3c-ends" },
              button("Open", () => this.#toText(row), { "aria-label": `Open in the text: ${row.label}, ${row.key}`, "data-name": `text ${row.id}` }),
              this.#mine(row) && button("Confirm", () => this.#confirm(row), { disabled: !this.context.model.study.writable, "aria-label": `Confirm ${row.label}, ${row.key}`, "data-name": `confirm ${row.id}` }),
            ),
          ),
        ),
      ),
      hidden > 0 && h("p", { class: "p3c-quiet" }, this.context.model.others ? `and ${hidden.toLocaleString("en-GB")} more` : `and ${hidden.toLocaleString("en-GB")} more, or of others, which are hidden`),
    );
  }
}

/** A share as a bar with the window drawn in it. */
function bar(name: string, share: ShareRow, state: PilotState, quiet = false): HTMLElement {
  const value = share.of ? share.part / share.of : 0;
  const percent = `${(100 * value).toLocaleString("en-GB", { maximumFractionDigits: 1 })} %`;
  const state_ = value < state.low ? "early" : value > state.high ? "late" : "open";
  return h(
    "div",
    { class: `p3c-share${quiet ? " p3c-share-quiet" : ""}` },
    h("div", { class: "p3c-share-head" }, h("b", {}, name), h("span", {}, `${share.part.toLocaleString("en-GB")} of ${share.of.toLocaleString("en-GB")}`), h("span", { class: "p3c-share-value" }, percent)),
    h(
      "div",
      { class: "p3c-share-bar", role: "img", "aria-label": `${name}: ${percent}; the window is from ${100 * state.low} to ${100 * state.high} %` },
      h("i", { class: "p3c-share-window", style: `inset-inline-start:${100 * state.low}%;width:${100 * (state.high - state.low)}%` }),
      h("i", { class: `p3c-share-fill p3c-share-${state_}`, style: `width:${Math.min(100, 100 * value)}%` }),
    ),
    h("div", { class: "p3c-share-ticks", "aria-hidden": "true" }, h("span", { style: `inset-inline-start:${100 * state.low}%` }, `${100 * state.low} %`), h("span", { style: `inset-inline-start:${100 * state.high}%` }, `${100 * state.high} %`)),
  );
}

function workedTable(rows: PilotState["worked"]): HTMLElement {
  const said = (share: ShareRow) => `${share.part.toLocaleString("en-GB")} of ${share.of.toLocaleString("en-GB")}`;
  return h(
    "table",
    { class: "p3c-plain" },
    h("thead", {}, h("tr", {}, h("th", { scope: "col" }, "Coder"), h("th", { scope: "col" }, "Recording units"), h("th", { scope: "col" }, "Characters"))),
    h("tbody", {}, ...rows.map((each) => h("tr", {}, h("th", { scope: "row" }, each.coder), h("td", {}, said(each.units)), h("td", {}, said(each.characters))))),
  );
}

function reviews(rows: PilotReviewRow[]): HTMLElement | false {
  if (!rows.length) return false;
  const share = (one: ShareRow) => `${one.part.toLocaleString("en-GB")} of ${one.of.toLocaleString("en-GB")} (${one.of ? Math.round((100 * one.part) / one.of) : 0} %)`;
  return h(
    "section",
    { "aria-label": "Reviews" },
    h("h3", {}, rows.length === 1 ? "Review" : "Reviews"),
    h(
      "ol",
      { class: "p3c-reviews" },
      ...rows.map((each) =>
        h(
          "li",
          {},
          h("b", {}, each.decision === "changed" ? `Changed: version ${each.version_before} gave way to ${each.version_after}` : `Unchanged: version ${each.version_after} was frozen`),
          h("span", { class: "p3c-quiet" }, ` ${each.coder}${each.late ? ", late" : ""}`),
          each.reason && h("p", { dir: "auto" }, each.reason),
          h("p", { class: "p3c-quiet" }, `Recording units ${share(each.units)}, characters ${share(each.characters)}; ${each.categories === 1 ? "1 category" : `${each.categories} categories`}, ${count(each.codings, "coding")}.${each.edited ? ` Edited: ${each.edited}.` : ""}`),
        ),
      ),
    ),
  );
}
