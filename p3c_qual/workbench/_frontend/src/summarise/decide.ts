/** The first reduction (Z3): keep, delete with what it rests on, or decide in doubt. */

import { nearestFirst } from "../core/near";
import { Amiss, ask } from "../dialog";
import { count, h } from "../dom";
import { Combo } from "./combo";
import type { Shown } from "./foresee";
import { RuleChoice } from "./rules";
import type { Summary } from "./summary";

const KEPT = new Set(["kept", "bundled", "left_over"]);

/** The states of units as they are seen, so that a decision over another one is refused. */
export const seen = (summary: Summary, units: string[]): string[] => units.map((id) => summary.unit(id)?.state ?? "");

/** Keep what is central. */
export function keep(summary: Summary, units: string[]): void {
  void summary.model.do("decide", { units, keep: true, rule: "Z3.3", was: seen(summary, units) });
}

/** How a unit is named in a sentence. */
export const named = (summary: Summary, units: string[]): string =>
  units.length === 1 ? `no. ${summary.no(units[0]!)}` : count(units.length, "row");

/** Delete: what says the same as another row, or what is not essential; the answer is the rule. */
export function askDelete(host: HTMLElement, summary: Summary, units: string[], left = ""): Promise<boolean> {
  const rules = summary.rulesOf("Z3").filter((rule) => ["Z3.1", "Z3.2"].includes(rule.id));
  const reason = h("textarea", { rows: 2, dir: "auto" });
  const twins = twinsOf(summary, units);
  const same = new Combo(
    twins.map((row) => ({ id: row.id, label: `${summary.no(row.id)}  ${row.generalisation || row.paraphrase}`, detail: row.unit })),
    { label: "Says the same as row", placeholder: "Its number, or a few letters" },
  );
  const why = h("label", { class: "p3c-field" }, h("span", {}, "Why it is not essential at this level"), reason);
  const twin = h(
    "div",
    { class: "p3c-field" },
    h("span", {}, "Says the same as"),
    same.element,
    h("small", {}, twins.length ? "Rows that are kept; those of the same recording unit come first, the nearest in words at the top." : "No other row is kept yet. Keep the one that stays first (Z3.3)."),
  );
  const show = () => {
    twin.hidden = choice.value !== "Z3.1";
    why.hidden = choice.value !== "Z3.2";
  };
  const choice = new RuleChoice(rules, "Z3.2", show);
  show();
  const asked = ask(
    host,
    {
      title: `Delete ${named(summary, units)} in the first reduction`,
      text: [quoted(summary, units, left), choice.element, why, twin, h("p", { class: "p3c-quiet" }, "The row stays in the table, struck through, with its rule.")],
      ok: "Delete",
      key: (event) => choice.key(event),
    },
    async () => {
      const rule = choice.value;
      if (rule === "Z3.2" && !reason.value.trim()) throw new Amiss("Z3.2 needs a reason: why this is not essential.", reason);
      if (rule === "Z3.1" && !same.chosen) throw new Amiss("Z3.1 needs the row that says the same.", same.input);
      await summary.model.do("decide", {
        units,
        keep: false,
        rule,
        was: seen(summary, units),
        ...(rule === "Z3.1" ? { same_as: same.chosen!.id } : { reason: reason.value.trim() }),
      });
    },
  );
  choice.focus();
  return asked;
}

/** Rows a unit may be said to mean the same as: its recording unit's first, the nearest at the top. */
export function twinsOf(summary: Summary, units: string[]): Shown[] {
  const first = summary.unit(units[0]);
  if (!first) return [];
  const kept = summary.units.filter((row) => KEPT.has(row.state) && !units.includes(row.id));
  const words = (row: Shown) => row.generalisation || row.paraphrase;
  const [own, others] = [kept.filter((row) => row.unit === first.unit), kept.filter((row) => row.unit !== first.unit)];
  return [...nearestFirst(words(first), own, words), ...nearestFirst(words(first), others, words)];
}

/** Decide in doubt by what is assumed in theory (Z3.4). */
export function askDoubt(host: HTMLElement, summary: Summary, units: string[], left = ""): Promise<boolean> {
  const rule = summary.rulesOf("Z3").find((each) => each.id === "Z3.4");
  const decision = new RuleChoice(
    [
      { id: "keep", title: "" },
      { id: "delete", title: "" },
    ],
    "",
    undefined,
    "Decision",
  );
  const asked = ask(
    host,
    {
      title: `Decide on ${named(summary, units)} in doubt`,
      text: [quoted(summary, units, left), h("p", {}, h("b", {}, "Z3.4 "), rule?.title ?? ""), decision.element],
      fields: [{ name: "reason", label: "Which assumption decides", lines: 2, required: true, value: "" }],
      ok: "Decide",
      key: (event) => decision.key(event),
    },
    async ({ reason }) => {
      await summary.model.do("decide", { units, keep: decision.needed === "keep", rule: "Z3.4", reason, was: seen(summary, units) });
    },
  );
  decision.focus();
  return asked;
}

/** What a dialog is about: the words of the row, or how many there are, and which of the chosen are left out. */
export function quoted(summary: Summary, units: string[], left = ""): HTMLElement {
  const rows = units.slice(0, 3).map((id) => summary.unit(id)!);
  return h(
    "div",
    { class: "p3c-words" },
    ...rows.map((row) => h("p", { dir: "auto" }, h("b", {}, `${summary.no(row.id)} `), row.generalisation || row.paraphrase || row.quote)),
    units.length > 3 && h("p", {}, `and ${units.length - 3} more`),
    left && h("p", { class: "p3c-quiet" }, left),
  );
}
