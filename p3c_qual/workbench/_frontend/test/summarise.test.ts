import { describe, expect, test } from "vitest";
import { alike, nearestFirst, threes } from "../src/core/near";
import type { Pending } from "../src/effects";
import { foresee, type Rows, type Shown, stateOf } from "../src/summarise/foresee";
import { cellOf, needs, placeOf } from "../src/summarise/rowcells";
import { where } from "../src/summarise/steps";
import { Summary, tally } from "../src/summarise/summary";
import { TECHNIQUES, UNITS } from "../src/summarise/techniques";
import { twinsOf } from "../src/summarise/decide";
import { sorted, undecidable, undecided, unkept } from "../src/summarise/fitting";
import { Refused } from "../src/server";
import type { QuestionRow, ReductionRow, UnitRow } from "../src/wire";
import { delta, fault } from "./page";
import { Seeded } from "./seeded";

const QUESTION = { id: "q", key: "help" };

function unit(id: string, more: Partial<UnitRow> = {}): Shown {
  const row: Shown = {
    ...{ id, question: "q", no: 0, source: "s", key: "S", unit: "S", start: 0, end: 5, quote: "words", coder: "anna" },
    ...{ paraphrase: "", z1: [], dropped: "", generalisation: "", z2: [], kept: null, z3: "", same_as: null, reason: "" },
    ...{ reduction: null, z4: "", left_over: "", state: "", edited: false, line: 1, ...more },
  };
  return { ...row, state: stateOf(row) };
}

const kept = (id: string, more: Partial<UnitRow> = {}) => unit(id, { paraphrase: "p", generalisation: "g", kept: true, z3: "Z3.3", ...more });

const category = (id: string, more: Partial<ReductionRow> = {}): ReductionRow => ({
  ...{ id, question: "q", label: id, into: null, rule: "", reason: "", code: null, position: 0, ...more },
});

const rows = (units: Shown[], reductions: ReductionRow[] = []): Rows => ({
  units: new Map(units.map((each) => [each.id, each])),
  reductions: new Map(reductions.map((each) => [each.id, each])),
  checks: new Map(),
});

let acts = 0;
const act = (verb: string, args: Record<string, unknown> = {}): Pending => ({ act_id: `a${acts++}`, verb, args });

/** The units as they are shown while acts wait. */
function shown(base: Rows, ...waiting: Pending[]): Map<string, Shown> {
  const over = foresee(base, waiting, QUESTION, "anna");
  const found = new Map(base.units as Map<string, Shown>);
  for (const [id, row] of over.units) {
    if (row) found.set(id, row);
    else found.delete(id);
  }
  return found;
}

