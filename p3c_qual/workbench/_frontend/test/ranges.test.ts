import { expect, test } from "vitest";
import { covered, type Range, share, subtract, union } from "../src/core/ranges";
import { forSeeds, type Seeded } from "./seeded";

function some(random: Seeded): Range[] {
  return Array.from({ length: random.whole(0, 8) }, () => {
    const start = random.whole(0, 30);
    return [start, random.whole(start, 32)] as Range;
  });
}

function characters(ranges: readonly Range[]): number[] {
  const all = Array.from({ length: 32 }, (_, at) => at);
  return all.filter((at) => ranges.some(([start, end]) => start <= at && at < end));
}

test("ranges put together hold the same characters, apart and in order", () => {
  forSeeds(300, (random) => {
    const ranges = some(random);
    const found = union(ranges);
    expect(characters(found)).toEqual(characters(ranges));
    found.forEach(([start, end], at) => {
      expect(end).toBeGreaterThan(start);
      if (at) expect(start).toBeGreaterThan(found[at - 1][1]);
    });
    expect(covered(ranges)).toBe(characters(ranges).length);
  });
});

test("what is taken away is gone, and nothing else", () => {
  forSeeds(500, (random) => {
    const [ranges, away] = [some(random), some(random)];
    const gone = new Set(characters(away));
    const left = subtract(ranges, away);
    expect(characters(left)).toEqual(characters(ranges).filter((at) => !gone.has(at)));
    expect(union(left)).toEqual(left);
  });
});

test("what is given is left as it was", () => {
  const given: Range[] = [
    [4, 6],
    [0, 5],
  ];
  union(given);
  subtract(given, [[1, 2]]);
  expect(given).toEqual([
    [4, 6],
    [0, 5],
  ]);
});

test("a share counts only what lies in the whole, and each character once", () => {
  expect(share([[0, 5], [3, 8]], [[5, 15]])).toBeCloseTo(0.3);
  expect(share([[0, 99]], [[5, 15]])).toBe(1);
  expect(share([], [[5, 15]])).toBe(0);
  expect(share([[0, 5]], [])).toBeNull();
});
