/** The second reduction (Z4): kept rows into a category, or left over with the reason. */

import { nearestFirst } from "../core/near";
import { Amiss, ask } from "../dialog";
import { count, fill, h } from "../dom";
import { Combo } from "./combo";
import { named, quoted } from "./decide";
import { RuleChoice } from "./rules";
import type { Summary } from "./summary";

/** How many units each category holds itself. */
export function holds(summary: Summary): Map<string, { units: number; cases: Set<string> }> {
  const found = new Map<string, { units: number; cases: Set<string> }>();
  for (const row of summary.units) {
    if (row.state !== "bundled" || !row.reduction) continue;
    const here = found.get(row.reduction) ?? { units: 0, cases: new Set<string>() };
    here.units++;
    here.cases.add(row.unit);
    found.set(row.reduction, here);
  }
  return found;
}

/** Ask for a category, one there is or a new one by what it says, and the rule; `left` says what is left out. */
export function askBundle(host: HTMLElement, summary: Summary, units: string[], left = ""): Promise<boolean> {
  const held = holds(summary);
  const first = summary.unit(units[0]);
  const words = first?.generalisation || first?.paraphrase || "";
  const into = h("p", { class: "p3c-quiet", role: "status" });
  const combo: Combo = new Combo(
    nearestFirst(words, summary.reductions, (each) => each.label).map((each) => ({
      id: each.id,
      label: each.label,
      detail: [count(held.get(each.id)?.units ?? 0, "row"), each.into && summary.path(each.into)].filter(Boolean).join(", in "),
    })),
    {
      label: "Category",
      placeholder: "Type what it says; a few letters find those there are",
      fresh: (label) => `New category: ${label}`,
      changed: () => said(),
    },
  );
  // none is chosen for somebody: which rule was used is for who bundles to say
  const choice = new RuleChoice(summary.rulesOf("Z4"), "");
  const said = () => {
    const words = combo?.chosen ? `Into the category ‘${combo.chosen.label}’.` : combo?.fresh ? `Into a new category ‘${combo.fresh}’.` : "";
    fill(into, words);
  };
  said();
  const asked = ask(
    host,
    {
      title: `Bundle ${named(summary, units)} into a category`,
      text: [quoted(summary, units, left), combo.element, into, choice.element],
      ok: "Bundle",
      key: (event) => choice.key(event),
    },
    async () => {
      const { chosen, fresh } = combo;
      if (!chosen && !fresh) throw new Amiss("Type what the category says, or choose one.", combo.input);
      const rule = choice.needed;
      await summary.model.do("bundle", {
        units,
        rule,
        was: units.map((id) => summary.unit(id)?.reduction ?? ""),
        ...(chosen ? { reduction: chosen.id } : { label: fresh }),
      });
    },
  );
  combo.input.focus();
  return asked;
}

export function askLeaveOver(host: HTMLElement, summary: Summary, units: string[], left = ""): Promise<boolean> {
  return ask(
    host,
    {
      title: `Leave ${named(summary, units)} over`,
      text: [quoted(summary, units, left), h("p", { class: "p3c-quiet" }, "Categories are made where possible. What is left over stays in the table and in the counts.")],
      fields: [{ name: "reason", label: "Why no category takes it", lines: 2, required: true }],
      ok: "Leave over",
    },
    async ({ reason }) => {
      await summary.model.do("leave_over", { units, reason });
    },
  );
}
