/** Choose a code by typing a few letters, with its definition, rule and anchor examples at hand. */

import { fill, h } from "../dom";
import type { CodeRow } from "../wire";
import type { Codes } from "./codes";
import { anchorList } from "./detail";

export interface Wanted {
  title: string;
  /** The words that are to be coded. */
  words: string;
  /** Codes used last, offered before anything is typed. */
  recent: string[];
  /** The codebook whose codes are offered before all others. */
  book?: string;
  /** Whether a new code may be made of what was typed. */
  fresh: boolean;
}

export type Choice = { code: string; more: boolean } | { label: string } | null;

/** Ask for a code; Shift+Enter takes one and asks again. */
export function pick(host: HTMLElement, codes: Codes, wanted: Wanted): Promise<Choice> {
  return new Promise((answer) => {
    const before = document.activeElement as HTMLElement | null;
    let hits: CodeRow[] = [];
    let at = 0;
    let choice: Choice = null;
    const list = h("ul", { class: "p3c-hits", role: "listbox", id: "p3c-hits", "aria-label": "Codes" });
    const detail = h("div", { class: "p3c-pick-detail", "aria-live": "polite" });
    const input = h("input", {
      type: "text",
      class: "p3c-search",
      role: "combobox",
      "aria-expanded": "true",
      "aria-controls": "p3c-hits",
      "aria-autocomplete": "list",
      "aria-label": wanted.title,
      placeholder: "Type a few letters of the code",
      autocomplete: "off",
      spellcheck: "false",
    });
    const close = (made: Choice) => {
      choice = made;
      dialog.close();
      left();
    };
    // at once: the next key, however fast, finds the code given
    const left = () => {
      if (!dialog.isConnected) return;
      dialog.remove();
      before?.focus();
      answer(choice);
    };
    const take = (index: number, more: boolean) => {
      const code = hits[index];
      if (code) close({ code: code.id, more });
      else if (wanted.fresh && input.value.trim()) close({ label: input.value.trim() });
    };
    const show = () => {
      const code = hits[at];
      input.setAttribute("aria-activedescendant", code ? `p3c-hit-${at}` : "");
      [...list.children].forEach((each, i) => {
        each.setAttribute("aria-selected", String(i === at));
        if (i === at) each.scrollIntoView({ block: "nearest" });
      });
      if (!code) {
        fill(detail, h("p", { class: "p3c-quiet" }, wanted.fresh && input.value.trim() ? `Enter makes a new code ‘${input.value.trim()}’.` : "No code matches."));
        return;
      }
      fill(
        detail,
        h("h3", {}, code.label),
        h("p", { class: "p3c-path" }, codes.path(code.id)),
        h("p", {}, code.definition || "No definition yet."),
        code.rule && h("p", {}, h("b", {}, "Coding rule: "), code.rule),
        anchorList(code, 3),
      );
    };
    const draw = () => {
      const query = input.value.trim();
      hits = query ? codes.match(query) : codes.usual(wanted.recent);
      if (wanted.book) hits = [...hits.filter((each) => each.codebook === wanted.book), ...hits.filter((each) => each.codebook !== wanted.book)];
      at = 0;
      fill(
        list,
        ...hits.map((code, i) =>
          h(
            "li",
            {
              id: `p3c-hit-${i}`,
              role: "option",
              class: `p3c-c${codes.colour(code.id)}`,
              "aria-selected": "false",
              onclick: (event: MouseEvent) => take(i, event.shiftKey),
              onpointermove: () => {
                if (at === i) return;
                at = i;
                show();
              },
            },
            h("span", { class: "p3c-swatch", "aria-hidden": "true" }),
            h("span", { class: "p3c-name" }, code.label),
            h("small", {}, codes.above(code.id)),
          ),
        ),
      );
      show();
    };
    input.addEventListener("input", draw);
    const dialog = h(
      "dialog",
      { class: "p3c-dialog p3c-picker", "aria-label": wanted.title },
      h("blockquote", { class: "p3c-words", dir: "auto" }, shorten(wanted.words)),
      input,
      h("div", { class: "p3c-pick" }, list, detail),
      h("p", { class: "p3c-quiet" }, "Enter takes the code, Shift+Enter takes it and asks for another, Escape leaves."),
    );
    dialog.addEventListener("keydown", (event) => {
      event.stopPropagation();
      if (event.isComposing) return;
      const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 }[event.key];
      if (step) {
        at = Math.min(Math.max(0, at + step), Math.max(0, hits.length - 1));
        show();
      } else if (event.key === "Enter") take(at, event.shiftKey);
      else return;
      event.preventDefault();
    });
    // a click beside it leaves it
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

function shorten(words: string): string {
  return words.length > 240 ? `${words.slice(0, 160)} … ${words.slice(-60)}` : words;
}
