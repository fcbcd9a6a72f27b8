import { expect, test } from "vitest";
import { lanes, layOut, placeOne, removeOne } from "../src/core/lanes";
import { forSeeds } from "./seeded";
import { manySpans, overlap } from "./spans";

test("spans that overlap lie beside one another, those that touch may share a lane", () => {
  const found = lanes([
    { id: "a", start: 0, end: 5 },
    { id: "b", start: 3, end: 8 },
    { id: "c", start: 5, end: 9 },
  ]);
  expect([...found]).toEqual([
    ["a", 0],
    ["b", 1],
    ["c", 0],
  ]);
});

test("no two overlapping spans share a lane, and no more lanes are used than needed", () => {
  forSeeds(200, (random) => {
    const spans = manySpans(random, random.whole(0, 30), 60);
    const found = lanes(spans);
    for (const one of spans)
      for (const other of spans)
        if (one !== other && overlap(one, other))
          expect(found.get(one.id)).not.toBe(found.get(other.id));
    const depth = Math.max(
      0,
      ...spans.map(({ start }) => spans.filter((s) => s.start <= start && start < s.end).length),
    );
    expect(Math.max(-1, ...found.values()) + 1).toBe(depth);
  });
});

test("a new span finds a lane and moves no other, also after some are gone", () => {
  forSeeds(200, (random) => {
    let spans = manySpans(random, 12, 40);
    const state = layOut(spans);
    manySpans(random, 12, 40).forEach((span, number) => {
      const fresh = { ...span, id: `new${number}` };
      const before = new Map(state.lanes);
      const lane = placeOne(state, fresh);
      const there = spans.filter((other) => overlap(other, fresh));
      expect(there.map((other) => state.lanes.get(other.id))).not.toContain(lane);
      // it is the lowest that is free
      const taken = new Set(there.map((other) => state.lanes.get(other.id)));
      for (let lower = 0; lower < lane; lower += 1) expect(taken).toContain(lower);
      for (const [id, kept] of before) expect(state.lanes.get(id)).toBe(kept);
      spans.push(fresh);
      const gone = random.pick(spans);
      removeOne(state, gone.id);
      spans = spans.filter((other) => other !== gone);
      expect(state.lanes.has(gone.id)).toBe(false);
    });
    expect(state.lanes.size).toBe(spans.length);
  });
});

test("a span that has moved is placed anew", () => {
  const state = layOut([
    { id: "a", start: 0, end: 5 },
    { id: "b", start: 3, end: 8 },
  ]);
  expect(placeOne(state, { id: "b", start: 5, end: 8 })).toBe(0);
  expect(placeOne(state, { id: "c", start: 3, end: 5 })).toBe(1);
});
