/** What an act will do to the units of a summarising, shown before the server has said so. */

import { idOf, type Pending, standing } from "../effects";
import type { BackCheckRow, ReductionRow, UnitRow } from "../wire";

/** A unit with whether something is on its way. */
export type Shown = UnitRow & { pending?: boolean };

/** The rows of a summarising; what is null is gone. */
export interface Rows {
  units: Map<string, Shown | null>;
  reductions: Map<string, ReductionRow | null>;
  checks: Map<string, BackCheckRow | null>;
}

export const noRows = (): Rows => ({ units: new Map(), reductions: new Map(), checks: new Map() });

/** The stage a unit is at; so the store says it too. */
export function stateOf(row: UnitRow): string {
  if (row.dropped) return "dropped";
  if (!row.paraphrase) return "unit";
  if (!row.generalisation) return "paraphrased";
  if (row.kept === false) return "deleted";
  if (row.kept) return row.reduction ? "bundled" : row.left_over ? "left_over" : "kept";
  return "generalised";
}

const NO_RULE = { z3: "", same_as: null, reason: "" };
const NO_CATEGORY = { reduction: null, z4: "", left_over: "" };

/** What a verb on one unit changes in it. */
const ON_ONE: Record<string, (row: Shown, args: Record<string, any>) => Partial<Shown>> = {
  rewrite: (row, { text, rules }) => ({ paraphrase: text, z1: rules ?? row.z1, ...(text ? { dropped: "" } : {}) }),
  drop_unit: (_, { reason }) => ({ dropped: reason }),
  generalise: (row, { text, rules }) => ({ generalisation: text, z2: text ? (rules ?? row.z2) : [] }),
};

/** What a verb on many units changes in each. */
const ON_MANY: Record<string, (args: Record<string, any>, made: string) => Partial<Shown>> = {
  decide: ({ keep, rule, same_as, reason }) => ({
    ...(keep ? {} : NO_CATEGORY),
    kept: keep,
    z3: rule,
    same_as: same_as ?? null,
    reason: reason ?? "",
  }),
  undecide: () => ({ kept: null, ...NO_RULE, ...NO_CATEGORY }),
  bundle: ({ reduction, rule }, made) => ({ reduction: reduction || made, z4: rule, left_over: "" }),
  unbundle: () => NO_CATEGORY,
  leave_over: ({ reason }) => ({ ...NO_CATEGORY, left_over: reason }),
};

/** What everything that waits will make different in a summarising. */
export function foresee(base: Rows, waiting: readonly Pending[], question: { id: string; key: string }, me: string): Rows {
  const over = noRows();
  const unit = (id: string) => (over.units.has(id) ? over.units.get(id) : base.units.get(id)) ?? null;
  const reduction = (id: string) => (over.reductions.has(id) ? over.reductions.get(id) : base.reductions.get(id)) ?? null;
  const patch = (id: string, change: Partial<Shown>) => {
    const row = unit(id);
    if (!row) return;
    const next = { ...row, ...change, pending: true };
    over.units.set(id, { ...next, state: stateOf(next) });
  };
  const fresh = (id: string, label: string, rule: string, reason = "") =>
    over.reductions.set(id, { id, question: question.id, label, into: null, rule, reason, code: null, position: Number.MAX_SAFE_INTEGER });
  for (const act of standing(waiting)) {
    const { verb, args } = act;
    const made = idOf(act);
    if (verb === "paraphrase") {
      if (args.question === question.id || args.question === question.key) over.units.set(made, newUnit(made, args, question.id, me));
    } else if (ON_ONE[verb]) {
      const row = unit(args.unit);
      if (row) patch(args.unit, ON_ONE[verb](row, args));
    } else if (ON_MANY[verb]) {
      if (!args.units.some((id: string) => unit(id))) continue;
      if (verb === "bundle" && !args.reduction) fresh(made, args.label, args.rule);
      const change = ON_MANY[verb](args, made);
      for (const id of args.units) patch(id, change);
    } else if (verb === "remove_unit") {
      if (unit(args.unit)) over.units.set(args.unit, null);
    } else if (verb === "lift" || verb === "merge_reductions") {
      if (!args.reductions.some((id: string) => reduction(id))) continue;
      if (verb === "lift") lift(over, reduction, args, made, fresh);
      else merge(base, over, args, patch);
    } else if (verb === "edit_reduction") {
      const row = reduction(args.reduction);
      if (row) over.reductions.set(row.id, { ...row, label: args.label });
    } else if (verb === "judge") {
      const row = base.checks.get(args.check);
      if (row) over.checks.set(row.id, { ...row, verdict: args.verdict, remark: args.remark ?? "" });
    }
  }
  return over;
}

function newUnit(id: string, args: Record<string, any>, question: string, me: string): Shown {
  const row: Shown = {
    ...{ id, question, no: 0, source: args.source, key: "", unit: "", start: args.start, end: args.end, quote: "" },
    ...{ coder: me, paraphrase: args.text ?? "", z1: args.rules ?? [], dropped: "", generalisation: "", z2: [] },
    ...{ kept: null, ...NO_RULE, ...NO_CATEGORY, state: "", edited: false, line: 0, pending: true },
  };
  return { ...row, state: stateOf(row) };
}

function lift(
  over: Rows,
  reduction: (id: string) => ReductionRow | null,
  args: Record<string, any>,
  made: string,
  fresh: (id: string, label: string, rule: string, reason?: string) => unknown,
): void {
  if (!args.into && args.label) fresh(made, args.label, args.rule ?? "", args.reason);
  const into = args.into || (args.label ? made : null);
  for (const id of args.reductions) {
    const row = reduction(id);
    if (row) over.reductions.set(id, { ...row, into });
  }
}

function merge(base: Rows, over: Rows, args: Record<string, any>, patch: (id: string, change: Partial<Shown>) => void): void {
  const gone = new Set<string>(args.reductions.filter((id: string) => id !== args.into));
  for (const id of new Set([...base.units.keys(), ...over.units.keys()])) {
    const row = over.units.has(id) ? over.units.get(id) : base.units.get(id);
    if (row?.reduction && gone.has(row.reduction)) patch(id, { reduction: args.into, z4: args.rule });
  }
  for (const id of gone) over.reductions.set(id, null);
}
