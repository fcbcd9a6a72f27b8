/** The tools above the text, as they can be used now. */

import { button, fill, h } from "../dom";
import { openMenu } from "../menu";
import { shown } from "../workbench";
import { LEVELS, type Level } from "./cursor";
import type { CodeView } from "./view";

function tool(view: CodeView, id: string, label: string, props: Record<string, any> = {}): HTMLElement {
  const action = view.actions?.find((each) => each.id === id);
  const key = action ? view.bench.keysOf(action)[0] : undefined;
  return button(label, () => view.run(id), {
    title: `${action?.title ?? label}${key ? ` (${shown(key)})` : ""}`,
    "data-tool": id,
    ...props,
  });
}

/** Draw what can be done now. */
export function drawTools(view: CodeView, bar: HTMLElement): void {
  const focus = (document.activeElement as HTMLElement | null)?.closest<HTMLElement>(".p3c-bar-of-tools [data-tool]")?.dataset.tool;
  const marked = Boolean(view.cursor.span);
  const summarises = view.paraphrasing.question !== undefined;
  const own = view.deeds.mine.length > 0;
  const { worked } = view.model;
  const pins = view.pins.map((code, i) => ({ code, i })).filter(({ code }) => code && view.model.code(code));
  const coders = [...new Set([...view.model.codings.values()].map((row) => row.coder))].sort();
  fill(
    bar,
    tool(view, "left", "☰", { "aria-label": "Codes and sources" }),
    view.paraphrasing.choice(),
    summarises && tool(view, "paraphrase", "Paraphrase …", { class: "p3c-button p3c-main", disabled: !marked }),
    tool(view, "code", "Code …", { class: summarises ? "p3c-button" : "p3c-button p3c-main", disabled: !marked }),
    tool(view, "in-vivo", "In vivo", { disabled: !marked }),
    button("Link as …", (event: Event) => openMenu(view.bench.root, event.currentTarget as Element, "Link the marked words as", view.linking.roles()), {
      title: "Give the marked words a role in a configuration",
      "aria-haspopup": "menu",
      "data-tool": "link",
      disabled: view.linking.idle,
    }),
    ...pins.map(({ code, i }) =>
      button(`${i + 1} ${view.codes.label(code)}`, () => view.givePinned(i + 1), {
        class: `p3c-button p3c-pin p3c-c${view.codes.colour(code)}`,
        title: `${view.codes.label(code)} (${i + 1})`,
        "data-tool": `pin-${i + 1}`,
      }),
    ),
    h("span", { class: "p3c-divide" }),
    tool(view, "recode", "Recode", { disabled: !own }),
    tool(view, "memo", "Memo"),
    tool(view, "important", "★", { disabled: !own, "aria-label": "Important" }),
    tool(view, "unsure", "Discuss", { disabled: !own }),
    tool(view, "remove", "Remove", { disabled: !own }),
    h("span", { class: "p3c-divide" }),
    h(
      "label",
      { class: "p3c-inline" },
      "Unit ",
      h(
        "select",
        {
          "data-tool": "level",
          onchange: (event: Event) => {
            void view.cursor.setLevel((event.target as HTMLSelectElement).value as Level);
            view.focus();
          },
        },
        ...LEVELS.map((level) => h("option", { value: level, selected: level === view.cursor.level }, level)),
      ),
    ),
    tool(view, "pass", "Nothing here", { disabled: !marked }),
    tool(view, "done", worked.done ? "Done ✓" : "Source done", { "aria-pressed": String(worked.done) }),
    h("span", { class: "p3c-divide" }),
    tool(view, "others", view.model.others ? "Others shown" : "Others hidden", { "aria-pressed": String(view.model.others) }),
    view.model.others &&
      coders.length > 1 &&
      h(
        "select",
        {
          "aria-label": "Only codings by",
          "data-tool": "coder",
          onchange: (event: Event) => {
            view.coder = (event.target as HTMLSelectElement).value;
            view.text.filter((id) => view.passes(id));
          },
        },
        h("option", { value: "" }, "all coders"),
        ...coders.map((each) => h("option", { value: each, selected: each === view.coder }, each)),
      ),
    view.only &&
      button(`Only ${view.codes.label(view.only)} ×`, () => view.showOnly(null), { "data-tool": "only", "aria-label": `Show all codes, not only ${view.codes.label(view.only)}` }),
    tool(view, "find", "Find"),
    button(
      "⋯",
      (event: Event) =>
        openMenu(
          view.bench.root,
          event.currentTarget as Element,
          "More",
          view.actions
            .filter((action) => ["View", "Source"].includes(action.group))
            .map((action) => ({ label: action.title, run: () => action.run(), key: view.bench.keysOf(action)[0] && shown(view.bench.keysOf(action)[0]!) })),
        ),
      { "aria-label": "More", "aria-haspopup": "menu", "data-tool": "more" },
    ),
  );
  if (focus) bar.querySelector<HTMLElement>(`[data-tool="${focus}"]`)?.focus();
}
