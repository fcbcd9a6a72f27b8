/** Acts on their way to the server: in order, kept over a reload, sent again until answered. */

import type { Pending } from "./effects";
import { idOf, renamed, without } from "./effects";
import { Refused, Unreachable } from "./server";
import type { Answer } from "./wire";

export type Link = "connected" | "lost";

interface Waiter {
  done(answer: Answer): void;
  refused(error: Refused): void;
}

const AGAIN = 1000;
/** Faults of the server's own after which an act is given up, and said to be. */
const GIVE_UP = 5;
/** Faults that are none of the act: it waits until somebody has seen to them. */
const PASSING = new Set(["nobody", "read_only"]);
/** Characters of the name that a queue has for itself. */
const NAME = 36;
/** The queues of this page; the notebook's bundle and JupyterLab's must not take from each other. */
const HERE: Set<string> = ((globalThis as { p3cQueues?: Set<string> }).p3cQueues ??= new Set());

export class Queue {
  readonly waiting: Pending[] = [];
  link: Link = "connected";
  trouble = "";
  /** Where this queue alone keeps what waits: several windows on a study may be in one page. */
  readonly #slot: string;
  #waiters = new Map<string, Waiter>();
  /** Ids that codings got; who holds an old one still may do something with it. */
  #names = new Map<string, string>();
  #sending = false;
  #begun = false;
  #faults = 0;
  /** The server answers, but not to acts. */
  #stuck = false;

  constructor(
    private readonly place: string,
    private readonly send: (act: Pending) => Promise<Answer>,
    private readonly tell: {
      answered(act: Pending, answer: Answer): void;
      refused(act: Pending, error: Refused): void;
      changed(): void;
    },
  ) {
    const name = crypto.randomUUID();
    HERE.add(name);
    this.#slot = `${place}:${name}`;
  }

  /** Send what waits from before a reload, and from now on whatever comes. */
  begin(): void {
    this.#begun = true;
    this.#adopt();
    void this.#flush();
  }

  /** Take an act on; the promise is kept when the server has answered. */
  add(verb: string, args: Record<string, unknown>): Promise<Answer> {
    const act = { act_id: crypto.randomUUID(), verb, args: renamed(args, this.#names) };
    this.waiting.push(act);
    const answer = new Promise<Answer>((done, refused) =>
      this.#waiters.set(act.act_id, { done, refused }),
    );
    // what nobody waits for was said by `tell`
    answer.catch(() => undefined);
    this.#keep();
    this.tell.changed();
    void this.#flush();
    return answer;
  }

  /** Say that the server answered something else, or did not. */
  heard(error: Unreachable | null): void {
    if (error) this.#lose(error);
    else if (!this.#stuck) this.#say("connected", "");
    if (!error) void this.#flush();
  }

  #say(link: Link, trouble: string): void {
    if (link === this.link && trouble === this.trouble) return;
    this.link = link;
    this.trouble = trouble;
    this.tell.changed();
  }

  #lose(error: Unreachable): void {
    this.#say("lost", error.message);
  }

  /** Take over what windows left that are not there any more, as after a reload. */
  #adopt(): void {
    try {
      const left = Object.keys(sessionStorage).filter(
        (slot) =>
          slot.startsWith(`${this.place}:`) &&
          slot.length === this.place.length + 1 + NAME &&
          !HERE.has(slot.slice(-NAME)),
      );
      for (const slot of left) this.waiting.push(...JSON.parse(sessionStorage.getItem(slot)!));
      this.#keep();
      for (const slot of left) sessionStorage.removeItem(slot);
      if (left.length) this.tell.changed();
    } catch (error) {
      console.warn("What waited before the reload cannot be read:", error);
    }
  }

  #keep(): void {
    try {
      if (this.waiting.length) sessionStorage.setItem(this.#slot, JSON.stringify(this.waiting));
      else sessionStorage.removeItem(this.#slot);
    } catch (error) {
      // there is no room, or none for this page: the act is sent all the same
      console.warn("What waits would not outlast a reload:", error);
    }
  }

  async #flush(): Promise<void> {
    if (this.#sending || !this.#begun) return;
    this.#sending = true;
    try {
      for (let act = this.waiting[0]; act; act = this.waiting[0]) await this.#one(act);
    } finally {
      this.#sending = false;
    }
  }

  async #one(act: Pending): Promise<void> {
    let answer: Answer;
    try {
      answer = await this.send(act);
    } catch (error) {
      await this.#failed(act, error);
      return;
    }
    this.waiting.shift();
    if (typeof answer.result === "string") {
      this.#names.set(idOf(act), answer.result);
      for (const each of this.waiting) each.args = renamed(each.args, this.#names);
    }
    this.#keep();
    this.#settle(act.act_id, () => this.tell.answered(act, answer))?.done(answer);
  }

  async #failed(act: Pending, caught: unknown): Promise<void> {
    let error = caught;
    if (error instanceof Refused && ([403, 404].includes(error.status) || PASSING.has(error.fault.code)))
      error = new Unreachable(error.status, error.fault);
    if (error instanceof Unreachable && error.fault && error.status === 500 && ++this.#faults >= GIVE_UP)
      error = new Refused(error.fault, [error.fault], error.status);
    if (error instanceof Refused) {
      const refused = error;
      const before = this.waiting.splice(0);
      this.waiting.push(...without(act, before.slice(1)));
      this.#keep();
      const left = new Set(this.waiting.map((each) => each.act_id));
      this.#settle(act.act_id, () => this.tell.refused(act, refused))?.refused(refused);
      for (const { act_id } of before)
        if (!left.has(act_id)) {
          this.#waiters.get(act_id)?.refused(refused);
          this.#waiters.delete(act_id);
        }
    } else if (error instanceof Unreachable) {
      this.#stuck = error.fault !== undefined;
      this.#lose(error);
      await new Promise((wait) => setTimeout(wait, AGAIN));
    } else throw error;
  }

  /** The server has answered an act: say so, whatever those who listen make of it. */
  #settle(name: string, tell: () => void): Waiter | undefined {
    this.#faults = 0;
    this.#stuck = false;
    this.link = "connected";
    this.trouble = "";
    for (const each of [tell, () => this.tell.changed()])
      try {
        each();
      } catch (error) {
        reportError(error);
      }
    const waiter = this.#waiters.get(name);
    this.#waiters.delete(name);
    return waiter;
  }
}
