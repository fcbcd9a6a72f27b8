import { describe, expect, test } from "vitest";
import { chainLines } from "../src/configure/panels/chainlines";
import { cuedPieces } from "../src/configure/panels/cues";
import { boxesOf, layersOf, routesOf } from "../src/configure/panels/layout";
import { passageOf } from "../src/configure/panels/quotes";
import { casesOf, figureLines, lastOf, neverSearched, searchedWords } from "../src/configure/panels/searched";
import { firsts } from "../src/configure/passagesearch";
import { differs, sidesOf } from "../src/configure/panels/sides";
import { addressOf } from "../src/configure/panels/standards";
import { chainsOf, sentenceOf, speaks, testsOf } from "../src/configure/panels/versions";
import type { ConfigurationRow, ElementRow, LinkRow, ProfileRow, SearchRow, TheoryRow } from "../src/wire";

const theory = (id: string, version = 0, supersedes = ""): TheoryRow => ({
  ...{ id, key: id, label: id, if_: "a", then_: "b", because: "c", level: "programme", status: "initial", origin: "" },
  ...{ programme: "", supersedes, change: "", coder: "anna", version, evidence: [], faults: [] },
});

const element = (id: string, role: string, direction = ""): ElementRow => ({ id, role, text: id, layer: "", level: "", code: "", direction, timing: "", intended: "", domain: "" });

const PROFILE: ProfileRow = {
  ...{ interviewees: [], stakeholder_types: [], programmes: [], source_types: [], supports: 2, refines: 1, contradicts: 1, rival: 3 },
  ...{ open: 0, explicit: 0, inferred: 0, document_claim: 0, undirected: 0, triangulated: false, strength: "", why: "" },
};

const configuration = (key: string, more: Partial<ConfigurationRow> = {}): ConfigurationRow => ({
  ...{ id: key, key, label: "", programme: "", theory: "", mechanism: "m", activation: "", state: "", split_from: "", merged_into: "" },
  ...{ relevance: "", rigour: "", richness: "", coder: "", sentence: "", completeness: "triad", completeness_label: "triad" },
  ...{ elements: [], evidence: [], profile: PROFILE, faults: [], ...more },
});

const link = (configuration: string, other: string, relation = "outcome_becomes_context"): LinkRow => ({ id: `${configuration}${other}`, relation, configuration, other, outcome: "", context: "", reason: "", counts: true });

const search = (id: string, more: Partial<SearchRow> = {}): SearchRow => ({ id, configuration: "c1", kind: "k", label: "k", found: 0, silent: 0, figures: {}, decision: "", reason: "", coder: "", at: "2026-01-01", ...more });

describe("theories stand by chain", () => {
  test("each chain from its first version to its last, and chains by their keys", () => {
    const chains = chainsOf([theory("t10"), theory("b1", 1, "b"), theory("t2"), theory("b2", 2, "b1"), theory("b")]);
    expect(chains.map((chain) => chain.map((each) => each.id))).toEqual([["b", "b1", "b2"], ["t2"], ["t10"]]);
  });

  test("two versions of one theory, as after a merge, stay in its chain; a circle hangs nobody up", () => {
    expect(chainsOf([theory("a"), theory("x", 1, "a"), theory("y", 1, "a")])).toHaveLength(1);
    const round = chainsOf([theory("a", 1, "b"), theory("b", 1, "a")]);
    expect(round.flat()).toHaveLength(2);
  });

  test("a theory is one sentence, and what is not written yet is left out", () => {
    expect(sentenceOf(theory("a"))).toBe("If a, then b, because c");
    expect(sentenceOf({ if_: "", then_: "b", because: "" })).toBe("then b");
  });

  test("what refines speaks for it, a rival is counted apart; what stands no more comes last", () => {
    expect(speaks(PROFILE)).toEqual({ forIt: 3, against: 1, rival: 3 });
    const rows = [configuration("c2", { theory: "t", state: "split" }), configuration("c10", { theory: "t" }), configuration("c3", { theory: "t" }), configuration("c1")];
    expect(testsOf("t", rows).map((each) => each.key)).toEqual(["c3", "c10", "c2"]);
  });
});

