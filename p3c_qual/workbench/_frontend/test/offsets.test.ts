import { describe, expect, test } from "vitest";
import shared from "../../../../tests/fixtures/offsets.json";
import { graphemeBounds, Offsets } from "../src/core/offsets";
import { forSeeds, Seeded } from "./seeded";

const PIECES = ["a", " ", "\n", "é", "e\u0301", "😀", "👩\u200d👩\u200d👧", "🇳🇱", "𝒜", "שלום", "한"];

describe.each(shared)("the shared case: $name", ({ text, spans }) => {
  const offsets = new Offsets(text);

  test("both units name the same place", () => {
    expect(spans.length).toBeGreaterThan(0);
    for (const span of spans) {
      expect(text.slice(span.start_utf16, span.end_utf16)).toBe(span.quote);
      expect(offsets.toUtf16(span.start)).toBe(span.start_utf16);
      expect(offsets.toUtf16(span.end)).toBe(span.end_utf16);
      expect(offsets.toCodePoint(span.start_utf16)).toBe(span.start);
      expect(offsets.toCodePoint(span.end_utf16, true)).toBe(span.end);
    }
    expect(offsets.length).toBe(Array.from(text).length);
  });
});

test("every position agrees with counting by hand", () => {
  forSeeds(200, (random) => {
    const text = random.text(PIECES, random.whole(0, 30));
    const offsets = new Offsets(text);
    const chars = Array.from(text);
    let at = 0;
    chars.forEach((char, cp) => {
      expect(offsets.toUtf16(cp)).toBe(at);
      expect(offsets.toCodePoint(at)).toBe(cp);
      expect(offsets.toCodePoint(at, true)).toBe(cp);
      if (char.length === 2) {
        expect(offsets.toCodePoint(at + 1)).toBe(cp);
        expect(offsets.toCodePoint(at + 1, true)).toBe(cp + 1);
      }
      at += char.length;
    });
    expect(offsets.toUtf16(chars.length)).toBe(text.length);
    expect(offsets.toCodePoint(text.length)).toBe(chars.length);
  });
});

test("a position outside the text is refused", () => {
  for (const text of ["abc", "a😀b"]) {
    const offsets = new Offsets(text);
    for (const wrong of [-1, 9, NaN]) {
      expect(() => offsets.toUtf16(wrong)).toThrow("outside the text, which has 3 characters");
      expect(() => offsets.toCodePoint(wrong)).toThrow(/outside the text, which has [34] UTF-16/);
    }
  }
});

test("a range widens to whole characters as people see them", () => {
  const family = "👩\u200d👩\u200d👧";
  const text = `ab ${family}e\u0301x`;
  expect(graphemeBounds(text, 4, 5)).toEqual([3, 3 + family.length]);
  const accent = 3 + family.length;
  expect(graphemeBounds(text, accent + 1, accent + 2)).toEqual([accent, accent + 2]);
  expect(graphemeBounds(text, 0, 2)).toEqual([0, 2]);
  expect(graphemeBounds("1\ufe0f\u20e3 a", 1, 2)).toEqual([0, 3]);
});

test("flags are told apart from their first letter on, however many follow one another", () => {
  const flags = "🇳🇱🇩🇪🇦🇹";
  expect(graphemeBounds(flags, 4, 8)).toEqual([4, 8]);
  expect(graphemeBounds(flags, 6, 8)).toEqual([4, 8]);
  expect(graphemeBounds(flags, 5, 9)).toEqual([4, 12]);
});

test("looking at a part of the text finds what the whole text says", () => {
  const segmenter = new Intl.Segmenter("en", { granularity: "grapheme" });
  const pieces = [...PIECES, "\u0301", "\u200d", "🇳", "\u0915\u094d", "\u0937", "\u0600", "\r"];
  forSeeds(300, (random) => {
    const text = random.text(pieces, random.whole(1, 25));
    const bounds = new Set([...segmenter.segment(text)].map(({ index }) => index)).add(text.length);
    for (let at = 0; at <= text.length; at += 1) {
      let [start, end] = [at, at];
      while (!bounds.has(start)) start -= 1;
      while (!bounds.has(end)) end += 1;
      expect(graphemeBounds(text, at, at)).toEqual([start, end]);
    }
  });
});

test("a long text is turned into positions quickly", () => {
  const text = new Seeded(1).text(["interview ", "😀 ", "é\n"], 100_000);
  const began = performance.now();
  const offsets = new Offsets(text);
  for (let cp = 0; cp < offsets.length; cp += 50)
    expect(offsets.toCodePoint(offsets.toUtf16(cp))).toBe(cp);
  for (let at = 0; at < text.length; at += 500) graphemeBounds(text, at, at + 7);
  expect(performance.now() - began).toBeLessThan(2000);
});
