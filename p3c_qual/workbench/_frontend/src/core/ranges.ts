/** Ranges [start, end): what several of them cover together. */

export type Range = [number, number];
/** As ranges come from the server. */
export type Ranges = readonly (readonly number[])[];

/** The ranges put together: in order, apart from one another, none empty. */
export function union(ranges: Ranges): Range[] {
  const made: Range[] = [];
  const given = ranges.filter(([start, end]) => start < end);
  for (const [start, end] of [...given].sort((one, other) => one[0] - other[0])) {
    const last = made[made.length - 1];
    if (last && start <= last[1]) last[1] = Math.max(last[1], end);
    else made.push([start, end]);
  }
  return made;
}

/** What is left of ranges where others are taken away. */
export function subtract(ranges: Ranges, others: Ranges): Range[] {
  const away = union(others);
  const left: Range[] = [];
  let at = 0;
  for (const [start, end] of union(ranges)) {
    let from = start;
    while (at < away.length && away[at][1] <= start) at += 1;
    // the last one may reach into the next range, so that it is looked at again
    for (let next = at; next < away.length && away[next][0] < end; next += 1) {
      if (away[next][0] > from) left.push([from, away[next][0]]);
      from = away[next][1];
      at = next;
    }
    if (from < end) left.push([from, end]);
  }
  return left;
}

/** How much ranges cover together, each character once. */
export function covered(ranges: Ranges): number {
  return union(ranges).reduce((sum, [start, end]) => sum + end - start, 0);
}

/** Which share of the whole the ranges cover; none of an empty whole. */
export function share(ranges: Ranges, whole: Ranges): number | null {
  const all = covered(whole);
  return all ? 1 - covered(subtract(whole, ranges)) / all : null;
}
