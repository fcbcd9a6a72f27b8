/** The panel Candidates: passages in which a configuration may stand, with the words that led to them. */

import { button, count, fill, h, type Child } from "../../dom";
import { redraw } from "../../start/lists";
import { actionsOf } from "../../summarise/panels/loaded";
import type { Action } from "../../view";
import type { CandidateList, PassageCandidate } from "../../wire";
import type { ConfigurePanel, Context } from "../panel";
import { AskingPanel } from "./asking";
import { CUES, cuedPieces } from "./cues";

export const candidatesPanel: ConfigurePanel = {
  id: "candidates",
  title: "Candidates",
  mount: (element, context) => new CandidatesPanel(element, context),
};

/** What was hidden in this window, by the study; it is stored nowhere. */
const hidden = new WeakMap<object, Set<string>>();
const nameOf = (row: PassageCandidate) => `${row.key}@${row.start}-${row.end}`;

export class CandidatesPanel extends AskingPanel<CandidateList> {
  readonly actions: Action[];
  readonly #hidden: Set<string>;
  #source = "";
  #programme = "";
  #top = 10;
  #all = false;
  #at: string;
  /** Whether codings or configurations are different since the list was asked for. */
  #old = false;
  readonly #tools = h("div", { class: "p3c-bar-of-tools", role: "toolbar", "aria-label": "Which passages" });
  readonly #said = h("div", { class: "p3c-pan-about", role: "status" });
  readonly #list = h("div", { class: "p3c-pan-feed p3c-keys", role: "feed", "aria-label": "Candidates, the likeliest first" });

