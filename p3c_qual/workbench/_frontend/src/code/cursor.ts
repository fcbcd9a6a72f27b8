/** Where the coder is: a unit of the text, or words marked by hand. */

import { count } from "../dom";
import { union } from "../core/ranges";
import { Units } from "../core/units";
import type { Model } from "../model";
import type { Units as Columns } from "../wire";
import { Highlighter } from "./highlight";
import type { Span, TextPane } from "./text";

export type Level = "turn" | "sentence" | "word";
export const LEVELS: Level[] = ["turn", "sentence", "word"];

export class Cursor {
  level: Level = "sentence";
  span: Span | null = null;
  /** Interviewer's words take part as units only when somebody asked for that. */
  askers = false;
  #units = { turn: new Units([], []), sentence: new Units([], []) };
  #asked = new Units([], []);
  #words: Promise<Units> | null = null;
  #wordsNow: Units | null = null;
  /** A position in the unit that stays when a span is extended. */
  #anchor = 0;
  readonly #mark = new Highlighter("p3c-cursor", 2);

  constructor(
    private readonly model: Model,
    private readonly text: TextPane,
    private readonly moved: () => void,
  ) {}

  load(): void {
    const { turns, sentences } = this.model.source!;
    this.#asked = some(turns, (turn) => turns.role[turn] === "interviewer");
    const sentence = some(sentences, (at) => this.#open(sentences.start[at]));
    this.#units = { sentence, turn: this.#turnsOf(sentence) };
    this.#words = null;
    this.#wordsNow = null;
    if (this.level === "word") this.level = "sentence";
    this.span = null;
    this.#mark.show([]);
  }

  /** Bring the units to whether interviewer's words take part. */
  letAskers(on: boolean): void {
    const { span } = this;
    this.askers = on;
    this.load();
    if (span) this.#put(span);
  }

  /** The words of each turn without its label; lines where a text has no turns. */
  #turnsOf(sentences: Units): Units {
    const { turns, text } = this.model.source!;
    const { offsets } = this.model;
    const starts: number[] = [];
    const ends: number[] = [];
    const add = (from: number, to: number) => {
      const [first, last] = sentences.unitsIn(from, to);
      if (first === last) return;
      starts.push(sentences.starts[first]);
      ends.push(sentences.ends[last - 1]);
    };
    if (turns.start.length) turns.start.forEach((from, i) => add(from, turns.end[i]));
    else
      for (let from = 0, at = 0; at >= 0; from = at + 1) {
        at = text.indexOf("\n", from);
        add(offsets.toCodePoint(from), offsets.toCodePoint(at < 0 ? text.length : at));
      }
    return new Units(starts, ends);
  }

  /** Whether a position is in a turn of the interviewer. */
  asks(position: number): boolean {
    const at = this.#asked.unitAt(position);
    return at >= 0 && this.#asked.starts[at] <= position && position < this.#asked.ends[at];
  }

