/** Flat pieces: a stretch of text cut wherever a coding begins or ends. */

export interface Span {
  id: string;
  start: number;
  end: number;
}

export interface Piece {
  start: number;
  end: number;
  /** The codings that cover it, in the order of `inOrder`. */
  ids: string[];
}

/** The order of codings everywhere: by start, the longer first, then by id. */
export function inOrder(one: Span, other: Span): number {
  return (
    one.start - other.start || other.end - one.end || (one.id < other.id ? -1 : +(one.id > other.id))
  );
}

/** Cut [start, end) at the bounds of the codings that touch it; pieces follow one another. */
export function pieces(start: number, end: number, codings: readonly Span[]): Piece[] {
  if (start >= end) return [];
  const touching = codings
    .filter((span) => span.start < end && span.end > start && span.start < span.end)
    .sort(inOrder);
  const cuts = new Set([start, end]);
  for (const span of touching) {
    cuts.add(Math.max(span.start, start));
    cuts.add(Math.min(span.end, end));
  }
  const bounds = [...cuts].sort((one, other) => one - other);
  const made: Piece[] = [];
  let open: Span[] = [];
  let next = 0;
  for (let at = 0; at < bounds.length - 1; at += 1) {
    const from = bounds[at];
    open = open.filter((span) => span.end > from);
    while (next < touching.length && touching[next].start <= from) open.push(touching[next++]);
    made.push({ start: from, end: bounds[at + 1], ids: open.map((span) => span.id) });
  }
  return made;
}
