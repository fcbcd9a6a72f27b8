/** Memos of retroduction and abduction: from what was observed to what must have brought it about. */

import { ask, type Field } from "../../dialog";
import { button, h } from "../../dom";
import type { InferenceRow } from "../../wire";
import type { BasePanel } from "./base";
import { short } from "./pick";

export const KINDS: Record<string, string> = { retroduction: "Retroduction", abduction: "Abduction" };
const PARTS: [keyof InferenceRow & string, string, string][] = [
  ["observed", "Observed", "What is to be explained: an outcome, a surprise."],
  ["candidates", "Candidate mechanisms", "What could have brought it about, one a line."],
  ["substantive", "Substantive theory", "What is known elsewhere that helps to choose."],
  ["rival", "Rival explanation", "What else would explain it, without the programme."],
  ["decision", "Decision", "Which explanation you take, and why."],
];

/** The memos on a theory with what tests it, or on a configuration. */
export function inferenceSection(panel: BasePanel, on: { theory?: string; configuration?: string }): HTMLElement {
  const { store } = panel.context;
  const tests = new Set(on.theory ? [...store.configurations.values()].filter((each) => each.theory === on.theory).map((each) => each.id) : [on.configuration]);
  const rows = [...store.inferences.values()].filter((each) => (on.theory && each.theory === on.theory) || tests.has(each.configuration));
  const refused = panel.refusedAt("inference");
  return h(
    "section",
    { "aria-label": "Memos of retroduction and abduction" },
    h("h3", {}, "Retroduction and abduction"),
    !rows.length && h("p", { class: "p3c-quiet" }, "Retroduction asks back from an outcome: what must have been at work? Abduction takes a surprise as a hint at a mechanism nobody thought of. A memo keeps the steps in sight."),
    refused && h("p", { class: "p3c-fault", role: "alert" }, refused.text),
    ...rows.map((row) => {
      const configuration = store.configurations.get(row.configuration);
      return h(
        "div",
        { class: "p3c-pan-memo" },
        h(
          "div",
          { class: "p3c-pan-foot" },
          h("b", {}, KINDS[row.kind] ?? row.kind),
          configuration && button(configuration.key, () => panel.context.openCard(configuration.id), { class: "p3c-button p3c-link", "data-name": `memo card ${row.id}` }),
          row.coder && h("span", {}, row.coder),
          h("span", { class: "p3c-space" }),
          button("Edit …", () => void editInference(panel, row), { disabled: panel.still, "data-name": `memo ${row.id}`, "aria-label": `Edit the ${row.kind} memo` }),
          button("Remove", () => void panel.act("inference", "remove_inference", { inference: row.id }), { disabled: panel.still, "data-name": `memo away ${row.id}`, "aria-label": `Remove the ${row.kind} memo` }),
        ),
        h("dl", { class: "p3c-sum-facts" }, ...PARTS.filter(([name]) => row[name]).flatMap(([name, label]) => [h("dt", {}, label), h("dd", { class: "p3c-pan-pre", dir: "auto" }, row[name])])),
      );
    }),
    button("New memo …", () => void newInference(panel, on), { disabled: panel.still, "data-name": "memo new" }),
  );
}

function fields(panel: BasePanel, row: Partial<InferenceRow>): Field[] {
  const { store } = panel.context;
  return [
    { name: "kind", label: "Kind", value: row.kind ?? "retroduction", options: Object.entries(KINDS).map(([value, label]) => ({ value, label })) },
    ...PARTS.map(([name, label, help]) => ({ name, label, help, lines: 2, value: row[name] ?? "", required: name === "observed" })),
    { name: "theory", label: "On the theory", value: row.theory ?? "", options: [{ value: "", label: "none" }, ...[...store.theories.values()].map((each) => ({ value: each.id, label: `${each.label}, v${each.version}` }))] },
    {
      name: "configuration",
      label: "On the configuration",
      value: row.configuration ?? "",
      options: [{ value: "", label: "none" }, ...[...store.configurations.values()].filter((each) => !each.state || each.id === row.configuration).map((each) => ({ value: each.id, label: `${each.key}  ${short(each.label || each.sentence)}` }))],
    },
  ];
}

export async function newInference(panel: BasePanel, on: { theory?: string; configuration?: string }): Promise<void> {
  if (!(await panel.context.known())) return;
  await ask(panel.context.bench.root, { title: "New memo", wide: true, fields: fields(panel, on), ok: "Keep the memo" }, async (values) => void (await panel.context.store.act("write_inference", values)));
}

async function editInference(panel: BasePanel, row: InferenceRow): Promise<void> {
  if (!(await panel.context.known())) return;
  await ask(panel.context.bench.root, { title: `Edit the ${row.kind} memo`, wide: true, fields: fields(panel, row), ok: "Keep" }, async (values) => {
    const changed = Object.fromEntries(Object.entries(values).filter(([name, value]) => value !== row[name as keyof InferenceRow]));
    if (Object.keys(changed).length) await panel.context.store.edit("edit_inference", "inference", row, changed);
  });
}
