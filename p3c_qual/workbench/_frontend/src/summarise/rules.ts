/** The rules of summarising as they are chosen: by id, always with what they say. */

import { Amiss } from "../dialog";
import { h } from "../dom";
import type { RuleRow } from "../wire";

/** One of some rules, as radio buttons; where none is chosen at first, one has to be. */
export class RuleChoice {
  readonly element: HTMLElement;
  readonly #inputs: HTMLInputElement[];

  constructor(
    rules: Pick<RuleRow, "id" | "title">[],
    chosen: string,
    changed: () => void = () => undefined,
    private readonly title = "Rule",
  ) {
    const name = `rule-${crypto.randomUUID()}`;
    this.#inputs = rules.map((rule) => h("input", { type: "radio", name, value: rule.id, checked: rule.id === chosen, onchange: changed }));
    this.element = h(
      "fieldset",
      { class: "p3c-rules" },
      h("legend", {}, title, h("small", {}, ` keys 1 to ${rules.length}; while you write, with Alt`)),
      ...rules.map((rule, at) => h("label", {}, this.#inputs[at]!, h("b", {}, ` ${rule.id} `), rule.title)),
    );
  }

  get value(): string {
    return this.#inputs.find((each) => each.checked)?.value ?? "";
  }

  /** What was chosen; without that nothing is done. */
  get needed(): string {
    if (!this.value) throw new Amiss(`Choose the ${this.title.toLowerCase()}: keys 1 to ${this.#inputs.length}.`, this);
    return this.value;
  }

  focus(): void {
    (this.#inputs.find((each) => each.checked) ?? this.#inputs[0])?.focus();
  }

  /** Choose by number; who writes needs Alt with it. */
  key(event: KeyboardEvent): boolean {
    // with Alt a Mac types signs: there the key's place counts
    const digit = /^[1-9]$/.test(event.key) ? event.key : event.altKey ? /^Digit([1-9])$/.exec(event.code)?.[1] : "";
    const input = digit ? this.#inputs[Number(digit) - 1] : undefined;
    const { target } = event;
    const writing = target instanceof HTMLTextAreaElement || (target instanceof HTMLInputElement && target.type !== "radio");
    if (!input || event.ctrlKey || event.metaKey || writing !== event.altKey || this.element.hidden) return false;
    if (!writing) input.focus();
    input.checked = true;
    for (const name of ["input", "change"]) input.dispatchEvent(new Event(name, { bubbles: true }));
    return true;
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
