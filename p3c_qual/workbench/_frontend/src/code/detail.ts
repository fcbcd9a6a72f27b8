/** What a code means: definition, coding rule, anchor examples, and what is said about it. */

import { button, count, fill, h } from "../dom";
import type { Model } from "../model";
import type { CodeRow, MemoRow } from "../wire";
import type { Codes } from "./codes";

/** The anchor examples of a code; one that was written for the codebook says so. */
export function anchorList(code: CodeRow, most = 50): HTMLElement | null {
  if (!code.anchors.length) return null;
  return h(
    "div",
    { class: "p3c-anchors" },
    ...code.anchors
      .slice(0, most)
      .map((anchor) =>
        h(
          "figure",
          {},
          h("blockquote", { dir: "auto" }, anchor.quote),
          h(
            "figcaption",
            {},
            [anchor.prototype && "prototype", anchor.invented ? "written for the codebook" : anchor.source]
              .filter(Boolean)
              .join(", "),
          ),
        ),
      ),
  );
}

export interface DetailHooks {
  edit(code: string): void;
  menu(code: string, at: HTMLElement): void;
  memo(code: string): void;
  only(code: string | null): void;
  segments(code: string): void;
  editMemo(memo: MemoRow): void;
}

export class Detail {
  readonly element = h("div", { class: "p3c-detail" });
  #code = "";

  constructor(
    private readonly model: Model,
    private readonly codes: Codes,
    private readonly hooks: DetailHooks,
    private readonly only: () => string | null,
  ) {
    this.draw();
  }

  show(code: string): void {
    this.#code = code;
    this.draw();
  }

  draw(): void {
    const code = this.model.code(this.#code);
    if (!code) {
      fill(this.element, h("p", { class: "p3c-quiet" }, "Choose a code to see its definition, coding rule and anchor examples."));
      return;
    }
    const { own, all } = this.codes.count(code.id);
    const memos = this.model.memosOn("code", code.id);
    const alone = this.only() === code.id;
    const proposals = this.model.study.proposals.filter((each) => each.code === code.id && each.status === "open");
    fill(
      this.element,
      h("h3", { class: `p3c-c${this.codes.colour(code.id)}` }, h("span", { class: "p3c-swatch" }), code.label || code.key),
      h("p", { class: "p3c-path" }, this.codes.above(code.id), code.level && ` · ${code.level}`, code.status !== "active" && ` · ${code.status}`),
      h("p", { class: "p3c-quiet" }, `${count(own, "coding")}${all > own ? `, ${all} with those below` : ""} · key ${code.key}`),
      h("h4", {}, "Definition"),
      h("p", { dir: "auto" }, code.definition || h("i", {}, "None yet.")),
      h("h4", {}, "Coding rule"),
      h("p", { dir: "auto" }, code.rule || h("i", {}, "None yet.")),
      code.anchors.length > 0 && h("h4", {}, "Anchor examples"),
      anchorList(code),
      ...proposals.map((each) => h("p", { class: "p3c-badge-line" }, `Proposed by ${each.coder}: ${each.change}. ${each.reason}`)),
      memos.length > 0 && h("h4", {}, "Memos"),
      ...memos.map((memo) =>
        h("button", { type: "button", class: "p3c-memo", onclick: () => this.hooks.editMemo(memo), dir: "auto", disabled: Boolean(memo.coder) && memo.coder !== this.model.study.me }, memo.text, h("small", {}, memo.coder)),
      ),
      h(
        "div",
        { class: "p3c-ends p3c-wrap" },
        button("Segments", () => this.hooks.segments(code.id)),
        button(alone ? "Show all codes" : "Show only this", () => this.hooks.only(alone ? null : code.id), { "aria-pressed": String(alone) }),
        button("Edit", () => this.hooks.edit(code.id)),
        button("Memo", () => this.hooks.memo(code.id)),
        button("More", (event: Event) => this.hooks.menu(code.id, event.currentTarget as HTMLElement)),
      ),
    );
  }
}
