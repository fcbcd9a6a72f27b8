/** Choose a configuration by typing a few letters; those used last stand on top. */

import { fill, h } from "../dom";
import type { ConfigurationRow } from "../wire";
import { matching } from "./linkrows";

const MOST = 40;

/** Ask for a configuration; null if the person leaves. */
export function pickConfiguration(
  host: HTMLElement,
  rows: readonly ConfigurationRow[],
  wanted: { title: string; recent: readonly string[]; label(row: ConfigurationRow): string },
): Promise<ConfigurationRow | null> {
  return new Promise((answer) => {
    const before = document.activeElement as HTMLElement | null;
    let hits: ConfigurationRow[] = [];
    let at = 0;
    let choice: ConfigurationRow | null = null;
    const list = h("ul", { class: "p3c-hits", role: "listbox", id: "p3c-link-hits", "aria-label": "Configurations" });
    const none = h("p", { class: "p3c-quiet", role: "status" });
    const input = h("input", {
      type: "text",
      class: "p3c-search",
      role: "combobox",
      "aria-expanded": "true",
      "aria-controls": "p3c-link-hits",
      "aria-autocomplete": "list",
      "aria-label": wanted.title,
      placeholder: "Type its key or a few of its words",
      autocomplete: "off",
      spellcheck: "false",
    });
    const left = () => {
      if (!dialog.isConnected) return;
      dialog.remove();
      before?.focus();
      answer(choice);
    };
    const take = (index: number) => {
      choice = hits[index] ?? null;
      if (!choice) return;
      dialog.close();
      left();
    };
    const show = () => {
      input.setAttribute("aria-activedescendant", list.children[at]?.id ?? "");
      [...list.children].forEach((each, i) => {
        each.setAttribute("aria-selected", String(i === at));
        if (i === at) each.scrollIntoView({ block: "nearest" });
      });
    };
    const draw = () => {
      hits = matching(rows, input.value, wanted.recent).slice(0, MOST);
      at = 0;
      none.textContent = hits.length ? "" : "No configuration matches.";
      fill(
        list,
        ...hits.map((row, i) =>
          h(
            "li",
            { id: `p3c-link-hit-${i}`, role: "option", class: "p3c-link-hit", "aria-selected": "false", onclick: () => take(i) },
            h("b", {}, row.key),
            h("span", { class: "p3c-name", dir: "auto" }, row.label || row.sentence),
            h("small", {}, wanted.label(row)),
          ),
        ),
      );
      show();
    };
    input.addEventListener("input", draw);
    const dialog = h(
      "dialog",
      { class: "p3c-dialog p3c-link-picker", "aria-label": wanted.title },
      h("h2", {}, wanted.title),
      input,
      list,
      none,
      h("p", { class: "p3c-quiet" }, "Enter takes it, Escape leaves."),
    );
    dialog.addEventListener("keydown", (event) => {
      event.stopPropagation();
      if (event.isComposing) return;
      const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 }[event.key];
      if (step) {
        at = Math.min(Math.max(0, at + step), Math.max(0, hits.length - 1));
        show();
      } else if (event.key === "Enter") take(at);
      else return;
      event.preventDefault();
    });
    dialog.addEventListener("click", (event) => {
      if (event.target === dialog) dialog.close();
    });
    dialog.addEventListener("close", left);
    host.append(dialog);
    dialog.showModal();
    input.focus();
    draw();
  });
}
