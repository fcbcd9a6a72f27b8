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
  /** What is offered to be made of the letters typed; without it nothing may. */
  fresh?: (label: string) => string;
}

export type Choice = { code: string; more: boolean } | { label: string } | null;

/** Ask for a code; Shift+Enter takes one and asks again. */
export function pick(host: HTMLElement, codes: Codes, wanted: Wanted): Promise<Choice> {
  return new Promise((answer) => {
    const before = document.activeElement as HTMLElement | null;
    let hits: CodeRow[] = [];
    /** What may be made anew of what was typed; it stands last in the list. */
    let fresh = "";
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
      else if (fresh && index === hits.length) close({ label: fresh });
    };
    const show = () => {
      const code = hits[at];
      input.setAttribute("aria-activedescendant", list.children[at]?.id ?? "");
      [...list.children].forEach((each, i) => {
        each.setAttribute("aria-selected", String(i === at));
        if (i === at) each.scrollIntoView({ block: "nearest" });
      });
      if (!code) {
        fill(detail, h("p", { class: "p3c-quiet" }, fresh ? `Enter makes it: ${wanted.fresh!(fresh)}.` : "No code matches."));
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
      hits = query ? codes.match(query, wanted.book) : codes.usual(wanted.recent, wanted.book);
      fresh = wanted.fresh ? query : "";
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
        fresh &&
          h(
            "li",
            {
              id: `p3c-hit-${hits.length}`,
              role: "option",
              class: "p3c-combo-fresh",
              "aria-selected": "false",
              onclick: () => take(hits.length, false),
              onpointermove: () => {
                if (at === hits.length) return;
                at = hits.length;
                show();
              },
            },
            h("span", { class: "p3c-name", dir: "auto" }, wanted.fresh!(fresh)),
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
      h(
        "p",
        { class: "p3c-quiet" },
        `Enter takes the code, Shift+Enter takes it and asks for another, ${wanted.fresh ? "Ctrl+Enter makes a new one of the letters, " : ""}Escape leaves.`,
      ),
    );
    dialog.addEventListener("keydown", (event) => {
      event.stopPropagation();
      if (event.isComposing) return;
      const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 }[event.key];
      if (step) {
        at = Math.min(Math.max(0, at + step), Math.max(0, hits.length - (fresh ? 0 : 1)));
        show();
      } else if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
        // whatever code of a like name there is
        if (fresh) close({ label: fresh });
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
