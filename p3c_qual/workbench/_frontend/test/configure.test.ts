import { beforeEach, describe, expect, test } from "vitest";
import { classOf, merged } from "../src/configure/classes";
import { sideBySide } from "../src/configure/differences";
import { filtered, find, index, kept, type Names, NONE } from "../src/configure/filters";
import { firstParts } from "../src/configure/splitting";
import { type RealistChange, RealistStore } from "../src/configure/store";
import { placeOf } from "../src/configure/view";
import { nameOf, profileSaid, restsOn, wordsOf } from "../src/configure/words";
import type { CodeRow, ConfigurationRow, ElementRow, EvidenceRow, ProfileRow, RealistState } from "../src/wire";
import { answer, delta, settle } from "./page";
import { Seeded } from "./seeded";

const element = (id: string, role: string, more: Partial<ElementRow> = {}): ElementRow => ({
  ...{ id, role, text: `words of ${id}`, layer: "", level: "", code: "", direction: "", timing: "", intended: "", domain: "", ...more },
});

const evidence = (id: string, more: Partial<EvidenceRow> = {}): EvidenceRow => ({
  ...{ id, configuration: "", element: "", theory: "", source: "s", key: "S1", start: 0, end: 5, quote: "said so", role: "supports", elicited: "", directness: "" },
  ...{ absent: false, remark: "", resolution: "", coder: "anna", who: "S1", types: ["F"], programme: "north", kind: "interview", ...more },
});

const PROFILE: ProfileRow = {
  ...{ interviewees: [], stakeholder_types: [], programmes: [], source_types: [], supports: 0, refines: 0, contradicts: 0, rival: 0, open: 0 },
  ...{ explicit: 0, inferred: 0, document_claim: 0, undirected: 0, triangulated: false, strength: "tentative", why: "" },
};

const card = (id: string, more: Partial<ConfigurationRow> = {}): ConfigurationRow => ({
  ...{ id, key: id, label: "", programme: "", theory: "", mechanism: "", activation: "", state: "", split_from: "", merged_into: "", relevance: "", rigour: "", richness: "" },
  ...{ coder: "anna", sentence: "", completeness: "empty", completeness_label: "empty", elements: [], evidence: [], profile: PROFILE, faults: [], ...more },
});

const CODES = new Map(
  [
    ["top", null],
    ["below", "top"],
    ["deep", "below"],
    ["other", null],
  ].map(([id, parent]) => [id!, { id, parent, label: `Code ${id}` } as CodeRow]),
);
const NAMES: Names = { theory: (id) => id, mechanism: (id) => id, programme: (id) => id, code: (id) => CODES.get(id) };
const indexed = (...rows: ConfigurationRow[]) => rows.map((row) => index(row, NAMES));

describe("how much of a claim is there", () => {
  test("a triad needs both parts of the mechanism, and words or voices that do not say it was absent", () => {
    const all = ["context", "resource", "reasoning", "outcome"].map((role) => element(role, role));
    expect(classOf(all, [])).toBe("triad");
    expect(classOf(all.filter((each) => each.role !== "reasoning"), [])).toBe("triad_resource");
    expect(classOf(all.filter((each) => each.role !== "resource"), [])).toBe("triad_reasoning");
    expect(classOf(all.slice(0, 2), [])).toBe("dyad_cm");
    expect(classOf(all.slice(1), [])).toBe("dyad_mo");
    expect(classOf([all[0]!, all[3]!], [])).toBe("dyad_co");
    expect(classOf([element("i", "intervention")], [])).toBe("empty");
    const unworded = all.map((each) => ({ ...each, text: "" }));
    expect(classOf(unworded, [])).toBe("empty");
    expect(classOf(unworded, [evidence("e", { element: "outcome" })])).toBe("single");
    expect(classOf(unworded, [evidence("e", { element: "outcome", absent: true })])).toBe("empty");
  });

  test("elements that say the same become one, unless something of them differs", () => {
    const [one, same, other] = [element("a", "context", { text: "A close place" }), element("b", "context", { text: "a  close place", level: "meso" }), element("c", "context", { text: "A close place", level: "micro" })];
    expect(merged([[one], [same]])).toEqual([{ ...one, level: "meso" }]);
    expect(merged([[one], [same], [other]]).map((each) => each.id)).toEqual(["a", "c"]);
    expect(merged([[element("x", "context", { text: "" })], [element("y", "context", { text: "" })]])).toHaveLength(2);
  });

  test("a split begins with what there are several of told apart", () => {
    const row = card("c", { elements: [element("c1", "context"), element("o1", "outcome"), element("o2", "outcome"), element("o3", "outcome")] });
    expect(firstParts(row).map((part) => [...part.elements])).toEqual([["c1", "o1"], ["c1", "o2", "o3"]]);
  });
});

