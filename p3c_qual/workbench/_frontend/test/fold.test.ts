import { describe, expect, test } from "vitest";
import shared from "../../../../tests/fixtures/folding.json";
import { findAll, Folded, foldText } from "../src/core/fold";
import { Offsets } from "../src/core/offsets";
import { forSeeds } from "./seeded";

describe.each(shared)("the shared case: $name", ({ text, folded, finds }) => {
  test("the text folds as in the store", () => {
    expect(foldText(text)).toBe(folded);
    expect(new Folded(text).text).toBe(folded);
  });

  test("the same hits stand at the same places", () => {
    expect(finds.length).toBeGreaterThan(0);
    const offsets = new Offsets(text);
    for (const { query, hits } of finds) {
      const found = findAll(text, query).map(([start, end]) => [
        offsets.toCodePoint(start),
        offsets.toCodePoint(end, true),
      ]);
      expect({ query, hits: found }).toEqual({ query, hits });
    }
  });
});

const ODD = Array.from(
  "aAsSfiIeEkλ ẞßﬁﬀﬃİıéÉe\u0301\u0327ñÅÅKςσΣΌᾳŉ½…™Ꭰꭰ漢字🙂👩\u200d\ufe0f’\n𝒜🆐",
);

test("every part of a folded text leads back to where it comes from", () => {
  forSeeds(300, (random) => {
    const body = random.text(ODD, random.whole(1, 20));
    const folded = new Folded(body);
    const origins: [number, number][] = [];
    let at = 0;
    for (const char of body) {
      for (const _ of foldText(char).split("")) origins.push([at, at + char.length]);
      at += char.length;
    }
    expect(folded.text.length).toBe(origins.length);
    // only parts made of whole characters are ever asked for
    const parts = Array.from(folded.text);
    let start = 0;
    for (const part of parts) {
      const end = start + part.length;
      const [first, last] = folded.place(start, end);
      expect(first).toBe(origins[start][0]);
      expect(last).toBeGreaterThanOrEqual(origins[end - 1][1]);
      expect(foldText(body.slice(origins[end - 1][1], last))).toBe("");
      start = end;
    }
  });
});

test("hits never share a character and hold what is looked for", () => {
  forSeeds(200, (random) => {
    const body = random.text(ODD, random.whole(1, 40));
    const query = random.text(["a", "s", "ss", "fi", "e", "É", "漢", "σ"], random.whole(1, 2));
    let last = 0;
    for (const [start, end] of findAll(body, query)) {
      expect(start).toBeGreaterThanOrEqual(last);
      expect(foldText(body.slice(start, end))).toContain(foldText(query));
      last = end;
    }
  });
});

test("there is nothing to find for blanks, and half a character is no sign of its own", () => {
  expect(findAll("a b", " ")).toEqual([]);
  expect(findAll("a b", "")).toEqual([]);
  expect(findAll("a 😀", "\ud83d")).toEqual([]);
});
