/** Words that were refused, beside what stands there now: one keeps the own or takes the other's. */

import { button, fill, h } from "../dom";
import type { Conflict, Conflicts } from "./conflicts";
import type { Summary } from "./summary";

const NAMES = { paraphrase: "Paraphrase", generalisation: "Generalisation" };

/** Draw the boxes; one that is there stays, with what is being written in it. */
export class Kept {
  readonly element = h("div", { class: "p3c-sum-kept" });
  readonly #boxes = new Map<Conflict, { element: HTMLElement; theirs: HTMLElement }>();
  readonly #forget: () => void;
  #had = 0;
  readonly #conflicts: Conflicts;

  constructor(
    private readonly summary: Summary,
    private readonly leave: () => void,
    /** Told when a box came or went. */
    private readonly moved: () => void,
  ) {
    this.#conflicts = summary.conflicts;
    this.#forget = this.#conflicts.on(() => this.draw());
    this.draw();
  }

  draw(): void {
    const { open } = this.#conflicts;
    for (const [conflict, { element }] of this.#boxes)
      if (!open.includes(conflict)) {
        const held = element.contains(document.activeElement);
        element.remove();
        this.#boxes.delete(conflict);
        if (held) this.leave();
      }
    for (const conflict of open) {
      const box = this.#boxes.get(conflict) ?? this.#make(conflict);
      fill(box.theirs, this.#conflicts.theirs(conflict) || "nothing");
    }
    this.element.hidden = open.length === 0;
    if (this.#had !== open.length) this.moved();
    this.#had = open.length;
  }

  #make(conflict: Conflict): { element: HTMLElement; theirs: HTMLElement } {
    const theirs = h("blockquote", { dir: "auto" });
    const own = h("textarea", { rows: 2, dir: "auto", "aria-label": "Your words" }, conflict.words);
    const name = `${NAMES[conflict.field]} of no. ${this.summary.no(conflict.unit)}`;
    own.addEventListener("input", () => {
      conflict.words = own.value;
    });
    const element = h(
      "section",
      { class: "p3c-sum-conflict", role: "alert", "aria-label": name },
      h("p", {}, h("b", {}, `${name} `), conflict.why),
      h(
        "div",
        { class: "p3c-sum-both" },
        h("div", {}, h("small", {}, conflict.stale ? "It says now" : "It says"), theirs),
        h("label", {}, h("small", {}, "Yours, not kept yet"), own),
      ),
      h(
        "div",
        { class: "p3c-ends" },
        button(conflict.stale ? "Keep mine" : "Send again", () => this.#conflicts.keepMine(conflict, own.value.trim()), { class: "p3c-button p3c-main" }),
        button(conflict.stale ? "Take theirs" : "Leave it as it is", () => this.#conflicts.takeTheirs(conflict)),
      ),
    );
    this.element.append(element);
    const made = { element, theirs };
    this.#boxes.set(conflict, made);
    return made;
  }

  dispose(): void {
    this.#forget();
  }
}
