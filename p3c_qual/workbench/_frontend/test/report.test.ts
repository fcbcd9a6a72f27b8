import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { Pending } from "../src/effects";
import type { Model } from "../src/model";
import { aboutOf, nameOfAbout, ReportStore } from "../src/report/store";
import { ALL, choices, type Item, ofTheReport, passing, saidBy, shortly } from "../src/report/write/items";
import { inTheme } from "../src/report/write/preview";
import { PAUSE, Saving, Savings, SOON } from "../src/report/write/saving";
import { contentsOf, depths, stateOf } from "../src/report/write/states";
import { ownLine, pointsOf, readTokens, wholeWords, within, wordsIn, written } from "../src/report/write/tokens";
import { Refused } from "../src/server";
import type { AboutRow, Answer, Delta, ReportOutline, ReportPart, SectionState } from "../src/wire";
import { answer, delta, fault, page, Storage, settle, study } from "./page";

const put = (text: string, { at, text: more }: { at: number; text: string }) => text.slice(0, at) + more + text.slice(at);
const QUOTE = "![IP01](quote:1f0c2a9b)";

describe("what a text names", () => {
  test("quotes, configurations, facts and sources are found with their places", () => {
    const text = `It works.\n\n${QUOTE}\n\nSee [c3](cmo:c3), [18 of 20](fact:77ab01cd) and [home](https://x.org).`;
    const found = readTokens(text);
    expect(found.map((each) => [each.kind, each.name, each.label, each.setIn])).toEqual([
      ["quote", "1f0c2a9b", "IP01", true],
      ["cmo", "c3", "c3", false],
      ["fact", "77ab01cd", "18 of 20", false],
    ]);
    expect(text.slice(found[0]!.start, found[0]!.end)).toBe(QUOTE);
  });

  test("what is named is none of the author’s words", () => {
    expect(wordsIn(`The nurse’s co-ordinator, 3.5 days.\n\n${QUOTE}\n\nAnd [IP02](quote:22222222) went.`)).toBe(7);
    expect(wordsIn("")).toBe(0);
  });

  test("a name with brackets makes no token that cannot be read", () => {
    const token = written("fact", "77ab01cd", "18 [of] 20");
    expect(readTokens(token).map((each) => each.label)).toEqual(["18  of  20"]);
  });

  test("signs of two units count once", () => {
    expect(pointsOf("🙂 on")).toBe(4);
  });
});

describe("where something is set in", () => {
  test("a quotation stands alone on its line, and tears no sentence", () => {
    expect(put("", ownLine("", 0, QUOTE))).toBe(`${QUOTE}\n\n`);
    expect(put("One two.", ownLine("One two.", 3, QUOTE))).toBe(`One two.\n\n${QUOTE}\n\n`);
    expect(put("One.\n\nTwo.", ownLine("One.\n\nTwo.", 2, QUOTE))).toBe(`One.\n\n${QUOTE}\n\nTwo.`);
    expect(put("One.\nTwo.", ownLine("One.\nTwo.", 4, QUOTE))).toBe(`One.\n\n${QUOTE}\n\nTwo.`);
    expect(put("One.\n\n\n\nTwo.", ownLine("One.\n\n\n\nTwo.", 6, QUOTE))).toBe(`One.\n\n${QUOTE}\n\nTwo.`);
    expect(put("One.\n\nTwo.", ownLine("One.\n\nTwo.", 6, QUOTE))).toBe(`One.\n\n${QUOTE}\n\nTwo.`);
  });

  test("whatever the cursor, the quotation has its line and the words stay as they were", () => {
    const text = "One two.\nThree.\n\nFour five.\n\n\nSix.";
    for (let cursor = 0; cursor <= text.length; cursor++) {
      const made = put(text, ownLine(text, cursor, QUOTE));
      expect(made.split("\n")).toContain(QUOTE);
      expect(made.replace(QUOTE, "").trim().split(/\s+/)).toEqual(text.split(/\s+/));
      expect(made.split(/\n{2,}/)).toContain(QUOTE);
    }
  });

  test("words that were marked in half are taken whole", () => {
    const text = "Properly, it’s two pots (née Müller).";
    const taken = (start: string, length: number) => text.slice(...wholeWords(text, text.indexOf(start), text.indexOf(start) + length));
    expect(taken("erly, it", 7)).toBe("Properly, it’s");
    expect(taken(" two ", 5)).toBe("two");
    expect(taken("ée Mü", 5)).toBe("née Müller");
    expect(taken("Properly", 8)).toBe("Properly");
  });

  test("a reference has a space where it needs one", () => {
    expect(put("She said so", within("She said so", 11, "[A](quote:1)"))).toBe("She said so [A](quote:1)");
    expect(put("She (so)", within("She (so)", 5, "[A](quote:1)"))).toBe("She ([A](quote:1) so)");
    expect(put("So. Then", within("So. Then", 4, "[A](quote:1)"))).toBe("So. [A](quote:1) Then");
  });
});

