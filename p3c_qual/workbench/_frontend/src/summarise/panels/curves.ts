/** Small curves: categories over codings, and over interviews with the place where it was enough. */

import { h } from "../../dom";
import type { SaturationState } from "../../wire";

const WIDE = 420;
const HIGH = 178;
const LEFT = 30;
const FOOT = 22;
const TOP = 24;
const SVG = "http://www.w3.org/2000/svg";

type Attributes = Record<string, string | number>;

function s(name: string, attributes: Attributes, ...children: (Node | string)[]): SVGElement {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  made.append(...children);
  return made;
}

/** Whole numbers from 0 up to `top`, a handful and round ones. */
export function ticks(top: number): number[] {
  let step = 1;
  for (const factor of [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10000]) {
    step = factor;
    if (top / factor < 5) break;
  }
  return Array.from({ length: Math.floor(top / step) + 1 }, (_, at) => at * step);
}

class Paper {
  readonly svg: SVGElement;

  constructor(
    label: string,
    private readonly first: number,
    private readonly last: number,
    private readonly top: number,
    across: string,
  ) {
    this.svg = s("svg", { viewBox: `0 0 ${WIDE} ${HIGH}`, role: "img", "aria-label": label, class: "p3c-curve" });
    for (const value of ticks(top)) {
      this.svg.append(
        s("line", { x1: LEFT, x2: WIDE - 6, y1: this.y(value), y2: this.y(value), class: value ? "p3c-curve-grid" : "p3c-curve-axis" }),
        s("text", { x: LEFT - 5, y: this.y(value) + 3.5, "text-anchor": "end" }, value.toLocaleString("en-GB")),
      );
    }
    const whole = ticks(Math.floor(last)).filter((each) => each >= Math.max(1, first));
    for (const value of whole) this.svg.append(s("text", { x: this.x(value), y: HIGH - 8, "text-anchor": "middle" }, value.toLocaleString("en-GB")));
    this.svg.append(s("text", { x: WIDE - 6, y: HIGH - 8, "text-anchor": "end", class: "p3c-curve-name" }, across));
  }

  x(value: number): number {
    return LEFT + ((value - this.first) / (this.last - this.first || 1)) * (WIDE - LEFT - 64);
  }

  y(value: number): number {
    return HIGH - FOOT - (value / (this.top || 1)) * (HIGH - FOOT - TOP);
  }

  line(points: [number, number][], name = "p3c-curve-line"): void {
    this.svg.append(s("polyline", { points: points.map(([x, y]) => `${this.x(x).toFixed(1)},${this.y(y).toFixed(1)}`).join(" "), class: name }));
  }

  dots(points: [number, number][]): void {
    for (const [x, y] of points) this.svg.append(s("circle", { cx: this.x(x).toFixed(1), cy: this.y(y).toFixed(1), r: points.length > 60 ? 1.6 : 2.6, class: "p3c-curve-dot" }));
  }

  fill(points: [number, number][], name: string): void {
    this.svg.append(s("polygon", { points: points.map(([x, y]) => `${this.x(x).toFixed(1)},${this.y(y).toFixed(1)}`).join(" "), class: name }));
  }

  upright(at: number, words: string): void {
    const x = this.x(at);
    this.svg.append(s("line", { x1: x, x2: x, y1: 6, y2: HIGH - FOOT, class: "p3c-curve-met" }), s("text", { x: x + 4, y: 14, class: "p3c-curve-said" }, words));
  }
}

/** Categories after each coding, in the order of the work. */
export function emergenceCurve(fresh: number[], total: number): HTMLElement {
  const last = fresh.length;
  const said = `${last === 1 ? "1 category" : `${last} categories`} after ${total === 1 ? "1 coding" : `${total.toLocaleString("en-GB")} codings`}`;
  const paper = new Paper(`Category emergence: ${said}`, 0, total, Math.max(1, last), "coding");
  const points: [number, number][] = [[0, 0]];
  fresh.forEach((no, at) => points.push([no, at], [no, at + 1]));
  points.push([total, last]);
  paper.line(points);
  paper.dots(fresh.map((no, at) => [no, at + 1]));
  return h("figure", { class: "p3c-figure" }, paper.svg as unknown as HTMLElement, h("figcaption", {}, `Emergence: ${said}. A dot is a new category.`));
}

/** Categories over interviews by date, with the band of random orders. */
export function saturationCurve(orders: SaturationState[]): HTMLElement {
  const dated = orders.find((each) => each.order === "date");
  const random = orders.find((each) => each.order === "random");
  if (!dated?.points.length) return h("figure", { class: "p3c-figure" }, h("p", { class: "p3c-wait" }, "No interview is worked through yet."));
  const { points, base, run, met, why } = dated;
  const top = Math.max(1, ...points.map((each) => each.cumulative));
  const paper = new Paper(`Saturation over ${points.length} interviews: ${met || why || "not met"}`, 0.5, points.length + 0.5, top, "interview");
  const end = Math.min(base, points.length) + 0.5;
  paper.fill([[0.5, 0], [0.5, top], [end, top], [end, 0]], "p3c-curve-base");
  const banded = !why && random !== undefined && random.points.length === points.length;
  if (banded) {
    const up = random.points.map((each): [number, number] => [each.interview, each.high]);
    const down = random.points.map((each): [number, number] => [each.interview, each.low]).reverse();
    paper.fill([...up, ...down], "p3c-curve-band");
  }
  const line = points.map((each): [number, number] => [each.interview, each.cumulative]);
  paper.line(line);
  paper.dots(line);
  if (met) paper.upright(Number(met.split("+")[0]) + run, met);
  const percent = `${100 * dated.threshold} %`;
  const verdict = why ? sentence(why) : met ? `Met at ${met}: the run of ${run} after ${met.split("+")[0]} interviews brings at most ${percent} of the base.` : `Not met: no run of ${run} brings at most ${percent} of the base.`;
  const chance = why || !random ? "" : random.met ? ` In half of the random orders by ${random.met}.` : " In fewer than half of the random orders it is met.";
  return h(
    "figure",
    { class: "p3c-figure" },
    paper.svg as unknown as HTMLElement,
    h("figcaption", {}, `Saturation by date, base ${base}, run ${run}. ${verdict}${chance}${banded ? " The band holds nine of ten random orders." : ""}`),
  );
}

const sentence = (words: string) => `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;
