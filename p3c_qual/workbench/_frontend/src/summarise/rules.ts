/** The rules of summarising as they are chosen: by id, always with what they say. */

import { h } from "../dom";
import type { RuleRow } from "../wire";

/** One of some rules, as radio buttons. */
export class RuleChoice {
  readonly element: HTMLElement;
  readonly #inputs: HTMLInputElement[];

  constructor(rules: RuleRow[], chosen: string, changed: () => void = () => undefined) {
    const name = `rule-${crypto.randomUUID()}`;
    this.#inputs = rules.map((rule) => h("input", { type: "radio", name, value: rule.id, checked: rule.id === chosen, onchange: changed }));
    this.element = h(
      "fieldset",
      { class: "p3c-rules" },
      h("legend", {}, "Rule"),
      ...rules.map((rule, at) => h("label", {}, this.#inputs[at]!, h("b", {}, ` ${rule.id} `), rule.title)),
    );
  }

  get value(): string {
    return this.#inputs.find((each) => each.checked)?.value ?? "";
  }

  focus(): void {
    this.#inputs.find((each) => each.checked)?.focus();
  }
}

/** Any of some rules, as checkboxes. */
export class RuleBoxes {
  readonly element: HTMLElement;
  readonly #inputs: HTMLInputElement[];

  constructor(title: string, rules: RuleRow[], chosen: readonly string[]) {
    this.#inputs = rules.map((rule) => h("input", { type: "checkbox", value: rule.id, checked: chosen.includes(rule.id) }));
    this.element = h(
      "fieldset",
      { class: "p3c-rules" },
      h("legend", {}, title),
      ...rules.map((rule, at) => h("label", {}, this.#inputs[at]!, h("b", {}, ` ${rule.id} `), rule.title)),
    );
  }

  get value(): string[] {
    return this.#inputs.filter((each) => each.checked).map((each) => each.value);
  }
}
