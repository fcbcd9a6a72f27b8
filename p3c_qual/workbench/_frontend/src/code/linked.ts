/** What of the open source is evidence of a configuration: a light line under the words, a name beside them. */

import { h, onceAFrame } from "../dom";
import { openMenu } from "../menu";
import { Refused, Unreachable } from "../server";
import type { LinkedSpan, LinkedState } from "../wire";
import { Highlighter } from "./highlight";
import { DOES, isRole, letterOf, lineOf, NAMES } from "./linkrows";
import type { CodeView } from "./view";

export class Linked {
  readonly #marks = new Highlighter("p3c-linked", 0);
  /** What speaks against a claim, and what is said not to be there. */
  readonly #against = new Highlighter("p3c-linked-against", 1);
  readonly #absent = new Highlighter("p3c-linked-absent", 1);
  readonly #forget: (() => void)[];
  #spans: LinkedSpan[] = [];
  /** The source that the spans are of. */
  #source = "";
  #turn = 0;
  #ended = false;

  constructor(private readonly view: CodeView) {
    const { model } = view;
    this.#forget = [
      model.on("source", () => void this.#load()),
      model.on("study", () => void this.#load()),
      model.on("delta", (delta) => {
        if (delta.claims.length) void this.#load();
      }),
    ];
    view.text.element.addEventListener("click", (event) => {
      const id = (event.target as Element).closest<HTMLElement>(".p3c-linked-mark")?.dataset.configuration;
      if (id) view.linking.open(id);
    });
  }

  dispose(): void {
    this.#ended = true;
    for (const each of this.#forget) each();
    this.#show([]);
  }

  get on(): boolean {
    return this.view.model.study.desk.linked !== false;
  }

  toggle(): void {
    this.view.desk("linked", !this.on);
    this.view.bench.say(this.on ? "What is linked is shown." : "What is linked is hidden.");
    void this.#load();
  }

  /** Go to the configuration under the cursor; where there are several they are offered. */
  openHere(): void {
    const { cursor, bench, text } = this.view;
    const { span } = cursor;
    const here = span ? this.#spans.filter((each) => each.start < span.end && span.start < each.end) : [];
    const found = [...new Map(here.map((each) => [each.configuration, each])).values()];
    if (!found.length) return bench.say(this.on ? "Nothing here is linked." : "What is linked is hidden.");
    if (found.length === 1) return this.view.linking.open(found[0]!.configuration);
    const at = text.range(span!);
    openMenu(bench.root, at, "Linked here", found.map((each) => ({ label: `${each.key} ${each.label}`, run: () => this.view.linking.open(each.configuration) })));
  }

  async #load(): Promise<void> {
    const { model } = this.view;
    const { source } = model;
    const turn = ++this.#turn;
    if (!source || !this.on || model.still) {
      this.#spans = [];
      return this.draw();
    }
    try {
      const state = await model.server.get<LinkedState>(`linked/${encodeURIComponent(source.id)}`, { study: model.path });
      if (turn !== this.#turn || this.#ended) return;
      this.#spans = state.spans;
      this.#source = state.source;
    } catch (error) {
      // it is asked again at the next change; the model says that the server is out of reach
      if (!(error instanceof Unreachable || error instanceof Refused)) throw error;
      if (turn !== this.#turn || this.#source === source.id) return;
      this.#spans = [];
    }
    this.draw();
  }

  /** Draw the marks beside the lines their words begin in. */
  readonly draw = onceAFrame(() => {
    if (this.#ended) return;
    const { text } = this.view;
    for (const old of text.element.querySelectorAll(".p3c-linked")) old.remove();
    const rows = new Map<HTMLElement, Map<string, LinkedSpan[]>>();
    for (const span of this.#here) {
      const row = text.rowElement(span.start);
      if (!row) continue;
      const on = rows.get(row) ?? new Map<string, LinkedSpan[]>();
      on.set(span.configuration, [...(on.get(span.configuration) ?? []), span]);
      rows.set(row, on);
    }
    for (const [row, on] of rows) row.append(h("div", { class: "p3c-linked" }, ...[...on.values()].map(mark)));
    this.#mark();
  });

  /** The spans that the text on the page holds. */
  get #here(): LinkedSpan[] {
    const { source, offsets } = this.view.model;
    if (!source || source.id !== this.#source) return [];
    const length = offsets.toCodePoint(source.text.length);
    return this.#spans.filter((each) => each.start < each.end && each.end <= length);
  }

  /** Mark the words again; what is drawn anew loses its marks. */
  readonly refresh = onceAFrame(() => {
    if (!this.#ended) this.#mark();
  });

  #show(spans: LinkedSpan[]): void {
    const lines = { for: this.#marks, against: this.#against, absent: this.#absent };
    for (const [kind, marks] of Object.entries(lines)) marks.show(spans.filter((each) => lineOf(each) === kind).map((each) => this.view.text.range(each)));
  }

  #mark(): void {
    this.#show(this.#here);
  }
}

/** The name of a configuration, with a letter for each of its elements that begins in the line. */
function mark(spans: LinkedSpan[]): HTMLElement {
  const [first] = spans as [LinkedSpan];
  const parts = [...new Map(spans.map((each) => [`${each.role} ${lineOf(each) === "against"}`, each])).values()];
  const said = spans.map((each) => `${isRole(each.role) ? NAMES[each.role] : "As a whole"}${each.absent ? ", said not to be there" : ""}${DOES[each.evidence_role] ?? ""}${each.words ? `: ${each.words}` : ""}`);
  const named = `${first.key}${first.label ? ` ${first.label}` : ""}, ${first.completeness_label}`;
  return h(
    "button",
    {
      type: "button",
      tabindex: "-1",
      class: "p3c-linked-mark",
      "data-configuration": first.configuration,
      "aria-label": `Linked in ${named}. ${[...new Set(said)].join(". ")}. Open in Configure`,
      title: `${named}\n${[...new Set(said)].join("\n")}`,
    },
    h("span", {}, first.key),
    ...parts.map((each) => h("b", { class: `${isRole(each.role) ? `p3c-role-${each.role}` : ""} p3c-linked-${lineOf(each)}` }, letterOf(each.role))),
  );
}
