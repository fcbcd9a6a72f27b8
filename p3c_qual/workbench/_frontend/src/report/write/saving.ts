/** An author's words on their way into the store: kept in the browser at once, sent when they are left and once a minute, beside what others write. */

import type { Model } from "../../model";
import { isStale } from "../../summarise/conflicts";
import type { About } from "../store";

/**
 * saved: the store has them. changed: they wait for a pause. sending: they are on the way.
 * stale: somebody else wrote meanwhile. refused: the server did not take them.
 */
export type State = "saved" | "changed" | "sending" | "stale" | "refused";

interface Draft {
  text: string;
  was: string;
  /** When it was kept, in milliseconds. */
  at: number;
}

/** Words that another window kept and the store never got. */
interface Left extends Draft {
  slot: string;
}

/** Milliseconds from the first key until what was written is sent: each time is a line of the journal. */
export const PAUSE = 60_000;
/** Milliseconds until what was brought back over a reload is sent. */
export const SOON = 1000;
const VERB = "write_section";

/** A text as the store keeps it: blanks at its ends and ways to write an accent make no difference. */
const tidy = (text: string): string => text.normalize("NFC").trim();
/** Whether texts say the same, letter by letter. */
const alike = (one: string, other: string): boolean => letters(one) === letters(other);
const letters = (text: string): string => text.normalize("NFKC").replace(/[^\p{L}\p{N}]+/gu, "");

/** This tab, over a reload: what it kept it goes on with, what others kept it only shows. */
function tab(): string {
  const found = sessionStorage.getItem("p3c:tab") ?? crypto.randomUUID();
  sessionStorage.setItem("p3c:tab", found);
  return found;
}

const held = new WeakMap<Model, Savings>();

/** The texts of a study that are written on in this window. */
export function savingsOf(model: Model): Savings {
  const found = held.get(model) ?? new Savings(model);
  held.set(model, found);
  return found;
}

export class Savings {
  #all = new Map<string, Saving>();

  constructor(readonly model: Model) {
    model.on("done", ({ act, answer }) => {
      if (act.verb === VERB) this.#named(act.args)?.answered(String(act.args.text), answer.cursor);
    });
    model.on("refused", ({ act, error }) => {
      if (act.verb !== VERB) return;
      const saving = this.#named(act.args);
      // the section is not open: its words are there when it is
      saving?.refused(String(act.args.was?.text ?? ""), error.message, isStale(error) || error.fault.code === "gone");
      // it is said beside the words
      if (saving?.watched) error.said = true;
    });
    addEventListener("beforeunload", () => {
      for (const each of this.#all.values()) each.flush();
    });
  }

  /** The text of a section. */
  of(about: About, section: string): Saving {
    const name = [about.programme, about.site, about.country, section].join("/");
    const found = this.#all.get(name) ?? new Saving(this.model, about, section, `p3c:draft:${this.model.path}:${name}`);
    this.#all.set(name, found);
    return found;
  }

  /** Whether words of a section are in this window alone. */
  unsaved(about: About, section: string): boolean {
    const found = this.#all.get([about.programme, about.site, about.country, section].join("/"));
    return found !== undefined && ["stale", "refused"].includes(found.state);
  }

  #named(args: Record<string, any>): Saving {
    const about = { programme: args.programme ?? "", site: args.site ?? "", country: args.country ?? "" };
    return this.of(about, String(args.section));
  }
}

export class Saving {
  /** As it stands in the editor. */
  text = "";
  state: State = "saved";
  /** Why it was refused. */
  why = "";
  /** What the store holds, as far as it is known. */
  theirs = "";
  /** What another window kept here, to be taken over or thrown away. */
  left: Left | null = null;
  /** Told when the state is different. */
  changed: (() => void) | null = null;
  /** What the next save says was seen. */
  #was = "";
  /** What is on the way. */
  #sent: string | null = null;
  /** What the store took last. */
  #kept: string | null = null;
  #cursor = -1;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #begun = false;
  /** It was to be sent while something else was on the way. */
  #wanted = false;
  readonly #slot: string;

  constructor(
    private readonly model: Model,
    private readonly about: About,
    private readonly section: string,
    private readonly slots: string,
  ) {
    this.#slot = `${slots}:${tab()}`;
  }

  /** Whether somebody looks at it. */
  get watched(): boolean {
    return this.changed !== null;
  }

  /** Whether words are in the editor that the store has not. */
  get dirty(): boolean {
    return this.state !== "saved";
  }

