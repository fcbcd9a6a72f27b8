/** How much of a claim is there, for a preview of what splitting or merging gives; the server computes it as well. */

import type { ElementRow, EvidenceRow } from "../wire";

/** The roles in the order they stand in on a card. */
export const ROLES = ["context", "resource", "reasoning", "outcome", "intervention", "actor"] as const;
export type Role = (typeof ROLES)[number];

/** Passages that speak against a claim. */
export const AGAINST = new Set(["contradicts", "rival"]);

type Part = Pick<ElementRow, "id" | "role" | "text">;
type Voice = Pick<EvidenceRow, "element" | "absent">;

/** The class of what consists of these elements: an element is there with a text, or with words that do not say it was absent. */
export function classOf(elements: readonly Part[], evidence: readonly Voice[]): string {
  const voiced = new Set(evidence.filter((each) => !each.absent).map((each) => each.element));
  const there = new Set(elements.filter((each) => each.text.trim() || voiced.has(each.id)).map((each) => each.role));
  const resource = there.has("resource");
  const reasoning = there.has("reasoning");
  const letters = [there.has("context") && "c", (resource || reasoning) && "m", there.has("outcome") && "o"].filter(Boolean).join("");
  if (letters === "cmo") return resource && reasoning ? "triad" : resource ? "triad_resource" : "triad_reasoning";
  if (letters.length === 2) return `dyad_${letters}`;
  return letters ? "single" : "empty";
}

/** What is said of an element beside its words. */
const PROPERTIES = ["layer", "level", "code", "direction", "timing", "intended", "domain"] as const;

/** What several configurations have together when they are one: elements that say the same, and nothing that differs, are one. */
export function merged(lists: readonly (readonly ElementRow[])[]): ElementRow[] {
  const found: ElementRow[] = [];
  const words = (text: string) => text.toLowerCase().split(/\s+/).filter(Boolean).join(" ");
  for (const each of lists.flat()) {
    const same = (one: ElementRow) => one.role === each.role && one.text !== "" && words(one.text) === words(each.text) && PROPERTIES.every((name) => !one[name] || !each[name] || one[name] === each[name]);
    const at = found.findIndex(same);
    if (at < 0) found.push(each);
    else found[at] = { ...found[at]!, ...Object.fromEntries(PROPERTIES.filter((name) => each[name]).map((name) => [name, each[name]])) };
  }
  return found;
}
