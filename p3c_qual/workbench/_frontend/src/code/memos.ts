/** The memos of the source, its case and the study; written while reading. */

import { ask } from "../dialog";
import { button, fill, h } from "../dom";
import type { Model } from "../model";
import type { MemoRow } from "../wire";
import type { TextPane } from "./text";

export interface About {
  about: string;
  target?: string | null;
  start?: number;
  end?: number;
  name: string;
}

export class Memos {
  readonly element = h("div", { class: "p3c-memos" });

  constructor(
    private readonly model: Model,
    private readonly text: TextPane,
    private readonly host: HTMLElement,
    private readonly go: (memo: MemoRow) => void,
  ) {}

  draw(): void {
    const { source, study } = this.model;
    if (!source) return fill(this.element);
    const row = study.sources.find((each) => each.id === source.id);
    const here = [...source.memos].sort((a, b) => (a.start ?? -1) - (b.start ?? -1));
    const groups: [string, MemoRow[]][] = [
      ["This source", here.filter((memo) => memo.about === "source" && memo.target === source.id)],
      ["The case", here.filter((memo) => memo.about === "interviewee")],
      ["In the text", here.filter((memo) => memo.about === "span" || memo.about === "coding")],
      ["The study", here.filter((memo) => memo.about === "study")],
    ];
    fill(
      this.element,
      h(
        "div",
        { class: "p3c-ends p3c-wrap" },
        button("On this source", () => void this.write({ about: "source", target: source.key, name: source.key })),
        ...(row?.interviewees ?? []).map((person) =>
          button(`On the case ${person}`, () => void this.write({ about: "interviewee", target: person, name: person })),
        ),
        button("On the study", () => void this.write({ about: "study", name: "the study" })),
      ),
      ...groups.flatMap(([name, memos]) =>
        memos.length ? [h("h4", {}, name), ...memos.map((memo) => this.#item(memo))] : [],
      ),
      !here.length && h("p", { class: "p3c-quiet" }, "No memo yet. What strikes you while reading belongs here: on the source, the case, or a passage (key m)."),
    );
  }

  #item(memo: MemoRow): HTMLElement {
    const coding = this.model.codings.get(memo.target ?? "");
    const place = memo.about === "span" ? memo.start : coding?.start;
    const own = this.model.study.writable && (!memo.coder || memo.coder === this.model.study.me);
    return h(
      "div",
      { class: "p3c-memo" },
      place !== undefined && place !== null &&
        button(`line ${this.text.lineOf(place)}${coding ? `, ${this.model.code(coding.code)?.label ?? ""}` : ""}`, () => this.go(memo), { class: "p3c-link" }),
      h("p", { dir: "auto" }, memo.text),
      h(
        "small",
        {},
        [memo.kind, memo.coder].filter(Boolean).join(", "),
        " ",
        own && button("Edit", () => void this.edit(memo), { class: "p3c-link" }),
        own && button("Delete", () => void this.model.do("delete_memo", { memo: memo.id }), { class: "p3c-link" }),
      ),
    );
  }

  /** Write a memo on something. */
  write(about: About): Promise<boolean> {
    return ask(
      this.host,
      {
        title: `Memo on ${about.name}`,
        fields: [
          { name: "text", label: "Memo", lines: 7, required: true, help: "Ctrl+Enter saves." },
          {
            name: "kind",
            label: "Kind",
            options: [
              { value: "", label: "note" },
              { value: "surprise", label: "surprise" },
              { value: "method", label: "method" },
              { value: "theory", label: "theory" },
            ],
          },
        ],
        ok: "Save",
      },
      async ({ text, kind }) => {
        const { name: _, target, ...rest } = about;
        await this.model.doOrKeep("memo", { ...rest, ...(target ? { target } : {}), text, kind });
      },
    );
  }

  edit(memo: MemoRow): Promise<boolean> {
    return ask(
      this.host,
      {
        title: "Edit memo",
        fields: [{ name: "text", label: "Memo", lines: 7, value: memo.text, required: true, help: "Ctrl+Enter saves." }],
        ok: "Save",
      },
      async ({ text }) => {
        await this.model.doOrKeep("edit_memo", { memo: memo.id, text });
      },
    );
  }
}