  /** What the store holds was read; whether the editor has to show something else. */
  read(text: string, cursor: number): boolean {
    // an answer from before the last save tells what was there before it
    if (cursor < this.#cursor) return false;
    this.theirs = text;
    if (!this.#begun) return this.#begin(text);
    // whoever kept it may have saved it since
    if (this.left && (!localStorage.getItem(this.left.slot) || tidy(this.left.text) === text)) this.dropLeft();
    if (this.state === "stale" || this.state === "refused") {
      if (text === tidy(this.text)) this.#over(this.text, text);
      // the store keeps some signs in its own way
      else if (this.state === "stale" && this.#kept !== null && alike(text, this.#kept)) this.keepMine();
      else this.changed?.();
      return false;
    }
    if (this.state !== "saved") {
      // what waited from before a reload has come
      if (text === tidy(this.text) && this.#sent === null) this.#over(this.text, text);
      return false;
    }
    this.#was = text;
    const differs = text !== tidy(this.text);
    if (differs) this.text = text;
    if (differs) this.changed?.();
    return differs;
  }

  #begin(text: string): boolean {
    this.#begun = true;
    this.text = this.#was = text;
    this.left = this.#found(text);
    const draft = this.#draft;
    if (!draft || tidy(draft.text) === text) {
      this.#keep();
      return true;
    }
    this.text = draft.text;
    this.#was = draft.was;
    const waits = this.model.queue.waiting.some((act) => act.verb === VERB && act.args.section === this.section && act.args.text === draft.was);
    if (waits) {
      this.#sent = draft.was;
      this.state = "sending";
    } else {
      this.state = "changed";
      this.#soon(SOON);
    }
    return true;
  }

  /** Somebody writes. */
  write(text: string): void {
    this.text = text;
    if (this.state === "stale" || this.state === "refused") {
      this.#keep();
      if (this.state === "stale") return;
    }
    this.state = tidy(text) === this.#was && this.#sent === null ? "saved" : "changed";
    this.#keep();
    if (this.state === "changed") this.#soon();
    this.changed?.();
  }

  /** From the first key on, however many follow. */
  #soon(pause = PAUSE): void {
    this.#timer ??= setTimeout(() => this.flush(), pause);
  }

  #stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  /** What another window kept of this section, the last of it. */
  #found(text: string): Left | null {
    let last: Left | null = null;
    try {
      for (const slot of Object.keys(localStorage)) {
        if (!slot.startsWith(`${this.slots}:`) || slot === this.#slot) continue;
        const draft: Draft = JSON.parse(localStorage.getItem(slot)!);
        if (tidy(draft.text) === text) localStorage.removeItem(slot);
        else if (!last || draft.at > last.at) last = { ...draft, slot };
      }
    } catch (error) {
      console.warn("What another window kept cannot be read:", error);
    }
    return last;
  }

  /** Go on with what another window kept: in place of what stands there, or under it where that is newer. */
  takeLeft(): void {
    const { left } = this;
    if (!left) return;
    this.dropLeft();
    this.write(left.was === this.theirs && tidy(this.text) === this.theirs ? left.text : `${this.text.trimEnd()}\n\n${left.text}`.trim());
    this.changed?.();
  }

  dropLeft(): void {
    if (this.left) localStorage.removeItem(this.left.slot);
    this.left = null;
    this.changed?.();
  }

  /** Send what is not sent yet. */
  flush(): void {
    this.#stop();
    // one at a time: what was written since goes when the one before was answered
    this.#wanted = this.state === "changed" && this.#sent !== null;
    if (this.state !== "changed" || this.#sent !== null || !this.model.study.writable) return;
    const text = tidy(this.text);
    const was = this.#was;
    this.#sent = this.#was = text;
    this.state = "sending";
    this.#keep();
    void this.model.do(VERB, { section: this.section, text, ...this.about, was: { text: was } });
    this.changed?.();
  }

  /** The server has taken a text. */
  answered(text: string, cursor: number): void {
    this.#cursor = Math.max(this.#cursor, cursor);
    if (this.#sent !== text) return;
    this.#sent = null;
    this.theirs = this.#was = this.#kept = text;
    if (tidy(this.text) === text) this.#over(this.text, text);
    else {
      this.state = "changed";
      if (this.#wanted) this.flush();
      else this.#soon();
      this.changed?.();
    }
  }

  /** The server has not taken it; `was` is what was said to have been seen. */
  refused(was: string, why: string, stale: boolean): void {
    this.#sent = null;
    this.#was = was;
    if (!this.#begun) {
      const draft = this.#draft;
      if (draft) this.#store({ ...draft, was });
      return;
    }
    this.state = stale ? "stale" : "refused";
    this.why = why;
    this.#keep();
    this.changed?.();
  }

  /** The own words stand, over what is seen now. */
  keepMine(): void {
    this.#was = this.theirs;
    this.state = "changed";
    this.why = "";
    if (tidy(this.text) === this.theirs) this.#over(this.text, this.theirs);
    else this.flush();
  }

  /** What the others wrote stands. */
  takeTheirs(): void {
    this.#over(this.theirs, this.theirs);
  }

  /** Try once more what was refused. */
  again(): void {
    if (this.state !== "refused") return;
    this.state = "changed";
    this.flush();
  }

  #over(text: string, stored: string): void {
    this.#stop();
    this.text = text;
    this.#was = stored;
    this.state = "saved";
    this.why = "";
    this.#keep();
    this.changed?.();
  }

  get #draft(): Draft | null {
    try {
      return JSON.parse(localStorage.getItem(this.#slot) ?? "null");
    } catch {
      return null;
    }
  }

  #keep(): void {
    this.#store(this.state === "saved" ? null : { text: this.text, was: this.#was, at: Date.now() });
  }

  #store(draft: Draft | null): void {
    try {
      if (draft) localStorage.setItem(this.#slot, JSON.stringify(draft));
      else localStorage.removeItem(this.#slot);
    } catch (error) {
      // there is no room: what is written is sent all the same
      console.warn("What is written would not outlast a reload:", error);
    }
  }
}
