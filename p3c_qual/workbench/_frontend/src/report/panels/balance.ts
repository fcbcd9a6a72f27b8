/** How the quotes of a report spread over those who speak, and over types of stakeholder. */

import { count, h, percent } from "../../dom";
import { listed } from "../../start/words";
import type { BalanceRow, QuoteState, SourceRow } from "../../wire";
import { wide } from "../../configure/panels/pick";

/** Shares by type; one who is of two types counts in both, so that they may add up to more than all. */
export function byType(rows: readonly BalanceRow[]): { type: string; people: number; quotes: number; share: number }[] {
  const all = rows.reduce((sum, each) => sum + each.quotes, 0);
  const types = [...new Set(rows.flatMap((each) => (each.types.length ? each.types : ["no type"])))].sort();
  return types.map((type) => {
    const of = rows.filter((each) => (each.types.length ? each.types.includes(type) : type === "no type"));
    const quotes = of.reduce((sum, each) => sum + each.quotes, 0);
    return { type, people: of.length, quotes, share: all ? quotes / all : 0 };
  });
}

/** Who was interviewed and is not quoted, in the programme or, without one, in the study. */
export function unquoted(rows: readonly BalanceRow[], sources: readonly Pick<SourceRow, "interviewees" | "programme">[], programme: string): string[] {
  const quoted = new Set(rows.flatMap((each) => each.who.split(", ")));
  const people = sources.filter((each) => !programme || each.programme === programme).flatMap((each) => each.interviewees);
  return [...new Set(people)].filter((each) => !quoted.has(each)).sort();
}

export function drawBalance(state: QuoteState, silent: readonly string[]): HTMLElement {
  const { balance } = state;
  const all = balance.reduce((sum, each) => sum + each.quotes, 0);
  const bar = (share: number) => h("span", { class: "p3c-meter p3c-rp-share" }, h("i", { style: `width:${100 * Math.min(1, share)}%` }));
  return h(
    "section",
    { class: "p3c-rp-balance", "aria-label": "How the quotes spread" },
    h("h3", {}, `How ${count(all, "quote")} spread`),
    !balance.length && h("p", { class: "p3c-quiet" }, "Nothing is quoted yet."),
    silent.length > 0 && h("p", { class: "p3c-pan-fault" }, `Interviewed and not quoted: ${listed([...silent])}.`),
    balance.length > 0 &&
      h(
        "div",
        { class: "p3c-rp-spread" },
        wide(
          "p3c-pan-table",
          h("thead", {}, h("tr", {}, ...["Interviewee", "Type", "Quotes", "Words", "Share"].map((each) => h("th", { scope: "col" }, each)))),
          h("tbody", {}, ...balance.map((each) => h("tr", {}, h("th", { scope: "row" }, each.who), h("td", {}, each.types.join(", ")), h("td", { class: "p3c-pan-n" }, each.quotes), h("td", { class: "p3c-pan-n" }, each.words), h("td", { class: "p3c-pan-n" }, bar(each.share), ` ${percent(each.share)}`)))),
        ),
        wide(
          "p3c-pan-table",
          h("thead", {}, h("tr", {}, ...["Stakeholder type", "People", "Quotes", "Share"].map((each) => h("th", { scope: "col" }, each)))),
          h("tbody", {}, ...byType(balance).map((each) => h("tr", {}, h("th", { scope: "row" }, each.type), h("td", { class: "p3c-pan-n" }, each.people), h("td", { class: "p3c-pan-n" }, each.quotes), h("td", { class: "p3c-pan-n" }, bar(each.share), ` ${percent(each.share)}`)))),
        ),
      ),
  );
}
