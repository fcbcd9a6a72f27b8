/** A question to the person, in the page's own dialog: focus stays in it, Escape leaves it. */

import { button, fill, h, type Child } from "./dom";
import { Refused, say } from "./server";

export interface Field {
  name: string;
  label: string;
  value?: string;
  /** One line unless said otherwise. */
  lines?: number;
  options?: { value: string; label: string }[];
  required?: boolean;
  help?: string;
  /** Where writing begins, if not in the first field. */
  first?: boolean;
  /** Told when another option is chosen. */
  chose?: (select: HTMLSelectElement) => void;
}

/** What is wrong with what was entered, and where: the focus goes there. */
export class Amiss extends Error {
  constructor(
    message: string,
    readonly at: { focus(): void },
  ) {
    super(message);
  }
}

export type Values = Record<string, string>;

/** Ask for some values; `run` does what they are for, and what it refuses is said in the dialog. */
export function ask(
  host: HTMLElement,
  what: {
    title: string;
    text?: Child[];
    fields?: Field[];
    after?: Child[];
    ok: string;
    wide?: boolean;
    /** Keys of its own; true says that one was meant. */
    key?: (event: KeyboardEvent) => boolean;
  },
  run: (values: Values) => Promise<unknown> | void,
): Promise<boolean> {
  return new Promise((answer) => {
    const before = document.activeElement as HTMLElement | null;
    const fault = h("p", { class: "p3c-fault", role: "alert" });
    const inputs = (what.fields ?? []).map(input);
    const ok = h("button", { type: "submit", class: "p3c-button p3c-main" }, what.ok);
    const hint = h("small", { class: "p3c-quiet" }, `${MAC ? "⌘" : "Ctrl"}+Enter: ${what.ok}`);
    let done = false;
    const submit = async (event: Event) => {
      event.preventDefault();
      const values: Values = {};
      for (const each of inputs) values[each.field.name] = each.control.value.trim();
      const missing = inputs.find((each) => each.field.required && !values[each.field.name]);
      if (missing) {
        fill(fault, `${missing.field.label} is needed.`);
        missing.control.focus();
        return;
      }
      if (ok.disabled) return;
      const held = document.activeElement as HTMLElement | null;
      ok.disabled = true;
      let amiss: { focus(): void } | null = null;
      try {
        await run(values);
        done = true;
        dialog.close();
      } catch (error) {
        fill(fault, error instanceof Refused ? error.all.map(say).join(" ") : error instanceof Error ? error.message : String(error));
        amiss = error instanceof Amiss ? error.at : held && dialog.contains(held) ? held : ok;
      } finally {
        ok.disabled = false;
      }
      // a button that could not be pressed for a while has lost the focus to the page
      amiss?.focus();
    };
    const dialog = h(
      "dialog",
      { class: `p3c-dialog${what.wide ? " p3c-wide" : ""}`, "aria-label": what.title },
      h(
        "form",
        { method: "dialog", onsubmit: submit },
        h("h2", {}, what.title),
        ...(what.text ?? []),
        ...inputs.map((each) => each.element),
        ...(what.after ?? []),
        fault,
        h(
          "div",
          { class: "p3c-ends" },
          hint,
          button("Cancel", () => dialog.close()),
          ok,
        ),
      ),
    );
    // where Enter begins a line, another key is needed to be done
    hint.hidden = !dialog.querySelector("textarea");
    dialog.addEventListener("keydown", (event) => {
      event.stopPropagation();
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) void submit(event);
      else if (!event.isComposing && what.key?.(event)) event.preventDefault();
    });
    // words that were written, and choices that were made, are not lost by one key
    let touched = false;
    dialog.addEventListener("input", () => {
      touched = true;
      // what was wrong may be so no longer
      fill(fault);
    });
    dialog.addEventListener("cancel", (event) => {
      if (!touched) return;
      event.preventDefault();
      touched = false;
      fill(fault, "What you entered is not kept yet. Escape again leaves it.");
    });
    dialog.addEventListener("close", () => {
      dialog.remove();
      back(host, before);
      answer(done);
    });
    host.append(dialog);
    dialog.showModal();
    // what is known already is not typed over by accident
    (inputs.find((each) => each.field.first)?.control ?? inputs[0]?.control ?? dialog.querySelector<HTMLElement>("input:not([type=radio])") ?? ok).focus();
    const first = inputs[0]?.control;
    if (first instanceof HTMLInputElement && first === document.activeElement) first.select();
  });
}

const MAC = /Mac|iP(hone|ad)/.test(globalThis.navigator?.platform ?? "");

function input(field: Field): {
  field: Field;
  element: HTMLElement;
  control: HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;
} {
  const control = field.options
    ? h(
        "select",
        { name: field.name, onchange: (event: Event) => field.chose?.(event.target as HTMLSelectElement) },
        ...field.options.map((each) =>
          h("option", { value: each.value, selected: each.value === field.value }, each.label),
        ),
      )
    : field.lines
      ? h("textarea", { name: field.name, rows: field.lines, dir: "auto" }, field.value ?? "")
      : h("input", { name: field.name, value: field.value ?? "", dir: "auto", autocomplete: "off" });
  return {
    field,
    control,
    element: h(
      "label",
      { class: "p3c-field" },
      h("span", {}, field.label),
      control,
      field.help && h("small", {}, field.help),
    ),
  };
}

/** Say something at length that needs no answer. */
export function tell(host: HTMLElement, title: string, ...content: Child[]): HTMLDialogElement {
  const before = document.activeElement as HTMLElement | null;
  const dialog = h(
    "dialog",
    { class: "p3c-dialog p3c-wide", "aria-label": title },
    h("h2", {}, title),
    ...content,
    h("div", { class: "p3c-ends" }, button("Close", () => dialog.close(), { class: "p3c-button p3c-main" })),
  );
  dialog.addEventListener("keydown", (event) => event.stopPropagation());
  dialog.addEventListener("close", () => {
    dialog.remove();
    back(host, before);
  });
  host.append(dialog);
  dialog.showModal();
  return dialog;
}

/** Give the focus back; a line that was drawn anew meanwhile is found by what it stands for. */
export function back(host: HTMLElement, before: HTMLElement | null): void {
  const code = before?.dataset.code;
  const again = code ? host.querySelector<HTMLElement>(`[data-code="${CSS.escape(code)}"]`) : null;
  (before?.isConnected ? before : (again ?? host.querySelector<HTMLElement>(".p3c-text, .p3c-keys")))?.focus();
}
