import { afterEach, beforeEach, describe, expect, it, test, vi } from "vitest";
import { foresee } from "../src/effects";
import { Model } from "../src/model";
import { Refused, type Server, Unreachable } from "../src/server";
import type { CodeRow, Delta, QuestionRow } from "../src/wire";
import { answer, coding, delta, fault, page, settle, source, study } from "./page";

/** A server whose answers come when a test lets them. */
class Slow {
  asked: { path: string; values: any; give(value: unknown): Promise<void>; fail(error: unknown): Promise<void> }[] = [];

  #ask(path: string, values: any): Promise<any> {
    return new Promise((done, failed) => {
      const one = {
        path,
        values,
        give: async (value: unknown) => {
          this.asked = this.asked.filter((each) => each !== one);
          done(value);
          await settle();
        },
        fail: async (error: unknown) => {
          this.asked = this.asked.filter((each) => each !== one);
          failed(error);
          await settle();
        },
      };
      this.asked.push(one);
    });
  }

  get = (path: string, values: any) => this.#ask(path, values);
  post = (path: string, body: any) => this.#ask(path, body);

  /** The oldest question of an address that waits for its answer. */
  of(path: string) {
    const found = this.asked.find((each) => each.path === path);
    if (!found) throw new Error(`nobody asked for ${path}, but for ${this.asked.map((each) => each.path)}`);
    return found;
  }

  has(path: string): boolean {
    return this.asked.some((each) => each.path === path);
  }
}

