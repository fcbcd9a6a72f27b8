/** The line below the text: where the coder is, and how much is done. */

import { covered, union } from "../core/ranges";
import { count, fill, h, percent } from "../dom";
import type { CodeView } from "./view";

/** Draw where the coder is, and how far. */
export function drawStateLine(view: CodeView, line: HTMLElement): void {
  const { source } = view.model;
  if (!source) return;
  const { span } = view.cursor;
  const here = span ? view.text.within(span).map((id) => view.codes.label(view.model.codings.get(id)!.code)) : [];
  const summarised = view.paraphrasing.question !== undefined;
  const { share, coded } = shares(view);
  const shownCodings = [...view.model.codings.keys()].filter((id) => view.passes(id)).length;
  fill(
    line,
    h("b", {}, source.key),
    span && h("span", {}, `line ${view.text.lineOf(span.start)}`),
    here.length > 0 && h("span", { class: "p3c-here" }, [...new Set(here)].join(", ")),
    summarised && h("span", { class: "p3c-here" }, view.paraphrasing.said()),
    h("span", { class: "p3c-space" }),
    summarised && h("span", {}, count(view.paraphrasing.units.length, "unit")),
    !summarised && h("span", {}, count(shownCodings, "coding")),
    h("span", { title: "Share of what can be coded (without the interviewer’s turns) that you worked through" }, `worked through ${view.model.worked.done ? "100 %" : percent(share)}`),
    summarised
      ? h("span", { title: "Share of what can be coded (without the interviewer’s turns) that is in a unit" }, `in units ${percent(coded)}`)
      : h("span", { title: "Share of what can be coded (without the interviewer’s turns) that you gave a code" }, `coded ${percent(coded)}`),
  );
}

/** Shares of the text without the interviewer's turns. */
function shares(view: CodeView): { share: number | null; coded: number | null } {
  const { source, offsets } = view.model;
  const { turns } = source!;
  const length = offsets.toCodePoint(source!.text.length);
  const asked = turns.start.map((start, i) => [start, turns.end[i]!, turns.role[i]] as const).filter((each) => each[2] === "interviewer");
  const out = union(asked.map(([start, end]) => [start, end]));
  const whole = length - covered(out);
  if (whole <= 0) return { share: null, coded: null };
  const inside = (ranges: number[][]) => {
    const all = covered(union([...ranges, ...out]));
    return (all - covered(out)) / whole;
  };
  const coded = view.paraphrasing.question ? view.paraphrasing.ranges : view.model.coded;
  return { share: inside([...coded, ...view.model.worked.ranges]), coded: inside(coded) };
}
