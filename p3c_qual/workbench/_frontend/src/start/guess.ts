/** What can be told from a file's name and from a fault: pure, so that it can be tried alone. */

import type { Fault, Terms } from "../wire";

/** What is asked about each file, in the order in which it is asked. */
export const FIELDS = [
  "id",
  "kind",
  "programme",
  "site",
  "interviewee",
  "stakeholder_type",
  "role",
  "date",
  "language",
] as const;
export type Field = (typeof FIELDS)[number];
export type Said = Record<Field, string>;

const RECORDINGS = new Set("aac aif aiff amr avi flac m4a m4v mkv mov mp3 mp4 mpg oga ogg opus wav webm wma wmv".split(" "));
/** Kinds in which nobody is asked, so that a person's properties say nothing. */
const NOBODY = new Set(["document", "literature"]);
const PERSONAL: ReadonlySet<Field> = new Set<Field>(["interviewee", "stakeholder_type", "role"]);

export const endingOf = (name: string): string => (/\.([^./\\]+)$/.exec(name)?.[1] ?? "").toLowerCase();
export const stemOf = (name: string): string => name.replace(/^.*[/\\]/, "").replace(/\.[^.]+$/, "");
export const isRecording = (name: string): boolean => RECORDINGS.has(endingOf(name));

/** Whether a property belongs to a person, and none is asked in this kind of source. */
export const saysNothing = (field: Field, kind: string): boolean => NOBODY.has(kind) && PERSONAL.has(field);

/** A lower-case name made of a title, for a folder or a key; other scripts keep their letters. */
export function slugOf(title: string): string {
  const plain = title.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
  const tidy = (text: string, other: RegExp) => text.replace(other, "_").replace(/^_+|_+$/g, "");
  return tidy(plain, /[^a-z0-9]+/g) || tidy(title.toLowerCase(), /[^\p{L}\p{M}\p{N}]+/gu);
}

/** A file's name without ending, as the key of a source. */
export const keyOf = (stem: string): string =>
  stem.replace(/[\s~/\\,;\x00-\x1f]+/g, "_").slice(0, 100) || "_";

/** What a file's name says; nothing where it does not say it plainly. */
export function guess(name: string, terms: Terms, turns: number): Said {
  const stem = stemOf(name);
  const words = `_${slugOf(stem)}_`;
  const longest = (keys: string[]) =>
    keys.filter((key) => words.includes(`_${slugOf(key)}_`)).sort((a, b) => b.length - a.length)[0] ?? "";
  const site = longest(terms.sites.map((each) => each.key));
  const of = terms.sites.filter((each) => each.key === site);
  const programme = of.length === 1 ? of[0]!.of : longest(terms.programmes.map((each) => each.key));
  const kind = turns > 0 ? "interview" : "document";
  return {
    id: keyOf(stem),
    kind,
    programme,
    site: of.some((each) => each.of === programme) ? site : "",
    interviewee: kind === "interview" ? person(stem) : "",
    stakeholder_type: "",
    role: "",
    date: dateIn(stem),
    language: "",
  };
}

/** The code of a person at the start of a name, such as IP02_1 in ‘IP02_1 final’. */
function person(stem: string): string {
  const found = /^([A-Za-z]{1,4})[ _-]?(\d{1,4}(?:[_-]\d{1,3})?)(?![A-Za-z0-9])/.exec(stem);
  return found && !/^\d{4}$/.test(found[2]!) ? keyOf(found[0]) : "";
}

/** A date in a name, as 2023-04-18 or 2023-04 or 20230418. */
function dateIn(stem: string): string {
  const found = /(?<!\d)((?:19|20)\d\d)(?:([-_.]?)(0[1-9]|1[0-2])(?:\2(0[1-9]|[12]\d|3[01]))?)?(?!\d)/.exec(stem);
  if (!found) return "";
  const [, year, between, month, day] = found;
  // six digits in a row may be anything
  if (month && !between && !day) return "";
  return [year, month, day].filter(Boolean).join("-");
}

/** Which field a fault is about, so that it can be said beside it. */
export function fieldOf(what: string, said: Said): Field | null {
  const quoted = /'([^']+)'/.exec(what)?.[1] ?? "";
  if (/stakeholder[_ ]type/.test(what)) return "stakeholder_type";
  if (/^unknown kind/.test(what)) return "kind";
  if (/is no date/.test(what)) return "date";
  if (/is no language/.test(what)) return "language";
  if (/^role is said/.test(what)) return "role";
  if (/a key holds/.test(what)) return quoted && said.interviewee.includes(quoted) && !said.id.includes(quoted) ? "interviewee" : "id";
  if (/interviewee/.test(what)) return "interviewee";
  if (/\bsite\b/.test(what)) return "site";
  if (/\bprogramme\b/.test(what)) return "programme";
  if (/the id '|a source '.*already|source '[^']*' already/.test(what)) return "id";
  return null;
}

/** Whether a fault is about the file of this name. */
export function isAbout(fault: Fault, name: string): boolean {
  const { where } = fault;
  if (!where.startsWith(name)) return where.split(", ").includes(name);
  const next = where.charAt(name.length);
  return next === "" || next === "," || next === ":" || next === " ";
}
