/** What stands over an author's text where it was not taken, or where another window kept words of it. */

import { button, h, type Child } from "../../dom";
import type { Saving } from "./saving";

/** The others' words, and what can be done about them; nothing where there are none. `take` puts theirs into the field. */
export function otherWords(saving: Saving, author: string, writable: boolean, take: (saving: Saving) => void): Child[] {
  const stale = saving.state === "stale";
  if (!stale && saving.state !== "refused") return saving.left ? left(saving, writable) : [];
  return [
    h("p", { class: "p3c-fault" }, saving.why),
    stale && h("h3", {}, `What stands there now${author ? `, by ${author}` : ""}`),
    stale && h("blockquote", { dir: "auto", tabindex: "0", "aria-label": "What stands there now" }, saving.theirs || "(empty)"),
    stale && h("p", { class: "p3c-quiet" }, "Yours is below; nothing of it is lost. You can go on in it, and take over what you want of theirs."),
    h(
      "div",
      { class: "p3c-ends" },
      stale && button("Take theirs", () => take(saving), { "data-name": "take theirs" }),
      stale && button("Put theirs under mine", () => both(saving), { "data-name": "both" }),
      button(stale ? "Keep mine" : "Try again", () => (stale ? saving.keepMine() : saving.again()), { class: "p3c-button p3c-main", "data-name": "keep mine" }),
    ),
  ];
}

/** Words that another window kept are shown, and never taken over unasked. */
function left(saving: Saving, writable: boolean): Child[] {
  const { text, at } = saving.left!;
  return [
    h("h3", {}, `Kept in another window on ${new Date(at).toLocaleString()}, and not saved`),
    h("blockquote", { dir: "auto", tabindex: "0", "aria-label": "What was kept in another window" }, text || "(empty)"),
    h(
      "div",
      { class: "p3c-ends" },
      button("Throw it away", () => saving.dropLeft(), { "data-name": "drop left" }),
      writable && button("Go on with it", () => saving.takeLeft(), { class: "p3c-button p3c-main", "data-name": "take left" }),
    ),
  ];
}

function both(saving: Saving): void {
  saving.write(`${saving.text.trimEnd()}\n\n${saving.theirs}`);
  saving.keepMine();
}
