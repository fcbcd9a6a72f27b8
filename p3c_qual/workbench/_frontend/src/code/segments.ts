/** The coded segments of a code beside the text, each with its context unit. */

import { button, count, fill, h } from "../dom";
import type { Model } from "../model";
import type { SegmentList, SegmentRow } from "../wire";
import type { Codes } from "./codes";

const PAGE = 50;

export class Segments {
  readonly element = h("div", { class: "p3c-segments" });
  #code = "";
  #below = true;
  #place = "";
  #asked = 0;

  constructor(
    private readonly model: Model,
    private readonly codes: Codes,
    private readonly go: (row: SegmentRow) => void,
    private readonly failed: (error: unknown) => void,
  ) {
    fill(this.element, h("p", { class: "p3c-quiet" }, "Choose a code to list its segments."));
  }

  show(code: string): void {
    this.#code = code;
    void this.#load();
  }

  /** Look again: somebody coded. */
  again(): void {
    if (this.#code && this.element.isConnected) void this.#load();
  }

  async #ask(offset: number): Promise<SegmentList> {
    const [programme, site] = this.#place.split("\n");
    return this.model.server.get<SegmentList>("segments", {
      study: this.model.path,
      code: this.#code,
      below: this.#below,
      others: this.model.others,
      programme: programme || undefined,
      site: site || undefined,
      offset,
      limit: PAGE,
    });
  }

  async #load(): Promise<void> {
    const turn = ++this.#asked;
    try {
      const found = await this.#ask(0);
      // a later question was asked meanwhile
      if (turn !== this.#asked) return;
      this.#draw(found);
    } catch (error) {
      this.failed(error);
    }
  }

  #draw(found: SegmentList): void {
    const code = this.model.code(this.#code);
    const list = h("ol", { class: "p3c-segment-list" });
    const more = button("More", async () => {
      try {
        const next = await this.#ask(list.children.length);
        for (const row of next.rows) list.append(this.#item(row));
        more.hidden = list.children.length >= found.total;
        (list.children[list.children.length - next.rows.length] as HTMLElement | undefined)?.querySelector("button")?.focus();
      } catch (error) {
        this.failed(error);
      }
    });
    for (const row of found.rows) list.append(this.#item(row));
    more.hidden = found.rows.length >= found.total;
    fill(
      this.element,
      h("h3", { class: `p3c-c${this.codes.colour(this.#code)}` }, h("span", { class: "p3c-swatch" }), code?.label ?? ""),
      h(
        "div",
        { class: "p3c-ends p3c-wrap" },
        h(
          "label",
          {},
          h("input", {
            type: "checkbox",
            checked: this.#below,
            onchange: (event: Event) => {
              this.#below = (event.target as HTMLInputElement).checked;
              void this.#load();
            },
          }),
          " with codes below",
        ),
        this.#places(),
      ),
      h("p", { class: "p3c-quiet" }, `${count(found.total, "segment")}${this.model.others ? "" : " of yours"}`),
      list,
      more,
    );
  }

  #places(): HTMLElement {
    const known = new Set<string>();
    for (const { programme, site } of this.model.study.sources) {
      if (programme) known.add(programme);
      if (programme && site) known.add(`${programme}\n${site}`);
    }
    return h(
      "select",
      {
        "aria-label": "Only from",
        onchange: (event: Event) => {
          this.#place = (event.target as HTMLSelectElement).value;
          void this.#load();
        },
      },
      h("option", { value: "" }, "everywhere"),
      ...[...known].sort().map((value) => h("option", { value, selected: value === this.#place }, value.replace("\n", " · "))),
    );
  }

  #item(row: SegmentRow): HTMLElement {
    return h("li", {}, segmentButton(row, () => this.go(row), this.model.study.me));
  }
}

/** A segment in its context unit, to go to. */
export function segmentButton(row: SegmentRow, go: () => void, me: string): HTMLElement {
  const at = row.turn.indexOf(row.quote);
  const [before, after] = at < 0 ? ["", ""] : [row.turn.slice(0, at), row.turn.slice(at + row.quote.length)];
  const who = [row.key, row.interviewee !== row.key && row.interviewee, row.stakeholder_types.join(" "), row.coding && row.coding.coder !== me && `by ${row.coding.coder}`];
  return h(
    "button",
    { type: "button", class: "p3c-segment", onclick: go },
    h("small", {}, who.filter(Boolean).join(" · "), row.coding?.important && " ★", row.coding?.unsure && " ?"),
    row.question && h("span", { class: "p3c-question", dir: "auto" }, short(row.question, 140)),
    h("span", { class: "p3c-turn-text", dir: "auto" }, tail(before, 160), h("mark", {}, short(row.quote, 900)), short(after, 160)),
  );
}

function short(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most)} …` : text;
}

function tail(text: string, most: number): string {
  return text.length > most ? `… ${text.slice(-most)}` : text;
}
