/** The lines of the panel Categories: a category, a unit in it, and what is left over. */

import { button, count, h } from "../dom";
import { placeOf } from "./rowcells";
import type { Summary } from "./summary";

/** The group of what no category takes. */
export const OVER = "left over";

/** What a category is shown with; `main` says that others stand within it. */
export interface Face {
  open: boolean;
  main: boolean;
  all: { units: number; cases: Set<string> };
}

function line(id: string, depth: number, kind: string, open: boolean | null, ...content: (Node | false)[]): HTMLElement {
  return h(
    "div",
    {
      role: "treeitem",
      id: `p3c-cat-${id.replace(/[^\w-]/g, "_")}`,
      "data-id": id,
      class: `p3c-cat p3c-cat-${kind}`,
      style: `--depth:${depth}`,
      "aria-level": depth + 1,
      "aria-expanded": open === null ? null : String(open),
    },
    h("span", { class: "p3c-twist", "aria-hidden": "true" }),
    ...content,
  );
}

export function categoryLine(summary: Summary, id: string, depth: number, { open, main, all }: Face): HTMLElement {
  const row = summary.reduction(id)!;
  const rule = summary.rules.find((each) => each.id === row.rule);
  return line(
    id,
    depth,
    "category",
    open,
    h("span", { class: main ? "p3c-name p3c-cat-main" : "p3c-name", dir: "auto" }, row.label),
    row.into !== null && row.rule !== "" && h("span", { class: "p3c-badge", title: [rule?.title, row.reason].filter(Boolean).join(": ") }, row.rule),
    row.code !== null && h("span", { class: "p3c-badge" }, "code"),
    h("span", { class: "p3c-count" }, `${count(all.units, "unit")}, ${count(all.cases.size, "case")}`),
  );
}

export function overLine(number: number, open: boolean): HTMLElement {
  return line(OVER, 0, "over", open, h("span", { class: "p3c-name" }, "Left over"), h("span", { class: "p3c-count" }, count(number, "unit")));
}

export function unitLine(summary: Summary, id: string, depth: number, toText: (id: string) => void): HTMLElement {
  const row = summary.unit(id)!;
  const why = row.state === "left_over" && h("small", {}, ` ${row.left_over}`);
  return line(
    id,
    depth,
    "unit",
    null,
    h("span", { class: "p3c-count" }, summary.no(id)),
    h("span", { class: "p3c-name", dir: "auto" }, row.generalisation || row.paraphrase, why),
    h("small", {}, [...new Set([row.unit, placeOf(row)])].join(", ")),
    button("Text", () => toText(id), { class: "p3c-button p3c-link", tabindex: "-1", "aria-label": `Open the text of no. ${summary.no(id)}` }),
  );
}
