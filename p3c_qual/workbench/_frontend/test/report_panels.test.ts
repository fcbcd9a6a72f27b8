import { describe, expect, test } from "vitest";
import { filling, fillingSaid, linesOf, openItems } from "../src/report/panels/answers";
import { byType, unquoted } from "../src/report/panels/balance";
import { grouped, titled } from "../src/report/panels/checks";
import { sourcesFor } from "../src/report/panels/citing";
import { spansOf } from "../src/report/panels/names";
import { lacking } from "../src/report/panels/practice";
import { since, whatFor } from "../src/report/panels/render";
import { editSaid, namesIn, shownPieces, stepWord, textOf, wholeWords, wordsOf } from "../src/report/panels/words";
import type { AboutRow, ContrastRow, EditRow, FormState, LintRow, QuoteRow, SourceRow } from "../src/wire";

const quote = (words: string, edits: EditRow[] = [], start = 100): QuoteRow => ({
  ...{ id: "q", key: "q1", source: "s", source_key: "S", programme: "", start, end: start + [...words].length, quote: words, edits, pieces: [] },
  ...{ printed: words, reference: "", chosen_as: "", why: "", translation: "", translator: "", translated: "", back_check: "", who: "IP1" },
  ...{ types: [], language: "en", free: true, stale: "", used_in: [], codes: [], faults: [], coder: "" },
});

const form = (more: Partial<FormState> = {}): FormState => ({
  ...{ form: "f", label: "F", hint: "", about: "programme", several: false, records_of: [], records: [], cursor: 1 },
  items: ["a", "b", "c", "d"].map((id) => ({ id, label: id.toUpperCase(), hint: "", group: "", kind: "text", choices: [] })),
  statuses: [{ id: "documented", label: "documented", definition: "" }],
  ...more,
});
const answer = (item: string, value: string, status = "") => ({ id: item, item, value, status, coder: "", citations: [] });

describe("a form is filled", () => {
  test("by what is written and by an honest not found; a status alone fills nothing", () => {
    const given = form({ records: [{ record: "", answers: [answer("a", "x", "documented"), answer("b", "", "not_found"), answer("c", "", "interview")] }] });
    expect(filling(given).done).toBe(2);
    expect(fillingSaid(given)).toBe("2 of 4: 1 documented, 1 not found");
    expect(openItems(given)).toBe("Open: c and d.");
  });

  test("line by line, where it has some; those it has to have come first, also when nothing is written", () => {
    const given = form({ several: true, records_of: [{ id: "A", label: "Type A", definition: "" }], records: [{ record: "z9", answers: [answer("a", "own")] }] });
    expect(linesOf(given).map((each) => [each.record, each.label, each.fixed])).toEqual([["A", "Type A", true], ["z9", "own", false]]);
    expect(fillingSaid(form({ several: true }))).toBe("no line yet");
  });
});

describe("the words of a quote", () => {
  const said = quote("🙂 So I told Ann, and Ann's son. Yes!");
  const words = wordsOf(said);

  test("are chosen in code points of the stored text, also behind signs of two units", () => {
    expect(words.map((each) => textOf(said, each)).slice(0, 4)).toEqual(["So", "I", "told", "Ann"]);
    expect(words[0]).toEqual({ start: 102, end: 104 });
  });

  test("are gone through one by one; the end moves alone, and never before the first", () => {
    const second = stepWord(words, stepWord(words, null, 1), 1)!;
    expect(textOf(said, second)).toBe("I");
    expect(textOf(said, stepWord(words, second, 1, true)!)).toBe("I told");
    expect(textOf(said, stepWord(words, second, -1, true)!)).toBe("I");
    expect(textOf(said, stepWord(words, words.at(-1)!, 1)!)).toBe("Yes");
    expect(stepWord([], null, 1)).toBeNull();
  });

  test("are taken whole where a mouse marks parts of them, and none where it marks signs alone", () => {
    expect(textOf(said, wholeWords(words, { start: 106, end: 109 })!)).toBe("told");
    expect(textOf(said, wholeWords(words, { start: 103, end: 108 })!)).toBe("So I told");
    expect(wholeWords(words, { start: 100, end: 101 })).toBeNull();
  });

  test("name a person only where the name stands alone and is still printed", () => {
    expect(namesIn(said, "ann").map((each) => textOf(said, each))).toEqual(["Ann", "Ann"]);
    expect(namesIn(quote("Annual plans of Ann.", [{ kind: "omit", start: 116, end: 119, text: "" }]), "Ann")).toEqual([]);
    expect(spansOf([said, { ...said, key: "q2" }], { name: "Ann", quotes: ["q2"] }).map((each) => each.quote.key)).toEqual(["q2", "q2"]);
  });

  test("show what was done to them, with the stored words under it", () => {
    const mask = { kind: "mask", start: 110, end: 113, text: "the nurse" };
    const shown = shownPieces({ ...said, edits: [mask], pieces: [{ kind: "plain", text: "So I told", start: 100, end: 112 }, { kind: "masked", text: "[the nurse]", start: 112, end: 115 }] });
    expect(shown.map((each) => each.stored)).toEqual(["🙂 So I told ", "Ann"]);
    expect(editSaid({ ...mask, start: 112, end: 115 }, { ...said, pieces: [{ kind: "masked", text: " [the nurse]", start: 112, end: 115 }] })).toBe("“Ann” masked as [the nurse]");
    expect(editSaid({ kind: "trim", start: 100, end: 104, text: "" }, said)).toBe("begins later: without “🙂 So”");
  });
});

