/** What lies on a row: flat pieces in its text, bars and names in its margin. */

import { h } from "../dom";
import { pieces } from "../core/pieces";
import type { Shown } from "../effects";
import type { Row } from "./rows";
import { plain } from "./rows";

/** A coding where the page can draw it; positions are UTF-16 units. */
export interface Drawn {
  id: string;
  start: number;
  end: number;
  lane: number;
  row: Shown;
  label: string;
  colour: number;
}

export interface Looks {
  text: string;
  me: string;
  chosen: ReadonlySet<string>;
}

const LANE = 7;
const CHIP = 21;

/** Draw the codings on some rows; all is written first, then measured, then placed. */
export function dress(rows: Row[], drawn: ReadonlyMap<string, Drawn>, looks: Looks): void {
  for (const row of rows) write(row, drawn, looks);
  place(rows, drawn);
}

function codingsOf(row: Row, drawn: ReadonlyMap<string, Drawn>): Drawn[] {
  return [...row.ids]
    .map((id) => drawn.get(id)!)
    .filter(Boolean)
    .sort((a, b) => a.start - b.start || b.end - a.end || (a.id < b.id ? -1 : 1));
}

function write(row: Row, drawn: ReadonlyMap<string, Drawn>, looks: Looks): void {
  row.dressed = true;
  row.element.querySelector(".p3c-bars")?.remove();
  row.element.querySelector(".p3c-chips")?.remove();
  const here = codingsOf(row, drawn);
  if (!here.length) {
    plain(row, looks.text);
    return;
  }
  const parts: Node[] = [];
  const cuts = row.label > row.from ? [[row.from, row.label], [row.label, row.to]] : [[row.from, row.to]];
  for (const [from, to] of cuts)
    for (const piece of pieces(from!, to!, here)) {
      const words = looks.text.slice(piece.start, piece.end);
      const label = to === row.label && row.label > row.from;
      if (!piece.ids.length)
        parts.push(label ? h("b", { class: "p3c-who" }, words) : document.createTextNode(words));
      else parts.push(segment(piece, words, drawn, looks, label));
    }
  row.line.replaceChildren(...parts);
  const bars = h("div", { class: "p3c-bars", "aria-hidden": "true" });
  const width = Math.max(...here.map((each) => each.lane)) + 1;
  row.element.style.setProperty("--p3c-lanes", `${width * LANE}px`);
  for (const each of here) bars.append(bar(each, row, looks));
  const starting = here.filter((each) => each.start >= row.from);
  const chips = h("div", { class: starting.length > 8 ? "p3c-chips p3c-dense" : "p3c-chips" });
  for (const each of starting) chips.append(chip(each, looks));
  row.element.append(bars, chips);
}

function segment(
  piece: { start: number; end: number; ids: string[] },
  words: string,
  drawn: ReadonlyMap<string, Drawn>,
  looks: Looks,
  label: boolean,
): HTMLElement {
  const on = piece.ids.map((id) => drawn.get(id)!);
  const top = on.reduce((a, b) => (b.end - b.start <= a.end - a.start ? b : a));
  return h(
    "span",
    {
      class: [
        "p3c-seg",
        `p3c-c${top.colour}`,
        on.length > 1 && "p3c-many",
        label && "p3c-who",
        on.some((each) => looks.chosen.has(each.id)) && "p3c-chosen",
        on.every((each) => each.row.pending) && "p3c-pending",
      ]
        .filter(Boolean)
        .join(" "),
      "data-ids": piece.ids.join(" "),
      "data-at": piece.start,
    },
    words,
  );
}

function marks(each: Drawn): string {
  return (each.row.important ? " ★" : "") + (each.row.unsure ? " ?" : "") + (each.row.memos ? " ✎" : "");
}

