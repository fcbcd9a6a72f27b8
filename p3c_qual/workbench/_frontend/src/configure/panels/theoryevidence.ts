/** What speaks for or against a theory as a whole: passages added from a search. */

import { Amiss, ask } from "../../dialog";
import { button, count, fill, h } from "../../dom";
import type { SegmentList, SegmentRow, TheoryRow } from "../../wire";
import type { BasePanel } from "./base";
import { passageOf, quoteLine } from "./quotes";

/** Hits that are shown at once. */
const MOST = 40;

export function evidenceSection(panel: BasePanel, theory: TheoryRow): HTMLElement {
  const { store } = panel.context;
  const refused = panel.refusedAt(`evidence ${theory.id}`);
  return h(
    "section",
    { "aria-label": "Evidence on the theory itself" },
    h("h3", {}, theory.evidence.length ? `${count(theory.evidence.length, "passage")} on the theory itself` : "No passage on the theory itself"),
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
  const { model, store, bench } = panel.context;
  let hits: SegmentRow[] = [];
  const said = h("p", { class: "p3c-quiet", role: "status" }, "Type some words and press Enter. Whole texts stand in the Code view.");
  const list = h("div", { class: "p3c-pan-hits", role: "radiogroup", "aria-label": "Passages found" });
  const how = h("select", { "aria-label": "How much of it", onchange: () => draw() }, h("option", { value: "sentence" }, "the sentence it stands in"), h("option", { value: "turn" }, "the whole turn"), h("option", { value: "words" }, "the words alone"));
  const words = h("input", { type: "search", "aria-label": "Words to look for", placeholder: "Words to look for", autocomplete: "off", dir: "auto" });
  const draw = () => {
    const chosen = list.querySelector<HTMLInputElement>("input:checked")?.value;
    fill(
      list,
      ...hits.map((hit, at) => {
        const { start, end } = passageOf(hit, how.value as "sentence");
        const shown = start === hit.start && end === hit.end ? hit.quote : [...hit.turn].slice(start - hit.turn_start, end - hit.turn_start).join("");
        return h("label", { class: "p3c-pan-hit" }, h("input", { type: "radio", name: "hit", value: at, checked: chosen ? chosen === String(at) : at === 0 }), h("span", {}, h("q", { dir: "auto" }, shown), h("small", {}, ` ${hit.key}${hit.interviewee ? `, ${hit.interviewee}` : ""}`)));
      }),
    );
  };
  const look = async () => {
    if (!words.value.trim()) return;
    try {
      fill(said, "Looking …");
      const found = await model.server.get<SegmentList>("search", { study: model.path, q: words.value, limit: MOST });
      hits = found.rows;
      fill(said, count(found.total, "hit") + (found.total > hits.length ? `, the first ${hits.length} are shown` : ""));
      draw();
    } catch (error) {
      fill(said, error instanceof Error ? error.message : String(error));
    }
  };
  words.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    event.stopPropagation();
    void look();
  });
  const asked = ask(
    bench.root,
    {
      title: `A passage on ‘${theory.label}’`,
      wide: true,
      text: [h("div", { class: "p3c-pan-row" }, words, button("Look", () => void look()), how), said, list],
      fields: [
        { name: "role", label: "What it does to the theory", value: "supports", options: store.valuesOf("evidence_role").map((each) => ({ value: each.id, label: `${each.label}: ${each.definition}` })) },
        { name: "remark", label: "Remark", lines: 2 },
      ],
      ok: "Add it",
    },
    async ({ role, remark }) => {
      const hit = hits[Number(list.querySelector<HTMLInputElement>("input:checked")?.value ?? -1)];
      if (!hit) throw new Amiss("Look for words first, then choose a passage.", words);
      await store.act("add_evidence", { source: hit.source, ...passageOf(hit, how.value as "sentence"), theory: theory.id, role, remark });
    },
  );
  words.focus();
  await asked;
}
