/** Merge configurations, nest one in another, and let the outcome of one become a context of another. */

import { Amiss, ask } from "../dialog";
import { fill, h } from "../dom";
import { Combo } from "../summarise/combo";
import type { ConfigurationRow } from "../wire";
import { classOf, merged, ROLES } from "./classes";
import type { CardDeeds } from "./deeds";
import { nameOf, SHORT, wordsOf } from "./words";

/** Somebody's words in quotation marks, the analyst's own without. */
const saidOf = ({ text, quoted }: { text: string; quoted: boolean }): string => (text && quoted ? `“${text}”` : text || "not worded yet");

/** A box in which one of the other configurations is found by typing. */
function finder(deeds: CardDeeds, but: ReadonlySet<string>, label: string, changed?: () => void): Combo {
  const { store } = deeds.panel;
  const rows = [...store.configurations.values()].filter((each) => !each.state && !but.has(each.id));
  return new Combo(
    rows.map((each) => ({ id: each.id, label: nameOf(each), detail: [store.programme(each.programme), each.completeness_label, each.label && each.sentence].filter(Boolean).join(" · ") })),
    { label, placeholder: "Its key, or words in it", changed },
  );
}

const WHY = { name: "reason", label: "Why", lines: 2 };

export async function merge(deeds: CardDeeds, rows: ConfigurationRow[]): Promise<void> {
  const { panel } = deeds;
  const { store } = panel;
  const chosen = [...rows];
  const preview = h("div", { class: "p3c-con-merge", role: "status" });
  const stays = h("fieldset", { class: "p3c-rules" });
  const draw = () => {
    const all = [...chosen, ...(other() ? [other()!] : [])];
    const was = stays.querySelector<HTMLInputElement>("input:checked")?.value;
    const now = all.some((each) => each.id === was) ? was : all[0]!.id;
    fill(
      stays,
      h("legend", {}, "Which one stays"),
      ...all.map((each) => h("label", {}, h("input", { type: "radio", name: "stays", value: each.id, checked: each.id === now }), h("span", { dir: "auto" }, ` ${nameOf(each)} `), h("small", {}, each.completeness_label))),
    );
    const elements = merged(all.map((each) => each.elements));
    const evidence = all.flatMap((each) => each.evidence);
    const kind = all.length > 1 ? store.label("completeness", classOf(elements, evidence)) : "";
    fill(
      preview,
      all.length > 1 && h("p", {}, "Together: ", h("b", {}, kind), `, ${elements.length} elements.`),
      all.length > 1 &&
        h(
          "ul",
          {},
          ...ROLES.flatMap((role) => elements.filter((each) => each.role === role).map((each) => h("li", { class: `p3c-role-${role}`, dir: "auto" }, h("small", {}, `${SHORT[role]} `), saidOf(wordsOf(each, evidence))))),
        ),
      all.length < 2 && h("p", { class: "p3c-quiet" }, "Choose the one that it is merged with."),
    );
  };
  let combo: Combo | null = null;
  const other = (): ConfigurationRow | undefined => (combo?.chosen && combo.input.value.trim() ? store.configurations.get(combo.chosen.id) : undefined);
  if (rows.length < 2) combo = finder(deeds, new Set(rows.map((each) => each.id)), "Merge with", () => draw());
  draw();
  let into = "";
  const asked = ask(
    deeds.root,
    {
      title: rows.length < 2 ? `Merge ${rows[0]!.key} with another` : `Merge ${rows.map((each) => each.key).join(", ")}`,
      wide: true,
      text: [h("p", { class: "p3c-quiet" }, "Elements with the same words become one; passages go along. The others are kept for the record."), combo && combo.element, stays, preview],
      fields: [WHY],
      ok: "Merge",
    },
    async ({ reason }) => {
      const all = [...chosen, ...(other() ? [other()!] : [])];
      if (all.length < 2) throw new Amiss("Choose the configuration it is merged with.", combo!.input);
      const kept = stays.querySelector<HTMLInputElement>("input:checked")?.value ?? all[0]!.id;
      await store.act("merge_configurations", { into: kept, configurations: all.filter((each) => each.id !== kept).map((each) => each.id), reason });
      into = kept;
    },
  );
  combo?.input.focus();
  await asked;
  if (!into) return panel.focus();
  panel.list.unmark();
  panel.open(into);
}

export async function nest(deeds: CardDeeds, row: ConfigurationRow): Promise<void> {
  const { panel } = deeds;
  const combo = finder(deeds, new Set([row.id]), "The larger one");
  const asked = ask(
    deeds.root,
    { title: `${row.key} is part of a larger one`, wide: true, text: [h("p", { dir: "auto" }, row.label || row.sentence), h("p", { class: "p3c-quiet" }, "Such as what happens in one team within what happens in the organisation."), combo.element], fields: [WHY], ok: "Nest it" },
    async ({ reason }) => {
      if (!combo.chosen) throw new Amiss("Choose the larger configuration.", combo.input);
      await panel.store.act("nest", { configuration: row.id, into: combo.chosen.id, reason });
    },
  );
  combo.input.focus();
  await asked;
  panel.focus();
}

export async function chain(deeds: CardDeeds, row: ConfigurationRow, outcome: string): Promise<void> {
  const { panel } = deeds;
  const outcomes = row.elements.filter((each) => each.role === "outcome");
  if (!outcomes.length) return panel.context.say("It has no outcome yet that could become a context; o adds one.");
  const words = (each: ConfigurationRow["elements"][number], of: ConfigurationRow) => saidOf(wordsOf(each, of.evidence));
  const contexts = h("select", { "aria-label": "Which of its contexts" });
  const why = h("textarea", { rows: 2, dir: "auto" });
  const draw = () => {
    const other = panel.store.configurations.get(combo.chosen?.id ?? "");
    const own = other?.elements.filter((each) => each.role === "context") ?? [];
    fill(contexts, h("option", { value: "" }, "a new context with the words of the outcome"), ...own.map((each) => h("option", { value: each.id }, words(each, other!))));
    contexts.disabled = !own.length;
  };
  const combo = finder(deeds, new Set([row.id]), "The later one", () => draw());
  draw();
  const asked = ask(
    deeds.root,
    {
      title: `An outcome of ${row.key} becomes a context`,
      wide: true,
      fields: [{ name: "outcome", label: "The outcome", value: outcome || outcomes[0]!.id, options: outcomes.map((each) => ({ value: each.id, label: words(each, row) })) }],
      after: [h("label", { class: "p3c-field" }, h("span", {}, "becomes a context of")), combo.element, h("label", { class: "p3c-field" }, h("span", {}, "there it is"), contexts), h("label", { class: "p3c-field" }, h("span", {}, "Why"), why)],
      ok: "Chain them",
    },
    async ({ outcome: from }) => {
      if (!combo.chosen) throw new Amiss("Choose the configuration whose context it becomes.", combo.input);
      await panel.store.act("chain", { configuration: row.id, other: combo.chosen.id, outcome: from, context: contexts.value, reason: why.value.trim() });
    },
  );
  combo.input.focus();
  await asked;
  panel.focus();
}