  #open(position: number): boolean {
    return this.askers || !this.asks(position);
  }

  get #now(): Units {
    return this.level === "word" ? this.#wordsNow! : this.#units[this.level];
  }

  async setLevel(level: Level): Promise<void> {
    if (level === "word" && !(await this.#loadWords())) return;
    this.level = level;
    this.#go(this.#now.unitAt(this.span?.start ?? this.text.top));
  }

  async finer(by: 1 | -1): Promise<void> {
    const next = LEVELS[LEVELS.indexOf(this.level) + by];
    if (next) await this.setLevel(next);
  }

  /** The words of the open source; null if they cannot be had, or another one was opened meanwhile. */
  async #loadWords(): Promise<Units | null> {
    this.#words ??= this.model.server
      .get<Columns>(`words/${this.model.source!.id}`, { study: this.model.path })
      .then((found) => some(found, (at) => this.#open(found.start[at])));
    const asked = this.#words;
    try {
      const found = await asked;
      if (this.#words !== asked) return null;
      this.#wordsNow = found;
      return found;
    } catch {
      // a lost connection is said elsewhere; the next time they are asked for anew
      if (this.#words === asked) this.#words = null;
      return null;
    }
  }

  /** Take the unit under the mouse; one in an interviewer's turn is none. */
  at(position: number): void {
    const at = this.#now.unitAt(position);
    if (at >= 0 && this.#now.starts[at] <= position && position <= this.#now.ends[at]) this.#go(at, true);
    else this.clear();
  }

  /** Take the first unit from a position on. */
  from(position: number): void {
    this.#go(this.#now.unitAt(position));
  }

  /** Go to the unit before or behind. */
  step(by: 1 | -1): void {
    const { span } = this;
    const now = this.#now;
    if (!span) return this.#go(now.unitAt(this.text.top));
    const edge = by > 0 ? span.end - 1 : span.start;
    const at = now.unitAt(edge);
    const inside = now.starts[at] <= edge && edge < now.ends[at];
    // words marked by hand may end between two units
    if (by > 0) this.#go(inside ? at + 1 : at);
    else this.#go(edge >= now.ends[at] ? at : at - 1);
  }

  /** Take the unit with this number, if there is one. */
  #go(at: number, seen = false): void {
    if (at < 0 || at >= this.#now.length) return;
    const [start, end] = this.#now.range(at);
    this.#anchor = start;
    this.#put({ start, end }, seen ? null : start);
  }

  /** Widen or narrow the span at its free end. */
  extend(by: 1 | -1, units: Units = this.#now): void {
    if (!this.span) return this.step(by);
    const { start, end } = this.span;
    const [from, to] = units.extend([start, end], by, this.#anchor);
    this.#put({ start: from, end: to }, by > 0 && to > end ? to - 1 : from);
  }

  async extendByWord(by: 1 | -1): Promise<void> {
    const words = await this.#loadWords();
    if (words) this.extend(by, words);
  }

  /** Have the words at hand; false if they cannot be had. */
  async ready(): Promise<boolean> {
    return Boolean(await this.#loadWords());
  }

  /** Where an edge would be one word further on, once `ready`. */
  wordEdge(position: number, by: 1 | -1, edge: "start" | "end"): number {
    const units = this.#wordsNow;
    if (!units) return position;
    const edges = edge === "end" ? units.ends : units.starts;
    // an edge may stand between two words, as behind a full stop
    const on = edges.filter((each) => (by > 0 ? each > position : each < position));
    return on.at(by > 0 ? 0 : -1) ?? position;
  }

  /** Take words that were marked by hand; what is under the mouse stays where it is. */
  take(span: Span, seen = false): void {
    this.#anchor = span.start;
    this.#put(span, seen ? null : span.start);
  }

  /** The span without the interviewer's words at its ends; null if nothing else is in it. */
  codable(): Span | null {
    const { span } = this;
    const asked = this.#asked;
    if (!span || this.askers) return span;
    let { start, end } = span;
    const [first, last] = asked.unitsIn(start, end);
    for (let at = first; at < last; at++)
      if (asked.starts[at] <= start) start = Math.max(start, asked.ends[at]);
    for (let at = last - 1; at >= first; at--)
      if (asked.ends[at] >= end) end = Math.min(end, asked.starts[at]);
    if (start === span.start && end === span.end) return span;
    const { sentence } = this.#units;
    const [one, behind] = sentence.unitsIn(start, end);
    if (start >= end || one === behind) return null;
    // no label and no blank line at an end that was moved
    return {
      start: start === span.start ? start : Math.max(start, sentence.starts[one]),
      end: end === span.end ? end : Math.min(end, sentence.ends[behind - 1]),
    };
  }

  /** Go to the next unit on which nothing lies and that was not passed over; false if none is left. */
  uncoded(by: 1 | -1, ranges: readonly number[][]): boolean {
    const { span } = this;
    const now = this.#now;
    const at =
      by > 0
        ? now.nextUncoded(ranges, span ? span.end : 0)
        : lastFree(now, ranges, span ? span.start : Number.POSITIVE_INFINITY);
    this.#go(at);
    return at >= 0;
  }

  clear(): void {
    this.span = null;
    this.refresh();
    this.moved();
  }

  #put(span: Span, show: number | null = span.start): void {
    this.span = span;
    if (show !== null) this.text.reveal(show);
    this.refresh();
    this.moved();
  }

  /** Mark it on the page again; what is drawn anew loses its marks. */
  refresh(): void {
    this.#mark.show(this.span ? [this.text.range(this.span)] : []);
  }

  dispose(): void {
    this.#mark.show([]);
  }

  say(): string {
    if (!this.span) return "";
    const words = this.text.words(this.span);
    const codes = this.text.within(this.span).length;
    const short = words.length > 160 ? `${words.slice(0, 160)} …` : words;
    return `Line ${this.text.lineOf(this.span.start)}. ${short} ${count(codes, "code")} here.`;
  }
}

function some(columns: Columns, wanted: (at: number) => boolean): Units {
  const kept = columns.start.map((_, at) => at).filter(wanted);
  return new Units(
    kept.map((at) => columns.start[at]),
    kept.map((at) => columns.end[at]),
  );
}

/** The last unit before a position that none of the ranges touches; -1 where there is none. */
function lastFree(units: Units, ranges: readonly number[][], before: number): number {
  const coded = union(ranges);
  let at = coded.length - 1;
  for (let unit = units.length - 1; unit >= 0; unit--) {
    if (units.ends[unit] > before) continue;
    while (at >= 0 && coded[at][0] >= units.ends[unit]) at--;
    if (at < 0 || coded[at][1] <= units.starts[unit]) return unit;
  }
  return -1;
}
