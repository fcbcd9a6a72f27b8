import { expect, test } from "vitest";
import type { Range } from "../src/core/ranges";
import { Units } from "../src/core/units";
import { forSeeds, Seeded } from "./seeded";

// three sentences; the last stands apart
const units = new Units([2, 10, 21], [10, 20, 30]);
const none = new Units([], []);

test("a position is in its unit, in a gap in the next one, behind all in the last", () => {
  expect([0, 2, 9, 10, 20, 21, 30, 99].map((at) => units.unitAt(at))).toEqual([
    0, 0, 0, 1, 2, 2, 2, 2,
  ]);
  expect(none.unitAt(5)).toBe(-1);
});

test("steps stop at the first and at the last unit", () => {
  expect([units.next(0), units.next(2), units.previous(2), units.previous(0)]).toEqual([
    1, 2, 1, 0,
  ]);
  expect([none.next(-1), none.previous(-1)]).toEqual([-1, -1]);
  expect(units.range(1)).toEqual([10, 20]);
});

test("a range grows and shrinks at its free end, and never loses the unit it began in", () => {
  let range: Range = [10, 20];
  const steps = ([1, 1, -1, -1, -1, 1] as const).map((way) => {
    range = units.extend(range, way, 10);
    return range;
  });
  expect(steps).toEqual([
    [10, 30],
    [10, 30],
    [10, 20],
    [2, 20],
    [2, 20],
    [10, 20],
  ]);
  expect(none.extend([3, 4], 1)).toEqual([3, 4]);
});

test("words marked by hand grow to whole units", () => {
  expect(units.extend([12, 15], 1)).toEqual([10, 30]);
  expect(units.extend([12, 15], -1)).toEqual([2, 20]);
});

test("the next uncoded unit is touched by nothing, and there may be none", () => {
  expect(units.nextUncoded([], 0)).toBe(0);
  expect(units.nextUncoded([], 3)).toBe(1);
  expect(units.nextUncoded([[9, 11]], 0)).toBe(2);
  expect(units.nextUncoded([[10, 20], [0, 2]], 0)).toBe(0);
  expect(units.nextUncoded([[29, 40]], 11)).toBe(-1);
  expect(units.nextUncoded([], 22)).toBe(-1);
});

test("units that share a character with a range are found", () => {
  expect(units.unitsIn(0, 2)).toEqual([0, 0]);
  expect(units.unitsIn(9, 11)).toEqual([0, 2]);
  expect(units.unitsIn(20, 21)).toEqual([2, 2]);
  expect(units.unitsIn(0, 99)).toEqual([0, 3]);
  expect(units.unitsIn(12, 12)).toEqual([1, 1]);
});

test("searching by halves finds what looking at every unit finds", () => {
  forSeeds(300, (random: Seeded) => {
    const starts: number[] = [];
    const ends: number[] = [];
    for (let at = random.whole(0, 3); at < 40; at = ends[ends.length - 1] + random.whole(0, 3)) {
      starts.push(at);
      ends.push(at + random.whole(1, 6));
    }
    const cut = new Units(starts, ends);
    const from = random.whole(0, 45);
    const to = random.whole(from, 46);
    const ranges: Range[] = Array.from({ length: random.whole(0, 5) }, () => {
      const start = random.whole(0, 40);
      return [start, random.whole(start, 42)];
    });
    const all = starts.map((_, unit) => unit);
    const holds = all.find((unit) => ends[unit] > from) ?? starts.length - 1;
    expect(cut.unitAt(from)).toBe(holds);
    const [first, last] = cut.unitsIn(from, to);
    expect(all.slice(first, last)).toEqual(
      all.filter((unit) => from < to && starts[unit] < to && ends[unit] > from),
    );
    const free = (unit: number) =>
      !ranges.some(([start, end]) => start < end && start < ends[unit] && end > starts[unit]);
    expect(cut.nextUncoded(ranges, from)).toBe(
      all.find((unit) => starts[unit] >= from && free(unit)) ?? -1,
    );
  });
});
