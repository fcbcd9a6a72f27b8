/** The dialogs about a passage: adding it, what it does to the claim, what was decided about it. */

import { ask, type Field } from "../dialog";
import { h } from "../dom";
import type { ConfigurationRow, EvidenceRow, TermRow } from "../wire";
import type { CardDeeds } from "./deeds";
import { PassageSearch } from "./passagesearch";
import { SHORT, wordsOf } from "./words";

const options = (terms: TermRow[], none = ""): { value: string; label: string }[] => [...(none ? [{ value: "", label: none }] : []), ...terms.map((each) => ({ value: each.id, label: each.definition ? `${each.label}: ${each.definition}` : each.label }))];

/** What is asked of a passage, whether it is new or there already. */
function fields(deeds: CardDeeds, row: ConfigurationRow, now: Partial<EvidenceRow>): Field[] {
  const { store } = deeds.panel;
  const elements = row.elements.map((each) => {
    const { text } = wordsOf(each, row.evidence);
    return { value: each.id, label: `${SHORT[each.role]}: ${text.length > 80 ? `${text.slice(0, 78)}…` : text || "not worded yet"}` };
  });
  return [
    { name: "element", label: "What it speaks of", value: now.element ?? "", options: [...elements, { value: "", label: "the configuration as a whole" }] },
    { name: "role", label: "What it does to the claim", value: now.role ?? "supports", options: options(store.valuesOf("evidence_role")) },
    { name: "absent", label: "Whether it was there", value: now.absent ? "yes" : "", options: [{ value: "", label: "it speaks of something that was there" }, { value: "yes", label: "it says that this was not there" }] },
    { name: "directness", label: "Directness", value: now.directness ?? "", options: options(store.valuesOf("directness"), "not said") },
    { name: "elicited", label: "How it was elicited", value: now.elicited ?? "", options: options(store.valuesOf("elicited"), "not said") },
    { name: "remark", label: "Remark", lines: 2, value: now.remark ?? "" },
  ];
}

export async function addPassage(deeds: CardDeeds, row: ConfigurationRow, element: string): Promise<void> {
  const search = new PassageSearch(deeds.panel.context);
  const asked = ask(
    deeds.root,
    { title: `A passage for ${row.key}`, wide: true, text: [search.element], fields: fields(deeds, row, { element: element || row.elements[0]?.id || "" }), ok: "Add it" },
    async ({ absent, ...values }) => void (await deeds.panel.store.act("add_evidence", { ...search.chosen, configuration: row.id, ...values, absent: absent === "yes" })),
  );
  search.input.focus();
  await asked;
  deeds.panel.focus();
}

export async function editEvidence(deeds: CardDeeds, row: ConfigurationRow, each: EvidenceRow): Promise<void> {
  const { store } = deeds.panel;
  const seen = each as unknown as Record<string, unknown>;
  await ask(
    deeds.root,
    { title: `A passage of ${each.key}`, wide: true, text: [h("blockquote", { class: "p3c-words", dir: "auto" }, each.quote)], fields: fields(deeds, row, each), ok: "Keep" },
    async (values) => {
      const changed = Object.entries(values).filter(([name, value]) => value !== (name === "absent" ? (each.absent ? "yes" : "") : seen[name]));
      if (changed.length) await store.edit("edit_evidence", "evidence", each, Object.fromEntries(changed));
    },
  );
  deeds.panel.focus();
}

/** Say what was decided about what speaks against a claim. */
export async function resolve(deeds: CardDeeds, row: ConfigurationRow, each: EvidenceRow): Promise<void> {
  const { store } = deeds.panel;
  await ask(
    deeds.root,
    {
      title: `What speaks against ${row.key}`,
      text: [h("blockquote", { class: "p3c-words", dir: "auto" }, each.quote), h("p", { class: "p3c-quiet" }, "Until it is decided what follows from it, it counts as open.")],
      fields: [{ name: "resolution", label: "What was decided, and why", lines: 4, value: each.resolution, required: !each.resolution, help: each.resolution ? "Empty makes it open again." : "Such as: the claim is bounded to small teams; or: it is another programme’s list." }],
      ok: "Keep",
    },
    async ({ resolution }) => {
      if (resolution !== each.resolution) await store.edit("edit_evidence", "evidence", each, { resolution: resolution! });
    },
  );
  deeds.panel.focus();
}