describe("filters", () => {
  const cards = indexed(
    card("c1", { programme: "north", mechanism: "trust", completeness: "triad", elements: [element("e1", "context", { code: "deep", level: "micro" })], evidence: [evidence("v1", { types: ["F", "A"] })] }),
    card("c2", { programme: "south", mechanism: "trust", completeness: "single", evidence: [evidence("v2", { role: "contradicts", programme: "south" })] }),
    card("c3", { programme: "south", faults: [{ code: "x", what: "w", do: "d", element: "" }], evidence: [evidence("v3", { role: "rival", resolution: "decided", programme: "south", quote: "Ein Café" })] }),
    card("c4", { state: "set_aside", programme: "south" }),
  );
  const ids = (filters: Partial<typeof NONE>) => find(cards, { ...NONE, ...filters }).ids;

  test("what stands is shown, and all of it without a filter", () => {
    expect(ids({})).toEqual(["c1", "c2", "c3"]);
    expect(ids({ state: "all" })).toEqual(["c1", "c2", "c3", "c4"]);
    expect(ids({ state: "set_aside" })).toEqual(["c4"]);
    expect(find(cards, NONE).total).toBe(3);
  });

  test("a code finds what has one below it", () => {
    expect(ids({ code: "top" })).toEqual(["c1"]);
    expect(ids({ code: "other" })).toEqual([]);
    expect(ids({ code: "-" })).toEqual(["c2", "c3"]);
  });

  test("types, levels, mechanisms, programmes and what is contradicted", () => {
    expect(ids({ type: "A" })).toEqual(["c1"]);
    expect(ids({ level: "micro" })).toEqual(["c1"]);
    expect(ids({ mechanism: "trust", programme: "south" })).toEqual(["c2"]);
    expect(ids({ mechanism: "-" })).toEqual(["c3"]);
    expect(ids({ marked: "contradicted" })).toEqual(["c2", "c3"]);
    expect(ids({ marked: "open" })).toEqual(["c2"]);
    expect(ids({ marked: "faults" })).toEqual(["c3"]);
  });

  test("words are looked for in quotes too, without case and accents", () => {
    expect(ids({ words: "cafe EIN" })).toEqual(["c3"]);
    expect(ids({ words: "cafe tea" })).toEqual([]);
  });

  test("each choice says how many cards it would give", () => {
    const { counts } = find(cards, { ...NONE, programme: "south" });
    // a facet is counted as if it alone were not set
    expect(counts.programme.get("north")).toBe(1);
    expect(counts.programme.get("south")).toBe(2);
    expect(counts.mechanism.get("trust")).toBe(1);
    expect(counts.state.get("all")).toBe(3);
  });

  test("the count of each choice is what choosing it shows, whatever else is chosen", () => {
    const chance = new Seeded(3);
    const pick = <T>(all: readonly T[]): T => chance.pick(all);
    const many = indexed(
      ...Array.from({ length: 60 }, (_, at) =>
        card(`c${at}`, {
          ...{ programme: pick(["", "north", "south"]), mechanism: pick(["", "trust", "fear"]), completeness: pick(["triad", "single"]), state: pick(["", "", "split"]) },
          elements: [element("e", "context", { code: pick(["", "top", "deep", "other"]), level: pick(["", "micro", "meso"]) })],
          evidence: chance.next() < 0.5 ? [] : [evidence("v", { types: [pick(["F", "A"])], role: pick(["supports", "contradicts"]), programme: pick(["north", "south"]) })],
        }),
      ),
    );
    for (let round = 0; round < 100; round++) {
      const filters = { ...NONE, programme: pick(["", "north"]), mechanism: pick(["", "trust", "-"]), level: pick(["", "micro"]), type: pick(["", "F"]), completeness: pick(["", "triad"]), state: pick(["", "all"]) };
      const { counts } = find(many, filters);
      for (const facet of ["programme", "mechanism", "code", "level", "type", "completeness", "marked", "state"] as const)
        for (const [value, number] of counts[facet]) expect(find(many, { ...filters, [facet]: value }).ids.length, `${facet} ${value}`).toBe(number);
    }
  });

  test("five hundred cards with three thousand quotes answer in less than a tenth of a second", () => {
    const rows = Array.from({ length: 500 }, (_, at) => card(`c${at}`, { elements: ["context", "resource", "reasoning", "outcome"].map((role) => element(role, role)), evidence: Array.from({ length: 6 }, (_, i) => evidence(`v${i}`, { quote: `${"some words ".repeat(20)}${at}` })) }));
    const all = indexed(...rows);
    const began = performance.now();
    expect(find(all, { ...NONE, words: "words 499" }).ids).toEqual(["c499"]);
    expect(performance.now() - began).toBeLessThan(100);
  });

  test("what was kept comes back, and what is no filter does not", () => {
    expect(kept(JSON.stringify({ ...NONE, words: "bus" }))).toEqual({ ...NONE, words: "bus" });
    expect(kept('{"words": 3, "odd": "x"}')).toEqual(NONE);
    expect(kept("no JSON")).toEqual(NONE);
    expect(kept(null)).toEqual(NONE);
    expect([filtered(NONE), filtered({ ...NONE, type: "F" })]).toEqual([false, true]);
  });
});

