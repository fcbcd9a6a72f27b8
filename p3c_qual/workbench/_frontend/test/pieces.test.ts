import { expect, test } from "vitest";
import { inOrder, pieces } from "../src/core/pieces";
import { forSeeds, Seeded } from "./seeded";
import { manySpans } from "./spans";

test("two codings over one another make three pieces", () => {
  const codings = [
    { id: "b", start: 4, end: 10 },
    { id: "a", start: 0, end: 6 },
  ];
  expect(pieces(0, 12, codings)).toEqual([
    { start: 0, end: 4, ids: ["a"] },
    { start: 4, end: 6, ids: ["a", "b"] },
    { start: 6, end: 10, ids: ["b"] },
    { start: 10, end: 12, ids: [] },
  ]);
});

test("codings that only touch the range or are empty cut nothing", () => {
  const codings = [
    { id: "before", start: 0, end: 5 },
    { id: "behind", start: 9, end: 12 },
    { id: "empty", start: 7, end: 7 },
  ];
  expect(pieces(5, 9, codings)).toEqual([{ start: 5, end: 9, ids: [] }]);
  expect(pieces(5, 5, codings)).toEqual([]);
});

test("a longer coding stands before a shorter one that begins with it", () => {
  const codings = [
    { id: "a", start: 0, end: 2 },
    { id: "c", start: 0, end: 9 },
    { id: "b", start: 0, end: 9 },
  ];
  expect(pieces(0, 2, codings)).toEqual([{ start: 0, end: 2, ids: ["b", "c", "a"] }]);
});

test("pieces follow one another without a gap and name exactly what covers them", () => {
  forSeeds(300, (random) => {
    const codings = manySpans(random, random.whole(0, 25), 60);
    const start = random.whole(0, 50);
    const end = random.whole(start + 1, 60);
    const made = pieces(start, end, codings);
    expect(made[0].start).toBe(start);
    expect(made[made.length - 1].end).toBe(end);
    made.forEach((piece, at) => {
      expect(piece.end).toBeGreaterThan(piece.start);
      if (at) expect(piece.start).toBe(made[at - 1].end);
      const covering = codings.filter((c) => c.start <= piece.start && c.end >= piece.end);
      expect(piece.ids).toEqual(covering.sort(inOrder).map((c) => c.id));
      // nothing begins or ends inside a piece
      const inside = (position: number) => position > piece.start && position < piece.end;
      expect(codings.filter((c) => inside(c.start) || inside(c.end))).toEqual([]);
    });
  });
});

test("the order in which codings are given changes nothing", () => {
  const codings = manySpans(new Seeded(7), 20, 40);
  expect(pieces(0, 40, [...codings].reverse())).toEqual(pieces(0, 40, codings));
});
