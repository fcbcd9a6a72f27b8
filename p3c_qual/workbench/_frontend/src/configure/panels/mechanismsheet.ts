/** One mechanism: what it is, and each of its configurations beside the others, from context to outcome. */

import { button, count, h, type Child } from "../../dom";
import type { MechanismRow } from "../../wire";
import type { PatternsPanel } from "./patterns";
import { ARROWS, differs, sidesOf, type Side } from "./sides";
import { speaks } from "./versions";

export function drawMechanism(panel: PatternsPanel, mechanism: MechanismRow): Child[] {
  const { store } = panel.context;
  const sides = sidesOf(mechanism.id, [...store.configurations.values()], (id) => panel.programme(id));
  const deed = { verb: "edit_mechanism", of: "mechanism", now: () => store.mechanisms.get(mechanism.id) };
  const write = (field: "label" | "definition", label: string, more: { class?: string; empty?: string }) => panel.field(mechanism, field, deed, { label, ...more });
  const refused = panel.refusedAt(`in ${mechanism.id}`);
  const groups = new Map<string, Side[]>();
  for (const side of sides) groups.set(side.configuration.programme, [...(groups.get(side.configuration.programme) ?? []), side]);
  const regularities = [...store.regularities.values()].filter((each) => each.mechanism === mechanism.id);
  return [
    h(
      "div",
      { class: "p3c-pan-top" },
      write("label", "Mechanism", { class: "p3c-pan-name" }),
      button("Remove …", () => void panel.remove(), { disabled: panel.still, "data-name": "remove" }),
    ),
    write("definition", "What it is", { empty: "Which resource meets which reasoning" }),
    h("h3", {}, sides.length ? `${count(sides.length, "configuration")} in ${count(groups.size, "programme")}, side by side` : "In no configuration yet"),
    refused && h("p", { class: "p3c-fault", role: "alert" }, refused.text),
    sides.length > 1 && directions(panel, sides),
    ...[...groups].map(([programme, group]) =>
      h(
        "section",
        { "aria-label": panel.programme(programme) || "Of no programme", class: "p3c-pan-sides" },
        h("h4", {}, panel.programme(programme) || "Of no programme"),
        h("div", { class: "p3c-pan-columns" }, ...group.map((side) => column(panel, mechanism, side, differs(sides)))),
      ),
    ),
    h(
      "div",
      { class: "p3c-pan-row" },
      button("Add a configuration …", () => void panel.addTo(mechanism), { disabled: panel.still, "data-name": "add" }),
      sides.length > 0 && button(panel.chosen.size ? `State a demi-regularity over ${panel.chosen.size} …` : "State a demi-regularity over all …", () => void panel.state(), { disabled: panel.still, "data-name": "state over" }),
    ),
    regularities.length > 0 && h("p", {}, "Stated of it: ", ...regularities.flatMap((each, at) => [at > 0 && ", ", button(each.label, () => panel.open(each.id), { class: "p3c-button p3c-link", "data-name": `regularity ${each.id}` })]), "."),
  ];
}

/** How often its outcomes go which way. */
function directions(panel: PatternsPanel, sides: Side[]): HTMLElement {
  const counts = new Map<string, string[]>();
  for (const side of sides) for (const each of side.directions) counts.set(each, [...(counts.get(each) ?? []), side.configuration.key]);
  const without = sides.filter((each) => !each.directions.length).length;
  const said = [...counts].map(([direction, keys]) => h("span", { class: "p3c-badge" }, `${ARROWS[direction] ?? ""} ${panel.context.store.label("direction", direction).toLowerCase()} in ${keys.length}: ${keys.slice(0, 8).join(", ")}${keys.length > 8 ? " …" : ""}`));
  return h(
    "p",
    { class: differs(sides) ? "p3c-pan-differs" : "" },
    h("b", {}, differs(sides) ? "⇅ The outcomes go different ways. " : counts.size ? "The outcomes go the same way. " : "No outcome has a direction yet. "),
    ...said,
    without > 0 && counts.size > 0 && h("span", { class: "p3c-quiet" }, ` ${without} without a direction`),
  );
}

function column(panel: PatternsPanel, mechanism: MechanismRow, side: Side, mark: boolean): HTMLElement {
  const { store } = panel.context;
  const row = side.configuration;
  const { forIt, against, rival } = speaks(row.profile);
  const told = (role: string, title = role) => {
    const elements = row.elements.filter((each) => each.role === role);
    return h(
      "div",
      { class: `p3c-pan-part p3c-pan-${role}` },
      h("span", { class: "p3c-pan-tag" }, title),
      ...elements.map((each) =>
        h("p", { dir: "auto" }, each.direction && h("span", { class: mark ? "p3c-pan-way" : "p3c-quiet" }, `${ARROWS[each.direction] ?? ""} ${store.label("direction", each.direction).toLowerCase()}`), each.direction && " ", each.text || quoted(panel, row.id, each.id)),
      ),
      !elements.length && h("p", { class: "p3c-quiet" }, `no ${role} yet`),
    );
  };
  return h(
    "article",
    { class: "p3c-pan-column", "aria-label": row.label || row.key },
    h(
      "div",
      { class: "p3c-pan-foot" },
      h("input", {
        type: "checkbox",
        "aria-label": `${row.key} for a regularity`,
        checked: panel.chosen.has(row.id),
        "data-name": `choose ${row.id}`,
        onchange: (event: Event) => {
          if ((event.target as HTMLInputElement).checked) panel.chosen.add(row.id);
          else panel.chosen.delete(row.id);
          panel.refresh();
        },
      }),
      button(row.key, () => panel.context.openCard(row.id), { class: "p3c-button p3c-link", "data-name": `card ${row.id}` }),
      h("span", { dir: "auto", class: "p3c-pan-label" }, row.label),
    ),
    told("context"),
    told("resource", "mechanism: resource"),
    told("reasoning", "mechanism: reasoning"),
    h("div", { class: "p3c-pan-down", "aria-hidden": "true" }, "↓"),
    told("outcome"),
    h(
      "div",
      { class: "p3c-pan-foot" },
      row.activation && h("span", { class: "p3c-badge", title: "How far the mechanism was set off" }, store.label("activation", row.activation)),
      h("span", {}, `${forIt} for, ${against} against${rival ? `, ${rival} rival` : ""}`),
      h("span", { class: "p3c-space" }),
      button("Take out", () => void panel.act(`in ${mechanism.id}`, "edit_configuration", { configuration: row.id, fields: { mechanism: "" }, was: { mechanism: mechanism.id } }), { disabled: panel.still, class: "p3c-button p3c-link", "data-name": `out ${row.id}`, "aria-label": `${row.key} is of this mechanism no more` }),
    ),
  );
}

/** The words that stand for an element that was not put into the analyst's own. */
function quoted(panel: PatternsPanel, configuration: string, element: string): string {
  const found = panel.context.store.evidenceOf(configuration, element).find((each) => !each.absent);
  return found ? `“${found.quote}”` : "no words yet";
}
