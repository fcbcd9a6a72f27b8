/** Choose a configuration among many by typing a few letters. */

import { Amiss, ask } from "../../dialog";
import { h, type Child } from "../../dom";
import { Combo } from "../../summarise/combo";
import type { ConfigurationRow } from "../../wire";
import type { BasePanel } from "./base";

/** Ask for one of some configurations, and do with it what is to be done; what is refused is said there. */
export function pickConfiguration(panel: BasePanel, what: { title: string; ok: string; text?: Child[]; from: readonly ConfigurationRow[]; after?: Child[] }, run: (configuration: ConfigurationRow) => Promise<unknown>): Promise<boolean> {
  const combo = new Combo(
    what.from.map((each) => ({ id: each.id, label: `${each.key}  ${each.label || each.sentence}`.trim(), detail: [panel.programme(each.programme), each.completeness_label, each.label && each.sentence].filter(Boolean).join("; ") })),
    { label: "Configuration", placeholder: "Its key, or words in it" },
  );
  const asked = ask(panel.context.bench.root, { title: what.title, wide: true, text: what.text, after: [combo.element, ...(what.after ?? [])], ok: what.ok }, async () => {
    const chosen = what.from.find((each) => each.id === combo.chosen?.id);
    if (!chosen) throw new Amiss("Choose a configuration.", combo.input);
    await run(chosen);
  });
  combo.input.focus();
  return asked;
}

/** A text cut short. */
export const short = (text: string, most = 70): string => (text.length > most ? `${text.slice(0, most - 1).trimEnd()}…` : text);

/** A table that keeps its width where the window is narrow, and is scrolled by itself then. */
export const wide = (classes: string, ...parts: Child[]): HTMLElement => h("div", { class: "p3c-pan-wide" }, h("table", { class: classes }, ...parts));

/** The order of keys as people count: c2 before c10. */
export const byKey = (one: { key: string }, other: { key: string }): number => natural(one.key, other.key);
const natural = new Intl.Collator("en", { numeric: true }).compare;