describe("a mechanism over its contexts", () => {
  const up = configuration("c1", { programme: "south", elements: [element("x", "context"), element("o", "outcome", "improves")] });
  const down = configuration("c2", { programme: "north", elements: [element("o", "outcome", "worsens"), element("p", "outcome")] });

  test("stands by programme, with the directions of each; who does not stand is left out", () => {
    const sides = sidesOf("m", [up, down, configuration("c3", { state: "merged" }), configuration("c4", { mechanism: "" })]);
    expect(sides.map((each) => [each.configuration.key, each.contexts.length, each.directions])).toEqual([
      ["c2", 0, ["worsens"]],
      ["c1", 1, ["improves"]],
    ]);
  });

  test("outcomes that go different ways are marked, and one without a direction says nothing", () => {
    expect(differs(sidesOf("m", [up, down]))).toBe(true);
    expect(differs(sidesOf("m", [up, configuration("c5", { elements: [element("o", "outcome")] })]))).toBe(false);
  });
});

describe("searches for negative cases", () => {
  const terms = ["k", "l", "m"].map((id) => ({ id, label: id, definition: "" }));

  test("the last of each kind counts, and a configuration that was never searched is named", () => {
    const rows = [search("1"), search("2", { at: "2026-03-01", found: 2, figures: { found: 1 } }), search("3", { kind: "l" }), search("4", { configuration: "c2" })];
    expect([...lastOf("c1", rows)].map(([kind, row]) => [kind, row.id])).toEqual([["k", "2"], ["l", "3"]]);
    expect(searchedWords(lastOf("c1", rows), terms)).toBe("2 of 3 searched, 1 found, 1 to decide");
    expect(searchedWords(new Map(), terms)).toBe("never searched");
    expect(neverSearched([configuration("c1"), configuration("c3"), configuration("c4", { state: "split" })], rows).map((each) => each.key)).toEqual(["c3"]);
  });

  test("a case is a source, however many passages stand in it", () => {
    expect(casesOf(search("1", { found: 3, figures: { found: 1 } }))).toBe(1);
  });

  test("each number is told with that of which it is a part", () => {
    const lines = figureLines("context_without_outcome", { looked_at: 6, with_first: 4, found: 1, silent: 2, not_asked: 1, unknown_asked: 1, not_worked_through: 1, configurations: 1, unplaced: 0 });
    expect(lines).toEqual([
      "4 of 6 sources speak of its context; 1 of these is a negative case, 2 are silent.",
      "Of the 2 silent, 1 was not asked about it, of 1 it is not known.",
      "1 of 6 sources is not worked through yet; nothing follows from its silence.",
    ]);
    expect(figureLines("outcome_without_mechanism", { looked_at: 1, with_first: 0 })).toEqual(["None of 1 source speaks of its outcome, so that nothing could be found."]);
    expect(figureLines("k", { some_thing: 2 })).toEqual(["2 some thing"]);
    expect(figureLines("context_without_outcome", { looked_at: 1, unplaced: 1 }).at(-1)).toBe("1 passage contradicts the configuration or says that something was absent, and names no part of it; no search finds it.");
  });
});

describe("the logic model is laid out", () => {
  const arrow = (block: string, other: string) => ({ id: `${block}${other}`, block, other });
  const arrows = [arrow("a", "b"), arrow("b", "c"), arrow("c", "b"), arrow("b", "d"), arrow("a", "d"), arrow("d", "a")];

  test("what follows stands later, what acts on each other in one layer, and a circle ends", () => {
    expect(layersOf(["a", "b", "c"], [arrow("a", "b"), arrow("b", "c"), arrow("c", "b")])).toEqual([["a"], ["b", "c"]]);
    expect(layersOf(["a", "b", "c"], [arrow("a", "b"), arrow("b", "c"), arrow("c", "a")])).toEqual([["a"], ["b"], ["c"]]);
    expect(layersOf(["a", "b"], [])).toEqual([["a", "b"]]);
    expect(layersOf([], [])).toEqual([]);
  });

  test("no two boxes lie on each other, along or down", () => {
    const layers = [["a"], ["b", "c"], ["d"]];
    for (const down of [false, true]) {
      const { boxes, width, height } = boxesOf(layers, { width: 100, height: 40, along: 30, across: 20 }, down);
      const all = [...boxes.values()];
      for (const one of all)
        for (const other of all)
          if (one !== other) expect(one.x + one.width <= other.x || other.x + other.width <= one.x || one.y + one.height <= other.y || other.y + other.height <= one.y).toBe(true);
      expect(Math.max(...all.map((each) => each.x + each.width))).toBe(width);
      expect(Math.max(...all.map((each) => each.y + each.height))).toBe(height);
    }
  });

  test("every arrow is drawn, to and fro apart, and one that passes a layer by runs outside", () => {
    const layers = [["a"], ["b", "c"], ["d"]];
    const { boxes } = boxesOf(layers, { width: 100, height: 40, along: 30, across: 20 }, false);
    const routes = routesOf(arrows, layers, boxes, false);
    expect(routes).toHaveLength(arrows.length);
    const at = (id: string) => routes.find((each) => each.id === id)!;
    expect(at("bc").x).not.toBe(at("cb").x);
    expect(at("ad").y).toBeLessThan(0);
    expect(at("da").y).toBeGreaterThan(100);
    expect(routes.every((each) => !/NaN|undefined/.test(each.path))).toBe(true);
  });
});

