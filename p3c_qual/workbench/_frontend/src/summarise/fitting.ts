/** Which of the chosen rows are in a state for a deed, and why the others are left out. */

import { count } from "../dom";
import type { Shown } from "./foresee";
import type { Summary } from "./summary";

/** Why a row is not in a state for something; empty where it is. */
export type Why = (row: Shown) => string;

/** The first reduction (Z3) chooses among what the generalisation has lifted. */
export const undecidable: Why = ({ state }) =>
  state === "dropped" ? "dropped by Z1.1" : ["unit", "paraphrased"].includes(state) ? "without a generalisation" : "";

/** The second (Z4) takes what the first has kept. */
export const unkept: Why = (row) => undecidable(row) || (row.state === "deleted" ? `deleted by ${row.z3 || "Z3"}` : row.state === "generalised" ? "not kept by Z3 yet" : "");

export const undecided: Why = ({ state }) => (["unit", "paraphrased", "generalised"].includes(state) ? "not decided on yet" : "");

/** Rows a deed is for, and one sentence on those that are left out. */
export function sorted(summary: Pick<Summary, "unit">, ids: string[], why: Why): { rows: string[]; left: string } {
  const fits = new Set(ids.filter((id) => summary.unit(id) && !why(summary.unit(id)!)));
  const rows = [...fits];
  const out = ids.filter((id) => !fits.has(id));
  const left = out.length ? `${count(out.length, "row")} ${out.length === 1 ? "was" : "were"} left out: ${reasonsOf(summary, out, why)}.` : "";
  return { rows, left };
}

/** Why rows are left out, each reason once. */
export function reasonsOf(summary: Pick<Summary, "unit">, ids: string[], why: Why): string {
  const reasons = ids.map((id) => summary.unit(id)).map((row) => (row ? why(row) : "not there any more"));
  return [...new Set(reasons)].filter(Boolean).join(", or ");
}
