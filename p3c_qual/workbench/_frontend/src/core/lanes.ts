/** Lanes: where stripes lie beside the text, so that none hides another. */

import { inOrder, type Span } from "./pieces";

/** Which lane each span has, and what lies in each lane, in the order of the text. */
export interface LanesState {
  lanes: Map<string, number>;
  rows: Span[][];
}

/** Lay spans out anew: in their order, each into the lowest lane that is free. */
export function layOut(spans: readonly Span[]): LanesState {
  const state: LanesState = { lanes: new Map(), rows: [] };
  for (const span of [...spans].sort(inOrder)) placeOne(state, span);
  return state;
}

/** The lane of each span; spans that share a character never share a lane. */
export function lanes(spans: readonly Span[]): Map<string, number> {
  return layOut(spans).lanes;
}

/** Give a new or moved span the lowest free lane, and leave all others where they are. */
export function placeOne(state: LanesState, span: Span): number {
  removeOne(state, span.id);
  for (let lane = 0; ; lane += 1) {
    const row = (state.rows[lane] ??= []);
    const at = firstEndingAfter(row, span.start);
    if (at < row.length && row[at].start < span.end) continue;
    row.splice(at, 0, span);
    state.lanes.set(span.id, lane);
    return lane;
  }
}

/** Free the lane of a span that is gone or has moved. */
export function removeOne(state: LanesState, id: string): void {
  const lane = state.lanes.get(id);
  if (lane === undefined) return;
  state.lanes.delete(id);
  state.rows[lane] = state.rows[lane].filter((span) => span.id !== id);
}

function firstEndingAfter(row: readonly Span[], position: number): number {
  let low = 0;
  let high = row.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (row[middle].end > position) high = middle;
    else low = middle + 1;
  }
  return low;
}
