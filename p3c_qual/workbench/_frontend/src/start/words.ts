/** The start page's sentences and order: pure, so that they can be tried alone. */

import { count } from "../dom";
import type { Deeds, Progress, SourceRow, Stopped, Waiting } from "../wire";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** When something was, as people say it. */
export function ago(at: string, now = Date.now()): string {
  const then = Date.parse(at);
  if (Number.isNaN(then)) return "";
  const past = now - then;
  if (past < MINUTE) return "just now";
  if (past < HOUR) return `${count(Math.floor(past / MINUTE), "minute")} ago`;
  if (past < DAY) return `${count(Math.floor(past / HOUR), "hour")} ago`;
  if (past < 7 * DAY) return `${count(Math.floor(past / DAY), "day")} ago`;
  return `on ${new Date(then).toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric" })}`;
}

/** A moment in full, for the tip. */
export const moment = (at: string): string =>
  Number.isNaN(Date.parse(at)) ? "" : new Date(at).toLocaleString("en-GB", { dateStyle: "long", timeStyle: "short" });

const PAST: Record<string, string> = {
  add: "added",
  choose: "chose",
  code: "coded",
  create: "created",
  delete: "deleted",
  edit: "edited",
  import: "brought in",
  load: "took in",
  mark: "marked",
  memo: "wrote a memo",
  merge: "merged",
  move: "moved",
  pass: "passed",
  propose: "proposed",
  recode: "recoded",
  redo: "did again",
  remove: "removed",
  rename: "renamed",
  resize: "resized",
  retire: "retired",
  revive: "revived",
  set: "set",
  settle: "settled",
  split: "split",
  undo: "took back",
  withdraw: "withdrew",
};

/** An act, which is written as what was asked, as what was done. */
export function done(verb: string, kind = "do"): string {
  const [first = "", ...rest] = verb.split(" ");
  const said = PAST[first] ? [PAST[first], ...rest].join(" ") : `did: ${verb}`;
  return kind === "do" ? said : `${PAST[kind] ?? kind}: ${verb}`;
}

/** Acts whose first word does not say that they are about codes. */
const ON_CODES = new Set(["create", "merge", "move", "propose", "rename", "retire", "revive", "split"]);

/** What one person did, in a sentence. */
export function deeds(rows: Deeds[]): string {
  const parts = rows.map(({ kind, acts }) => {
    const times = acts === 1 ? "once" : acts === 2 ? "twice" : `${acts.toLocaleString("en-GB")} times`;
    return `${PAST[kind] ?? `did ‘${kind}’`}${ON_CODES.has(kind) ? " codes" : ""} ${times}`;
  });
  return listed(parts);
}

/** Several things in a row, with "and" before the last. */
export function listed(words: string[]): string {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
}

/** How large a file is. */
export function size(bytes: number): string {
  if (bytes < 1000) return count(bytes, "byte");
  return bytes < 1_000_000 ? `${Math.round(bytes / 1000)} KB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}

/** How many of each, the most first. */
export function tally(words: string[]): [string, number][] {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0]));
}

export interface Tasks {
  begun: SourceRow[];
  untouched: SourceRow[];
  done: SourceRow[];
  total: number;
}

/** The sources by how far somebody is: what is nearly done first, then by programme and name. */
export function tasks(
  sources: SourceRow[],
  waiting: Waiting,
  progress: ReadonlyMap<string, Progress>,
): Tasks {
  const begun = new Set(waiting.begun);
  const untouched = new Set(waiting.untouched);
  const named = (a: SourceRow, b: SourceRow) =>
    a.programme.localeCompare(b.programme) || a.key.localeCompare(b.key, undefined, { numeric: true });
  const share = (row: SourceRow) => progress.get(row.id)?.worked ?? 0;
  const readable = sources.filter((row) => row.length !== null).sort(named);
  return {
    begun: readable.filter((row) => begun.has(row.id)).sort((a, b) => share(b) - share(a)),
    untouched: readable.filter((row) => untouched.has(row.id)),
    done: readable.filter((row) => !begun.has(row.id) && !untouched.has(row.id)),
    total: readable.length,
  };
}

export interface Place {
  key: string;
  title: string;
  at: string;
  span: { start: number; end: number } | null;
  /** How far into the text, from 0 to 1. */
  share: number | null;
}

/** Where somebody stopped: where the cursor was left, else where something was done last. */
export function place(
  desk: Record<string, any>,
  stopped: Stopped | null,
  sources: SourceRow[],
): Place | null {
  const last = desk.last;
  const left = sources.find((row) => row.key === last?.source);
  const acted = sources.find((row) => row.id === stopped?.source);
  // a source may have been coded elsewhere, in a notebook or by a table, since it was left
  const here = left && (!acted || !stopped || String(last.at) >= stopped.at) ? left : acted ?? left;
  if (!here || here.length === null) return null;
  const kept = desk[`position/${here.id}`];
  const fits =
    Number.isInteger(kept?.start) && Number.isInteger(kept?.end) && kept.start < kept.end && kept.end <= here.length;
  const start = fits ? kept.start : here === acted ? stopped?.position : null;
  return {
    key: here.key,
    title: here.title,
    at: here === left ? (stopped && here === acted && stopped.at > last.at ? stopped.at : String(last.at ?? "")) : stopped!.at,
    span: fits ? { start: kept.start, end: kept.end } : null,
    share: typeof start === "number" && here.length ? Math.min(1, start / here.length) : null,
  };
}

/** The address of a place in the Code view. */
export function toText(key: string, span?: { start: number; end: number } | null): string {
  return `code/${encodeURIComponent(span ? `${key}@${span.start}-${span.end}` : key)}`;
}
