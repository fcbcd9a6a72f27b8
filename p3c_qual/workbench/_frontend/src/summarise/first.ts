/** What the Summarise view shows where no research question is asked yet. */

import { button, h } from "../dom";
import { TECHNIQUES } from "./techniques";

/** Explain what it is for, and offer the techniques. */
export function firstQuestion(begin: (technique: string) => void, writable: boolean): HTMLElement {
  return h(
    "div",
    { class: "p3c-sum-first" },
    h("h2", {}, "Begin with a research question"),
    h(
      "p",
      {},
      "Qualitative content analysis after Mayring goes step by step. A study holds one or more research questions over the same texts, each with a technique, with units that are declared before anything is coded, and with the step it is in. The workbench shows what a step still lacks, keeps the rule of every decision, and takes nothing away.",
    ),
    h("p", { class: "p3c-quiet" }, "Choose the technique that answers the question. Free coding in the Code view needs none of this."),
    h(
      "ul",
      { class: "p3c-sum-techniques" },
      ...TECHNIQUES.map((each) =>
        h(
          "li",
          {},
          button(each.label, () => begin(each.key), { disabled: !writable, "data-name": each.key }),
          h("span", {}, each.does),
        ),
      ),
    ),
  );
}