describe("what is listed", () => {
  test("who is of two types counts in both, and shares are of all quotes", () => {
    const row = (who: string, types: string[], quotes: number) => ({ who, types, quotes, words: 0, share: 0 });
    expect(byType([row("P1", ["B", "D1"], 3), row("P2", ["D1"], 1), row("P3", [], 0)])).toEqual([
      { type: "B", people: 1, quotes: 3, share: 0.75 },
      { type: "D1", people: 2, quotes: 4, share: 1 },
      { type: "no type", people: 1, quotes: 0, share: 0 },
    ]);
  });

  test("who was interviewed in the programme and is not quoted is named once", () => {
    const rows = [{ who: "P1, P2", types: [], quotes: 1, words: 9, share: 1 }];
    const sources = [["P1", "P3"], ["P3"], ["P2"]].map((interviewees) => ({ interviewees, programme: "n" }));
    expect(unquoted(rows, [...sources, { interviewees: ["P9"], programme: "s" }], "n")).toEqual(["P3"]);
    expect(unquoted(rows, [{ interviewees: ["P9"], programme: "s" }], "")).toEqual(["P9"]);
  });

  test("what stops a final report stands before the rest, also of one kind", () => {
    const fault = (code: string, gate: boolean): LintRow => ({ code, what: "", do: "", gate, section: "", quote: "", programme: "" });
    expect(grouped([fault("a_b", false), fault("a_b", true), fault("c", true), fault("a_b", false)]).map((each) => [each.code, each.gate, each.rows.length])).toEqual([["a_b", true, 1], ["c", true, 1], ["a_b", false, 2]]);
    expect(titled("reference_without_span")).toBe("References that lead to no passage");
    expect(titled("not_known_yet")).toBe("Not known yet");
  });

  test("a claim without the place it is from is not finished", () => {
    const row: ContrastRow = { id: "x", about: "", label: "l", component: "", claim: "c", practice: "", verdict: "", remark: "", coder: "", citations: [] };
    expect(lacking(row)).toEqual(["what people say", "the document that says so", "how the two go together"]);
  });

  test("sources of the programme and of the kind that is looked for stand first, translations nowhere", () => {
    const source = (key: string, programme: string, people: string[], translation_of = ""): SourceRow => ({
      ...{ id: key, key, title: key, kind: people.length ? "interview" : "document", programme, country: "", site: "", stakeholder_types: [], interviewees: people },
      ...{ date: "", language: "", length: 1, translation_of, codings: 0, mine: 0, done: false },
    });
    const all = [source("IP2", "n", ["p"]), source("D1", "s", []), source("D2", "n", []), source("IP2en", "n", ["p"], "IP2")];
    expect(sourcesFor(all, { programme: "n" }, "document").map((each) => each.key)).toEqual(["D2", "IP2", "D1"]);
  });

  test("a report is made of the programme one is in, of all, or of the country", () => {
    const row = (kind: string, key: string, country = "", programme = ""): AboutRow => ({ kind, id: key, key, label: key, country, programme });
    const abouts = [row("programme", "n", "UK"), row("programme", "s", "UK"), row("site", "t", "UK", "n"), row("country", "UK", "UK"), row("study", "")];
    expect(whatFor(abouts[2]!, abouts).map((each) => [each.id, each.programmes, each.country])).toEqual([["one", ["n"], ""], ["all", ["n", "s"], ""], ["country UK", [], "UK"]]);
    expect(whatFor(abouts[3]!, abouts)[0]!.id).toBe("country UK");
    expect(whatFor(abouts[4]!, [...abouts, row("country", "NL", "NL")]).map((each) => each.id)).toEqual(["all", "country UK", "country NL"]);
    expect(whatFor(abouts[4]!, [abouts[4]!])).toEqual([]);
  });
});

describe("a report that is being made", () => {
  test("says for how long, once that is a second", () => {
    const now = Date.parse("2026-03-01T10:00:12Z");
    expect(since("2026-03-01T10:00:00Z", now)).toBe("12 s");
    expect(since("2026-03-01T10:00:12Z", now)).toBe("");
    expect(since("", now)).toBe("");
  });
});