describe("side by side", () => {
  const own = (texts: string[]) => sideBySide(texts).sides.map((side) => side.pieces.filter((each) => each.own).map((each) => each.text));

  test("words that not all have are marked, neighbours as one", () => {
    expect(own(["A nurse with time", "A kind doctor with time"])).toEqual([["nurse"], ["kind doctor"]]);
    expect(sideBySide(["A nurse with time", "A kind doctor with time"]).alike).toBe("partly");
  });

  test("nothing is lost of a text", () => {
    const texts = ["“Time”, she said – and time!", "No time… at all (really)."];
    expect(sideBySide(texts).sides.map((side) => side.pieces.map((each) => each.text).join(""))).toEqual(texts);
  });

  test("the same, nothing in common, and nothing to compare", () => {
    expect(sideBySide(["Same words", "same WORDS"]).alike).toBe("same");
    expect(sideBySide(["one", "two"])).toMatchObject({ alike: "different", sides: [{ pieces: [{ own: false }] }, { pieces: [{ own: false }] }] });
    expect(sideBySide(["one", ""]).alike).toBe("different");
    expect(sideBySide(["", ""]).alike).toBe("");
  });
});

describe("how it is said", () => {
  test("an element without words of its own is called by what somebody said", () => {
    const voices = [evidence("v1", { element: "e", absent: true, quote: "no bus" }), evidence("v2", { element: "e", quote: "a bus" })];
    expect(wordsOf(element("e", "context"), voices)).toEqual({ text: "words of e", quoted: false });
    expect(wordsOf(element("e", "context", { text: "" }), voices)).toEqual({ text: "a bus", quoted: true });
    expect(wordsOf(element("e", "context", { text: "" }), [])).toEqual({ text: "", quoted: false });
    expect(nameOf(card("c1", { sentence: "Where it rains, …" }))).toBe("c1 Where it rains, …");
  });

  test("a profile says who, where from, and what is open", () => {
    const profile = { ...PROFILE, interviewees: ["N1", "N2"], stakeholder_types: ["A", "F"], programmes: ["north"], source_types: ["document", "interview"], supports: 2, refines: 1, contradicts: 1, open: 1, explicit: 1, undirected: 2, triangulated: true };
    const store = { label: (_: string, id: string) => id } as RealistStore;
    expect(profileSaid(profile, store)).toEqual([
      "3 passages for it: 2 supporting and 1 refining.",
      "Said by 2 interviewees (N1, N2) of types A and F, in north.",
      "From document and interview, so that it is triangulated.",
      "Directness: 1 explicit and 2 not said.",
      "Against it: 1 contradicting; 1 still open.",
    ]);
    expect(restsOn(profile)).toBe("2 interviewees (A, F) · document, interview");
    expect(restsOn({ ...profile, source_types: ["meeting_note"] })).toBe("2 interviewees (A, F) · meeting note");
    expect(profileSaid(PROFILE, store)).toEqual(["It rests on no passage yet."]);
  });
});

describe("an address", () => {
  test("a name alone is a configuration, a panel has its own", () => {
    const [first, at] = placeOf("c12");
    expect([first.id, at]).toEqual(["configurations", "c12"]);
    expect(placeOf("configurations@c3")[1]).toBe("c3");
    expect(placeOf("")).toEqual([first, ""]);
  });
});

const STATE: RealistState = { terms: {}, theories: [], mechanisms: [], configurations: [], links: [], regularities: [], inferences: [], searches: [], cursor: 7 };

