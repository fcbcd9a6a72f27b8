/** Passages as they stand in a panel: the words, which lead to the text, and who says them. */

import { button, h, type Child } from "../../dom";
import { Offsets } from "../../core/offsets";
import type { EvidenceRow, SegmentRow } from "../../wire";
import type { Context } from "../panel";

/** A sign for each role of evidence, beside its word. */
export const SIGNS: Record<string, string> = { supports: "+", refines: "±", contradicts: "−", rival: "≠" };

/** Whose words these are. */
export function voice(context: Context, row: Pick<EvidenceRow, "who" | "types" | "programme" | "key" | "kind">): string {
  return [row.who || `${row.kind || "source"} ${row.key}`, row.types.join(", "), context.store.label("programmes", row.programme)].filter(Boolean).join(", ");
}

/** A passage; pressing on it opens the text there. */
export function quoteLine(context: Context, row: EvidenceRow, ...beside: Child[]): HTMLElement {
  return passage(context, row, "", ...beside);
}

/** A passage that speaks against a claim; one of another configuration says of which, for there it may support. */
export function caseLine(context: Context, row: EvidenceRow, claim: string): HTMLElement {
  const other = row.configuration !== claim ? context.store.configurations.get(row.configuration) : undefined;
  const element = other?.elements.find((each) => each.id === row.element);
  const way = element?.direction ? ` (${context.store.label("direction", element.direction).toLowerCase()})` : "";
  return passage(context, row, other ? `in ${other.key}${element ? `: ${element.text || element.role}${way}` : ""}` : "");
}

function passage(context: Context, row: EvidenceRow, elsewhere: string, ...beside: Child[]): HTMLElement {
  return h(
    "li",
    { class: "p3c-pan-quote", "data-role": elsewhere ? "contradicts" : row.role },
    h(
      "div",
      { class: "p3c-pan-foot" },
      h("span", { class: "p3c-badge" }, `${SIGNS[row.role] ?? ""} ${context.store.label("evidence_role", row.role)}`),
      row.absent && h("span", { class: "p3c-badge" }, "said to be absent"),
      elsewhere && h("span", { dir: "auto" }, elsewhere),
      h("span", {}, voice(context, row)),
    ),
    button(`“${row.quote}”`, () => context.openText(row.key, row.start, row.end), { class: "p3c-button p3c-pan-words", dir: "auto", title: "Open it in the text", "data-name": `quote ${row.id}` }),
    row.remark && h("p", { dir: "auto" }, row.remark),
    row.resolution && h("p", { dir: "auto" }, h("b", {}, "Decided: "), row.resolution),
    ...beside,
  );
}

// the same rules whatever the reader's language
const SENTENCES = new Intl.Segmenter("en", { granularity: "sentence" });

/** The passage a hit stands in: its words alone, the sentence or sentences, or the whole turn. */
export function passageOf(row: Pick<SegmentRow, "start" | "end" | "turn" | "turn_start">, how: "words" | "sentence" | "turn"): { start: number; end: number } {
  const offsets = new Offsets(row.turn);
  const last = row.turn_start + offsets.length;
  if (how === "words" || row.start < row.turn_start || row.end > last) return { start: row.start, end: row.end };
  let from = 0;
  let to = row.turn.length;
  if (how === "sentence") {
    const [start, end] = [offsets.toUtf16(row.start - row.turn_start), offsets.toUtf16(row.end - row.turn_start)];
    const held = [...SENTENCES.segment(row.turn)].filter((each) => each.index < end && each.index + each.segment.length > start);
    if (held.length) [from, to] = [held[0]!.index, held.at(-1)!.index + held.at(-1)!.segment.length];
  }
  // blanks around it are no words
  const text = row.turn.slice(from, to);
  from += text.length - text.trimStart().length;
  to = from + text.trim().length;
  return { start: row.turn_start + offsets.toCodePoint(from), end: row.turn_start + offsets.toCodePoint(to, true) };
}
