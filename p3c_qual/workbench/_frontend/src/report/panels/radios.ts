/** One of a few values, as buttons of which one is pressed; a person sees all of them. */

import { h } from "../../dom";

export interface Option {
  value: string;
  label: string;
  title?: string;
  disabled?: boolean;
}

let groups = 0;

/** A group of radio buttons; pressing the chosen one takes it back where nothing is an answer too. */
export function radios(name: string, label: string, value: string, options: readonly Option[], look: { still?: boolean; empty?: boolean; seen?: boolean }, set: (value: string) => void): HTMLElement {
  const group = `p3c-rp-${++groups}`;
  return h(
    "fieldset",
    { class: "p3c-rp-radios", disabled: look.still },
    h("legend", { class: look.seen ? "p3c-pan-tag" : "p3c-voice" }, label),
    ...options.map((each) => {
      const input = h("input", {
        type: "radio",
        name: group,
        value: each.value,
        checked: each.value === value,
        disabled: each.disabled,
        "data-name": `${name} ${each.value}`,
        onchange: () => set(each.value),
      });
      const take = () => {
        if (!look.empty || each.value !== value || look.still) return false;
        set("");
        return true;
      };
      input.addEventListener("click", () => take());
      input.addEventListener("keydown", (event) => {
        if (["Backspace", "Delete"].includes(event.key) && take()) event.preventDefault();
      });
      return h("label", { title: each.title ?? null, class: "p3c-rp-radio" }, input, h("span", {}, each.label));
    }),
  );
}

/** Terms as options. */
export const options = (rows: readonly { id: string; label: string; definition?: string }[]): Option[] => rows.map((each) => ({ value: each.id, label: each.label, title: each.definition }));