/** A model that says what it is told, and a server that answers what it holds. */
function stand(rows: ConfigurationRow[]) {
  const listeners = new Map<string, ((value: any) => void)[]>();
  const holds = { rows, state: STATE };
  const asked: string[] = [];
  const tell = (topic: string, value?: unknown) => listeners.get(topic)?.forEach((each) => each(value));
  const model = {
    path: "p",
    others: false,
    study: { cursor: 9, me: "anna" },
    on(topic: string, listener: (value: any) => void) {
      listeners.set(topic, [...(listeners.get(topic) ?? []), listener]);
      return () => undefined;
    },
    server: {
      get: (path: string, values: Record<string, any>): Promise<any> => {
        asked.push(path === "realist" && values.cards === 0 ? "rest" : values.ids ? `${path} ${values.ids}` : path);
        if (path === "realist") return Promise.resolve({ ...holds.state, configurations: values.cards === 0 ? [] : holds.rows });
        return Promise.resolve(holds.rows.filter((row) => String(values.ids).split(",").includes(row.id)));
      },
    },
    do(verb: string, args: Record<string, unknown>) {
      model.done.push([verb, args]);
      tell("delta", delta(10, { claims: ["c1"] }));
      return Promise.resolve(answer("c1"));
    },
    done: [] as unknown[],
  };
  const store = new RealistStore(model as any);
  const told: RealistChange[] = [];
  store.on((change) => told.push(change));
  return { model, tell, store, told, asked, holds };
}

describe("the realist layer is kept in step", () => {
  let s: ReturnType<typeof stand>;
  beforeEach(async () => {
    s = stand([card("c1"), card("c2")]);
    await s.store.load();
  });

  test("it is loaded once, and what happened meanwhile is asked for", async () => {
    await s.store.load();
    expect(s.asked).toEqual(["realist"]);
    expect(s.model.study.cursor).toBe(7);
    expect(s.store.configuration("c2")?.id).toBe("c2");
  });

  test("only what is different is asked for, and what is gone goes", async () => {
    s.holds.rows = [card("c1", { label: "new" })];
    s.tell("delta", delta(10, { claims: ["c1", "c2"] }));
    await settle();
    expect(s.asked.slice(1)).toEqual(["configurations c1,c2"]);
    expect([...s.store.configurations.values()].map((row) => row.label)).toEqual(["new"]);
    expect(s.told.at(-1)).toEqual({ configurations: ["c1", "c2"], rest: false });
  });

  test("several answers at a time are asked for one after the other, each once", async () => {
    s.tell("delta", delta(10, { claims: ["c1"] }));
    s.tell("delta", delta(11, { claims: ["c2"] }));
    s.tell("delta", delta(12, { claims: ["c2"] }));
    await settle();
    expect(s.asked.slice(1)).toEqual(["configurations c1", "configurations c2"]);
  });

  test("what did not come is asked for again at the next look", async () => {
    const { get } = s.model.server;
    s.model.server.get = () => Promise.reject(new Error("no connection"));
    s.tell("delta", delta(10, { claims: ["c1"] }));
    await settle();
    s.model.server.get = get;
    s.holds.rows = [card("c1", { label: "late" }), card("c2")];
    s.tell("delta", delta(10));
    await settle();
    expect(s.store.configurations.get("c1")?.label).toBe("late");
  });

  test("theories and links are asked for without the cards", async () => {
    s.holds.state = { ...STATE, links: [{ id: "l", relation: "part_of", configuration: "c1", other: "c2", outcome: "", context: "", reason: "", counts: true }] };
    s.tell("delta", delta(10, { touched: ["link"] }));
    await settle();
    expect(s.asked.slice(1)).toEqual(["rest"]);
    expect(s.store.linksOf("c2").map((each) => each.id)).toEqual(["l"]);
    expect(s.store.configurations.size).toBe(2);
    s.tell("delta", delta(11, { touched: ["coding"] }));
    await settle();
    expect(s.asked).toHaveLength(2);
  });

  test("an act is over when what it changed is here", async () => {
    s.holds.rows = [card("c1", { label: "renamed" }), card("c2")];
    await s.store.edit("edit_configuration", "configuration", card("c1"), { label: "renamed" });
    expect(s.model.done).toEqual([["edit_configuration", { configuration: "c1", fields: { label: "renamed" }, was: { label: "" } }]]);
    expect(s.store.configurations.get("c1")?.label).toBe("renamed");
  });

  test("a yes is seen as yes", async () => {
    await s.store.edit("edit_evidence", "evidence", evidence("v", { absent: true }), { absent: "" });
    expect(s.model.done).toEqual([["edit_evidence", { evidence: "v", fields: { absent: "" }, was: { absent: "yes" } }]]);
  });
});