function bar(each: Drawn, row: Row, looks: Looks): HTMLElement {
  const whole = each.start <= row.from && each.end >= row.to;
  const shape = [
    "p3c-bar",
    `p3c-c${each.colour}`,
    each.start >= row.from && "p3c-first",
    each.end <= row.to && "p3c-last",
    looks.chosen.has(each.id) && "p3c-chosen",
    each.row.pending && "p3c-pending",
  ];
  return h("i", {
    class: shape.filter(Boolean).join(" "),
    "data-ids": each.id,
    "data-whole": whole,
    style: `left:${each.lane * LANE}px;top:0;bottom:0`,
    title: `${each.label} (${each.row.coder})`,
  });
}

function chip(each: Drawn, looks: Looks): HTMLElement {
  const { row } = each;
  const says = [
    each.label,
    row.coder !== looks.me && `by ${row.coder}`,
    row.important && "important",
    row.unsure && "unsure, to discuss",
    row.memos && `${row.memos} memo${row.memos > 1 ? "s" : ""}`,
    row.pending && "not yet saved",
  ].filter(Boolean);
  const chosen = looks.chosen.has(each.id);
  return h(
    "button",
    {
      type: "button",
      tabindex: "-1",
      class: `p3c-chip p3c-c${each.colour}${chosen ? " p3c-chosen" : ""}${row.pending ? " p3c-pending" : ""}`,
      "data-ids": each.id,
      "aria-pressed": String(chosen),
      "aria-label": says.join(", "),
      title: says.join(", "),
    },
    h("span", { class: "p3c-name" }, each.label),
    row.coder !== looks.me && h("span", { class: "p3c-by" }, row.coder),
    marks(each),
  );
}

/** Where one coding ends and the next of its lane begins in one line, each bar has its part of that line. */
function share(row: Row, rects: Map<string, [number, number]>, drawn: ReadonlyMap<string, Drawn>): void {
  const ends = new Map<number, [number, number]>();
  for (const { id, lane } of codingsOf(row, drawn)) {
    const here = rects.get(id);
    if (!here) continue;
    const before = ends.get(lane);
    if (before && here[0] < before[1]) {
      const middle = (Math.max(before[0], here[0]) + before[1]) / 2;
      before[1] = middle - 1;
      here[0] = middle + 1;
    }
    ends.set(lane, here);
  }
}

/** Bring bars and names to the lines of text they belong to. */
export function place(rows: Row[], drawn: ReadonlyMap<string, Drawn>): void {
  const found: (() => void)[] = [];
  for (const row of rows) {
    const bars = row.element.querySelector<HTMLElement>(".p3c-bars");
    if (!bars) continue;
    const box = row.line.getBoundingClientRect();
    const rects = new Map<string, [number, number]>();
    for (const piece of row.line.querySelectorAll<HTMLElement>(".p3c-seg")) {
      const boxes = piece.getClientRects();
      if (!boxes.length) continue;
      const top = boxes[0]!.top - box.top;
      const bottom = boxes[boxes.length - 1]!.bottom - box.top;
      for (const id of piece.dataset.ids!.split(" ")) {
        const known = rects.get(id);
        rects.set(id, known ? [known[0], bottom] : [top, bottom]);
      }
    }
    const tops = new Map([...rects].map(([id, [top]]) => [id, top]));
    share(row, rects, drawn);
    let down = 0;
    for (const each of bars.children as HTMLCollectionOf<HTMLElement>) {
      const id = each.dataset.ids!;
      const [top, bottom] = rects.get(id) ?? [0, box.height];
      const coding = drawn.get(id);
      if (!coding) continue;
      const first = coding.start > row.from ? `${Math.max(0, top)}px` : "0";
      const last = coding.end < row.to ? `${Math.max(0, bottom)}px` : "";
      found.push(() => {
        each.style.top = first;
        if (last) {
          each.style.bottom = "auto";
          each.style.height = `calc(${last} - ${first})`;
        } else {
          each.style.bottom = "0";
          each.style.height = "";
        }
      });
    }
    for (const each of row.element.querySelectorAll<HTMLElement>(".p3c-chip")) {
      const top = Math.max(0, tops.get(each.dataset.ids!) ?? 0);
      const lift = Math.max(0, top - down);
      down += lift + CHIP;
      found.push(() => {
        each.style.marginTop = `${lift}px`;
      });
    }
  }
  for (const work of found) work();
}
