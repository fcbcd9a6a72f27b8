/** The arrows of the logic model as a table: what each rests on. */

import { button, count, h, type Child } from "../../dom";
import type { ArrowRow, LogicState } from "../../wire";
import type { LogicPanel } from "./logic";
import { byKey, short, wide } from "./pick";

export function drawArrows(panel: LogicPanel, state: LogicState): Child[] {
  const bare = state.arrows.filter((each) => !each.configurations.length).length;
  return [
    h("h3", {}, `${count(state.arrows.length, "arrow")} between ${count(state.blocks.length, "block")}`),
    h("p", { class: "p3c-quiet" }, "On an arrow: passages that support or refine (+) and that contradict or offer a rival (−). ", bare > 0 && `On ${bare} of them nothing rests yet (dotted). `, "A broken line is contested."),
    state.arrows.length > 0 &&
      wide(
        "p3c-pan-table p3c-pan-arrows",
        h("thead", {}, h("tr", {}, ...["Arrow", "Rests on", "For", "Against"].map((each) => h("th", { scope: "col" }, each)), h("td", {}))),
        h("tbody", {}, ...state.arrows.map((arrow) => row(panel, arrow))),
      ),
    !state.arrows.length && h("p", {}, "No arrow is drawn yet. Press a block, or d in the picture."),
  ];
}

function row(panel: LogicPanel, arrow: ArrowRow): HTMLElement {
  const { store } = panel.context;
  const refused = panel.refusedAt(arrow.id);
  return h(
    "tr",
    { "data-arrow": arrow.id, "aria-current": arrow.id === panel.arrow ? "true" : null, onclick: (event: Event) => (event.target as Element).closest("button") || panel.choose(arrow.id) },
    h("td", { dir: "auto" }, panel.named(arrow), arrow.label && h("small", { class: "p3c-pan-said" }, arrow.label), refused && h("p", { class: "p3c-fault", role: "alert" }, refused.text)),
    h(
      "td",
      {},
      h(
        "div",
        { class: "p3c-pan-row" },
        ...arrow.configurations.map((id) => ({ id, key: store.configurations.get(id)?.key ?? "" })).sort(byKey).map(({ id }) => {
          const configuration = store.configurations.get(id);
          return h(
            "span",
            { class: "p3c-badge p3c-pan-held" },
            button(configuration?.key ?? "?", () => panel.context.openCard(id), { class: "p3c-button p3c-link", title: short(configuration?.sentence || configuration?.label || "", 200), "data-name": `card ${arrow.id} ${id}` }),
            configuration?.state && ` ${configuration.state.replace("_", " ")}`,
            !panel.still && button("×", () => panel.detach(arrow, id), { class: "p3c-button p3c-close p3c-pan-off", "aria-label": `Detach ${configuration?.key ?? "it"}`, "data-name": `off ${arrow.id} ${id}` }),
          );
        }),
        button("Attach …", () => void panel.attach(arrow), { disabled: panel.still, "data-name": `attach ${arrow.id}`, "aria-label": `Attach a configuration to ${panel.named(arrow)}` }),
      ),
    ),
    h("td", { class: "p3c-pan-n" }, arrow.configurations.length ? arrow.supporting : h("span", { class: "p3c-quiet" }, "–")),
    h("td", { class: "p3c-pan-n" }, arrow.configurations.length ? (arrow.contradicting ? h("b", {}, arrow.contradicting) : 0) : h("span", { class: "p3c-quiet" }, "–")),
    h(
      "td",
      { class: "p3c-pan-deeds" },
      button("Label …", () => void panel.editArrow(arrow), { disabled: panel.still, "data-name": `label ${arrow.id}`, "aria-label": `Say what ${panel.named(arrow)} means` }),
      button("Remove …", () => void panel.removeArrow(arrow), { disabled: panel.still, "data-name": `gone ${arrow.id}`, "aria-label": `Remove ${panel.named(arrow)}` }),
    ),
  );
}