describe("passages", () => {
  test("cues cut a passage into pieces, also behind signs of two units and where they overlap", () => {
    const cut = cuedPieces("🙂 so I trust her now", [
      { start: 2, end: 4, kind: "cause" },
      { start: 7, end: 12, kind: "response" },
      { start: 11, end: 20, kind: "change" },
    ]);
    expect(cut.map((each) => each.text).join("")).toBe("🙂 so I trust her now");
    expect(cut.filter((each) => each.kinds.length).map((each) => [each.text, each.kinds.join()])).toEqual([
      ["so", "cause"],
      ["trus", "response"],
      ["t", "response,change"],
      [" her now", "change"],
    ]);
  });

  test("a hit is taken as its words, its sentence or its turn, in code points", () => {
    const hit = { start: 110, end: 115, turn: "🙂 Yes. We trust her. And more. ", turn_start: 100 };
    const words = (how: "words" | "sentence" | "turn") => {
      const { start, end } = passageOf(hit, how);
      return [...hit.turn].slice(start - 100, end - 100).join("");
    };
    expect(words("words")).toBe("trust");
    expect(words("sentence")).toBe("We trust her.");
    expect(words("turn")).toBe("🙂 Yes. We trust her. And more.");
    expect(passageOf({ start: 3, end: 5, turn: "elsewhere", turn_start: 50 }, "turn")).toEqual({ start: 3, end: 5 });
  });
});

describe("the chains in words", () => {
  const rows = ["c1", "c2", "c3", "c10"].map((key) => ({ id: key, key }));

  test("run from their beginning, branch by branch, and what was said is not said again", () => {
    const lines = chainLines([link("c1", "c10"), link("c1", "c2"), link("c2", "c3"), link("c10", "c3"), link("c1", "c3", "part_of")], rows);
    expect(lines.map((each) => `${each.depth} ${each.configuration}${each.again ? " again" : ""}`)).toEqual(["0 c1", "1 c2", "2 c3", "1 c10", "2 c3 again"]);
  });

  test("a circle is told once round, and what is not shown is left out", () => {
    const lines = chainLines([link("c1", "c2"), link("c2", "c1"), link("c3", "c9")], rows);
    expect(lines.map((each) => [each.configuration, each.again])).toEqual([["c1", false], ["c2", false], ["c1", true]]);
  });
});

test("a place of a standard leads to its view, and a file or a command to none", () => {
  expect(addressOf("Configure view: Negative cases")).toBe("configure/negative");
  expect(addressOf("Configure view, Configurations")).toBe("configure");
  expect(addressOf("p3c question list")).toBe("summarise");
  expect(addressOf("study.yml")).toBe("");
  expect(addressOf("p3c sources")).toBe("");
});

describe("passages that were found", () => {
  test("stand once, however often the words are in them", () => {
    const at = (source: string, start: number, end: number) => ({ source, start, end });
    expect(firsts([at("a", 0, 40), at("a", 0, 40), at("a", 50, 60), at("b", 0, 40), at("a", 0, 40)])).toEqual([0, 0, 2, 3, 0]);
  });
});
