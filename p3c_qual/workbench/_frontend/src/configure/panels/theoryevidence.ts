/** What speaks for or against a theory as a whole: passages added from a search. */

import { ask } from "../../dialog";
import { button, count, h } from "../../dom";
import type { TheoryRow } from "../../wire";
import { PassageSearch } from "../passagesearch";
import type { BasePanel } from "./base";
import { quoteLine } from "./quotes";

export function evidenceSection(panel: BasePanel, theory: TheoryRow): HTMLElement {
  const { store } = panel.context;
  const refused = panel.refusedAt(`evidence ${theory.id}`);
  const roles = store.valuesOf("evidence_role").map((role) => ({ label: role.label, n: theory.evidence.filter((each) => each.role === role.id).length }));
  return h(
    "section",
    { "aria-label": "Evidence on the theory itself" },
    h("h3", {}, theory.evidence.length ? `${count(theory.evidence.length, "passage")} on the theory itself` : "No passage on the theory itself"),
    theory.evidence.length > 1 && h("p", {}, roles.filter((each) => each.n).map((each) => `${each.label}: ${each.n}`).join(" · ")),
    h("p", { class: "p3c-quiet" }, "For what somebody says of the theory as a whole. What they say of one configuration belongs to that one."),
    refused && h("p", { class: "p3c-fault", role: "alert" }, refused.text),
    h(
      "ul",
      { class: "p3c-pan-quotes" },
      ...theory.evidence.map((row) =>
        quoteLine(
          panel.context,
          row,
          !panel.still &&
            h(
              "div",
              { class: "p3c-pan-row" },
              h(
                "select",
                {
                  "aria-label": "What the passage does to the theory",
                  "data-name": `role ${row.id}`,
                  onchange: (event: Event) => void panel.act(`evidence ${theory.id}`, "edit_evidence", { evidence: row.id, fields: { role: (event.target as HTMLSelectElement).value }, was: { role: row.role } }),
                },
                ...store.valuesOf("evidence_role").map((each) => h("option", { value: each.id, selected: each.id === row.role }, each.label)),
              ),
              button("Take away", () => void panel.act(`evidence ${theory.id}`, "remove_evidence", { evidence: [row.id] }), { "data-name": `away ${row.id}` }),
            ),
        ),
      ),
    ),
    button("Add a passage …", () => void addPassage(panel, theory), { disabled: panel.still, "data-name": `passage ${theory.id}` }),
  );
}

/** Look for words in all texts, and take one of the passages they stand in. */
async function addPassage(panel: BasePanel, theory: TheoryRow): Promise<void> {
  if (!(await panel.context.known())) return;
  const { store, bench } = panel.context;
  const search = new PassageSearch(panel.context);
  const asked = ask(
    bench.root,
    {
      title: `A passage on ‘${theory.label}’`,
      wide: true,
      text: [search.element],
      fields: [
        { name: "role", label: "What it does to the theory", value: "supports", options: store.valuesOf("evidence_role").map((each) => ({ value: each.id, label: `${each.label}: ${each.definition}` })) },
        { name: "remark", label: "Remark", lines: 2 },
      ],
      ok: "Add it",
    },
    async ({ role, remark }) => void (await store.act("add_evidence", { ...search.chosen, theory: theory.id, role, remark })),
  );
  search.input.focus();
  await asked;
}
