import { describe, expect, test } from "vitest";
import { endingOf, fieldOf, guess, isAbout, isRecording, keyOf, type Said, saysNothing, slugOf, stemOf } from "../src/start/guess";
import { isFirst, steps } from "../src/start/first";
import { ago, deeds, done, listed, place, size, tally, tasks, toText } from "../src/start/words";
import type { Fault, SourceRow, StudyState, Terms, Waiting } from "../src/wire";

const TERMS: Terms = {
  language: "en",
  kinds: ["interview", "document"],
  stakeholders: [{ key: "A", label: "Manager", of: "" }],
  programmes: [
    { key: "north", label: "North", of: "" },
    { key: "north_coast", label: "North coast", of: "" },
  ],
  sites: [
    { key: "quay", label: "Quay", of: "north_coast" },
    { key: "centre", label: "Centre", of: "north" },
    { key: "centre", label: "Centre", of: "north_coast" },
  ],
};
const SAID: Said = { id: "", kind: "", programme: "", site: "", interviewee: "", stakeholder_type: "", role: "", date: "", language: "" };

function row(key: string, more: Partial<SourceRow> = {}): SourceRow {
  return {
    ...{ id: `id-${key}`, key, title: key, kind: "interview", programme: "", country: "", site: "" },
    ...{ stakeholder_types: [], interviewees: [], date: "", language: "", length: 100 },
    ...{ translation_of: "", codings: 0, mine: 0, done: false, ...more },
  };
}

describe("names of files", () => {
  test("a title gives a folder without spaces, accents or signs", () => {
    expect(slugOf("Über  Grenzen: Pflege & Nähe!")).toBe("uber_grenzen_pflege_nahe");
    expect(slugOf("  ")).toBe("");
  });

  test("a title in another script keeps its own letters", () => {
    expect(slugOf("Забота о людях")).toBe("забота_о_людях");
  });

  test("a key is made as the library makes it", () => {
    expect(keyOf("IP 02, second part")).toBe("IP_02_second_part");
    expect(stemOf("a/b/IP 02.v2.docx")).toBe("IP 02.v2");
    expect(endingOf("IP02.DOCX")).toBe("docx");
    expect(endingOf("none")).toBe("");
  });

  test("a recording is told by its ending", () => {
    expect(["a.MP3", "b.m4a", "c.docx", "mp3"].map(isRecording)).toEqual([true, true, false, false]);
  });

  test("a person's code and a date are read where they stand plainly", () => {
    expect(guess("IP21_1 final.docx", TERMS, 8)).toMatchObject({ id: "IP21_1_final", kind: "interview", interviewee: "IP21_1" });
    expect(guess("IP22-2_2023-04-18.txt", TERMS, 8)).toMatchObject({ interviewee: "IP22-2", date: "2023-04-18" });
    expect(guess("P3_20230418.txt", TERMS, 8)).toMatchObject({ interviewee: "P3", date: "2023-04-18" });
  });

  test("what may be something else is not guessed", () => {
    expect(guess("meeting 202304.txt", TERMS, 8).date).toBe("");
    expect(guess("2023_IP.txt", TERMS, 8)).toMatchObject({ interviewee: "", date: "2023" });
    expect(guess("May2023.txt", TERMS, 8).interviewee).toBe("");
    expect(guess("IP02b.txt", TERMS, 8).interviewee).toBe("");
  });

  test("a text without turns is a document, in which nobody is asked", () => {
    expect(guess("IP21_1.txt", TERMS, 0)).toMatchObject({ kind: "document", interviewee: "" });
    expect(saysNothing("role", "document")).toBe(true);
    expect(saysNothing("role", "interview")).toBe(false);
    expect(saysNothing("site", "document")).toBe(false);
  });

  test("the longest known programme is taken, and a site only where it is one", () => {
    expect(guess("north_coast_plan.txt", TERMS, 0)).toMatchObject({ programme: "north_coast", site: "" });
    expect(guess("visit at quay.txt", TERMS, 0)).toMatchObject({ programme: "north_coast", site: "quay" });
    expect(guess("centre.txt", TERMS, 0)).toMatchObject({ programme: "", site: "" });
    expect(guess("north centre.txt", TERMS, 0)).toMatchObject({ programme: "north", site: "centre" });
    expect(guess("northern.txt", TERMS, 0).programme).toBe("");
  });
});

