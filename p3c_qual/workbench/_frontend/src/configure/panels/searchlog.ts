/** The log of all searches for negative cases, the last first. */

import { button, h, type Child } from "../../dom";
import type { NegativePanel } from "./negative";
import { byKey, wide } from "./pick";
import { casesOf, neverSearched, when } from "./searched";

export function drawLog(panel: NegativePanel): Child[] {
  const { store } = panel.context;
  const rows = [...store.searches.values()].sort((a, b) => b.at.localeCompare(a.at));
  const never = neverSearched(store.configurations.values(), store.searches.values()).sort(byKey);
  return [
    h("h2", {}, "Log of all searches"),
    never.length > 0 &&
      h(
        "p",
        { class: "p3c-pan-fault" },
        h("b", {}, "⚠ Never searched: "),
        ...never.slice(0, 40).flatMap((each, at) => [at > 0 && ", ", button(each.key, () => panel.open(each.id), { class: "p3c-button p3c-link", title: each.sentence || each.label, "data-name": `never ${each.id}` })]),
        never.length > 40 && ` and ${never.length - 40} more`,
        ".",
      ),
    !rows.length && h("p", {}, "Nobody has searched yet. Choose a configuration and run one of its three searches."),
    rows.length > 0 &&
      wide(
        "p3c-pan-table",
        h("thead", {}, h("tr", {}, ...["When", "Configuration", "Search", "Found", "Silent", "What followed"].map((each) => h("th", { scope: "col" }, each)))),
        h(
          "tbody",
          {},
          ...rows.map((row) => {
            const configuration = store.configurations.get(row.configuration);
            return h(
              "tr",
              {},
              h("td", {}, when(row.at), row.coder && h("small", {}, ` ${row.coder}`)),
              h("td", {}, configuration ? button(configuration.key, () => panel.open(configuration.id), { class: "p3c-button p3c-link", "data-name": `log ${row.id}` }) : h("span", { class: "p3c-quiet" }, "removed since")),
              h("td", {}, row.label),
              h("td", { class: "p3c-pan-n" }, casesOf(row)),
              h("td", { class: "p3c-pan-n" }, row.silent),
              h("td", { dir: "auto" }, row.decision ? h("b", {}, store.label("decisions", row.decision)) : row.found ? h("span", { class: "p3c-pan-warn" }, "to be decided") : h("span", { class: "p3c-quiet" }, "–"), row.reason && ` ${row.reason}`),
            );
          }),
        ),
      ),
  ];
}
