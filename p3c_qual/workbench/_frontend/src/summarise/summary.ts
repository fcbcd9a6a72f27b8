/** One summarising as this window knows it: its units, categories and back-check, kept in step with the store. */

import { standing } from "../effects";
import type { Model } from "../model";
import type { BackCheckRow, FunnelRow, QuestionRow, ReductionRow, RuleRow, SummaryState, UnitRow } from "../wire";
import { Conflicts } from "./conflicts";
import { foresee, noRows, type Rows, type Shown, stateOf } from "./foresee";

/** What is different; `order` says that rows came, went or changed places. */
export interface Change {
  units: string[];
  order: boolean;
  reductions: boolean;
  checks: boolean;
}

const held = new WeakMap<Model, Map<string, Summary>>();

/** The summarising of a question, one for each window. */
export function summaryOf(model: Model, question: QuestionRow): Summary {
  const all = held.get(model) ?? new Map<string, Summary>();
  held.set(model, all);
  const found = all.get(question.id) ?? new Summary(model, question.id);
  all.set(question.id, found);
  return found;
}

export class Summary {
  rules: RuleRow[] = [];
  funnel: FunnelRow[] = [];
  /** Ids of the units in the order of the material. */
  order: string[] = [];
  readonly conflicts: Conflicts;
  loaded = false;
  #base = { units: new Map<string, Shown>(), reductions: new Map<string, ReductionRow>(), checks: new Map<string, BackCheckRow>() };
  #over: Rows = noRows();
  #numbers = new Map<string, number>();
  #bySource: Map<string, string[]> | null = null;
  #listeners = new Set<(change: Change) => void>();
  #loading: Promise<void> | null = null;
  #material = "";

