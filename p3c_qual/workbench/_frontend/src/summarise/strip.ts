/** The row under the cursor in full: its words in the text, and what was decided about it. */

import { button, fill, h, type Child } from "../dom";
import type { Shown } from "./foresee";
import { placeOf, STATES } from "./rowcells";
import type { Summary } from "./summary";

/** Draw it below the table. */
export function drawStrip(element: HTMLElement, summary: Summary, id: string, toText: () => void): void {
  const row = summary.unit(id);
  if (!row) return fill(element, h("p", { class: "p3c-quiet" }, "No row is shown."));
  const twin = summary.unit(row.same_as);
  fill(
    element,
    h(
      "div",
      { class: "p3c-sum-strip-head" },
      h("b", {}, `No. ${summary.no(id)}`),
      h("span", {}, [...new Set([row.unit, placeOf(row)])].filter(Boolean).join(", ")),
      h("span", { class: "p3c-quiet" }, STATES[row.state]),
      h("span", { class: "p3c-quiet" }, row.coder && `by ${row.coder}`),
      button("Open in the text", toText, { class: "p3c-button p3c-link" }),
    ),
    row.edited && h("p", { class: "p3c-fault" }, "The text of this source was edited since the unit was taken. Look at it in the text."),
    h("blockquote", { dir: "auto" }, row.quote),
    h(
      "dl",
      { class: "p3c-sum-facts" },
      ...fact("Paraphrase", row.dropped ? null : row.paraphrase, rulesOf(summary, row.z1)),
      ...fact("Says nothing", row.dropped, row.dropped ? rulesOf(summary, ["Z1.1"]) : null),
      ...fact("Generalisation", row.generalisation, rulesOf(summary, row.z2)),
      ...fact("Reduction 1", decided(row), rulesOf(summary, [row.z3]), twin && `Says the same as no. ${summary.no(twin.id)}: ${twin.generalisation}`, row.reason && `Reason: ${row.reason}`),
      ...fact("Reduction 2", row.state === "bundled" ? summary.path(row.reduction) : row.left_over && `left over: ${row.left_over}`, rulesOf(summary, [row.z4])),
    ),
  );
}

function decided(row: Shown): string {
  return row.kept === null || !row.generalisation ? "" : row.kept ? "kept" : "deleted";
}

function fact(name: string, words: Child, ...more: Child[]): HTMLElement[] {
  if (!words) return [];
  return [h("dt", {}, name), h("dd", { dir: "auto" }, words, ...more.filter(Boolean).map((each) => h("small", {}, each)))];
}

function rulesOf(summary: Summary, ids: string[]): string {
  return ids
    .filter(Boolean)
    .map((id) => `${id} ${summary.rules.find((rule) => rule.id === id)?.title ?? ""}`)
    .join("; ");
}
