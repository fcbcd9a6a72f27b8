/** Acts on their way to the server: in order, kept over a reload, sent again until answered. */

import type { Pending } from "./effects";
import { idOf, rename } from "./effects";
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

export class Queue {
  readonly waiting: Pending[];
  link: Link = "connected";
  trouble = "";
  #waiters = new Map<string, Waiter>();
  #sending = false;
  #begun = false;
  #faults = 0;

  constructor(
    private readonly place: string,
    private readonly send: (act: Pending) => Promise<Answer>,
    private readonly tell: {
      answered(act: Pending, answer: Answer): void;
      refused(act: Pending, error: Refused): void;
      changed(): void;
    },
  ) {
    this.waiting = JSON.parse(sessionStorage.getItem(this.place) ?? "[]");
  }

  /** Send what waits from before a reload, and from now on whatever comes. */
  begin(): void {
    this.#begun = true;
    void this.#flush();
  }

  /** Take an act on; the promise is kept when the server has answered. */
  add(verb: string, args: Record<string, unknown>): Promise<Answer> {
    const act = { act_id: crypto.randomUUID(), verb, args };
    this.waiting.push(act);
    this.#keep();
    const answer = new Promise<Answer>((done, refused) =>
      this.#waiters.set(act.act_id, { done, refused }),
    );
    // what nobody waits for was said by `tell`
    answer.catch(() => undefined);
    void this.#flush();
    return answer;
  }

  /** Say that the server answered something else, or did not. */
  heard(error: Unreachable | null): void {
    const before = `${this.link}${this.trouble}`;
    this.link = error ? "lost" : "connected";
    this.trouble = error?.message ?? "";
    if (before !== `${this.link}${this.trouble}`) this.tell.changed();
    if (!error) void this.#flush();
  }

  #keep(): void {
    if (this.waiting.length) sessionStorage.setItem(this.place, JSON.stringify(this.waiting));
    else sessionStorage.removeItem(this.place);
    this.tell.changed();
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
    const waiter = this.#waiters.get(act.act_id);
    try {
      const answer = await this.send(act);
      this.waiting.shift();
      this.#faults = 0;
      if (typeof answer.result === "string") rename(this.waiting, idOf(act), answer.result);
      this.link = "connected";
      this.trouble = "";
      this.tell.answered(act, answer);
      this.#keep();
      waiter?.done(answer);
    } catch (error) {
      if (error instanceof Unreachable && error.fault && error.status >= 500) {
        this.#faults++;
        if (this.#faults >= GIVE_UP) error = new Refused(error.fault, [error.fault], error.status);
      }
      if (error instanceof Refused) {
        this.#faults = 0;
        this.waiting.shift();
        // what was to be done to a coding that does not come to be falls with it
        const lost = idOf(act);
        const left = this.waiting.filter((next) => !JSON.stringify(next.args).includes(lost));
        this.waiting.splice(0, this.waiting.length, ...left);
        this.tell.refused(act, error);
        this.#keep();
        waiter?.refused(error);
      } else if (error instanceof Unreachable) {
        this.heard(error);
        await new Promise((wait) => setTimeout(wait, AGAIN));
      } else throw error;
    }
  }
}
