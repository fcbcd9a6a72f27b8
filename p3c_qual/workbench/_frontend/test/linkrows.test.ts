import { describe, expect, test } from "vitest";
import { type Chip, chipOf, fitting, holds, lineOf, makes, matching, readTray, rerole, type Role, spansOf, voicing, without } from "../src/code/linkrows";
import type { ConfigurationRow } from "../src/wire";

const chip = (id: string, role: Role, more: Partial<Chip> = {}): Chip => ({
  ...chipOf(id, { role, source: "s", key: "P1", start: 0, end: 5, quote: "words" }),
  ...more,
});

const configuration = (id: string, more: Partial<ConfigurationRow> = {}): ConfigurationRow =>
  ({ id, key: id, label: "", sentence: "", state: "", elements: [], evidence: [], ...more }) as unknown as ConfigurationRow;

const element = (id: string, role: string, text = "") => ({ id, role, text }) as ConfigurationRow["elements"][number];

describe("what spans make", () => {
  const all = ["context", "resource", "reasoning", "outcome"] as const;
  const some = (...roles: Role[]) => roles.map((role, at) => chip(`t${at}`, role));

  test.each<[string, Role[]]>([
    ["triad", [...all]],
    ["triad_resource", ["context", "resource", "outcome"]],
    ["triad_reasoning", ["context", "reasoning", "outcome"]],
    ["dyad_cm", ["context", "resource"]],
    ["dyad_mo", ["reasoning", "outcome"]],
    ["dyad_co", ["context", "outcome"]],
    ["single", ["outcome", "actor"]],
    ["empty", ["intervention"]],
  ])("%s", (made, roles) => {
    expect(makes(some(...roles))).toBe(made);
  });

  test("what is said not to be there completes nothing, unless another voice says it is", () => {
    const chips = [chip("a", "context"), chip("b", "outcome", { absent: true })];
    expect(makes(chips)).toBe("single");
    expect(makes([...chips, chip("c", "outcome", { voice: "b" })])).toBe("dyad_co");
  });

  test("what is there already counts along", () => {
    const into = configuration("c1", { elements: [element("e1", "context", "a hill")] });
    expect(makes(some("resource"), into)).toBe("dyad_cm");
  });
});

describe("voices", () => {
  test("whoever is a voice of a chip goes along with it, and says its words and direction no more", () => {
    const chips = [chip("a", "outcome", { direction: "improves", text: "sleep" }), chip("b", "outcome", { voice: "a" }), chip("c", "outcome")];
    const now = voicing(chips, "a", "c");
    expect(now.map((each) => [each.voice, each.direction, each.text])).toEqual([["c", "", ""], ["c", "", ""], ["", "", ""]]);
  });

  test("the element of a chip that is taken out goes to the first of its voices", () => {
    const chips = [chip("a", "context"), chip("b", "context", { voice: "a" }), chip("c", "context", { voice: "a" })];
    expect(without(chips, "a").map((each) => [each.id, each.voice])).toEqual([["b", ""], ["c", "b"]]);
  });

  test("a chip in another role leaves its voices behind as one element", () => {
    const chips = [chip("a", "context"), chip("b", "context", { voice: "a" })];
    expect(rerole(chips, "a", "outcome").map((each) => [each.role, each.voice])).toEqual([["outcome", ""], ["context", ""]]);
    // the same words in the same role are not there twice
    const twice = [chip("a", "context"), chip("b", "outcome")];
    expect(rerole(twice, "a", "outcome")).toEqual(twice);
  });

  test("an element of a configuration that is not chosen any more is nobody's", () => {
    const chips = [chip("a", "context", { voice: "e1" }), chip("b", "context", { voice: "a" })];
    expect(fitting(chips, undefined).map((each) => each.voice)).toEqual(["", "a"]);
    expect(fitting(chips, configuration("c1", { elements: [element("e1", "context")] }))).toEqual(chips);
  });
});

describe("what is sent", () => {
  test("voices are named by the number of the span, elements by their id, and nothing empty is sent", () => {
    const chips = [chip("a", "context"), chip("b", "context", { voice: "a" }), chip("c", "outcome", { voice: "e9", absent: true, directness: "explicit" })];
    expect(spansOf(chips)).toEqual([
      { role: "context", source: "s", start: 0, end: 5, evidence_role: "supports" },
      { role: "context", source: "s", start: 0, end: 5, evidence_role: "supports", element: "#1" },
      { role: "outcome", source: "s", start: 0, end: 5, evidence_role: "supports", element: "e9", absent: true, directness: "explicit" },
    ]);
  });

  test("the same words may have several roles, each once", () => {
    const chips = [chip("a", "context")];
    expect(holds(chips, chip("x", "context"))).toBe(true);
    expect(holds(chips, chip("x", "resource"))).toBe(false);
    expect(holds(chips, chip("x", "context", { end: 6 }))).toBe(false);
  });
});

test("a tray is read as it was kept, and anything else is an empty one", () => {
  const tray = { chips: [chip("a", "context")], into: "c1" };
  expect(readTray(JSON.stringify(tray))).toEqual(tray);
  const empty = { chips: [], into: "" };
  for (const odd of [null, "", "{}", "[1]", '{"chips":[{"role":"queen","source":"s","start":0,"end":1,"quote":""}]}']) expect(readTray(odd)).toEqual(empty);
});

describe("finding a configuration by letters", () => {
  const rows = [
    configuration("1", { key: "c1", label: "Time to talk" }),
    configuration("2", { key: "c2", label: "Shared list unused", sentence: "Where the budget ends: a list." }),
    configuration("3", { key: "c3", label: "Trust over tea", state: "set_aside" }),
    configuration("12", { key: "c12", label: "Talk across the desk" }),
  ];
  const found = (query: string, recent: string[] = []) => matching(rows, query, recent).map((row) => row.key);

  test("those used last stand on top, and what is set aside is not offered", () => {
    expect(found("", ["12", "3"])).toEqual(["c12", "c1", "c2"]);
  });

  test("a key stands before whatever holds it", () => expect(found("c1")).toEqual(["c1", "c12"]));

  test("all words have to be there, in the label or the sentence", () => {
    expect(found("budget list")).toEqual(["c2"]);
    expect(found("talk").sort()).toEqual(["c1", "c12"]);
  });

  test("a slip of the finger finds the nearest", () => expect(found("sharedd lisst")[0]).toBe("c2"));
});

test("what speaks against a claim has another line than what speaks for it, also where it says that something was absent", () => {
  const line = (evidence_role: string, absent = false) => lineOf({ evidence_role, absent });
  expect(["supports", "refines", "contradicts", "rival"].map((role) => line(role))).toEqual(["for", "for", "against", "against"]);
  expect([line("supports", true), line("contradicts", true)]).toEqual(["absent", "against"]);
});
