/** Why a passage is quoted, asked when it is. */

import { h } from "../../dom";
import { openMenu } from "../../menu";

/** Why a quote is chosen. */
const REASONS = [
  { id: "typical", label: "Typical: many say this" },
  { id: "contrary", label: "Contrary: it goes against the rest" },
  { id: "telling", label: "Telling: nobody says it as well" },
  { id: "", label: "Not said yet" },
];

/** Ask why it is quoted: a digit answers, Enter leaves it open, Escape quotes nothing (null). */
export function askWhy(root: HTMLElement, at: HTMLElement): Promise<string | null> {
  return new Promise((answer) => {
    let chosen: string | null = null;
    openMenu(
      root,
      at,
      "Why this quote?",
      REASONS.map((each, index) => ({ label: each.label, key: each.id ? String(index + 1) : "Enter", run: () => (chosen = each.id) })),
    );
    const menu = root.querySelector<HTMLElement>(":scope > .p3c-menu")!;
    menu.classList.add("p3c-rep-reasons");
    menu.prepend(h("p", { class: "p3c-quiet", "aria-hidden": "true" }, "Why this quote?"));
    const items = [...menu.querySelectorAll<HTMLButtonElement>("[role=menuitem]")];
    items.at(-1)?.focus();
    menu.addEventListener(
      "keydown",
      (event) => {
        const meant = /^[1-3]$/.test(event.key) ? items[Number(event.key) - 1] : undefined;
        if (!meant) return;
        event.preventDefault();
        event.stopPropagation();
        meant.click();
      },
      true,
    );
    // it goes by a choice, by Escape or by a press elsewhere
    const gone = new MutationObserver(() => {
      if (menu.isConnected) return;
      gone.disconnect();
      // the choice is made right after it went
      setTimeout(() => answer(chosen));
    });
    gone.observe(root, { childList: true });
  });
}