describe("faults", () => {
  test("each of the library's faults stands beside its field", () => {
    const at = (what: string, said: Partial<Said> = {}) => fieldOf(what, { ...SAID, ...said });
    expect(at("unknown stakeholder type 'X'")).toBe("stakeholder_type");
    expect(at("stakeholder_type is said of a document that names no interviewee")).toBe("stakeholder_type");
    expect(at("unknown kind 'x'")).toBe("kind");
    expect(at("'next year' is no date")).toBe("date");
    expect(at("'German' is no language")).toBe("language");
    expect(at("the programme '!!' has no letter or digit")).toBe("programme");
    expect(at("the site '!!' has no letter or digit")).toBe("site");
    expect(at("there is a source 'IP01_1' already")).toBe("id");
    expect(at("the id 'A' stands there 2 times")).toBe("id");
    expect(at("the interviewee 'B' is named twice")).toBe("interviewee");
    expect(at("a key holds no comma: 'a b'", { interviewee: "a b" })).toBe("interviewee");
    expect(at("a key holds no comma: 'a b'", { id: "a b" })).toBe("id");
    expect(at("the file is empty")).toBe(null);
  });

  test("a fault is told to the file it names, and to no other", () => {
    const fault = (where: string): Fault => ({ code: "", what: "", where, valid: [], nearest: "", do: "" });
    expect(isAbout(fault("a.txt"), "a.txt")).toBe(true);
    expect(isAbout(fault("a.csv, row 3"), "a.csv")).toBe(true);
    expect(isAbout(fault("b.txt, a.txt"), "a.txt")).toBe(true);
    expect(isAbout(fault("a.txt.docx"), "a.txt")).toBe(false);
    expect(isAbout(fault(""), "a.txt")).toBe(false);
  });
});

describe("sentences", () => {
  const now = Date.parse("2024-05-10T12:00:00Z");

  test("a moment is told as people tell it", () => {
    expect(ago("2024-05-10T11:59:40Z", now)).toBe("just now");
    expect(ago("2024-05-10T11:59:00Z", now)).toBe("1 minute ago");
    expect(ago("2024-05-10T09:10:00Z", now)).toBe("2 hours ago");
    expect(ago("2024-05-08T11:00:00Z", now)).toBe("2 days ago");
    expect(ago("2023-01-02T12:00:00Z", now)).toBe("on 2 January 2023");
    expect(ago("", now)).toBe("");
  });

  test("an act is told as done", () => {
    expect(done("code IP02_1 12-30 with Workforce")).toBe("coded IP02_1 12-30 with Workforce");
    expect(done("recode 3 segments to Trust")).toBe("recoded 3 segments to Trust");
    expect(done("recode 3 segments to Trust", "undo")).toBe("took back: recode 3 segments to Trust");
    expect(done("juggle")).toBe("did: juggle");
  });

  test("what one person did is one sentence", () => {
    const all = [["code", 34], ["move", 2], ["memo", 1]].map(([kind, acts]) => ({ actor: "ben", kind: String(kind), acts: Number(acts) }));
    expect(deeds(all)).toBe("coded 34 times, moved codes twice and wrote a memo once");
    expect(listed(["one"])).toBe("one");
    expect(listed([])).toBe("");
  });

  test("sizes and tallies are read at a glance", () => {
    expect([size(1), size(2400), size(51_000_000)]).toEqual(["1 byte", "2 KB", "51.0 MB"]);
    expect(tally(["b", "a", "b"])).toEqual([["b", 2], ["a", 1]]);
  });
});