// how texts are kept

class Act {
  constructor(
    readonly act: Pending,
    readonly bench: FakeModel,
  ) {}
  done(cursor: number): void {
    this.bench.queue.waiting.shift();
    this.bench.tell("done", { act: this.act, answer: { ...answer(true, delta(cursor)) } satisfies Answer });
  }
  stale(): void {
    this.bench.queue.waiting.shift();
    const one = fault("stale", "ben changed the text");
    this.bench.tell("refused", { act: this.act, error: new Refused(one, [one], 422) });
  }
}

class FakeModel {
  path = "s";
  others = false;
  study = study(1);
  queue = { waiting: [] as Pending[], link: "connected" };
  acts: Act[] = [];
  #listeners = new Map<string, ((value: any) => void)[]>();
  answers: Record<string, unknown> = {};
  asked: string[] = [];
  server = {
    get: async (address: string) => {
      this.asked.push(address);
      return this.answers[address];
    },
  };
  on(topic: string, listener: (value: any) => void): () => void {
    this.#listeners.set(topic, [...(this.#listeners.get(topic) ?? []), listener]);
    return () => undefined;
  }
  tell(topic: string, value: unknown): void {
    for (const each of this.#listeners.get(topic) ?? []) each(value);
  }
  do(verb: string, args: Record<string, unknown>): Promise<Answer> {
    const act = { act_id: `a${this.acts.length}`, verb, args };
    this.queue.waiting.push(act);
    this.acts.push(new Act(act, this));
    return new Promise(() => undefined);
  }
}

const ABOUT = { programme: "north", site: "", country: "" };

describe("an author’s words on their way into the store", () => {
  let kept: ReturnType<typeof page>["local"];
  let model: FakeModel;
  let saving: Saving;

  const begin = (): Saving => {
    model = new FakeModel();
    return new Savings(model as unknown as Model).of(ABOUT, "workforce");
  };

  beforeEach(() => {
    vi.useFakeTimers();
    kept = page().local;
    saving = begin();
    saving.read("Before.", 1);
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  test("are sent once a minute while somebody types, with what was seen", () => {
    saving.write("Bef");
    vi.advanceTimersByTime(PAUSE - 1);
    saving.write("Before. After.\n");
    expect(model.acts).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(model.acts.map((each) => each.act.args)).toEqual([{ section: "workforce", text: "Before. After.", ...ABOUT, was: { text: "Before." } }]);
    expect(saving.state).toBe("sending");
    model.acts[0]!.done(2);
    expect([saving.state, saving.text]).toEqual(["saved", "Before. After.\n"]);
    expect(Object.keys(kept)).toEqual([]);
  });

  test("go one after the other, each over the one before", () => {
    saving.write("One");
    saving.flush();
    saving.write("One two");
    saving.flush();
    expect(model.acts.length).toBe(1);
    model.acts[0]!.done(2);
    expect(model.acts[1]!.act.args).toMatchObject({ text: "One two", was: { text: "One" } });
  });

  test("are one act for each time they are left, however long somebody types", () => {
    for (let letters = 1; letters <= 200; letters++) {
      saving.write("x".repeat(letters));
      vi.advanceTimersByTime(500);
      if (model.acts.length) model.acts.at(-1)!.done(letters + 1);
    }
    expect(model.acts.length).toBe(1);
    saving.flush();
    expect(model.acts.length).toBe(2);
  });

  test("that a window kept which was closed are shown in another, and only taken over when asked", () => {
    saving.write("Written before it crashed");
    vi.stubGlobal("sessionStorage", new Storage());
    const other = begin();
    other.read("Before.", 1);
    expect([other.text, other.state, other.left?.text]).toEqual(["Before.", "saved", "Written before it crashed"]);
    other.takeLeft();
    other.flush();
    expect(model.acts[0]!.act.args).toMatchObject({ text: "Written before it crashed", was: { text: "Before." } });
    model.acts[0]!.done(2);
    expect([other.left, Object.keys(kept)]).toEqual([null, []]);
  });

  test("that another window kept stand under what was written since", () => {
    saving.write("From the train");
    vi.stubGlobal("sessionStorage", new Storage());
    const other = begin();
    other.read("Newer.", 5);
    other.takeLeft();
    expect(other.text).toBe("Newer.\n\nFrom the train");
  });

  test("are not put back by an answer from before they were saved", () => {
    saving.write("Mine");
    saving.flush();
    model.acts[0]!.done(5);
    expect(saving.read("Before.", 4)).toBe(false);
    expect(saving.text).toBe("Mine");
    expect(saving.read("Theirs", 6)).toBe(true);
    expect(saving.text).toBe("Theirs");
  });

  test("stay beside what somebody else wrote until one is chosen", () => {
    saving.write("Mine");
    saving.flush();
    model.acts[0]!.stale();
    saving.read("Theirs", 3);
    expect([saving.state, saving.text, saving.theirs]).toEqual(["stale", "Mine", "Theirs"]);
    saving.write("Mine, and more");
    vi.advanceTimersByTime(5 * PAUSE);
    expect(model.acts.length).toBe(1);
    saving.keepMine();
    expect(model.acts[1]!.act.args).toMatchObject({ text: "Mine, and more", was: { text: "Theirs" } });
    model.acts[1]!.done(4);
    expect(saving.state).toBe("saved");
  });

  test("give way where the others’ are taken", () => {
    saving.write("Mine");
    saving.flush();
    model.acts[0]!.stale();
    saving.read("Theirs", 3);
    saving.takeTheirs();
    expect([saving.state, saving.text]).toEqual(["saved", "Theirs"]);
    expect(Object.keys(kept)).toEqual([]);
  });

  test("that the store spells in its own way are no conflict", () => {
    saving.write("Cafe\u0301 – so it is");
    saving.flush();
    model.acts[0]!.done(2);
    saving.write("Café – so it is. More");
    saving.flush();
    model.acts[1]!.stale();
    saving.read("Café - so it is", 3);
    expect(model.acts[2]!.act.args).toMatchObject({ text: "Café – so it is. More", was: { text: "Café - so it is" } });
  });

  test("that were not sent outlast a reload", () => {
    saving.write("Mine, unsent");
    const again = begin();
    expect(again.read("Before.", 1)).toBe(true);
    expect([again.text, again.state, again.left]).toEqual(["Mine, unsent", "changed", null]);
    vi.advanceTimersByTime(SOON);
    expect(model.acts[0]!.act.args).toMatchObject({ text: "Mine, unsent", was: { text: "Before." } });
  });

  test("that were on the way at a reload are waited for", () => {
    saving.write("Sent");
    saving.flush();
    saving.write("Sent, and more");
    const waits = model.acts[0]!.act;
    const again = begin();
    model.queue.waiting.push(waits);
    again.read("Before.", 1);
    again.flush();
    expect([again.text, model.acts.length]).toEqual(["Sent, and more", 0]);
    new Act(waits, model).done(2);
    vi.advanceTimersByTime(PAUSE);
    expect(model.acts[0]!.act.args).toMatchObject({ text: "Sent, and more", was: { text: "Sent" } });
  });

  test("that were refused while another section was open are there when it is opened", () => {
    saving.write("Mine");
    saving.flush();
    const waits = model.acts[0]!.act;
    begin();
    new Act(waits, model).stale();
    const again = new Savings(model as unknown as Model).of(ABOUT, "workforce");
    again.read("Theirs", 3);
    expect(again.text).toBe("Mine");
    again.flush();
    expect(model.acts[0]!.act.args).toMatchObject({ was: { text: "Before." } });
  });
});

// the sections

const part = (key: string, more: Partial<ReportPart> = {}): ReportPart => ({
  ...{ key, title: key, under: "", number: "", level: "", kind: "chapter", tasks: [], left_out: false, merged_into: "" },
  ...{ own: false, state: "empty", why: "", words: 0, quotes: 0, material: 0, prompt: "", ...more },
});

describe("how far a section is", () => {
  test("is said in a sign and in words", () => {
    expect(stateOf(part("a", { state: "material" }))).toMatchObject({ sign: "◐", label: "material, not yet description" });
    expect(stateOf(part("a", { state: "description", left_out: true })).label).toBe("left out");
    expect(contentsOf(part("a", { state: "description", words: 1, quotes: 2, own: true, kind: "vignette" }))).toBe("vignette · description · 1 word · 2 quotes");
  });

  test("parts stand below what they are part of, also where that goes in a circle", () => {
    const found = depths([part("a"), part("b", { under: "a" }), part("c", { under: "b" }), part("d", { under: "gone" }), part("e", { under: "e" })]);
    expect([..."abcd"].map((key) => found.get(key))).toEqual([0, 1, 2, 0]);
    expect(found.get("e")).toBeGreaterThan(0);
  });
});

// the material

const item = (id: string, more: Partial<Item> = {}): Item => ({
  ...{ id, kind: "passages" as const, words: `words of ${id}`, who: id, types: ["F"], beside: [], span: { source: "s", key: id, start: 0, end: 5 } },
  ...{ free: true, quoted: "", token: null, ...more },
});

describe("the material", () => {
  const items = [item("A1", { words: "The café was shut", quoted: "11111111" }), item("B1", { types: ["C", "D1"], beside: ["Trust"] }), item("A10"), item("A2")];
  const found = (filter: Partial<typeof ALL>) => passing(items, { ...ALL, ...filter }).map((each) => each.id);

  test("is looked through by words, type, person, and what is not quoted yet", () => {
    expect(found({ words: "CAFE shut" })).toEqual(["A1"]);
    expect(found({ words: "trust" })).toEqual(["B1"]);
    expect(found({ type: "D1" })).toEqual(["B1"]);
    expect(found({ who: "A2" })).toEqual(["A2"]);
    expect(found({ fresh: true })).toEqual(["B1", "A10", "A2"]);
    expect(found({ type: "F", words: "nothing of it" })).toEqual([]);
  });

  test("offers each choice once, in the order people count", () => {
    expect(choices(items, (each) => [each.who]).map(([value]) => value)).toEqual(["A1", "A2", "A10", "B1"]);
    expect(choices(items, (each) => each.types)).toEqual([["C", 1], ["D1", 1], ["F", 3]]);
  });

  test("says what a text names, or that it is not known", () => {
    const section = { quotes: [{ id: "q", key: "1f0c2a9b", printed: "So it is." }], cards: [], facts: [{ id: "0193a1b2-c3d4-7", name: "Nurses", value: "18", unit: "of 20" }] } as unknown as SectionState;
    const said = (text: string) => readTokens(text).map((token) => saidBy(token, section)?.words);
    expect(said("[A](quote:1f0c2a9b) [B](quote:00000000) [C](fact:0193a1b2-c3d4)")).toEqual(["So it is.", undefined, "Nurses: 18 of 20"]);
  });

  test("of a section without a code is what the report quotes, and is called that", () => {
    const of = (...rows: [quoted: string, codes: string[]][]) => ofTheReport({ material: rows.map(([quoted, codes]) => ({ quoted, codes })) } as unknown as SectionState);
    expect(of(["11111111", []], ["22222222", []])).toBe(true);
    expect(of(["11111111", ["Workforce"]])).toBe(false);
    expect(of(["11111111", []], ["", []])).toBe(false);
    expect(of()).toBe(false);
  });

  test("is told of in a message by its beginning, no sign torn", () => {
    expect(shortly("Nobody had time.")).toBe("Nobody had time.");
    expect(shortly("One.\nTwo.")).toBe("One. …");
    expect(shortly("🙂".repeat(61))).toBe(`${"🙂".repeat(60)} …`);
  });
});

describe("the preview", () => {
  test("has the theme of the window, and its words stay as they are", () => {
    const page = "<head><style>@media screen and (prefers-color-scheme: dark) { a {} }</style></head><p>(prefers-color-scheme: dark)</p>";
    expect(inTheme(page, true)).toBe("<head><style>@media screen and (min-width: 0) { a {} }</style></head><p>(prefers-color-scheme: dark)</p>");
    expect(inTheme(page, false)).toContain("(max-width: 0) { a {} }");
  });
});

// the report that is open

const about = (kind: string, key: string, more: Partial<AboutRow> = {}): AboutRow => ({ kind, id: key, key, label: key, country: "", programme: "", ...more });

describe("what a report is about", () => {
  test("stands in an address, whatever its name", () => {
    expect(nameOfAbout(about("programme", "north"))).toBe("north");
    expect(nameOfAbout(about("site", "north/town"))).toBe("site:north%2Ftown");
    expect(nameOfAbout(about("study", ""))).toBe("study:");
    expect(aboutOf(about("country", "Fooland"))).toEqual({ programme: "", site: "", country: "Fooland" });
    expect(aboutOf(about("study", ""))).toEqual({ programme: "", site: "", country: "" });
  });

  test("is asked for anew when somebody wrote on it, and else kept", async () => {
    page();
    const model = new FakeModel();
    const store = new ReportStore(model as unknown as Model);
    const outline = (words: number): ReportOutline => ({ programme: "north", label: "North", country: "", sections: [part("workforce", { words })], cursor: 1 });
    model.answers = { report: outline(0), "section/workforce": { key: "workforce" } };
    await store.open(about("programme", "north"));
    await store.section("workforce", 60);
    await store.section("workforce", 60);
    await store.open(about("programme", "north"));
    expect(model.asked).toEqual(["report", "section/workforce"]);
    const heard: string[][] = [];
    store.on(({ touched }) => heard.push(touched));
    model.answers.report = outline(7);
    model.tell("delta", delta(2, { touched: ["memo"] }) satisfies Delta);
    await settle();
    expect(model.asked.length).toBe(2);
    model.tell("delta", delta(3, { touched: ["section"] }) satisfies Delta);
    await settle();
    expect(heard).toEqual([["section"]]);
    expect(store.outline?.sections[0]?.words).toBe(7);
    await store.section("workforce", 60);
    expect(model.asked).toEqual(["report", "section/workforce", "report", "section/workforce"]);
  });
});
