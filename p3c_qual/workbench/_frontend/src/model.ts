/** The study as this window knows it, kept in step with the store. */

import { Offsets } from "./core/offsets";
import { changed, foresee, idOf, type Pending, type Shown, standing } from "./effects";
import { Queue } from "./queue";
import { Refused, type Server, Unreachable } from "./server";
import type { Answer, CodeRow, Delta, MemoRow, Progress, QuestionRow, ReadingRow, SourceText, StudyState } from "./wire";

/**
 * What listeners are told of; `codings` comes with the ids that are different, `progress` with the
 * ids of the sources, null for all.
 */
export interface Topics {
  study: undefined;
  codes: undefined;
  counts: undefined;
  sources: undefined;
  progress: string[] | null;
  source: undefined;
  codings: string[];
  memos: undefined;
  readings: undefined;
  questions: undefined;
  /** Names of tables that are different, for what is asked of the server by itself. */
  touched: string[];
  /** All of what is different, for what holds rows of its own. */
  delta: Delta;
  status: undefined;
  refused: { error: Refused; act: Pending };
  done: { act: Pending; answer: Answer };
  renamed: { from: string; to: string };
}
type Listener<T> = (value: T) => void;

/** What an answer about changes was asked with; it fits only what still is like that. */
interface Asked {
  since: number;
  source: string | undefined;
  others: boolean;
}

const POLL = 1000;
const NO_UNITS = { start: [], end: [] };
/** A source of which nothing may be seen any more. */
const EMPTY = {
  text: "",
  turns: { ...NO_UNITS, speaker: [], role: [], time: [] },
  sentences: NO_UNITS,
  pages: NO_UNITS,
  codings: [],
  memos: [],
  readings: [],
  recording: false,
};
const MAIN = "main";
/** Techniques whose codings count whichever question the text was read for. */
const DEDUCTIVE = new Set(["formal", "theme", "scaling"]);

export class Model {
  study!: StudyState;
  source: SourceText | null = null;
  offsets = new Offsets("");
  codings = new Map<string, Shown>();
  progress = new Map<string, Progress>();
  /** Codings of others are asked for only when they are to be seen. */
  others: boolean;
  round = MAIN;
  /** Key of the research question that is worked under in the text; empty for free coding. */
  question = "";
  readonly queue: Queue;
  /** A study that is only looked at: the text came with the notebook, there is no server. */
  still = false;
  #base = new Map<string, Shown>();
  #codesById = new Map<string, CodeRow>();
  #listeners = new Map<keyof Topics, Set<Listener<any>>>();
  #timer = 0;
  #opening = 0;
  /** The source asked for last. */
  #wanted = "";
  #loading = 0;
  #again: Promise<void> | null = null;
  #asked = new WeakMap<Delta, Asked>();
  #ended = false;

  constructor(
    readonly server: Server,
    readonly path: string,
  ) {
    this.others = sessionStorage.getItem(`p3c:others:${path}`) === "1";
    this.queue = new Queue(
      `p3c:acts:${path}`,
      (act) => this.#send(act),
      {
        answered: (act, answer) => this.#answered(act, answer),
        refused: (act, error) => this.#tell("refused", { act, error }),
        changed: () => {
          this.#recount();
          this.#tell("readings", undefined);
          this.#tell("status", undefined);
        },
      },
    );
  }

  on<K extends keyof Topics>(topic: K, listener: Listener<Topics[K]>): () => void {
    const all = this.#listeners.get(topic) ?? new Set();
    this.#listeners.set(topic, all.add(listener));
    return () => all.delete(listener);
  }

