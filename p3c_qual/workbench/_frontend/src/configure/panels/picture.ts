/** The logic model as a picture: blocks that can be pressed over arrows that say what they rest on. */

import { h } from "../../dom";
import type { ArrowRow, LogicState } from "../../wire";
import { boxesOf, layersOf, routesOf } from "./layout";
import type { LogicPanel } from "./logic";

const SVG = "http://www.w3.org/2000/svg";
const WIDE = { width: 176, height: 74, along: 96, across: 40 };
const DOWN = { width: 150, height: 66, along: 58, across: 48 };
/** Boxes are made as narrow as this, and higher then, before the picture is scrolled. */
const LEAST = 92;
const TIGHT = 32;
/** As wide as what is said of an arrow, where one runs between two boxes that stand side by side. */
const SAID = 58;
const MARGIN = 12;

function svg(tag: string, props: Record<string, string | number>, ...children: Node[]): SVGElement {
  const made = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(props)) made.setAttribute(name, String(value));
  made.append(...children);
  return made;
}

/** Draw it: from left to right where there is room, else downwards. */
export function drawPicture(panel: LogicPanel, state: LogicState, room: number): HTMLElement {
  const ids = state.blocks.map((each) => each.id);
  const layers = layersOf(ids, state.arrows);
  const down = boxesOf(layers, WIDE, false).width + 2 * MARGIN > room;
  const widest = Math.max(1, ...layers.map((each) => each.length));
  const beside = state.arrows.some(({ block, other }) => layers.some((each) => each.includes(block) && each.includes(other)));
  const tight = beside ? SAID : TIGHT;
  const fits = Math.max(LEAST, Math.min(DOWN.width, (room - 2 * MARGIN - 8 - (widest - 1) * tight) / widest));
  const small = { ...DOWN, width: fits, across: Math.max(tight, fits < 130 ? 0 : DOWN.across), height: fits < 130 ? 96 : DOWN.height };
  const laid = boxesOf(layers, down ? small : WIDE, down);
  const routes = routesOf(state.arrows, layers, laid.boxes, down);
  // arrows that run round the outside need room too
  const reach = { left: 0, top: 0, right: laid.width, bottom: laid.height };
  for (const { x, y } of routes) {
    reach.left = Math.min(reach.left, x - 34);
    reach.top = Math.min(reach.top, y - 14);
    reach.right = Math.max(reach.right, x + 34);
    reach.bottom = Math.max(reach.bottom, y + 14);
  }
  const [dx, dy] = [MARGIN - reach.left, MARGIN - reach.top];
  const width = reach.right + dx + MARGIN;
  const height = reach.bottom + dy + MARGIN;
  const arrows = new Map(state.arrows.map((each) => [each.id, each]));
  const lines = routes.flatMap((route) => {
    const arrow = arrows.get(route.id)!;
    const chosen = route.id === panel.arrow;
    return svg("path", { d: route.path, class: `p3c-pan-arrow ${classOf(arrow)}${chosen ? " p3c-pan-chosen" : ""}`, "marker-end": `url(#p3c-pan-tip${chosen ? "-chosen" : ""})` });
  });
  const tip = (id: string, kind: string) => svg("marker", { id, viewBox: "0 0 10 10", refX: 9, refY: 5, markerWidth: 9, markerHeight: 9, markerUnits: "userSpaceOnUse", orient: "auto-start-reverse", class: kind }, svg("path", { d: "M 0 0 L 10 5 L 0 10 z" }));
  const back = svg("svg", { width, height, "aria-hidden": "true", focusable: "false" }, svg("defs", {}, tip("p3c-pan-tip", "p3c-pan-tip"), tip("p3c-pan-tip-chosen", "p3c-pan-tip p3c-pan-chosen")), svg("g", { transform: `translate(${dx} ${dy})` }, ...lines));
  const picture = h(
    "div",
    { class: `p3c-pan-model${down && fits < 130 ? " p3c-pan-small" : ""}`, style: `width:${width}px;height:${height}px` },
    ...state.blocks.map((block) => {
      const box = laid.boxes.get(block.id)!;
      return h(
        "button",
        {
          type: "button",
          class: "p3c-pan-block",
          title: block.label,
          "data-name": `block ${block.id}`,
          "aria-haspopup": "menu",
          style: `left:${box.x + dx}px;top:${box.y + dy}px;width:${box.width}px;height:${box.height}px`,
          onclick: (event: Event) => panel.blockMenu(block, event.currentTarget as HTMLElement),
        },
        h("span", { dir: "auto" }, block.label),
      );
    }),
    ...routes.map((route) => {
      const arrow = arrows.get(route.id)!;
      return h(
        "button",
        {
          type: "button",
          class: "p3c-pan-chip",
          "data-name": `arrow ${route.id}`,
          "aria-pressed": String(route.id === panel.arrow),
          "aria-label": `${panel.named(arrow)}: ${arrow.supporting} for, ${arrow.contradicting} against`,
          title: [panel.named(arrow), arrow.label, `${arrow.supporting} passages for, ${arrow.contradicting} against`].filter(Boolean).join("\n"),
          style: `left:${route.x + dx}px;top:${route.y + dy}px`,
          onclick: () => panel.choose(route.id),
        },
        arrow.configurations.length ? `+${arrow.supporting} −${arrow.contradicting}` : "none",
      );
    }),
  );
  picture.prepend(back);
  return picture;
}

/** An arrow on which nothing rests yet looks different from one that is carried, or is contested. */
const classOf = (arrow: ArrowRow): string => (!arrow.configurations.length ? "p3c-pan-bare" : arrow.contradicting ? "p3c-pan-contested" : "");