describe("what an act will do is shown before the server has said so", () => {
  test("a row walks from unit to category, and back with undo", () => {
    const base = rows([unit("u")]);
    const all = [
      act("rewrite", { unit: "u", text: "short" }),
      act("generalise", { unit: "u", text: "general", rules: ["Z2.1"] }),
      act("decide", { units: ["u"], keep: true, rule: "Z3.3" }),
      act("bundle", { units: ["u"], rule: "Z4.1", label: "New" }),
    ];
    const states = all.map((_, at) => shown(base, ...all.slice(0, at + 1)).get("u")!.state);
    expect(states).toEqual(["paraphrased", "generalised", "kept", "bundled"]);
    expect(shown(base, ...all, act("undo"), act("undo")).get("u")).toMatchObject({ state: "generalised", z3: "", pending: true });
  });

  test("a new category has the id of its act until the server has named it", () => {
    const made = act("bundle", { units: ["u"], rule: "Z4.2", label: "New" });
    const over = foresee(rows([kept("u")]), [made], QUESTION, "anna");
    expect(over.reductions.get(`new:${made.act_id}`)?.label).toBe("New");
    expect(over.units.get("u")?.reduction).toBe(`new:${made.act_id}`);
  });

  test("what is deleted is in no category any more, and what is left over neither", () => {
    const base = rows([kept("u", { reduction: "c", z4: "Z4.1" })], [category("c")]);
    expect(shown(base, act("decide", { units: ["u"], keep: false, rule: "Z3.2", reason: "no" })).get("u")).toMatchObject({ state: "deleted", reduction: null });
    expect(shown(base, act("leave_over", { units: ["u"], reason: "alone" })).get("u")).toMatchObject({ state: "left_over", reduction: null, z4: "" });
  });

  test("merging moves the rows and takes the categories away", () => {
    const base = rows([kept("u", { reduction: "a" }), kept("v", { reduction: "b" })], [category("a"), category("b")]);
    const over = foresee(base, [act("merge_reductions", { reductions: ["a"], into: "b", rule: "Z4.1" })], QUESTION, "anna");
    expect(over.reductions.get("a")).toBe(null);
    expect(over.units.get("u")?.reduction).toBe("b");
    expect(over.units.has("v")).toBe(false);
  });

  test("lifting makes a main category, and with neither id nor label takes out", () => {
    const base = rows([], [category("a", { into: "m" }), category("m")]);
    const lifted = act("lift", { reductions: ["m"], rule: "Z4.1", label: "Top" });
    expect(foresee(base, [lifted], QUESTION, "anna").reductions.get("m")?.into).toBe(`new:${lifted.act_id}`);
    expect(foresee(base, [act("lift", { reductions: ["a"] })], QUESTION, "anna").reductions.get("a")?.into).toBe(null);
  });

  test("acts on rows of another question show nothing", () => {
    const base = rows([unit("u")]);
    const strange = [act("paraphrase", { question: "other", source: "s", start: 0, end: 3, text: "x" }), act("bundle", { units: ["z"], rule: "Z4.1", label: "L" })];
    const over = foresee(base, strange, QUESTION, "anna");
    expect([over.units.size, over.reductions.size]).toEqual([0, 0]);
  });

  test("whatever waits, each unit is in one state, and all of them are counted", () => {
    const chance = new Seeded(7);
    const random = () => chance.next();
    const pick = <T>(all: readonly T[]): T => chance.pick(all);
    const ids = [..."abcdefgh"];
    for (let round = 0; round < 200; round++) {
      const base = rows(ids.map((id) => pick([unit(id), unit(id, { paraphrase: "p" }), kept(id), kept(id, { reduction: "c" })])), [category("c")]);
      const waiting = Array.from({ length: 6 }, () => {
        const units = ids.filter(() => random() < 0.4);
        return pick([
          () => act("decide", { units, keep: random() < 0.5, rule: "Z3.3" }),
          () => act("undecide", { units }),
          () => act("bundle", { units, rule: "Z4.1", label: "L" }),
          () => act("unbundle", { units }),
          () => act("leave_over", { units, reason: "r" }),
          () => act("generalise", { unit: pick(ids), text: pick(["", "g"]) }),
          () => act("drop_unit", { unit: pick(ids), reason: pick(["", "r"]) }),
          () => act("undo"),
        ])();
      });
      const now = [...shown(base, ...waiting).values()];
      const counts = tally(now);
      expect(Object.keys(counts)).toHaveLength(8);
      expect(Object.values(counts).reduce((sum, each) => sum + each, 0)).toBe(ids.length);
    }
  });
});

/** A model that says what it is told, and keeps what it is asked to do. */
function stand(units: UnitRow[], reductions: ReductionRow[] = []) {
  const listeners = new Map<string, ((value: any) => void)[]>();
  const question = { ...QUESTION, material: ["t", "s"], step: "generalise", steps: [], technique: "summarising" } as unknown as QuestionRow;
  const model = {
    path: "p",
    others: false,
    study: { cursor: 9, me: "anna", questions: [question] },
    queue: { waiting: [] as Pending[] },
    done: [] as Pending[],
    asked: () => question,
    on(topic: string, listener: (value: any) => void) {
      listeners.set(topic, [...(listeners.get(topic) ?? []), listener]);
      return () => undefined;
    },
    do(verb: string, args: Record<string, unknown>) {
      model.done.push(act(verb, args));
      return Promise.resolve();
    },
    server: { get: () => Promise.resolve({ question: "q", units, reductions, checks: [], funnel: [], rules: [], cursor: 7 }) },
  };
  const tell = (topic: string, value?: unknown) => listeners.get(topic)?.forEach((each) => each(value));
  return { model, tell, summary: new Summary(model as any, "q") };
}

