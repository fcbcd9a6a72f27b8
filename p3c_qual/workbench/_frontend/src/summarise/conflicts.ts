/** Words that the server did not take: they are kept beside what somebody else wrote, until one is chosen. */

import { Refused } from "../server";
import type { Summary } from "./summary";

/** The verbs that carry a person's words, and the field of a unit each writes. */
const WORDS: Record<string, "paraphrase" | "generalisation"> = { rewrite: "paraphrase", generalise: "generalisation" };

export interface Conflict {
  unit: string;
  field: "paraphrase" | "generalisation";
  verb: string;
  /** The own words, which may be changed further. */
  words: string;
  rules: string[] | undefined;
  why: string;
  /** Whether somebody changed it meanwhile; otherwise it was refused for another reason. */
  stale: boolean;
}

export class Conflicts {
  open: Conflict[] = [];
  #listeners = new Set<() => void>();

  constructor(private readonly summary: Summary) {
    summary.model.on("refused", ({ act, error }) => {
      const field = WORDS[act.verb];
      const { unit, text, rules } = act.args;
      if (!field || !text || !summary.unit(unit)) return;
      this.#keep({ unit, field, verb: act.verb, words: text, rules, why: why(error), stale: isStale(error) });
    });
    summary.on(({ units }) => {
      if (this.open.some((each) => units.includes(each.unit))) this.#tell();
    });
  }

  on(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #tell(): void {
    for (const listener of [...this.#listeners]) listener();
  }

  #keep(conflict: Conflict): void {
    this.open = [...this.open.filter((each) => each.unit !== conflict.unit || each.field !== conflict.field), conflict];
    this.#tell();
  }

  /** What the store holds of it now. */
  theirs(conflict: Conflict): string {
    return this.summary.stored(conflict.unit)?.[conflict.field] ?? "";
  }

  /** Send the own words once more, over what is seen now. */
  keepMine(conflict: Conflict, words: string): void {
    this.#close(conflict);
    const { unit, rules } = conflict;
    void this.summary.model.do(conflict.verb, { unit, text: words, ...(rules ? { rules } : {}), was: this.theirs(conflict) });
  }

  takeTheirs(conflict: Conflict): void {
    this.#close(conflict);
  }

  #close(conflict: Conflict): void {
    this.open = this.open.filter((each) => each !== conflict);
    this.#tell();
  }
}

export function isStale(error: unknown): boolean {
  return error instanceof Refused && error.all.some((fault) => fault.code === "stale");
}

const why = (error: Refused): string => error.message;
