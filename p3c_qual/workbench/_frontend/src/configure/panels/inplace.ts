/** Words that are written where they are read: a field that looks like text until it is written in. */

import { button, fill, h } from "../../dom";

export interface InPlace {
  /** What it is, for the label and to find it again. */
  name: string;
  label: string;
  value: string;
  /** What stands there while nothing is written. */
  empty?: string;
  still: boolean;
  /** Write it; `was` is what was seen. What is said is why it was refused; nothing means it is kept. */
  write(text: string, was: string): Promise<string>;
  /** What stands there now, when somebody else wrote meanwhile. */
  now(): string;
  /** It is written, or left alone again. */
  left(): void;
  /** Back to where one came from. */
  back(): void;
  /** It was refused when it could be seen no more. */
  lost(text: string, why: string): void;
  class?: string;
}

let fields = 0;

/** A field for words; Escape takes back what is not kept yet, and leaving it keeps. */
export function inPlace(what: InPlace): HTMLElement {
  let was = what.value;
  let busy = false;
  const area = h("textarea", {
    id: `p3c-pan-field-${++fields}`,
    class: "p3c-pan-area",
    rows: 1,
    dir: "auto",
    spellcheck: "true",
    readonly: what.still,
    placeholder: what.empty ?? "Nothing written yet",
    "data-name": what.name,
  });
  area.value = was;
  const fault = h("p", { class: "p3c-fault", role: "alert" });
  const mark = () => {
    area.toggleAttribute("data-writing", area.value.trim() !== was);
    if (area.value.trim() === was) area.removeAttribute("aria-invalid");
  };
  const keep = async () => {
    const text = area.value.trim();
    if (busy || text === was) return;
    busy = true;
    const why = await what.write(text, was).catch((error) => (error instanceof Error ? error.message : String(error)));
    busy = false;
    if (!why) {
      was = text;
      fill(fault);
      mark();
      return what.left();
    }
    if (!area.isConnected) return what.lost(text, why);
    // the words stay until it is said what becomes of them
    area.setAttribute("aria-invalid", "true");
    fill(
      fault,
      h("span", {}, why),
      button("Keep mine all the same", () => {
        was = what.now();
        void keep();
      }, { "data-name": `${what.name} mine` }),
      button("Leave it as it is", leave, { "data-name": `${what.name} leave` }),
    );
  };
  const leave = () => {
    area.value = was = what.now();
    fill(fault);
    mark();
    fit(area);
    what.left();
  };
  area.addEventListener("input", () => {
    mark();
    fit(area);
  });
  area.addEventListener("blur", () => void keep());
  area.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "Escape") {
      // what is written goes first, then who wrote it
      if (area.hasAttribute("data-writing")) leave();
      else what.back();
    } else if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) void keep();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  queueMicrotask(() => fit(area));
  return h("div", { class: `p3c-pan-field ${what.class ?? ""}` }, h("label", { class: "p3c-pan-tag", for: area.id }, what.label), area, fault);
}

/** As high as its words. */
function fit(area: HTMLTextAreaElement): void {
  // browsers that size a field by what is in it need no help
  if (CSS.supports("field-sizing", "content")) return;
  area.style.height = "auto";
  area.style.height = `${area.scrollHeight + 2}px`;
}
