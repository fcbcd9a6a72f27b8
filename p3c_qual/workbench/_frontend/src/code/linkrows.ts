/** Spans with their roles, before they are one configuration: what is in the tray, and what it makes. */

import { nearestFirst } from "../core/near";
import { foldText } from "../core/fold";
import { AGAINST, classOf, type Role, ROLES } from "../configure/classes";
import type { ConfigurationRow, LinkedSpan, RoleSpan } from "../wire";

export { type Role, ROLES };

/** How roles are called, and their letter: a resource and a reasoning are the mechanism together. */
export const NAMES: Record<Role, string> = {
  context: "Context",
  resource: "Resource",
  reasoning: "Reasoning",
  outcome: "Outcome",
  intervention: "Intervention",
  actor: "Actor",
};
const LETTERS: Record<Role, string> = { context: "C", resource: "M", reasoning: "M", outcome: "O", intervention: "I", actor: "A" };

export const isRole = (role: string): role is Role => role in NAMES;
export const letterOf = (role: string): string => (isRole(role) ? LETTERS[role] : "•");

/** Which line what is linked has under it: against the claim, said not to be there, or else for it. */
export const lineOf = (span: Pick<LinkedSpan, "evidence_role" | "absent">): "for" | "against" | "absent" => (AGAINST.has(span.evidence_role) ? "against" : span.absent ? "absent" : "for");

/** What a passage does to the claim, where that is not to support it. */
export const DOES: Record<string, string> = { refines: ", refines it", contradicts: ", speaks against it", rival: ", speaks for a rival explanation" };

/** A span in the tray. */
export interface Chip {
  id: string;
  role: Role;
  source: string;
  /** Of the source. */
  key: string;
  start: number;
  end: number;
  quote: string;
  /** The element in the coder's own words. */
  text: string;
  direction: string;
  elicited: string;
  directness: string;
  absent: boolean;
  evidence_role: string;
  /** It is one more voice of the element of another chip, or of one that is there; else it is its own. */
  voice: string;
}

/** What is in the tray, and which configuration it is to be added to; none makes a new one. */
export interface Tray {
  chips: Chip[];
  into: string;
}

type Place = Pick<Chip, "role" | "source" | "start" | "end">;

/** A chip of a span as it comes. */
export function chipOf(id: string, place: Place & Pick<Chip, "key" | "quote">): Chip {
  return { id, ...place, text: "", direction: "", elicited: "", directness: "", absent: false, evidence_role: "supports", voice: "" };
}

/** Whether the same span has the same role already. */
export function holds(chips: readonly Chip[], wanted: Place): boolean {
  return chips.some((chip) => (["role", "source", "start", "end"] as const).every((name) => chip[name] === wanted[name]));
}

/** The chips without one; what was a voice of it is one of the next, which has the element now. */
export function without(chips: readonly Chip[], id: string): Chip[] {
  const heir = chips.find((chip) => chip.voice === id)?.id ?? "";
  return chips
    .filter((chip) => chip.id !== id)
    .map((chip) => (chip.id === heir ? { ...chip, voice: "" } : chip.voice === id ? { ...chip, voice: heir } : chip));
}

/** The chips with one that is a voice of something else; what was a voice of it is so too. */
export function voicing(chips: readonly Chip[], id: string, voice: string): Chip[] {
  return chips.map((chip) => {
    // an element says once which words and which direction it has
    if (chip.id === id) return voice ? { ...chip, voice, text: "", direction: "" } : { ...chip, voice };
    return voice && chip.voice === id ? { ...chip, voice } : chip;
  });
}

/** The chips with one in another role: it is its own element then, and so is what was a voice of it. */
export function rerole(chips: readonly Chip[], id: string, role: Role): Chip[] {
  const before = chips.find((chip) => chip.id === id);
  if (!before || before.role === role || holds(chips, { ...before, role })) return [...chips];
  const heirs = without(chips, id);
  return chips.map((chip) => (chip.id === id ? { ...chip, role, voice: "", direction: "" } : heirs.find((each) => each.id === chip.id)!));
}

/** The chips as they fit a configuration: no voice of an element that is not in it. */
export function fitting(chips: readonly Chip[], into: ConfigurationRow | undefined): Chip[] {
  const there = new Set([...chips.map((chip) => chip.id), ...(into?.elements ?? []).map((each) => each.id)]);
  return chips.map((chip) => (chip.voice && !there.has(chip.voice) ? { ...chip, voice: "" } : chip));
}

/** Which class the spans make, together with what is there already. */
export function makes(chips: readonly Chip[], into?: ConfigurationRow): string {
  const own = chips.filter((chip) => !chip.voice).map(({ id, role, text }) => ({ id, role, text }));
  const voices = chips.map((chip) => ({ element: chip.voice || chip.id, absent: chip.absent }));
  return classOf([...(into?.elements ?? []), ...own], [...(into?.evidence ?? []), ...voices]);
}

/** The spans as the server is asked with them; what is empty is left out. */
export function spansOf(chips: readonly Chip[]): RoleSpan[] {
  const number = new Map(chips.map((chip, at) => [chip.id, at + 1]));
  return chips.map((chip) => {
    const { role, source, start, end, evidence_role } = chip;
    const element = number.has(chip.voice) ? `#${number.get(chip.voice)}` : chip.voice;
    const said: Partial<RoleSpan> = { text: chip.text, direction: chip.direction, elicited: chip.elicited, directness: chip.directness, element };
    for (const name of Object.keys(said) as (keyof RoleSpan)[]) if (!said[name]) delete said[name];
    return { role, source, start, end, evidence_role, ...said, ...(chip.absent ? { absent: true } : {}) };
  });
}

/** What was kept of a tray; what is no tray is an empty one. */
export function readTray(kept: string | null): Tray {
  try {
    const found = JSON.parse(kept ?? "") as Tray;
    const sound = (chip: Chip) => isRole(chip.role) && chip.source && chip.start < chip.end && typeof chip.quote === "string";
    return { chips: found.chips.filter(sound), into: String(found.into ?? "") };
  } catch {
    return { chips: [], into: "" };
  }
}

/** The configurations that letters may mean, the likeliest first; without letters those used last. */
export function matching(rows: readonly ConfigurationRow[], query: string, recent: readonly string[]): ConfigurationRow[] {
  const stand = rows.filter((row) => !row.state);
  const wanted = foldText(query.trim());
  if (!wanted) {
    const place = (row: ConfigurationRow) => (recent.includes(row.id) ? recent.indexOf(row.id) : recent.length);
    return [...stand].sort((a, b) => place(a) - place(b));
  }
  const words = wanted.split(/\s+/);
  const said = new Map(stand.map((row) => [row.id, foldText(`${row.key} ${row.label} ${row.sentence}`)]));
  const holding = stand.filter((row) => words.every((word) => said.get(row.id)!.includes(word)));
  const exact = holding.filter((row) => foldText(row.key) === wanted);
  const others = nearestFirst(wanted, holding, (row) => `${row.key} ${row.label}`).filter((row) => !exact.includes(row));
  // letters that nothing holds may be a slip of the finger
  const near = holding.length ? [] : nearestFirst(wanted, stand, (row) => `${row.label} ${row.sentence}`).slice(0, 8);
  return [...exact, ...others, ...near];
}
