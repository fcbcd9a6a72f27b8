/** What is asked before categories are renamed, merged, lifted, or made codes of. */

import { bookField } from "../code/newbook";
import { Amiss, ask } from "../dialog";
import { count, h } from "../dom";
import { Combo } from "./combo";
import { RuleChoice } from "./rules";
import type { Summary } from "./summary";

const labels = (summary: Summary, ids: string[]) =>
  h("ul", { class: "p3c-words" }, ...ids.map((id) => h("li", { dir: "auto" }, summary.reduction(id)?.label ?? "")));

const titled = (ids: string[]): string => (ids.length === 1 ? "the category" : `${ids.length} categories`);

export function askRename(host: HTMLElement, summary: Summary, id: string): Promise<boolean> {
  const was = summary.reduction(id)?.label ?? "";
  return ask(
    host,
    { title: "Rename the category", fields: [{ name: "label", label: "What it says", value: was, required: true, lines: 2 }], ok: "Rename" },
    async ({ label }) => {
      if (label !== was) await summary.model.do("edit_reduction", { reduction: id, label, was });
    },
  );
}

export function askMerge(host: HTMLElement, summary: Summary, ids: string[]): Promise<boolean> {
  // one alone is merged into any other; of several each may be the one that stays
  const others = summary.reductions.filter((each) => (ids.length > 1 ? ids.includes(each.id) : !ids.includes(each.id)));
  const combo = new Combo(others.map((each) => ({ id: each.id, label: each.label })), { label: "The one that stays" });
  const rule = new RuleChoice(summary.rulesOf("Z4"), "");
  const asked = ask(
    host,
    {
      title: `Merge ${titled(ids)}`,
      text: [labels(summary, ids), h("div", { class: "p3c-field" }, h("span", {}, "The one that stays"), combo.element), rule.element],
      ok: "Merge",
      key: (event) => rule.key(event),
    },
    async () => {
      if (!combo.chosen) throw new Amiss("Choose the category that stays.", combo.input);
      await summary.model.do("merge_reductions", { reductions: ids.filter((id) => id !== combo.chosen!.id), into: combo.chosen.id, rule: rule.needed });
    },
  );
  combo.input.focus();
  return asked;
}

export function askLift(host: HTMLElement, summary: Summary, ids: string[]): Promise<boolean> {
  const combo = new Combo(
    summary.reductions.filter((each) => !ids.includes(each.id)).map((each) => ({ id: each.id, label: each.label })),
    { label: "Main category", placeholder: "Type what it says; a few letters find those there are", fresh: (label) => `New main category: ${label}` },
  );
  const rule = new RuleChoice(summary.rulesOf("Z4"), "");
  const reason = h("textarea", { rows: 2, dir: "auto" });
  const asked = ask(
    host,
    {
      title: `Lift ${titled(ids)} into a more general one`,
      text: [
        labels(summary, ids),
        h("div", { class: "p3c-field" }, h("span", {}, "Main category"), combo.element),
        rule.element,
        h("label", { class: "p3c-field" }, h("span", {}, "Reason"), reason, h("small", {}, "Z4.4 needs one: which assumption decides.")),
      ],
      ok: "Lift",
      key: (event) => rule.key(event),
    },
    async () => {
      const { chosen, fresh } = combo;
      if (!chosen && !fresh) throw new Amiss("Type what the main category says, or choose one.", combo.input);
      if (rule.needed === "Z4.4" && !reason.value.trim()) throw new Amiss("Z4.4 needs a reason: which assumption decides.", reason);
      await summary.model.do("lift", { reductions: ids, rule: rule.value, reason: reason.value.trim(), ...(chosen ? { into: chosen.id } : { label: fresh }) });
    },
  );
  combo.input.focus();
  return asked;
}

/** Make codes of the categories; what came of it is said. */
export function askCodes(host: HTMLElement, summary: Summary, say: (text: string) => void): Promise<boolean> {
  return ask(
    host,
    {
      title: "Make codes of the categories",
      text: [h("p", {}, "Each category becomes a code, and each unit in it a coding under this question. Done once more, it adds what is new.")],
      fields: [bookField(host, summary.model, summary.model.study.codebooks.find((book) => !book.frozen)?.id ?? "", { none: "choose …", open: true, required: true })],
      ok: "Make codes",
    },
    async ({ codebook }) => {
      const answer = await summary.model.do("make_codes", { question: summary.id, codebook });
      const made = answer.result as { codes?: number; codings?: number } | null;
      if (made) say(`${count(made.codes ?? 0, "code")} and ${count(made.codings ?? 0, "coding")} made.`);
    },
  );
}
