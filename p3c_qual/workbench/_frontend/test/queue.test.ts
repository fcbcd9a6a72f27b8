import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Pending } from "../src/effects";
import { Queue } from "../src/queue";
import { Refused, Unreachable } from "../src/server";
import type { Answer } from "../src/wire";
import { answer, fault, page, settle, Storage } from "./page";

const CODE = { source: "a", start: 2, end: 9, code: "c" };
const made = (act: Pending) => `new:${act.act_id}`;

let here: ReturnType<typeof page>;
beforeEach(() => {
  vi.useFakeTimers();
  here = page();
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** A queue, what it sent, and what it told; `reply` answers or throws. */
function begun(reply: (act: Pending) => Answer | Promise<Answer>, place = "acts") {
  const sent: Pending[] = [];
  const refused: string[] = [];
  const answered: string[] = [];
  const queue = new Queue(
    place,
    async (act) => {
      sent.push({ ...act });
      return reply(act);
    },
    {
      answered: (act) => answered.push(act.verb),
      refused: (act) => refused.push(act.verb),
      changed: () => undefined,
    },
  );
  queue.begin();
  return { queue, sent, refused, answered };
}

const down = () => {
  throw new Unreachable(0);
};
const no = (code = "overlap", status = 422) => new Refused(fault(code), [fault(code)], status);

describe("acts on their way", () => {
  it("go one after the other, in the order they were done", async () => {
    const ready: (() => void)[] = [];
    const { queue, sent } = begun(() => new Promise((done) => ready.push(() => done(answer()))));
    for (const verb of ["code", "flag", "uncode"]) void queue.add(verb, {});
    await settle();
    expect(sent.map((act) => act.verb)).toEqual(["code"]);
    for (let at = 0; at < 3; at++) {
      ready[at]!();
      await settle();
    }
    expect(sent.map((act) => act.verb)).toEqual(["code", "flag", "uncode"]);
    expect(queue.waiting).toEqual([]);
  });

  it("are sent again under the same id while there is no connection", async () => {
    let reached = false;
    const { queue, sent } = begun(() => (reached ? answer("x") : down()));
    const promise = queue.add("code", CODE);
    await vi.advanceTimersByTimeAsync(7_000);
    expect(queue.link).toBe("lost");
    reached = true;
    await vi.advanceTimersByTimeAsync(1_000);
    expect((await promise).result).toBe("x");
    expect(sent.length).toBeGreaterThan(5);
    expect(new Set(sent.map((act) => act.act_id)).size).toBe(1);
    expect(queue.link).toBe("connected");
  });

  it("outlast a reload", async () => {
    const before = begun(down);
    void before.queue.add("code", CODE);
    void before.queue.add("flag", { codings: ["x"] });
    await settle();
    here.reloaded();
    const { sent, queue } = begun(() => answer());
    await settle();
    expect(sent.map((act) => act.verb)).toEqual(["code", "flag"]);
    expect(sent[0]!.act_id).toBe(before.queue.waiting[0]!.act_id);
    expect(queue.waiting).toEqual([]);
    expect(Object.keys(here.kept)).toEqual([]);
  });

  it("of a study whose opening fails after a reload are still there for the next try", async () => {
    void begun(down).queue.add("code", CODE);
    here.reloaded();
    new Queue("acts", async () => answer(), { answered() {}, refused() {}, changed() {} });
    const { sent } = begun(() => answer());
    await settle();
    expect(sent.length).toBe(1);
  });

  it("of two windows in one page do not take each other away", async () => {
    const first = begun(down);
    const second = begun(() => answer());
    void first.queue.add("code", CODE);
    await second.queue.add("flag", { codings: ["x"] });
    await settle();
    here.reloaded();
    const { sent } = begun(() => answer());
    await settle();
    expect(sent.map((act) => act.verb)).toEqual(["code"]);
  });

  it("of a window that is there are not sent by another one", async () => {
    void begun(down).queue.add("code", CODE);
    const { sent } = begun(() => answer());
    await settle();
    expect(sent).toEqual([]);
  });

  it("of another study stay where they are", async () => {
    void begun(down, "acts:a").queue.add("code", CODE);
    here.reloaded();
    const { sent } = begun(() => answer(), "acts");
    await settle();
    expect(sent).toEqual([]);
  });

  it("are sent also where the page can keep nothing", async () => {
    class Full extends Storage {
      override setItem(): void {
        throw new DOMException("full", "QuotaExceededError");
      }
    }
    const warn = vi.spyOn(console, "warn").mockReturnValue();
    page(new Full());
    const { queue, sent } = begun(() => answer("x"));
    expect((await queue.add("add_sources", { files: [] })).result).toBe("x");
    expect(sent.length).toBe(1);
    expect(warn).toHaveBeenCalled();
    warn.mockRestore();
  });
});

describe("an act that is refused", () => {
  it("is told, and what comes behind it goes on", async () => {
    const { queue, sent, refused, answered } = begun((act) => {
      if (act.verb === "recode") throw no();
      return answer();
    });
    const promise = queue.add("recode", { codings: ["x"], code: "d" });
    void queue.add("flag", { codings: ["y"] });
    await expect(promise).rejects.toThrow("It cannot be.");
    await settle();
    expect([refused, answered]).toEqual([["recode"], ["flag"]]);
    expect(sent.length).toBe(2);
  });

  it("takes along what was to be done to its coding, and says so to who waits", async () => {
    const { queue, sent } = begun((act) => {
      if (act.verb === "code") throw no();
      return answer();
    });
    void queue.add("code", CODE);
    const id = made(queue.waiting[0]!);
    const resized = queue.add("resize", { coding: id, start: 1, end: 5 });
    const gone = expect(resized).rejects.toThrow("It cannot be.");
    void queue.add("uncode", { codings: [id, "y"] });
    await gone;
    await settle();
    expect(sent.map((act) => act.verb)).toEqual(["code", "uncode"]);
    // what was meant for another coding too is done to that one
    expect(sent[1]!.args).toEqual({ codings: ["y"] });
  });

  it("loses no word of a memo on its coding", async () => {
    const { queue, sent } = begun((act) => {
      if (act.verb === "code") throw no();
      return answer();
    });
    void queue.add("code", CODE);
    void queue.add("memo", { about: "coding", target: made(queue.waiting[0]!), text: "Why?" });
    await settle();
    expect(sent[1]!.args).toEqual({ about: "span", target: "a", start: 2, end: 9, text: "Why?" });
  });

  it("takes along the undo meant for it, which would take back something else", async () => {
    let reached = false;
    const { queue, sent } = begun((act) => {
      if (!reached) return down();
      if (act.verb === "code") throw no();
      return answer();
    });
    void queue.add("flag", { codings: ["x"] });
    void queue.add("code", CODE);
    void queue.add("undo", {});
    void queue.add("undo", {});
    reached = true;
    await vi.advanceTimersByTimeAsync(2_000);
    expect(sent.slice(-3).map((act) => act.verb)).toEqual(["flag", "code", "undo"]);
    expect(queue.waiting).toEqual([]);
  });
});

describe("a coding", () => {
  it("is meant by its old id until the server gave it one, and after that too", async () => {
    const { queue, sent } = begun((act) => answer(act.verb === "code" ? "real" : null));
    void queue.add("code", CODE);
    const id = made(queue.waiting[0]!);
    void queue.add("flag", { codings: [id], unsure: true });
    await settle();
    // somebody chose a code in a dialog meanwhile
    await queue.add("recode", { codings: [id], code: "d" });
    expect(sent.slice(1).map((act) => act.args.codings)).toEqual([["real"], ["real"]]);
  });
});

describe("a fault that is none of the act", () => {
  for (const [said, error] of [
    ["a store that is busy", new Unreachable(503, fault("store"))],
    ["a study that was moved away", no("unknown", 404)],
    ["a study that can only be read for now", no("read_only")],
    ["a person whom the server does not know any more", no("nobody")],
  ] as const)
    it(`keeps it: ${said}`, async () => {
      let wrong = true;
      const { queue, sent, refused } = begun(() => {
        if (wrong) throw error;
        return answer("x");
      });
      const promise = queue.add("code", CODE);
      await vi.advanceTimersByTimeAsync(20_000);
      expect([queue.waiting.length, queue.link, refused]).toEqual([1, "lost", []]);
      expect(queue.trouble).toContain("It cannot be");
      // that other questions are answered is no sign that acts are
      queue.heard(null);
      expect(queue.link).toBe("lost");
      wrong = false;
      await vi.advanceTimersByTimeAsync(1_000);
      expect((await promise).result).toBe("x");
      expect(new Set(sent.map((act) => act.act_id)).size).toBe(1);
      expect(queue.link).toBe("connected");
    });

  it("is one of the program, and met again and again: the act is given up and said to be", async () => {
    const { queue, refused, answered } = begun((act) => {
      if (act.verb === "code") throw new Unreachable(500, fault("500"));
      return answer();
    });
    void queue.add("code", CODE);
    void queue.add("flag", { codings: ["x"] });
    await vi.advanceTimersByTimeAsync(10_000);
    expect([refused, answered]).toEqual([["code"], ["flag"]]);
  });

  it("is in a listener: who waits is answered all the same", async () => {
    const queue = new Queue("acts", async () => answer("x"), {
      answered: () => {
        throw new Error("a drawing that fails");
      },
      refused: () => undefined,
      changed: () => undefined,
    });
    queue.begin();
    expect((await queue.add("code", CODE)).result).toBe("x");
    expect((await queue.add("flag", { codings: [] })).result).toBe("x");
    expect(here.faults.length).toBe(2);
    expect(Object.keys(here.kept)).toEqual([]);
  });
});
