/** The text as rows: one for each line of the stored text, gathered into blocks. */

import { h } from "../dom";
import type { Offsets } from "../core/offsets";
import type { SourceText } from "../wire";

/** One line of the text; positions are UTF-16 units here, since the page counts so. */
export interface Row {
  number: number;
  from: number;
  to: number;
  /** End of a speaker's label at the start of the line; `from` where there is none. */
  label: number;
  element: HTMLElement;
  line: HTMLElement;
  block: Block;
  /** Codings that touch it. */
  ids: Set<string>;
  dressed: boolean;
}

/** What is laid out together: a turn, or some lines of a long one. */
export interface Block {
  element: HTMLElement;
  rows: Row[];
  near: boolean;
}

const LONGEST = 30;
const LINE = 25;
const CHARACTERS = 72;

/** Cut the text of a source into rows and blocks; the elements hold plain text for now. */
export function layOut(source: SourceText, offsets: Offsets): { rows: Row[]; blocks: Block[] } {
  const { text, turns, sentences } = source;
  const rows: Row[] = [];
  const blocks: Block[] = [];
  const starts = turns.start.map((at) => offsets.toUtf16(at));
  const ends = turns.end.map((at) => offsets.toUtf16(at));
  const firsts = labelEnds(turns.start, turns.end, sentences.start).map((at) =>
    offsets.toUtf16(at),
  );
  let turn = -1;
  let block: Block | null = null;
  let height = 0;
  const close = () => {
    if (block) block.element.style.containIntrinsicSize = `auto 40rem auto ${height}px`;
    height = 0;
  };
  for (let from = 0, number = 1; from <= text.length; number++) {
    const at = text.indexOf("\n", from);
    const to = at < 0 ? text.length : at;
    let opens: boolean = block === null;
    while (turn + 1 < starts.length && starts[turn + 1]! < Math.max(to, from + 1)) {
      turn++;
      opens = true;
    }
    if (opens || block!.rows.length >= LONGEST) {
      close();
      const inside = turn >= 0 && from < ends[turn]!;
      block = { element: turnElement(source, inside ? turn : -1, opens), rows: [], near: false };
      blocks.push(block);
    }
    const label = turn >= 0 && from === starts[turn] ? Math.min(firsts[turn]!, to) : from;
    const line = h("div", { class: "p3c-line", dir: "auto" });
    const row: Row = {
      number,
      from,
      to,
      label,
      line,
      element: h("div", { class: to > from ? "p3c-row" : "p3c-row p3c-gap", "data-n": number }, line),
      block: block!,
      ids: new Set(),
      dressed: false,
    };
    plain(row, text);
    block!.rows.push(row);
    block!.element.append(row.element);
    height += to > from ? LINE * Math.ceil((to - from) / CHARACTERS) + 4 : 8;
    rows.push(row);
    if (at < 0) break;
    from = at + 1;
  }
  close();
  return { rows, blocks };
}

/** Write a row's text without anything on it. */
export function plain(row: Row, text: string): void {
  const rest = text.slice(row.label, row.to);
  if (row.label > row.from)
    row.line.replaceChildren(h("b", { class: "p3c-who" }, text.slice(row.from, row.label)), rest);
  else row.line.textContent = rest;
}

function turnElement(source: SourceText, turn: number, opens: boolean): HTMLElement {
  const { speaker, role } = source.turns;
  const asks = turn >= 0 && role[turn] === "interviewer";
  const kind = asks ? " p3c-asks" : turn >= 0 ? " p3c-says" : "";
  const who = turn >= 0 ? speaker[turn] || "unnamed speaker" : "";
  return h("section", {
    class: `p3c-block${kind}${opens ? " p3c-opens" : ""}`,
    "aria-label": who && opens ? `${who}${asks ? ", interviewer" : ""}` : null,
  });
}

/** Where the words of each turn begin, behind its label. */
function labelEnds(starts: number[], ends: number[], sentences: number[]): number[] {
  let at = 0;
  return starts.map((start, turn) => {
    while (at < sentences.length && sentences[at]! < start) at++;
    const first = sentences[at];
    return first !== undefined && first < ends[turn]! ? first : start;
  });
}

/** The number of the last row that begins at or before a position. */
export function rowAt(rows: Row[], position: number): number {
  let low = 0;
  let high = rows.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (rows[middle]!.from <= position) low = middle;
    else high = middle - 1;
  }
  return low;
}
