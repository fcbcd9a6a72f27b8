/** How far a section is, as a sign and in words. */

import { count } from "../../dom";
import type { ReportPart } from "../../wire";

interface Said {
  sign: string;
  label: string;
  /** Where there is little room. */
  short?: string;
}

const STATES: Record<string, Said> = {
  empty: { sign: "○", label: "empty" },
  material: { sign: "◐", label: "material, not yet description", short: "not yet description" },
  description: { sign: "●", label: "description" },
  generated: { sign: "≡", label: "made of the records" },
};
const LEVELS: Record<string, Said> = {
  formal: { sign: "F", label: "formal description" },
  substructure: { sign: "S", label: "substructure" },
};
const OWN: Record<string, string> = { chapter: "own section", vignette: "vignette", composite: "composite story", brief: "brief" };

export function stateOf(part: ReportPart): Said {
  if (part.left_out) return { sign: "–", label: "left out" };
  if (part.merged_into) return { sign: "↗", label: "told elsewhere" };
  return STATES[part.state] ?? { sign: "○", label: part.state };
}

export const levelOf = (part: ReportPart): Said | undefined => LEVELS[part.level];

/** What is in a section, in a few words. */
export function contentsOf(part: ReportPart): string {
  return [
    part.own ? (OWN[part.kind] ?? part.kind) : "",
    stateOf(part).short ?? stateOf(part).label,
    part.words > 0 && count(part.words, "word"),
    part.quotes > 0 && count(part.quotes, "quote"),
    part.material > 0 && !part.left_out && count(part.material, "passage"),
  ]
    .filter(Boolean)
    .join(" · ");
}

/** A section with its number. */
export const named = (part: ReportPart): string => [part.number, part.title].filter(Boolean).join(" ");

/** How deep a section stands, by key. */
export function depths(parts: readonly ReportPart[]): Map<string, number> {
  const by = new Map(parts.map((each) => [each.key, each]));
  const found = new Map<string, number>();
  const depth = (key: string, seen: number): number => {
    const under = by.get(key)?.under ?? "";
    return under && by.has(under) && seen < parts.length ? 1 + depth(under, seen + 1) : 0;
  };
  for (const each of parts) found.set(each.key, depth(each.key, 0));
  return found;
}
