/** Coding units: turns, sentences or words as Python cut them, walked through by their number. */

import { type Range, type Ranges, union } from "./ranges";

/** Units in the order of the text, apart from one another; between them there may be gaps. */
export class Units {
  constructor(
    readonly starts: readonly number[],
    readonly ends: readonly number[],
  ) {}

  get length(): number {
    return this.starts.length;
  }

  /** Where a unit begins and ends. */
  range(unit: number): Range {
    return [this.starts[unit], this.ends[unit]];
  }

  /** The unit that holds a position; in a gap the one after it, behind all the last; -1 of none. */
  unitAt(position: number): number {
    return Math.min(this.#count((unit) => this.ends[unit] <= position), this.length - 1);
  }

  /** The unit after this one; the last stays. */
  next(unit: number): number {
    return Math.min(unit + 1, this.length - 1);
  }

  /** The unit before this one; the first stays. */
  previous(unit: number): number {
    return Math.max(unit - 1, Math.min(0, this.length - 1));
  }

  /**
   * Move the free end of a range by a unit, forwards (1) or backwards (-1).
   *
   * `anchor` is a position in the unit where the range was begun; that unit always stays in it.
   */
  extend(range: Readonly<Range>, direction: 1 | -1, anchor: number = range[0]): Range {
    if (!this.length) return [...range];
    const fixed = this.unitAt(anchor);
    const last = this.unitAt(Math.max(range[0], range[1] - 1));
    const free = last > fixed ? last : Math.min(fixed, this.unitAt(range[0]));
    const moved = direction > 0 ? this.next(free) : this.previous(free);
    return [this.starts[Math.min(fixed, moved)], this.ends[Math.max(fixed, moved)]];
  }

  /** The first unit from a position on that none of the ranges touches; -1 where there is none. */
  nextUncoded(ranges: Ranges, from: number): number {
    const coded = union(ranges);
    let at = 0;
    let unit = this.#count((each) => this.starts[each] < from);
    for (; unit < this.length; unit += 1) {
      while (at < coded.length && coded[at][1] <= this.starts[unit]) at += 1;
      if (at === coded.length || coded[at][0] >= this.ends[unit]) return unit;
    }
    return -1;
  }

  /** The units that share a character with [start, end), as [first, last) of their numbers. */
  unitsIn(start: number, end: number): Range {
    const first = this.#count((unit) => this.ends[unit] <= start);
    if (start >= end) return [first, first];
    return [first, Math.max(first, this.#count((unit) => this.starts[unit] < end))];
  }

  /** How many units hold to a condition, which the first ones hold to and no later one. */
  #count(holds: (unit: number) => boolean): number {
    let low = 0;
    let high = this.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (holds(middle)) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