  constructor(element: HTMLElement, context: Context) {
    super(element, context, { wait: "The language pipeline reads the texts; the first time this takes some seconds …", address: "candidates", tables: [] });
    this.#hidden = hidden.get(context.model) ?? new Set();
    hidden.set(context.model, this.#hidden);
    this.#at = context.place;
    this.actions = actionsOf(
      "Candidates",
      ["candidate-next", "Next candidate", ["ArrowDown", "j"], () => this.step(1)],
      ["candidate-before", "Candidate before", ["ArrowUp", "k"], () => this.step(-1)],
      ["candidate-text", "Open the candidate in the text", ["t", "Enter"], () => this.#row && this.toText(this.#row)],
      ["candidate-link", "Link words of the candidate in the Code view", ["l"], () => this.#row && this.link(this.#row)],
      ["candidate-hide", "Hide the candidate until this window is closed", ["x", "Delete"], () => this.#row && this.hide(this.#row)],
      ["candidate-again", "Look for candidates anew", ["g"], () => this.load()],
    );
    this.listen(
      context.store.on((change) => {
        // what is used already is told anew; the list itself only on demand, it takes its time
        if (change.configurations === null || change.configurations.length) this.#old = true;
      }),
    );
    this.load();
  }

  protected override query() {
    const study = this.context.model.study;
    const source = study.sources.find((each) => each.id === this.#source);
    return { top: this.#top, source: source?.key ?? "", programme: this.#programme };
  }

  protected begin(): void {
    fill(this.element, this.#tools, this.#said, this.#list);
  }

  protected override waits(): void {
    this.#old = false;
    if (!this.state) return;
    this.#list.setAttribute("aria-busy", "true");
    fill(this.#said, h("p", {}, "Reading the texts …"), h("progress", { "aria-label": "The texts are being read" }));
  }

  go(place: string): void {
    this.#at = place;
    this.refresh();
    this.focus();
  }

  protected enter(): void {
    const at = this.#list.querySelector<HTMLElement>('[tabindex="0"]');
    (at ?? this.element.querySelector<HTMLElement>("select, button"))?.focus({ preventScroll: !at });
  }

  get #shown(): PassageCandidate[] {
    return (this.state?.candidates ?? []).filter((each) => this.#all || !this.#hidden.has(nameOf(each)));
  }

  get #row(): PassageCandidate | undefined {
    const focused = (document.activeElement as HTMLElement | null)?.closest<HTMLElement>("[data-candidate]")?.dataset.candidate;
    return this.#shown.find((each) => nameOf(each) === (focused ?? this.#at));
  }

  // deeds

  step(by: number): void {
    const rows = this.#shown;
    const row = this.#row;
    const next = rows[Math.max(0, Math.min((row ? rows.indexOf(row) : -1) + by, rows.length - 1))];
    if (!next) return;
    this.#come(nameOf(next));
    this.#list.querySelector<HTMLElement>('[tabindex="0"]')?.focus();
  }

  /** Be at a candidate, without drawing anything anew. */
  #come(name: string): void {
    this.#at = name;
    this.context.at(name);
    for (const each of this.#list.querySelectorAll<HTMLElement>("[data-candidate]")) each.tabIndex = each.dataset.candidate === name ? 0 : -1;
  }

  toText(row: PassageCandidate): void {
    this.#come(nameOf(row));
    this.context.openText(row.key, row.start, row.end);
  }

  /** The passage is marked in the text, where a role makes it part of a configuration. */
  link(row: PassageCandidate): void {
    this.toText(row);
    this.context.say("The passage is marked. Mark the words of each part in turn and give them a role, and the tray links them. What is context, mechanism or outcome is for you to say.");
  }

  hide(row: PassageCandidate): void {
    const rows = this.#shown;
    const at = rows.indexOf(row);
    const name = nameOf(row);
    if (this.#hidden.has(name)) this.#hidden.delete(name);
    else this.#hidden.add(name);
    const next = this.#all ? row : (rows[at + 1] ?? rows[at - 1]);
    this.#at = next ? nameOf(next) : "";
    this.refresh();
    this.focus();
    if (this.#hidden.has(name)) this.context.bench.announce("Hidden until this window is closed; nothing is stored.");
  }

  // drawing

  protected draw(): void {
    const state = this.state!;
    const rows = this.#shown;
    const gone = state.candidates.filter((each) => this.#hidden.has(nameOf(each))).length;
    if (!rows.some((each) => nameOf(each) === this.#at)) this.#at = rows[0] ? nameOf(rows[0]) : "";
    this.#drawTools(gone);
    fill(
      this.#said,
      h("p", {}, `${count(state.looked_at, "passage")} looked at, ${count(state.candidates.length, "candidate")}. `, h("b", {}, "Whether a configuration stands in one, a person decides."), " The order says where to look first, and measures nothing."),
      h("p", { class: "p3c-quiet" }, state.pipeline || "No pipeline read the texts."),
      this.#old && h("p", { class: "p3c-pan-fault" }, "Configurations have changed since. ", button("Look anew", () => this.load(), { "data-name": "anew" })),
      h("p", { class: "p3c-pan-legend", role: "group", "aria-label": "What the words were taken for" }, ...Object.entries(CUES).filter(([kind]) => state.candidates.some((each) => each.cues.some((cue) => cue.kind === kind))).flatMap(([kind, label]) => [h("mark", { class: `p3c-pan-cue p3c-pan-cue-${kind}` }, label), " "])),
    );
    this.#list.removeAttribute("aria-busy");
    const held = this.#list.contains(document.activeElement);
    redraw(this.#list, ...(rows.length ? rows.map((row, at) => this.#article(row, at, rows.length)) : [this.#none(gone)]));
    if (held) this.focus();
  }

  #none(gone: number): HTMLElement {
    return h(
      "div",
      { class: "p3c-pan-first" },
      h("h2", {}, gone ? "All of them are hidden" : "No candidate"),
      gone
        ? h("p", {}, button("Show what is hidden", () => ((this.#all = true), this.refresh())))
        : h("p", {}, this.#source || this.#programme ? "In what was chosen above no passage holds a cause, a context and a change or response together. Look in all sources." : "A candidate is a passage in which words of cause, context, response and change stand together. There is none yet; add interviews, or read and link by hand in the Code view."),
    );
  }

  #article(row: PassageCandidate, at: number, all: number): HTMLElement {
    const name = nameOf(row);
    const off = this.#hidden.has(name);
    const id = `p3c-pan-candidate-${at}`;
    return h(
      "article",
      { class: `p3c-pan-candidate${off ? " p3c-pan-off" : ""}`, "data-candidate": name, "data-name": name, tabindex: name === this.#at ? "0" : "-1", "aria-posinset": at + 1, "aria-setsize": all, "aria-labelledby": id, onfocusin: () => name !== this.#at && this.#come(name) },
      h(
        "div",
        { class: "p3c-pan-foot" },
        h("b", { id }, `${at + 1}. ${row.who || row.key}`),
        h("span", {}, row.who && row.who !== row.key ? row.key : ""),
        ...row.used.map((key) => button(`in ${key} already`, () => this.context.openCard(key), { class: "p3c-button p3c-link", title: "This configuration has evidence in the passage", "data-name": `used ${name} ${key}` })),
      ),
      h("p", { class: "p3c-pan-text", dir: "auto" }, ...pieces(row)),
      h("p", { class: "p3c-quiet", dir: "auto" }, row.why),
      h(
        "div",
        { class: "p3c-pan-row" },
        button("Open in the text", () => this.toText(row), { "data-name": `text ${name}` }),
        button("Link its words", () => this.link(row), { "data-name": `link ${name}`, disabled: this.still }),
        button(off ? "Show again" : "Hide", () => this.hide(row), { "data-name": `hide ${name}`, title: "Only in this window, and only until it is closed; nothing is stored" }),
      ),
    );
  }

  #drawTools(gone: number): void {
    const { study } = this.context.model;
    const sources = study.sources.filter((each) => each.length !== null && (!this.#programme || each.programme === this.#programme));
    const programmes = [...new Set(study.sources.map((each) => each.programme).filter(Boolean))].sort();
    const choose = (name: string, label: string, value: string, rows: [string, string][], set: (value: string) => void) =>
      h(
        "select",
        { "aria-label": label, "data-name": name, onchange: (event: Event) => (set((event.target as HTMLSelectElement).value), this.load()) },
        ...rows.map(([id, said]) => h("option", { value: id, selected: id === value }, said)),
      );
    redraw(
      this.#tools,
      programmes.length > 1 && choose("programme", "Programme", this.#programme, [["", "all programmes"], ...programmes.map((each): [string, string] => [each, each])], (value) => {
        this.#programme = value;
        this.#source = "";
      }),
      choose("source", "Source", this.#source, [["", "all sources"], ...sources.map((each): [string, string] => [each.id, each.title && each.title !== each.key ? `${each.key}, ${each.title}` : each.key])], (value) => (this.#source = value)),
      choose("top", "How many", String(this.#top), [["10", "top 10"], ["30", "top 30"]], (value) => (this.#top = Number(value))),
      this.tool("candidate-again", "Look anew"),
      h("span", { class: "p3c-space" }),
      gone > 0 && button(this.#all ? `Leave out what is hidden (${gone})` : `Show what is hidden (${gone})`, () => ((this.#all = !this.#all), this.refresh()), { "aria-pressed": String(this.#all), "data-name": "hidden", title: "Hidden only in this window, until it is closed; nothing is stored" }),
    );
  }
}

/** The words of the passage, with what led to it marked; places are over the whole source. */
function pieces(row: PassageCandidate): Child[] {
  const cues = row.cues.map((cue) => ({ ...cue, start: cue.start - row.start, end: cue.end - row.start }));
  return cuedPieces(row.text, cues).map(({ text, kinds }) => (kinds.length ? h("mark", { class: `p3c-pan-cue p3c-pan-cue-${kinds[0]}`, title: kinds.map((each) => CUES[each] ?? each).join(", ") }, text) : text));
}
