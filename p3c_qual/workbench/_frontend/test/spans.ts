/** Spans as codings lie on a text: any number over one another, some touching, some the same. */

import type { Span } from "../src/core/pieces";
import type { Seeded } from "./seeded";

export function manySpans(random: Seeded, count: number, length: number): Span[] {
  return Array.from({ length: count }, (_, number) => {
    const start = random.whole(0, length - 1);
    return { id: `c${number}`, start, end: random.whole(start + 1, length) };
  });
}

export function overlap(one: Span, other: Span): boolean {
  return one.start < other.end && other.start < one.end;
}
