/** What an act will do to the codings, shown before the server has said so. */

import type { CodingRow } from "./wire";

export interface Pending {
  act_id: string;
  verb: string;
  args: Record<string, any>;
}

export type Shown = CodingRow & { pending?: boolean };

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
  for (const act of waiting) {
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

/** Put the id that a coding got in place of the one it had, in acts that still wait. */
export function rename(waiting: Pending[], from: string, to: string): void {
  for (const act of waiting)
    act.args = JSON.parse(JSON.stringify(act.args), (_, value) => (value === from ? to : value));
}