describe("a summarising that is kept in step", () => {
  const units = [unit("u1", { start: 20 }), unit("u2", { start: 3 }), unit("t1", { source: "t", unit: "T" })];

  test("rows are numbered in the order of the material, then of the text", async () => {
    const { summary, model } = stand(units);
    await summary.load();
    expect(summary.order).toEqual(["t1", "u2", "u1"]);
    expect(summary.no("u1")).toBe(3);
    // what happened while it was on its way is asked for
    expect(model.study.cursor).toBe(7);
  });

  test("what somebody wrote comes in, and only that is told", async () => {
    const { summary, tell } = stand(units);
    await summary.load();
    const told: unknown[] = [];
    summary.on((change) => told.push(change));
    tell("delta", delta(10, { units: [unit("u2", { start: 3, paraphrase: "new" }), unit("x", { question: "other" })] }));
    expect(told).toEqual([{ units: ["u2"], order: false, reductions: false, checks: false }]);
    expect(summary.unit("u2")?.paraphrase).toBe("new");
    tell("delta", delta(11, { gone: ["t1"] }));
    expect(summary.order).toEqual(["u2", "u1"]);
    expect(summary.no("u2")).toBe(1);
  });

  test("an act that is refused leaves the row as the store has it", async () => {
    const { summary, model, tell } = stand(units);
    await summary.load();
    model.queue.waiting.push(act("rewrite", { unit: "u1", text: "mine" }));
    tell("status");
    expect(summary.unit("u1")).toMatchObject({ paraphrase: "mine", pending: true });
    model.queue.waiting.pop();
    tell("status");
    expect(summary.unit("u1")?.paraphrase).toBe("");
  });

  test("words that are stale are kept beside the other's until one is chosen", async () => {
    const { summary, model, tell } = stand(units);
    await summary.load();
    const refused = new Refused(fault("stale", "ben changed it"), [fault("stale", "ben changed it")], 409);
    tell("refused", { act: act("generalise", { unit: "u1", text: "mine", was: "" }), error: refused });
    tell("delta", delta(10, { units: [unit("u1", { start: 20, generalisation: "theirs" })] }));
    const [conflict] = summary.conflicts.open;
    expect(conflict).toMatchObject({ unit: "u1", words: "mine", stale: true });
    expect(summary.conflicts.theirs(conflict!)).toBe("theirs");
    summary.conflicts.keepMine(conflict!, "mine after all");
    expect(model.done.at(-1)).toMatchObject({ verb: "generalise", args: { unit: "u1", text: "mine after all", was: "theirs" } });
    expect(summary.conflicts.open).toEqual([]);
  });

  test("a row that may mean the same is looked for in its recording unit first", async () => {
    const { summary } = stand([
      kept("a", { start: 1, unit: "S", generalisation: "meetings each week" }),
      kept("b", { start: 2, unit: "S", generalisation: "money is short" }),
      kept("c", { source: "t", unit: "T", generalisation: "weekly meetings" }),
      unit("d", { start: 4, unit: "S", paraphrase: "p", generalisation: "weekly meetings" }),
    ]);
    await summary.load();
    expect(twinsOf(summary, ["d"]).map((row) => row.id)).toEqual(["a", "b", "c"]);
  });
});

describe("what the table shows", () => {
  test("a step needs the rows that are not through it, and those whose text was edited", () => {
    const row = unit("u", { paraphrase: "p" });
    expect([needs(row, "paraphrase"), needs(row, "generalise"), needs(row, "bundle"), needs(row, "check")]).toEqual([false, true, true, false]);
    expect(needs({ ...row, edited: true }, "check")).toBe(true);
  });

  test("the place names the source only where it is not the case itself", () => {
    expect(placeOf(unit("u", { line: 4 }))).toBe("line 4");
    expect(placeOf(unit("u", { unit: "North", line: 4 }))).toBe("S, line 4");
    expect(placeOf(unit("u", { line: 0 }))).toBe("S");
  });

  test("a row that is gone has empty cells", () => {
    expect(cellOf({ unit: () => undefined } as any, "u", "no")).toEqual([]);
  });

  test("the step is told as people tell it", () => {
    const steps = ["define", "reduce"].map((key) => ({ key, title: key, does: "", state: "now" }));
    expect(where({ step: "reduce", steps } as QuestionRow)).toBe("step 2 of 2: reduce");
    expect(where({ step: "done", steps } as QuestionRow)).toBe("all steps closed");
  });

  test("eight techniques are offered, each unit in words", () => {
    expect(TECHNIQUES).toHaveLength(8);
    expect(new Set(TECHNIQUES.map((each) => each.key)).size).toBe(8);
    expect(Object.values(UNITS).every((all) => all.every(([, words]) => words.length > 3))).toBe(true);
  });
});

describe("several rows at a time", () => {
  const found = new Map([kept("k"), unit("u"), kept("b", { reduction: "c" }), unit("x", { dropped: "why" }), kept("d", { kept: false, z3: "Z3.2" })].map((row) => [row.id, row]));
  const summary = { unit: (id: string | null | undefined) => found.get(id ?? "") };

  test("those in a state for a deed are taken in their order, and each reason is said once", () => {
    expect(sorted(summary, ["x", "k", "u", "b", "u2"], undecidable)).toEqual({
      rows: ["k", "b"],
      left: "3 rows were left out: dropped by Z1.1, or without a generalisation, or not there any more.",
    });
    expect(sorted(summary, ["d", "k"], unkept)).toEqual({ rows: ["k"], left: "1 row was left out: deleted by Z3.2." });
    expect(sorted(summary, ["x", "d", "k", "b"], undecided)).toEqual({ rows: ["x", "d", "k", "b"], left: "" });
  });
});

describe("texts that are near", () => {
  test("the same words in other letters are the same, nothing is like nothing", () => {
    expect(alike(threes("Über die Brücke"), threes("uber die BRUCKE"))).toBe(1);
    expect(alike(threes(""), threes("words"))).toBe(0);
  });

  test("the nearest come first, and what is equally near stays in order", () => {
    const found = nearestFirst("weekly meetings", ["money", "meeting weekly", "none", "weekly"], (each) => each);
    expect(found.slice(0, 2)).toEqual(["meeting weekly", "weekly"]);
    expect(found.slice(2)).toEqual(["money", "none"]);
  });
});
