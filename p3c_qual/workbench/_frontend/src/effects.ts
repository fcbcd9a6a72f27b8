/** What an act will do to the codings, shown before the server has said so. */

import type { CodingRow } from "./wire";

export interface Pending {
  act_id: string;
  verb: string;
  args: Record<string, any>;
}

export type Shown = CodingRow & { pending?: boolean };

/** Acts upon acts. */
const TURNS = new Set(["undo", "redo"]);

/** The id that a coding has until the server has given it one. */
export const idOf = (act: Pending): string => `new:${act.act_id}`;

/** The codings as they will be when everything that waits is done. */
export function foresee(
  base: ReadonlyMap<string, CodingRow>,
  waiting: readonly Pending[],
  source: string,
  me: string,
): Map<string, Shown> {
  const shown = new Map<string, Shown>(base);
  const patch = (id: string, change: Partial<CodingRow>) => {
    const row = shown.get(id);
    if (row) shown.set(id, { ...row, ...change, pending: true });
  };
  for (const act of standing(waiting)) {
    const { verb, args } = act;
    if ((verb === "code" || verb === "in_vivo") && args.source === source && !args.extend) {
      const fresh = {
        id: idOf(act),
        source,
        start: args.start,
        end: args.end,
        code: args.code ?? "",
        coder: me,
        round: args.round ?? "main",
        question: args.question ?? "",
        important: false,
        unsure: false,
        origin: args.origin ?? "",
        memos: 0,
        pending: true,
      };
      shown.set(fresh.id, fresh);
    } else if (verb === "recode") for (const id of args.codings) patch(id, { code: args.code });
    else if (verb === "resize") patch(args.coding, { start: args.start, end: args.end });
    else if (verb === "uncode") for (const id of args.codings) shown.delete(id);
    else if (verb === "flag") {
      const { codings, ...flags } = args;
      for (const id of codings) patch(id, flags);
    }
  }
  return shown;
}

/** The acts that will stand when all that waits is done: an undo takes back the one before it. */
export function standing(waiting: readonly Pending[]): Pending[] {
  const stands: Pending[] = [];
  let undone: Pending[] = [];
  for (const act of waiting) {
    const [from, to] = act.verb === "undo" ? [stands, undone] : [undone, stands];
    if (TURNS.has(act.verb)) {
      const turned = from.pop();
      if (turned) to.push(turned);
    } else {
      stands.push(act);
      undone = [];
    }
  }
  return stands;
}

/**
 * What is left of the acts that wait when one before them was refused.
 *
 * What was to be done to a coding that does not come to be falls with it, and so does the undo that
 * would have taken it back: it would take back something else. The words of a memo are kept.
 */
export function without(refused: Pending, waiting: readonly Pending[]): Pending[] {
  const lost = idOf(refused);
  const fallen = new Set([refused]);
  const stands = TURNS.has(refused.verb) ? [] : [refused];
  let undone: Pending[] = [];
  const left: Pending[] = [];
  for (const act of waiting) {
    let now: Pending | null = act;
    if (TURNS.has(act.verb)) {
      const [from, to] = act.verb === "undo" ? [stands, undone] : [undone, stands];
      const turned = from.pop();
      if (turned) to.push(turned);
      if (turned && fallen.has(turned)) now = null;
    } else {
      now = freed(act, lost, refused);
      stands.push(now ?? act);
      undone = [];
    }
    if (now) left.push(now);
    else fallen.add(act);
  }
  return left;
}

/** An act without the coding that is lost; null if nothing is left of it. */
function freed(act: Pending, lost: string, refused: Pending): Pending | null {
  const { args } = act;
  if (Array.isArray(args.codings) && args.codings.includes(lost)) {
    const codings = args.codings.filter((id: string) => id !== lost);
    return codings.length ? { ...act, args: { ...args, codings } } : null;
  }
  if (act.verb === "memo" && args.target === lost) {
    const { source, start, end } = refused.args;
    return { ...act, args: { ...args, about: "span", target: source, start, end } };
  }
  return JSON.stringify(args).includes(lost) ? null : act;
}

/** The ids of the codings that are new, gone or different from one state to the next. */
export function changed(
  before: ReadonlyMap<string, Shown>,
  after: ReadonlyMap<string, Shown>,
): string[] {
  const found: string[] = [];
  for (const [id, row] of after) {
    const old = before.get(id);
    if (old === row) continue;
    if (!old || (Object.keys(row) as (keyof Shown)[]).some((k) => row[k] !== old[k]) || old.pending)
      found.push(id);
  }
  for (const id of before.keys()) if (!after.has(id)) found.push(id);
  return found;
}

/** Put the ids that codings got in place of those they had. */
export function renamed<T>(args: T, names: ReadonlyMap<string, string>): T {
  if (!names.size) return args;
  return JSON.parse(JSON.stringify(args), (_, value) => names.get(value) ?? value);
}
