/** The three searches of one configuration: run, found, silent, decided. */

import { button, count, h, type Child } from "../../dom";
import type { ConfigurationRow, NegativeCases, SearchRow, SilentRow, TermRow } from "../../wire";
import type { NegativePanel } from "./negative";
import { caseLine } from "./quotes";
import { ASKED, casesOf, figureLines, lastOf, when } from "./searched";

const upper = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/** What each search looks for, in other words than its name. */
const MEANS: Record<string, string> = {
  context_without_outcome: "Cases in which the context is there and the outcome is said not to have come about.",
  outcome_without_mechanism: "Cases in which the outcome came about and the mechanism is said not to have been at work.",
  mechanism_with_opposite: "Cases in which the mechanism is at work and the outcome went the other way.",
};

export function drawSearches(panel: NegativePanel, row: ConfigurationRow): Child[] {
  const { store } = panel.context;
  const last = lastOf(row.id, store.searches.values());
  return [
    h("div", { class: "p3c-pan-top" }, h("h2", { dir: "auto" }, [row.key, row.label].filter(Boolean).join("  ")), button("Open the card", () => panel.context.openCard(row.id), { "data-name": "card" })),
    h("p", { dir: "auto", class: "p3c-pan-claim" }, row.sentence || "There is nothing in this configuration yet."),
    ...store.valuesOf("searches").map((kind, at) => drawKind(panel, row, kind, at, last.get(kind.id))),
  ];
}

function drawKind(panel: NegativePanel, row: ConfigurationRow, kind: TermRow, at: number, search: SearchRow | undefined): HTMLElement {
  const { store } = panel.context;
  const refused = panel.refusedAt(`${row.id} ${kind.id}`);
  const runs = [...store.searches.values()].filter((each) => each.configuration === row.id && each.kind === kind.id).length;
  if (search) panel.fetch(search);
  const cases = search && panel.found.get(search.id);
  return h(
    "section",
    { class: "p3c-pan-search", "aria-label": kind.label },
    h(
      "div",
      { class: "p3c-pan-top" },
      h("h3", {}, h("kbd", {}, at + 1), ` ${upper(kind.label)}`),
      button(panel.running === kind.id ? "Searching …" : search ? "Search again" : "Search", () => void panel.run(row, kind.id), { class: search ? "p3c-button" : "p3c-button p3c-main", disabled: panel.still || panel.running !== "", "data-name": `run ${kind.id}`, "aria-label": `${search ? "Search again" : "Search"}: ${kind.label}` }),
    ),
    h("p", { class: "p3c-quiet" }, kind.definition || (MEANS[kind.id] ?? "")),
    refused && h("p", { class: "p3c-fault", role: "alert" }, refused.text),
    !search && h("p", {}, "Never run on this configuration."),
    search &&
      h(
        "p",
        { class: "p3c-pan-result" },
        h("b", {}, search.found ? `${count(casesOf(search), "negative case")} found` : "No negative case found"),
        `${search.found ? ` in ${count(search.found, "passage")}` : ""}, ${count(search.silent, "silent source")}. `,
        h("span", { class: "p3c-quiet" }, `${search.coder ? `${search.coder}, ` : ""}${when(search.at)}${runs > 1 ? `; logged ${runs} times, the last is shown` : ""}.`),
      ),
    search && figures(search),
    search && panel.trouble.has(search.id) && h("p", { class: "p3c-fault", role: "alert" }, panel.trouble.get(search.id)!, " ", button("Try again", () => panel.again(search))),
    search && !cases && !panel.trouble.has(search.id) && h("p", { class: "p3c-quiet", role: "status" }, "Fetching what it found …"),
    cases && drawCases(panel, cases),
    search && drawDecision(panel, search),
  );
}

/** What was counted, each number with of how many. */
const figures = (search: SearchRow): HTMLElement => h("ul", { class: "p3c-pan-figures", "aria-label": "Of how many" }, ...figureLines(search.kind, search.figures).map((each) => h("li", {}, each)));

function drawCases(panel: NegativePanel, cases: NegativeCases): HTMLElement {
  const groups = new Map<string, SilentRow[]>();
  for (const row of cases.silent) groups.set(row.asked, [...(groups.get(row.asked) ?? []), row]);
  return h(
    "div",
    {},
    cases.found.length > 0 && h("ul", { class: "p3c-pan-quotes", "aria-label": "Negative cases" }, ...cases.found.map((each) => caseLine(panel.context, each, cases.search.configuration))),
    cases.silent.length > 0 &&
      h(
        "details",
        { class: "p3c-pan-silent", open: cases.silent.length <= 12 },
        h("summary", {}, `Silent: ${count(cases.silent.length, "source")} in which nothing is said of it. They are no negative cases.`),
        ...["not asked", "unknown", "asked"]
          .filter((asked) => groups.has(asked))
          .map((asked) =>
            h(
              "div",
              {},
              h("h4", {}, `${ASKED[asked]}: ${groups.get(asked)!.length}`),
              h(
                "ul",
                { class: "p3c-pan-names" },
                ...groups.get(asked)!.map((each) => h("li", {}, button(each.who || each.key, () => panel.context.openText(each.key), { class: "p3c-button p3c-link", title: `Open ${each.key}`, "data-name": `silent ${cases.search.id} ${each.source} ${each.who}` }), h("small", {}, ` ${[each.types.join(", "), panel.programme(each.programme)].filter(Boolean).join(", ")}`))),
              ),
            ),
          ),
      ),
  );
}

function drawDecision(panel: NegativePanel, search: SearchRow): HTMLElement {
  const { store } = panel.context;
  const refused = panel.refusedAt(search.id);
  const reason = h("input", { "aria-label": "Reason", placeholder: "Why", value: search.reason, dir: "auto", disabled: panel.still, "data-name": `reason ${search.id}`, autocomplete: "off" });
  const chosen = h(
    "select",
    { "aria-label": "What follows from it", disabled: panel.still, "data-name": `decision ${search.id}` },
    !search.decision && h("option", { value: "" }, "not decided yet"),
    ...store.valuesOf("decisions").map((each) => h("option", { value: each.id, selected: each.id === search.decision }, each.label)),
  );
  const keep = button("Keep the decision", () => void decide(), { disabled: true, "data-name": `decide ${search.id}` });
  const changed = () => {
    keep.disabled = panel.still || !chosen.value || (chosen.value === search.decision && reason.value.trim() === search.reason);
    reason.toggleAttribute("data-writing", !keep.disabled);
  };
  const decide = async () => {
    if (keep.disabled) return;
    reason.removeAttribute("data-writing");
    await panel.decide(search, chosen.value, reason.value.trim());
  };
  chosen.addEventListener("change", changed);
  reason.addEventListener("input", changed);
  reason.addEventListener("keydown", (event) => {
    if (event.key === "Escape") reason.removeAttribute("data-writing"), panel.refresh();
    else if (event.key === "Enter" && !event.isComposing) void decide();
  });
  return h(
    "div",
    { class: "p3c-pan-decision" },
    h("div", { class: "p3c-pan-row" }, h("b", {}, "What follows"), chosen, reason, keep),
    refused && h("p", { class: "p3c-fault", role: "alert" }, refused.text),
  );
}
