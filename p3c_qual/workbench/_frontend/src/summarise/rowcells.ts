/** What stands in the cells of the summarising table. */

import { h, type Child } from "../dom";
import type { Shown } from "./foresee";
import type { Column } from "./grid";
import type { Summary } from "./summary";

export const COLUMNS: Column[] = [
  { id: "no", title: "No.", width: "minmax(3.4em, max-content)" },
  { id: "case", title: "Case", width: "minmax(5em, 0.6fr)" },
  { id: "place", title: "Place", width: "minmax(5.5em, 0.6fr)" },
  { id: "paraphrase", title: "Paraphrase", width: "minmax(9em, 2fr)", text: true },
  { id: "generalisation", title: "Generalisation", width: "minmax(9em, 2fr)", text: true },
  { id: "reduce", title: "Reduction 1", width: "minmax(7.8em, 0.8fr)" },
  { id: "category", title: "Reduction 2 (category)", width: "minmax(9em, 2fr)" },
];

/** The column in which a step is worked on. */
export const COLUMN_OF: Record<string, string> = {
  define: "paraphrase",
  paraphrase: "paraphrase",
  generalise: "generalisation",
  reduce: "reduce",
  bundle: "category",
};

export const STATES: Record<string, string> = {
  unit: "not paraphrased",
  dropped: "dropped",
  paraphrased: "paraphrased",
  generalised: "generalised",
  deleted: "deleted",
  kept: "kept",
  bundled: "bundled",
  left_over: "left over",
};

export function cellOf(summary: Summary, id: string, column: string): Child[] {
  const row = summary.unit(id);
  if (!row) return [];
  switch (column) {
    case "no":
      return [summary.no(id), row.edited && h("span", { class: "p3c-sum-edited", title: "The text was edited since" }, " ✎", h("span", { class: "p3c-voice" }, "text was edited"))];
    case "case":
      return [row.unit];
    case "place":
      return [h("button", { type: "button", class: "p3c-button p3c-link p3c-grid-text", tabindex: "-1", title: "Open the text" }, placeOf(row))];
    case "paraphrase":
      if (row.dropped) return [h("s", {}, row.paraphrase || row.quote), rule("Z1.1"), row.dropped];
      return [row.state === "deleted" ? h("s", {}, row.paraphrase) : row.paraphrase || h("span", { class: "p3c-quiet" }, "–")];
    case "generalisation":
      return [row.state === "deleted" ? h("s", {}, row.generalisation) : row.generalisation];
    case "reduce":
      return reduced(summary, row);
    default:
      return categorised(summary, row);
  }
}

/** Where a unit stands, for eyes; the source is named where it is not the case itself. */
export function placeOf(row: Shown): string {
  return [row.key !== row.unit && row.key, row.line > 0 && `line ${row.line}`].filter(Boolean).join(", ") || row.key;
}

function reduced(summary: Summary, row: Shown): Child[] {
  if (row.kept === null || !row.generalisation) return [];
  const twin = row.same_as ? summary.no(row.same_as) : 0;
  return [h("span", { class: row.kept ? "p3c-sum-keeps" : "p3c-sum-deletes" }, row.kept ? "kept" : "deleted"), rule(row.z3), twin > 0 && `as no. ${twin}`];
}

function categorised(summary: Summary, row: Shown): Child[] {
  if (row.state === "bundled") {
    const category = summary.reduction(row.reduction);
    const above = category?.into ? summary.path(category.into) : "";
    return [category?.label, rule(row.z4), above && h("small", { class: "p3c-sum-within", dir: "auto" }, `in ${above}`)];
  }
  if (row.state === "left_over") return [h("span", { class: "p3c-sum-left-over" }, "left over: "), row.left_over];
  return [];
}

function rule(id: string): Child {
  return id && h("span", { class: "p3c-badge p3c-sum-rule" }, id);
}

export function classOf(row: Shown | undefined): string {
  return row ? `p3c-sum-is-${row.state}${row.pending ? " p3c-sum-pending" : ""}` : "";
}

/** Whether the step a question is in wants something of a row. */
export function needs(row: Shown, step: string): boolean {
  if (row.edited) return true;
  const open: Record<string, string[]> = {
    define: ["unit"],
    paraphrase: ["unit"],
    generalise: ["unit", "paraphrased"],
    reduce: ["unit", "paraphrased", "generalised"],
    bundle: ["unit", "paraphrased", "generalised", "kept"],
  };
  return (open[step] ?? []).includes(row.state);
}
