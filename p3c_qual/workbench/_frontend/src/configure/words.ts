/** How configurations, their elements and what they rest on are said. */

import { count } from "../dom";
import { listed } from "../start/words";
import type { ConfigurationRow, ElementRow, EvidenceRow, ProfileRow } from "../wire";
import type { RealistStore } from "./store";

/** Short names of the roles, as a column's head has room for. */
export const SHORT: Record<string, string> = { context: "Context", resource: "Resource", reasoning: "Reasoning", outcome: "Outcome", intervention: "Intervention", actor: "Actor" };
export const ARROWS: Record<string, string> = { improves: "↗", worsens: "↘", unchanged: "→", mixed: "⇅" };
export const DIMMER: Record<string, string> = { blocked: "⊘", not_fired: "○", weak: "◔", partial: "◑", strong: "●" };

/** Kinds of source as they are read: a meeting note, not a meeting_note. */
const kinds = (profile: ProfileRow): string[] => profile.source_types.map((each) => each.replaceAll("_", " "));

/** The properties that an element of a role can have, by the list each takes its values from; `code` is chosen otherwise. */
export function propertiesOf(role: string): [field: "layer" | "level" | "direction" | "timing" | "intended" | "domain", list: string, label: string][] {
  if (role === "context") return [["layer", "context_layer", "Layer"], ["level", "levels", "SELFIE level"]];
  if (role === "outcome") return [["direction", "direction", "Direction"], ["timing", "timing", "Timing"], ["intended", "intended", "Intention"], ["domain", "outcome_domain", "Domain"], ["level", "levels", "SELFIE level"]];
  return [["level", "levels", "SELFIE level"]];
}

/** What an element says: its own words, else the first that somebody said. */
export function wordsOf(element: ElementRow, evidence: readonly EvidenceRow[]): { text: string; quoted: boolean } {
  if (element.text) return { text: element.text, quoted: false };
  const voice = evidence.find((each) => each.element === element.id && !each.absent) ?? evidence.find((each) => each.element === element.id);
  return voice ? { text: voice.quote, quoted: true } : { text: "", quoted: false };
}

/** A configuration in one line, for lists and messages. */
export function nameOf(row: ConfigurationRow): string {
  const said = row.label || row.sentence;
  return said ? `${row.key} ${said}` : row.key;
}

/** What a configuration rests on, in one line. */
export function restsOn(profile: ProfileRow): string {
  const parts = [
    profile.interviewees.length > 0 && count(profile.interviewees.length, "interviewee") + (profile.stakeholder_types.length ? ` (${profile.stakeholder_types.join(", ")})` : ""),
    profile.programmes.length > 1 && count(profile.programmes.length, "programme"),
    profile.source_types.length > 0 && kinds(profile).join(", "),
  ];
  return parts.filter(Boolean).join(" · ") || "no passage yet";
}

/** What a configuration rests on, in full sentences. */
export function profileSaid(profile: ProfileRow, store: RealistStore): string[] {
  const sum = profile.supports + profile.refines;
  if (!sum && !profile.contradicts && !profile.rival) return ["It rests on no passage yet."];
  const some = (names: [number, string][]) => listed(names.filter(([number]) => number).map(([number, name]) => `${number} ${name}`));
  const lines = [];
  if (sum) {
    const both = profile.supports && profile.refines ? `: ${some([[profile.supports, "supporting"], [profile.refines, "refining"]])}` : profile.refines ? ", refining" : "";
    lines.push(`${count(sum, "passage")} for it${both}.`);
    const voices = profile.interviewees.length ? `${count(profile.interviewees.length, "interviewee")} (${profile.interviewees.join(", ")})` : "no interviewee";
    const types = profile.stakeholder_types.length ? ` of ${profile.stakeholder_types.length === 1 ? "type" : "types"} ${listed(profile.stakeholder_types)}` : "";
    lines.push(`Said by ${voices}${types}${profile.programmes.length ? `, in ${listed(profile.programmes)}` : ""}.`);
    lines.push(`From ${listed(kinds(profile)) || "no kind of source"}${profile.triangulated ? ", so that it is triangulated" : ", one kind of source"}.`);
    const label = (id: string) => store.label("directness", id).toLowerCase();
    lines.push(`Directness: ${some([[profile.explicit, label("explicit")], [profile.inferred, label("inferred")], [profile.document_claim, label("document_claim")], [profile.undirected, "not said"]])}.`);
  }
  const against = profile.contradicts + profile.rival;
  if (against) lines.push(`Against it: ${some([[profile.contradicts, "contradicting"], [profile.rival, "with a rival explanation"]])}; ${profile.open ? `${profile.open} still open` : "all decided"}.`);
  return lines;
}