  constructor(
    readonly model: Model,
    readonly id: string,
  ) {
    this.conflicts = new Conflicts(this);
    model.on("delta", (delta) => {
      if (!this.loaded) return;
      const mine = <T extends { question: string }>(rows: T[]) => rows.filter((row) => row.question === this.id);
      this.#merge(mine(delta.units), mine(delta.reductions), mine(delta.checks), delta.gone);
    });
    model.on("status", () => this.#waits());
    model.on("questions", () => this.#reordered());
    // all was loaded anew, or a source is different, and its text with it
    model.on("sources", () => {
      if (this.loaded) void this.load(true).catch(() => undefined);
    });
  }

  get question(): QuestionRow {
    return this.model.asked(this.id)!;
  }

  on(listener: (change: Change) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #tell(change: Change): void {
    for (const listener of [...this.#listeners]) listener(change);
  }

  /** Have the rows at hand. */
  load(anew = false): Promise<void> {
    if (this.loaded && !anew) return Promise.resolve();
    this.#loading ??= this.#ask().finally(() => {
      this.#loading = null;
    });
    return this.#loading;
  }

  async #ask(): Promise<void> {
    const { model } = this;
    const state = await model.server.get<SummaryState>("summary", { study: model.path, question: this.id, others: model.others });
    this.rules = state.rules;
    this.funnel = state.funnel;
    this.#base = { units: byId(state.units), reductions: byId(state.reductions), checks: byId(state.checks) };
    this.loaded = true;
    // what happened while it was on its way is asked for once more
    model.study.cursor = Math.min(model.study.cursor, state.cursor);
    this.#over = this.#foreseen();
    this.#sort();
    this.#tell({ units: [...this.order], order: true, reductions: true, checks: true });
  }

  // what there is

  unit(id: string | null | undefined): Shown | undefined {
    if (!id) return undefined;
    const over = this.#over.units.get(id);
    return over === undefined ? this.#base.units.get(id) : (over ?? undefined);
  }

  /** What the store says of a unit, whatever is on its way. */
  stored(id: string): UnitRow | undefined {
    return this.#base.units.get(id);
  }

  /** All units in the order of the material. */
  get units(): Shown[] {
    return this.order.map((id) => this.unit(id)!);
  }

  /** The number of a unit in the order of the material, from 1. */
  no(id: string): number {
    return this.#numbers.get(id) ?? 0;
  }

  /** The units of a source, in the order of the text. */
  ofSource(source: string): Shown[] {
    this.#bySource ??= grouped(this.order, (id) => this.unit(id)!.source);
    return (this.#bySource.get(source) ?? []).map((id) => this.unit(id)!);
  }

  reduction(id: string | null | undefined): ReductionRow | undefined {
    if (!id) return undefined;
    const over = this.#over.reductions.get(id);
    return over === undefined ? this.#base.reductions.get(id) : (over ?? undefined);
  }

  get reductions(): ReductionRow[] {
    return all(this.#base.reductions, this.#over.reductions).sort((a, b) => a.position - b.position || (a.id < b.id ? -1 : 1));
  }

  get checks(): BackCheckRow[] {
    return all(this.#base.checks, this.#over.checks).sort((a, b) => a.position - b.position);
  }

  /** The label of a category with those above it, the most general first. */
  path(id: string | null): string {
    const names: string[] = [];
    for (let at = this.reduction(id); at && names.length < 20; at = this.reduction(at.into)) names.unshift(at.label);
    return names.join(" › ");
  }

  rulesOf(stage: string): RuleRow[] {
    return this.rules.filter((rule) => rule.id.startsWith(`${stage}.`));
  }

  // what happens

  #foreseen(): Rows {
    const { model } = this;
    if (!standing(model.queue.waiting).length) return noRows();
    return foresee(this.#base, model.queue.waiting, { id: this.id, key: this.question?.key ?? "" }, model.study.me);
  }

  #waits(): void {
    if (this.loaded) this.#merge([], [], [], []);
  }

  #merge(units: UnitRow[], reductions: ReductionRow[], checks: BackCheckRow[], gone: string[]): void {
    const before = this.#over;
    const { base } = { base: this.#base };
    const touched = new Set<string>();
    let order = false;
    for (const row of units) {
      const old = base.units.get(row.id);
      order ||= !old || old.start !== row.start || old.end !== row.end || old.source !== row.source;
      base.units.set(row.id, row);
      touched.add(row.id);
    }
    for (const row of reductions) base.reductions.set(row.id, row);
    for (const row of checks) base.checks.set(row.id, row);
    let [less, fewer] = [false, false];
    for (const id of gone) {
      order = base.units.delete(id) || order;
      less = base.reductions.delete(id) || less;
      fewer = base.checks.delete(id) || fewer;
    }
    const now = (this.#over = this.#foreseen());
    for (const id of new Set([...before.units.keys(), ...now.units.keys()])) touched.add(id);
    order ||= comes(before, base.units) || comes(now, base.units);
    const change = {
      units: [...touched],
      order,
      reductions: less || reductions.length > 0 || before.reductions.size > 0 || now.reductions.size > 0,
      checks: fewer || checks.length > 0 || before.checks.size > 0 || now.checks.size > 0,
    };
    if (order) this.#sort();
    if (touched.size || change.order || change.reductions || change.checks) this.#tell(change);
  }

  #reordered(): void {
    const now = JSON.stringify(this.question?.material ?? []);
    if (!this.loaded || now === this.#material) return;
    this.#sort();
    this.#tell({ units: [], order: true, reductions: false, checks: false });
  }

  #sort(): void {
    const material = this.question?.material ?? [];
    this.#material = JSON.stringify(material);
    const place = new Map(material.map((id, at) => [id, at]));
    const last = material.length;
    const rows = all(this.#base.units, this.#over.units).sort(
      (a, b) =>
        (place.get(a.source) ?? last) - (place.get(b.source) ?? last) ||
        (a.source === b.source ? a.start - b.start || b.end - a.end : a.source < b.source ? -1 : 1) ||
        (a.id < b.id ? -1 : 1),
    );
    this.order = rows.map((row) => row.id);
    this.#numbers = new Map(this.order.map((id, at) => [id, at + 1]));
    this.#bySource = null;
  }
}

/** Whether an act that waits makes a unit or takes one away. */
function comes(over: Rows, base: ReadonlyMap<string, unknown>): boolean {
  for (const [id, row] of over.units) if (row === null || !base.has(id)) return true;
  return false;
}

function byId<T extends { id: string }>(rows: T[]): Map<string, T> {
  return new Map(rows.map((row) => [row.id, row]));
}

function all<T>(base: ReadonlyMap<string, T>, over: ReadonlyMap<string, T | null>): T[] {
  if (!over.size) return [...base.values()];
  const found: T[] = [];
  for (const [id, row] of base) {
    const now = over.get(id);
    if (now !== null) found.push(now ?? row);
  }
  for (const [id, row] of over) if (row && !base.has(id)) found.push(row);
  return found;
}

function grouped(ids: string[], of: (id: string) => string): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const id of ids) {
    const key = of(id);
    const list = found.get(key);
    if (list) list.push(id);
    else found.set(key, [id]);
  }
  return found;
}

/** How many units are at each stage, in the order of the work; their sum is all there are. */
export function tally(units: readonly Shown[]): Record<string, number> {
  const found: Record<string, number> = { unit: 0, dropped: 0, paraphrased: 0, generalised: 0, deleted: 0, kept: 0, bundled: 0, left_over: 0 };
  for (const row of units) {
    const state = row.state || stateOf(row);
    found[state] = (found[state] ?? 0) + 1;
  }
  return found;
}