let server: Slow;
let model: Model;
beforeEach(async () => {
  vi.useFakeTimers();
  page();
  server = new Slow();
  model = new Model(server as unknown as Server, "s");
  const opening = model.open();
  await server.of("study").give(study(10));
  await opening;
  await server.of("progress").give([]);
  await server.of("changes").give(delta(10));
});
afterEach(() => {
  model.close();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

async function open(id: string, cursor = 10, codings = [coding("old", id)]) {
  const opening = model.openSource(id);
  await server.of(`source/${id}`).give(source(id, cursor, codings));
  await opening;
}

/** Let the window look, and answer. */
async function look(rows: Delta) {
  await vi.advanceTimersByTimeAsync(1_000);
  await server.of("changes").give(rows);
}

const shown = () => [...model.codings.keys()].sort();

describe("a window on a study", () => {
  it("shows what others did", async () => {
    await open("a");
    await look(delta(11, { codings: [coding("theirs", "a", "ben")] }));
    expect(shown()).toEqual(["old", "theirs"]);
    await look(delta(12, { gone: ["old"] }));
    expect(shown()).toEqual(["theirs"]);
  });

  it("loads a store that went back, as after a restore", async () => {
    await open("a");
    await look(delta(4, { reset: true }));
    await server.of("study").give(study(4, "Restored"));
    await server.of("source/a").give(source("a", 4, []));
    expect([model.study.title, model.study.cursor, shown()]).toEqual(["Restored", 4, []]);
  });

  it("tries again when loading anew fails", async () => {
    await open("a");
    await look(delta(9000, { reset: true }));
    await server.of("study").fail(new Unreachable(0));
    await look(delta(9000, { reset: true }));
    await server.of("study").give(study(9000, "Anew"));
    expect(model.study.title).toBe("Anew");
  });

  it("loads anew once, however often it is told to", async () => {
    await open("a");
    await look(delta(9000, { reset: true }));
    await look(delta(9000, { reset: true }));
    expect(server.asked.filter((each) => each.path === "study").length).toBe(1);
  });

  it("takes what happened while a source was on its way", async () => {
    await open("a");
    const opening = model.openSource("b");
    // somebody codes in b after the server read it, and the look before it is answered first
    await look(delta(11));
    await server.of("source/b").give(source("b", 10, []));
    await opening;
    await vi.advanceTimersByTimeAsync(1_000);
    expect(server.of("changes").values).toMatchObject({ since: 10, source: "b" });
    await server.of("changes").give(delta(11, { codings: [coding("late", "b", "ben")] }));
    expect(shown()).toEqual(["late"]);
  });

  it("takes no answer about one source for one about another", async () => {
    await open("a");
    await vi.advanceTimersByTimeAsync(1_000);
    const before = server.of("changes");
    await open("b", 10, []);
    await before.give(delta(11));
    expect(model.study.cursor).toBe(10);
    // it looks at once
    expect(server.of("changes").values).toMatchObject({ since: 10, source: "b" });
    await server.of("changes").give(delta(11, { codings: [coding("b1", "b")] }));
    expect(shown()).toEqual(["b1"]);
  });

  it("stays with the source that was asked for last", async () => {
    await open("a");
    void model.openSource("b");
    void model.openSource("c");
    await server.of("source/c").give(source("c", 10));
    await server.of("source/b").give(source("b", 10));
    expect(model.source?.id).toBe("c");
  });

  it("stays with the open source when the way to another one is broken off", async () => {
    await open("a");
    void model.openSource("b");
    model.stay();
    await server.of("source/b").give(source("b", 10));
    expect(model.source?.id).toBe("a");
  });

  it("shows nothing of others that was asked for before they were hidden", async () => {
    const showing = model.showOthers(true);
    await server.of("study").give(study(10));
    await showing;
    await open("a", 10, []);
    await vi.advanceTimersByTimeAsync(1_000);
    const before = server.of("changes");
    expect(before.values.others).toBe(true);
    const hiding = model.showOthers(false);
    await server.of("study").give(study(10));
    await server.of("source/a").give(source("a", 10, []));
    await hiding;
    await before.give(delta(11, { codings: [coding("theirs", "a", "ben")] }));
    expect(shown()).toEqual([]);
  });

  it("leaves no word of a source on the page that was taken out of the study", async () => {
    await open("a");
    await look(delta(11, { sources: [] }));
    await server.of("study").give(study(11));
    await server.of("source/a").fail(new Refused(fault("", "unknown source 'a'"), [], 422));
    expect(model.source?.text).toBe("");
    expect(model.source?.fault?.what).toContain("unknown source");
    expect(shown()).toEqual([]);
  });

  it("says that a study is gone, and goes on when it is back", async () => {
    await vi.advanceTimersByTimeAsync(1_000);
    await server.of("changes").fail(new Refused(fault("unknown", "there is no such folder"), [], 404));
    expect([model.queue.link, model.queue.trouble]).toEqual(["lost", "There is no such folder."]);
    await look(delta(10));
    expect(model.queue.link).toBe("connected");
  });

  it("that was closed while it opened does nothing more", async () => {
    const other = new Model(server as unknown as Server, "t");
    const opening = other.open();
    other.close();
    await server.of("study").give(study(1));
    await opening;
    expect(server.asked.filter((each) => each.values.study === "t")).toEqual([]);
  });

  it("shows a coding at once, definite when the server answered, and gone when it refused", async () => {
    await open("a", 10, []);
    const args = { source: "a", start: 4, end: 9, code: "c" };
    void model.do("code", args);
    const [id] = shown();
    expect(model.codings.get(id!)?.pending).toBe(true);
    const row = { ...coding("real", "a"), start: 4, end: 9 };
    await server.of("act").give(answer("real", delta(11, { codings: [row] })));
    expect([...model.codings.values()]).toEqual([row]);
    void model.do("code", args);
    expect(shown().length).toBe(2);
    await server.of("act").fail(new Refused(fault("overlap"), [fault("overlap")], 422));
    expect(shown()).toEqual(["real"]);
  });

  it("shows a source as worked through at once, and as open again", async () => {
    await open("a");
    const said: boolean[] = [];
    model.on("readings", () => said.push(model.worked.done));
    void model.do("done", { source: "a", done: true });
    expect(model.worked.done).toBe(true);
    void model.do("done", { source: "a", done: false });
    expect(said).toEqual([true, false]);
  });

  it("keeps the acts that wait when everything is loaded anew", async () => {
    await open("a", 10, []);
    void model.do("code", { source: "a", start: 4, end: 9, code: "c" });
    await look(delta(9000, { reset: true }));
    await server.of("study").give(study(9000));
    await server.of("source/a").give(source("a", 9000, [coding("theirs", "a")]));
    expect(shown().length).toBe(2);
    await server.of("act").give(answer("real", delta(9001, { codings: [coding("real", "a")] })));
    expect(shown()).toEqual(["real", "theirs"]);
  });
});

describe("what will be", () => {
  const act = (verb: string, args: Record<string, any> = {}, act_id = verb) => ({ act_id, verb, args });
  const code = act("code", { source: "a", start: 0, end: 2, code: "c" });
  const base = new Map([["x", coding("x", "a")]]);
  const ids = (...waiting: ReturnType<typeof act>[]) => [...foresee(base, waiting, "a", "anna").keys()];

  it("is without what an undo that waits takes back", () => {
    expect(ids(code, act("undo"))).toEqual(["x"]);
    expect(ids(act("uncode", { codings: ["x"] }), act("undo"))).toEqual(["x"]);
    expect(ids(act("undo"), code)).toEqual(["x", "new:code"]);
  });

  it("is with what a redo brings back, unless something was done since", () => {
    expect(ids(code, act("undo"), act("redo"))).toEqual(["x", "new:code"]);
    expect(ids(code, act("undo"), act("flag", { codings: [] }), act("redo"))).toEqual(["x"]);
  });
});

describe("work under a research question", () => {
  const asked = (key: string, technique: string, codebook: string | null = null) => ({ id: `id-${key}`, key, technique, codebook }) as unknown as QuestionRow;
  const reading = (question: string, from: number, done = false) => ({ source: "a", coder: "anna", round: "main", done, ranges: [[from, from + 2]], question });

  test("what was worked through counts for its question, and without one for those of a theory", async () => {
    await open("a");
    await look(delta(11, { questions: [asked("inductive", "inductive"), asked("theme", "theme")], readings: [reading("", 0, true), reading("inductive", 4)] }));
    const worked = (question: string) => {
      model.question = question;
      return model.worked;
    };
    expect(worked("")).toEqual({ ranges: [[0, 2]], done: true });
    expect(worked("inductive")).toEqual({ ranges: [[4, 6]], done: false });
    expect(worked("theme")).toEqual({ ranges: [[0, 2]], done: true });
  });

  test("an act that waits counts for the question it was done under", async () => {
    await open("a");
    void model.do("pass_over", { source: "a", start: 6, end: 8, round: "main", question: "inductive" });
    expect(model.worked.ranges).toEqual([]);
    model.question = "inductive";
    expect(model.worked.ranges).toEqual([[6, 8]]);
  });

  test("codings of its codebook are what a question's next unit looks at", async () => {
    await open("a", 10, [coding("one", "a"), { ...coding("two", "a"), start: 4, end: 6, code: "d" }]);
    const code = (id: string, codebook: string) => ({ id, codebook }) as unknown as CodeRow;
    await look(delta(11, { questions: [asked("inductive", "inductive", "mine")], codes: [code("c", "other"), code("d", "mine")] }));
    expect(model.coded).toHaveLength(2);
    model.question = "inductive";
    expect(model.coded).toEqual([[4, 6]]);
  });

  test("tables that are only named are told by their names", async () => {
    const told: string[][] = [];
    model.on("touched", (names) => told.push(names));
    await look(delta(11, { touched: ["rating"] }));
    await look(delta(12));
    expect(told).toEqual([["rating"]]);
  });
});