describe("what waits", () => {
  const waiting: Waiting = {
    ...{ begun: ["id-a", "id-b"], untouched: ["id-d", "id-c10", "id-c9", "id-gone"] },
    ...{ unsure: [], unsure_total: 0, proposals: 0, conflicts: 0, faults: [] },
  };
  const share = (source: string, worked: number) => [source, { source, worked, coded: 0, done: false }] as const;

  test("what is nearly done comes first, then by programme and number", () => {
    const sources = [row("a"), row("b"), row("c10"), row("c9"), row("d", { programme: "z" }), row("e"), row("no_text", { length: null })];
    const found = tasks(sources, waiting, new Map([share("id-a", 0.2), share("id-b", 0.9)]));
    expect(found.begun.map((each) => each.key)).toEqual(["b", "a"]);
    expect(found.untouched.map((each) => each.key)).toEqual(["c9", "c10", "d"]);
    expect(found.done.map((each) => each.key)).toEqual(["e"]);
    expect(found.total).toBe(6);
  });

  test("begun, untouched and done are all there are", () => {
    const sources = [..."abcdefg"].map((key) => row(key));
    const { begun, untouched, done: finished, total } = tasks(sources, waiting, new Map());
    expect(begun.length + untouched.length + finished.length).toBe(total);
  });

  test("one goes on where the cursor was left", () => {
    const desk = { last: { source: "a", start: 10, end: 20, at: "2024-05-10T12:00:00Z" }, "position/id-a": { start: 25, end: 30 } };
    const found = place(desk, null, [row("a"), row("b")]);
    expect(found).toEqual({ key: "a", title: "a", at: "2024-05-10T12:00:00Z", span: { start: 25, end: 30 }, share: 0.25 });
  });

  test("a source that was coded elsewhere since comes before it", () => {
    const desk = { last: { source: "a", at: "2024-05-10T12:00:00Z" } };
    const stopped = { source: "id-b", key: "b", title: "b", position: 50, at: "2024-05-11T12:00:00Z" };
    expect(place(desk, stopped, [row("a"), row("b")])).toMatchObject({ key: "b", at: stopped.at, share: 0.5, span: null });
  });

  test("a place that the text no longer has is not gone to", () => {
    const desk = { last: { source: "a", at: "" }, "position/id-a": { start: 90, end: 130 } };
    expect(place(desk, null, [row("a")])?.span).toBe(null);
    expect(place({ last: { source: "gone", at: "" } }, null, [row("a")])).toBe(null);
    expect(place({}, null, [row("a")])).toBe(null);
  });

  test("an address holds a key with any sign", () => {
    expect(toText("a%b", { start: 1, end: 2 })).toBe("code/a%25b%401-2");
    expect(toText("a")).toBe("code/a");
  });
});

describe("the first hour", () => {
  const study = (more: Partial<StudyState>): StudyState => ({
    ...{ path: "", title: "", cursor: 0, me: "", writable: true, banners: [], codebooks: [], codes: [] },
    ...{ proposals: [], questions: [], sources: [], coders: [], counts: {}, desk: {}, ...more },
  });

  test("it is shown to somebody without a name or without a source", () => {
    expect(isFirst(study({ sources: [row("a")] }))).toBe(true);
    expect(isFirst(study({ me: "anna" }))).toBe(true);
    expect(isFirst(study({ me: "anna", sources: [row("a")] }))).toBe(false);
  });

  test("each step that is done is ticked", () => {
    const ticked = (more: Partial<StudyState>) => steps(study(more)).map((step) => step.done);
    expect(ticked({})).toEqual([false, false, false, false, false]);
    expect(ticked({ me: "anna", sources: [row("a"), row("b", { programme: "p" })] })).toEqual([true, true, false, false, false]);
    expect(ticked({ sources: [row("a", { programme: "p", mine: 2 })] })).toEqual([false, true, true, false, true]);
  });
});