  #tell<K extends keyof Topics>(topic: K, value: Topics[K]): void {
    for (const listener of [...(this.#listeners.get(topic) ?? [])]) listener(value);
  }

  /** Load the study and keep looking whether anybody wrote. */
  async open(): Promise<void> {
    const study = await this.server.get<StudyState>("study", {
      study: this.path,
      others: this.others,
    });
    if (this.#ended) return;
    this.#take(study);
    this.queue.begin();
    this.#poll();
    addEventListener("beforeunload", this.#leave);
    addEventListener("focus", this.#look);
    document.addEventListener("visibilitychange", this.#look);
  }

  /** Show what came with a notebook, without a server. */
  openStill(study: StudyState, source: SourceText | null): void {
    this.still = true;
    this.#take({ ...study, writable: false });
    if (source) this.#takeSource(source);
  }

  close(): void {
    this.#ended = true;
    clearTimeout(this.#timer);
    // what waits is sent all the same
    if (!this.queue.waiting.length) removeEventListener("beforeunload", this.#leave);
    removeEventListener("focus", this.#look);
    document.removeEventListener("visibilitychange", this.#look);
  }

  #take(study: StudyState): void {
    this.study = study;
    this.#codesById = new Map(study.codes.map((code) => [code.id, code]));
    for (const topic of ["study", "codes", "counts", "sources", "questions"] as const)
      this.#tell(topic, undefined);
    if (!this.still) void this.#loadProgress();
  }

  async #loadProgress(): Promise<void> {
    try {
      const rows = await this.server.get<Progress[]>("progress", { study: this.path });
      this.progress = new Map(rows.map((row) => [row.source, row]));
      this.#tell("progress", null);
    } catch (error) {
      this.#failed(error);
    }
  }

  async openSource(name: string): Promise<void> {
    const turn = ++this.#opening;
    this.#wanted = name;
    try {
      const source = await this.server.get<SourceText>(`source/${encodeURIComponent(name)}`, {
        study: this.path,
        others: this.others,
      });
      // another one was asked for meanwhile
      if (turn !== this.#opening) return;
      this.#takeSource(source);
      // what happened while it was on its way is asked for once more
      this.study.cursor = Math.min(this.study.cursor, source.cursor);
    } catch (error) {
      if (turn === this.#opening) this.#wanted = this.source?.id ?? "";
      throw error;
    }
  }

  /** Stay with the open source, whatever else is on its way. */
  stay(): void {
    const { source } = this;
    if (source && [source.id, source.key].includes(this.#wanted)) return;
    this.#opening++;
    this.#wanted = source?.id ?? "";
  }

  #takeSource(source: SourceText): void {
    const same = this.source?.id === source.id && this.source.text === source.text;
    this.source = source;
    this.#base = new Map(source.codings.map((row) => [row.id, row]));
    if (same) {
      this.#recount();
      this.#tell("memos", undefined);
      this.#tell("readings", undefined);
      return;
    }
    this.offsets = new Offsets(source.text);
    this.codings = this.#foreseen();
    this.#tell("source", undefined);
  }

  async showOthers(on: boolean): Promise<void> {
    this.others = on;
    sessionStorage.setItem(`p3c:others:${this.path}`, on ? "1" : "0");
    await this.reload();
  }

  /** Load everything anew: too much happened meanwhile, or other things are to be seen. */
  async reload(): Promise<void> {
    const turn = ++this.#loading;
    const query = { study: this.path, others: this.others };
    const study = await this.server.get<StudyState>("study", query);
    if (turn !== this.#loading) return;
    this.#take(study);
    const wanted = this.#wanted;
    if (!wanted) return;
    try {
      await this.openSource(wanted);
    } catch (error) {
      const open = this.source;
      if (!(error instanceof Refused) || !open || ![open.id, open.key].includes(wanted)) throw error;
      // it was taken out of the study, and its words may not stay on the page
      this.#takeSource({ ...open, ...EMPTY, fault: error.fault });
    }
  }

  /** Load everything anew, once, and as long as it fails at every look. */
  #reloadOnce(): void {
    this.#again ??= this.reload()
      .catch((error) => this.#failed(error))
      .finally(() => {
        this.#again = null;
      });
  }

  code(id: string): CodeRow | undefined {
    return this.#codesById.get(id);
  }

  /** A research question by its id or key. */
  asked(name: string | undefined): QuestionRow | undefined {
    return name ? this.study.questions.find((each) => each.id === name || each.key === name) : undefined;
  }

  get mine(): Shown[] {
    return [...this.codings.values()].filter((row) => row.coder === this.study.me);
  }

  /** Where the coder gave codes: under a question with a codebook those of it, else any. */
  get coded(): number[][] {
    const asked = this.asked(this.question);
    const own = (row: Shown) =>
      !asked?.codebook || row.question === asked.key || this.code(row.code)?.codebook === asked.codebook;
    return this.mine.filter(own).map((row) => [row.start, row.end]);
  }

  /** What the coder has worked through in the open source, as ranges. */
  get worked(): { ranges: number[][]; done: boolean } {
    const { me } = this.study;
    const counts = this.#counted;
    const found = (this.source?.readings ?? []).filter(
      (r) => r.coder === me && r.round === this.round && counts.has(r.question),
    );
    const waiting = standing(this.queue.waiting).filter(
      (act) => act.args.source === this.source?.id && counts.has(act.args.question ?? ""),
    );
    const passed = waiting
      .filter((act) => act.verb === "pass_over")
      .map((act) => [act.args.start, act.args.end]);
    const said = waiting.filter((act) => act.verb === "done").at(-1)?.args.done;
    return {
      ranges: [...found.flatMap((each) => each.ranges), ...passed],
      done: said ?? found.some((each) => each.done),
    };
  }

  /** Under which questions something has to be read to count here: categories of a theory are for all. */
  get #counted(): Set<string> {
    const deductive = DEDUCTIVE.has(this.asked(this.question)?.technique ?? "");
    return new Set(deductive ? [this.question, ""] : [this.question]);
  }

  memosOn(about: string, target: string | null): MemoRow[] {
    return (this.source?.memos ?? []).filter((m) => m.about === about && m.target === target);
  }

  /** Do something; it is kept and sent until the server has answered. */
  do(verb: string, args: Record<string, unknown>): Promise<Answer> {
    return this.queue.add(verb, args);
  }

  /** Do something; it is done when it was answered, or kept because the server is out of reach. */
  doOrKeep(verb: string, args: Record<string, unknown>): Promise<void> {
    const sent = this.do(verb, args);
    return new Promise((done, failed) => {
      const kept = () => {
        if (this.queue.link === "lost") done();
      };
      const forget = this.on("status", kept);
      sent.then(() => done(), failed).finally(forget);
      kept();
    });
  }

  /** Do something now or not at all, outside the order of the acts. */
  async now(verb: string, args: Record<string, unknown>): Promise<Answer> {
    const answer = await this.#send({ act_id: crypto.randomUUID(), verb, args });
    this.#apply(answer.rows);
    return answer;
  }

  async #send(act: Pending): Promise<Answer> {
    const asked = this.#asking();
    const { since: seen, source, others } = asked;
    const answer = await this.server.post<Answer>("act", {
      study: this.path,
      ...act,
      seen,
      source,
      others,
    });
    this.#asked.set(answer.rows, asked);
    return answer;
  }

  #asking(): Asked {
    return { since: this.study.cursor, source: this.source?.id, others: this.others };
  }

  #answered(act: Pending, answer: Answer): void {
    this.#apply(answer.rows);
    if (typeof answer.result === "string")
      this.#tell("renamed", { from: idOf(act), to: answer.result });
    this.#tell("done", { act, answer });
  }

  /** Ask before the tab is closed: what waits outlasts a reload, and no more than that. */
  #leave = (event: Event): void => {
    if (this.queue.waiting.length) event.preventDefault();
  };

  #look = (): void => {
    if (!document.hidden) this.#poll();
  };

  #poll(): void {
    clearTimeout(this.#timer);
    if (this.#ended) return;
    const again = () => {
      clearTimeout(this.#timer);
      if (!this.#ended) this.#timer = window.setTimeout(() => this.#poll(), POLL);
    };
    this.#changes().then(again, again);
  }

  async #changes(): Promise<void> {
    try {
      const asked = this.#asking();
      const delta = await this.server.get<Delta>("changes", { study: this.path, ...asked });
      this.#asked.set(delta, asked);
      this.queue.heard(null);
      this.#apply(delta);
    } catch (error) {
      this.#failed(error);
    }
  }

  #failed(error: unknown): void {
    if (error instanceof Unreachable) this.queue.heard(error);
    // such as a study that was moved: it may come back
    else if (error instanceof Refused) this.queue.heard(new Unreachable(error.status, error.fault));
    else throw error;
  }

  /** Bring what is known to what the store says; an answer older than what is known says nothing. */
  #apply(delta: Delta): void {
    if (this.#ended) return;
    // a store that went back, as after a restore, is behind what is known
    if (delta.reset) return this.#reloadOnce();
    if (delta.cursor < this.study.cursor) return;
    const { study, source } = this;
    const asked = this.#asked.get(delta);
    if (asked && (asked.since > study.cursor || asked.source !== source?.id || asked.others !== this.others)) {
      // it tells of another source, or not of all that happened
      this.#poll();
      return;
    }
    study.cursor = delta.cursor;
    if (delta.codes) {
      study.codes = delta.codes;
      this.#codesById = new Map(delta.codes.map((code) => [code.id, code]));
    }
    if (delta.codebooks) study.codebooks = delta.codebooks;
    if (delta.proposals) study.proposals = delta.proposals;
    if (delta.counts) study.counts = delta.counts;
    if (delta.sources) study.sources = delta.sources;
    if (delta.coders) study.coders = delta.coders;
    if (delta.questions) study.questions = delta.questions;
    if (delta.asked.length) {
      const fresh = new Map(delta.asked.map((row) => [row.id, row]));
      study.questions = study.questions.map((row) => fresh.get(row.id) ?? row);
    }
    for (const row of delta.progress ?? []) this.progress.set(row.source, row);
    if (source) {
      for (const row of delta.codings) if (row.source === source.id) this.#base.set(row.id, row);
      for (const id of delta.gone) this.#base.delete(id);
      const row = study.sources.find((each) => each.id === source.id);
      if (row) row.codings = this.#base.size;
      if (delta.memos.length || delta.gone.length) {
        const fresh = new Set([...delta.memos.map((memo) => memo.id), ...delta.gone]);
        source.memos = [...source.memos.filter((memo) => !fresh.has(memo.id)), ...delta.memos];
        this.#tell("memos", undefined);
      }
      if (delta.readings.length) {
        const name = (r: ReadingRow) => [r.coder, r.round, r.question].join("\n");
        const fresh = new Set(delta.readings.map(name));
        source.readings = [
          ...source.readings.filter((r) => !fresh.has(name(r))),
          ...delta.readings.filter((r) => r.source === source.id),
        ];
        this.#tell("readings", undefined);
      }
    }
    this.#recount();
    if (delta.codes || delta.codebooks || delta.proposals) this.#tell("codes", undefined);
    if (delta.counts) this.#tell("counts", undefined);
    if (delta.sources) this.#tell("sources", undefined);
    if (delta.questions || delta.asked.length) this.#tell("questions", undefined);
    this.#tell("delta", delta);
    if (delta.touched.length) this.#tell("touched", delta.touched);
    if (delta.progress) this.#tell("progress", delta.progress.map((row) => row.source));
    if (delta.sources && source && !delta.sources.some((row) => row.id === source.id)) this.#reloadOnce();
  }

  #foreseen(): Map<string, Shown> {
    return foresee(this.#base, this.queue.waiting, this.source?.id ?? "", this.study.me);
  }

  /** Work out anew what is shown, and tell what is different. */
  #recount(): void {
    if (!this.source) return;
    const after = this.#foreseen();
    const ids = changed(this.codings, after);
    this.codings = after;
    if (ids.length) this.#tell("codings", ids);
  }
}
