/** Configurations side by side: row by row, with the words marked that not all of them have. */

import { button, fill, h, type Child } from "../dom";
import type { ConfigurationRow } from "../wire";
import { ROLES } from "./classes";
import type { ConfigurationsPanel } from "./configurations";
import { sideBySide } from "./differences";
import { restsOn, SHORT, wordsOf } from "./words";

const SAID = { same: "the same", partly: "partly the same", different: "different", "": "" };

/** Keys that scroll, or press what has the focus. */
const OWN = ["ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight", "PageUp", "PageDown", "Home", "End", "Enter", " "];

export class Comparison {
  readonly element = h("div", { class: "p3c-con-compare p3c-keys", tabindex: "0", role: "region", "aria-label": "Configurations side by side" });

  constructor(
    private readonly panel: ConfigurationsPanel,
    readonly ids: string[],
  ) {
    this.element.addEventListener("keydown", (event) => {
      if (OWN.includes(event.key)) event.stopPropagation();
    });
    this.draw();
  }

  draw(): void {
    const { store } = this.panel;
    const rows = this.ids.map((id) => store.configurations.get(id)).filter((each): each is ConfigurationRow => Boolean(each));
    const mechanisms = [...new Set(rows.map((each) => each.mechanism).filter(Boolean))];
    const many = (id: string) => [...store.configurations.values()].filter((each) => each.mechanism === id && !each.state).length;
    const lines = this.#lines().map(([label, of, role]) => ({ label, role, texts: rows.map(of) }));
    fill(
      this.element,
      mechanisms.length > 0 &&
        h(
          "p",
          { class: "p3c-con-same" },
          ...mechanisms.map((id) => button(`All ${many(id)} with the mechanism ‘${store.mechanism(id)}’`, () => this.panel.sameMechanism(id), { class: "p3c-button p3c-link", "data-name": `same ${id}` })),
        ),
      h(
        "table",
        {},
        h("thead", {}, h("tr", {}, h("td", {}), ...rows.map((each) => h("th", { scope: "col" }, button(each.key, () => this.panel.open(each.id), { class: "p3c-button p3c-link", "data-name": `card ${each.id}` }), h("span", { dir: "auto" }, each.label))))),
        h("tbody", {}, ...lines.filter((each) => each.texts.some(Boolean) || ROLES.slice(0, 4).includes(each.role as "context")).map((each) => line(each.label, each.role, each.texts))),
      ),
      h("p", { class: "p3c-quiet p3c-con-key" }, "Words that not all of them have are ", h("mark", {}, "marked"), "."),
    );
  }

  #lines(): [label: string, of: (row: ConfigurationRow) => string, role: string][] {
    const { store, model } = this.panel;
    const role = (name: string) => (row: ConfigurationRow) => row.elements.filter((each) => each.role === name).map((each) => wordsOf(each, row.evidence).text).filter(Boolean).join("\n");
    const of = (name: "layer" | "level" | "direction" | "timing" | "intended" | "domain", list: string, roles: string[]) => (row: ConfigurationRow) => [...new Set(row.elements.filter((each) => roles.includes(each.role)).map((each) => store.label(list, each[name])))].filter(Boolean).join(", ");
    return [
      ["Context", role("context"), "context"],
      ["Layer", of("layer", "context_layer", ["context"]), ""],
      ["Resource", role("resource"), "resource"],
      ["Reasoning", role("reasoning"), "reasoning"],
      ["Activation", (row) => store.label("activation", row.activation), ""],
      ["Outcome", role("outcome"), "outcome"],
      ["Direction", of("direction", "direction", ["outcome"]), ""],
      ["Timing", of("timing", "timing", ["outcome"]), ""],
      ["Domain", of("domain", "outcome_domain", ["outcome"]), ""],
      [SHORT.intervention!, role("intervention"), "intervention"],
      [SHORT.actor!, role("actor"), "actor"],
      ["Mechanism", (row) => store.mechanism(row.mechanism), ""],
      ["Theory", (row) => store.theory(row.theory), ""],
      ["Codes", (row) => [...new Set(row.elements.map((each) => model.code(each.code)?.label ?? ""))].filter(Boolean).join(", "), ""],
      ["SELFIE level", of("level", "levels", [...ROLES]), ""],
      ["Programme", (row) => store.programme(row.programme), ""],
      ["Rests on", (row) => restsOn(row.profile), ""],
      ["Against it", (row) => (row.profile.contradicts + row.profile.rival ? `${row.profile.contradicts + row.profile.rival}, ${row.profile.open} open` : ""), ""],
      ["How complete", (row) => row.completeness_label, ""],
      ...(this.panel.strength ? ([["Strength", (row) => row.profile.strength, ""]] as [string, (row: ConfigurationRow) => string, string][]) : []),
    ];
  }
}

/** A value is the same or not, whatever words it is called by. */
function asWhole(texts: string[]): ReturnType<typeof sideBySide> {
  const alike = texts.every((each) => each === texts[0]) ? "same" : "different";
  return { sides: texts.map((text) => ({ pieces: text ? [{ text, own: false }] : [] })), alike };
}

function line(label: string, role: string, texts: string[]): HTMLElement {
  const { sides, alike } = role ? sideBySide(texts) : asWhole(texts);
  return h(
    "tr",
    { class: `${role ? `p3c-role-${role}` : "p3c-con-plain"} p3c-alike-${alike || "none"}` },
    h("th", { scope: "row" }, label, alike && h("small", {}, SAID[alike])),
    ...sides.map((side) => h("td", { dir: "auto" }, ...(side.pieces.length ? side.pieces.map((piece): Child => (piece.own ? h("mark", {}, piece.text) : piece.text)) : [h("span", { class: "p3c-quiet" }, "–")]))),
  );
}
