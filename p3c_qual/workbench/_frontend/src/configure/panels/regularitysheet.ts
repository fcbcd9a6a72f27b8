/** One demi-regularity: what it says, and the configurations for and against it. */

import { button, count, h, type Child } from "../../dom";
import type { InstanceRow, RegularityRow } from "../../wire";
import type { PatternsPanel } from "./patterns";
import { pickConfiguration } from "./pick";

export function drawRegularity(panel: PatternsPanel, regularity: RegularityRow): Child[] {
  const { store } = panel.context;
  const deed = { verb: "edit_regularity", of: "regularity", now: () => store.regularities.get(regularity.id) };
  const write = (field: "label" | "statement", label: string, more: { class?: string; empty?: string }) => panel.field(regularity, field, deed, { label, ...more });
  const refused = panel.refusedAt(`of ${regularity.id}`);
  const keyOf = (row: InstanceRow) => store.configurations.get(row.configuration)?.key ?? "";
  const rows = [...regularity.instances].sort((a, b) => keyOf(a).localeCompare(keyOf(b), "en", { numeric: true }));
  const against = rows.filter((each) => each.role === "contradicts");
  const forIt = rows.filter((each) => each.role !== "contradicts");
  return [
    h("div", { class: "p3c-pan-top" }, write("label", "Demi-regularity", { class: "p3c-pan-name" }), button("Remove …", () => void panel.remove(), { disabled: panel.still, "data-name": "remove" })),
    write("statement", "What it says", { empty: "In contexts like these, this mechanism tends to lead to …" }),
    h(
      "label",
      {},
      h("span", { class: "p3c-quiet" }, "Mechanism "),
      h(
        "select",
        { disabled: panel.still, "data-name": `${regularity.id} mechanism`, onchange: (event: Event) => void panel.act(`of ${regularity.id}`, "edit_regularity", { regularity: regularity.id, fields: { mechanism: (event.target as HTMLSelectElement).value }, was: { mechanism: regularity.mechanism } }) },
        h("option", { value: "" }, "none"),
        ...[...store.mechanisms.values()].map((each) => h("option", { value: each.id, selected: each.id === regularity.mechanism }, each.label)),
      ),
    ),
    refused && h("p", { class: "p3c-fault", role: "alert" }, refused.text),
    part(panel, regularity, "For it", forIt, "No configuration speaks for it yet."),
    part(panel, regularity, "Against it", against, "No configuration speaks against it. Was one looked for?"),
    h("div", { class: "p3c-pan-row" }, button("Add a configuration …", () => void addInstance(panel, regularity), { disabled: panel.still, "data-name": "add" })),
  ];
}

function part(panel: PatternsPanel, regularity: RegularityRow, title: string, rows: InstanceRow[], without: string): HTMLElement {
  const { store } = panel.context;
  return h(
    "section",
    { "aria-label": title },
    h("h3", {}, rows.length ? `${title}: ${count(rows.length, "configuration")}` : title),
    !rows.length && h("p", { class: "p3c-quiet" }, without),
    h(
      "ul",
      { class: "p3c-pan-quotes" },
      ...rows.map((row) => {
        const configuration = store.configurations.get(row.configuration);
        if (!configuration) return null;
        return h(
          "li",
          { class: "p3c-pan-quote", "data-role": row.role },
          h("div", { class: "p3c-pan-foot" }, button(configuration.key, () => panel.context.openCard(configuration.id), { class: "p3c-button p3c-link", "data-name": `card ${row.id}` }), h("span", {}, panel.programme(configuration.programme)), h("span", {}, configuration.completeness_label), configuration.state && h("b", {}, configuration.state.replace("_", " "))),
          h("p", { dir: "auto" }, configuration.sentence || configuration.label || "nothing in it yet"),
          panel.field(
            row,
            "reason",
            { verb: "edit_instance", of: "instance", now: () => store.regularities.get(regularity.id)?.instances.find((each) => each.id === row.id) },
            { label: row.role === "contradicts" ? "Why against" : "Why for", empty: "Say why …", class: "p3c-pan-inline" },
          ),
          !panel.still &&
            h(
              "div",
              { class: "p3c-pan-row" },
              button(row.role === "contradicts" ? "It speaks for it" : "It speaks against it", () => void panel.act(`of ${regularity.id}`, "edit_instance", { instance: row.id, fields: { role: row.role === "contradicts" ? "supports" : "contradicts" }, was: { role: row.role } }), { "data-name": `turn ${row.id}` }),
              button("Take out", () => void panel.act(`of ${regularity.id}`, "remove_instance", { instance: row.id }), { "data-name": `out ${row.id}`, "aria-label": `Take ${configuration.key} out` }),
            ),
        );
      }),
    ),
  );
}

async function addInstance(panel: PatternsPanel, regularity: RegularityRow): Promise<void> {
  if (!(await panel.context.known())) return;
  const { store } = panel.context;
  const there = new Set(regularity.instances.map((each) => each.configuration));
  const role = h("select", { "aria-label": "For or against" }, h("option", { value: "supports" }, "speaks for it"), h("option", { value: "contradicts" }, "speaks against it"));
  const reason = h("textarea", { rows: 2, dir: "auto" });
  await pickConfiguration(
    panel,
    {
      title: `A configuration under ‘${regularity.label}’`,
      ok: "Add it",
      from: [...store.configurations.values()].filter((each) => !each.state && !there.has(each.id)),
      after: [h("label", { class: "p3c-field" }, h("span", {}, "It"), role), h("label", { class: "p3c-field" }, h("span", {}, "Why"), reason)],
    },
    (row) => store.act("add_instance", { regularity: regularity.id, configuration: row.id, role: role.value, reason: reason.value.trim() }),
  );
}
