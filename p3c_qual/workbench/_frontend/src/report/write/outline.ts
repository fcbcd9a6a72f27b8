/** The sections of the report at the left: where each is, how far it is, and what is in it. */

import { button, h } from "../../dom";
import type { ReportPart } from "../../wire";
import { Lines } from "./lines";
import type { WritePanel } from "./panel";
import { contentsOf, depths, levelOf, stateOf } from "./states";

export class Outline {
  readonly element: HTMLElement;
  readonly lines: Lines;
  #parts = new Map<string, ReportPart>();
  #depths = new Map<string, number>();

  constructor(panel: WritePanel) {
    this.lines = new Lines({
      label: "Sections",
      role: "tree",
      class: "p3c-rep-sections",
      draw: (id) => {
        const part = this.#parts.get(id)!;
        const state = stateOf(part);
        const level = levelOf(part);
        return [
          h("span", { class: "p3c-rep-state", "aria-hidden": "true", title: part.why || state.label }, state.sign),
          h(
            "span",
            { class: "p3c-rep-part" },
            h("span", { class: "p3c-rep-title", dir: "auto" }, part.number && h("span", { class: "p3c-rep-number" }, `${part.number} `), h("span", { class: "p3c-rep-name" }, part.title), level && h("span", { class: "p3c-badge p3c-rep-level", title: level.label }, h("span", { "aria-hidden": "true" }, level.sign), h("span", { class: "p3c-rep-hear" }, `, ${level.label}`))),
            h("small", { title: part.why || null }, contentsOf(part), panel.unsaved(id) && h("b", { class: "p3c-rep-unsaved" }, " · not saved")),
          ),
        ];
      },
      classOf: (id) => {
        const part = this.#parts.get(id)!;
        return `p3c-rep-is-${part.left_out || part.merged_into ? "out" : part.state}`;
      },
      depthOf: (id) => this.#depths.get(id) ?? 0,
      moved: (id) => panel.openSoon(id),
      chosen: () => panel.editor.focus(),
      menu: (id, at) => panel.arranging.menu(id, at),
    });
    this.element = h(
      "nav",
      { class: "p3c-rep-outline", "aria-label": "Outline" },
      h(
        "div",
        { class: "p3c-panel-head" },
        h("h2", {}, "Sections"),
        button("+", () => panel.run("rep-add"), { title: panel.tip("rep-add"), "aria-label": "Add a section", "data-name": "add section" }),
        button("⋯", (event) => panel.arranging.menu(this.lines.at, event.currentTarget as HTMLElement), { title: panel.tip("rep-menu"), "aria-label": "What can be done with the section", "data-name": "section menu" }),
      ),
      this.lines.element,
    );
  }

  show(parts: readonly ReportPart[]): void {
    this.#parts = new Map(parts.map((each) => [each.key, each]));
    this.#depths = depths(parts);
    this.lines.show(parts.map((each) => each.key));
  }

  part(key: string): ReportPart | undefined {
    return this.#parts.get(key);
  }

  update(key: string): void {
    if (this.#parts.has(key)) this.lines.update(key);
  }
}
