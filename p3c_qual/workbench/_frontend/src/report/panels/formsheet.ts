/** One form: its items with what is written, how it is known, and the places it rests on. */

import { ask } from "../../dialog";
import { button, h, type Child } from "../../dom";
import type { AnswerRow, FormState, ItemRow } from "../../wire";
import { filled, fillingSaid, type FormLine, lined, linesOf, openItems } from "./answers";
import { citations, isDocument } from "./citing";
import type { FormsPanel } from "./forms";
import { type Option, options, radios } from "./radios";

/** More items than these do not stand beside each other in a table. */
const WIDE = 5;

export function drawForm(panel: FormsPanel, form: FormState): Child[] {
  const lines = linesOf(form);
  const open = openItems(form);
  const table = lined(form) && form.items.length <= WIDE && !form.statuses.length;
  return [
    h("h2", {}, form.label),
    form.hint && h("p", { class: "p3c-quiet" }, form.hint),
    h("p", { class: "p3c-rp-filled", role: "status" }, h("b", {}, fillingSaid(form)), open && ` ${open}`),
    table && lines.length > 0 && drawTable(panel, form, lines),
    ...(table ? [] : lines.map((line) => drawLine(panel, form, line))),
    form.several &&
      !form.records_of.length &&
      h("p", {}, button("Add a line …", () => void addLine(panel, form), { disabled: panel.still, "data-name": "line new" })),
  ];
}

/** Go to an item's field, by its number. */
export function focusItem(sheet: HTMLElement, at: number): void {
  sheet.querySelectorAll<HTMLElement>("[data-item] :is(textarea, select)")[at]?.focus();
}

const answerOf = (line: FormLine, item: ItemRow): AnswerRow | undefined => line.answers.find((each) => each.item === item.id);

function drawLine(panel: FormsPanel, form: FormState, line: FormLine): HTMLElement {
  const items = form.items.flatMap((item, at): Child[] => {
    const heads = item.group && item.group !== form.items[at - 1]?.group;
    return [heads && h("h3", { class: "p3c-rp-head" }, item.group), drawItem(panel, form, line, item)];
  });
  if (!lined(form)) return h("div", { class: "p3c-rp-items" }, ...items);
  return h(
    "section",
    { class: "p3c-rp-record", "aria-label": line.label },
    h("div", { class: "p3c-pan-top" }, h("h3", { dir: "auto" }, line.label), remover(panel, form, line)),
    h("div", { class: "p3c-rp-items" }, ...items),
  );
}

function drawTable(panel: FormsPanel, form: FormState, lines: FormLine[]): HTMLElement {
  const named = form.records_of.length > 0;
  return h(
    "div",
    { class: "p3c-pan-wide" },
    h(
      "table",
      { class: "p3c-pan-table p3c-rp-table" },
      h("thead", {}, h("tr", {}, named && h("td", {}), ...form.items.map((item) => h("th", { scope: "col", title: item.hint || null }, item.label)), h("td", {}))),
      h(
        "tbody",
        {},
        ...lines.map((line) =>
          h(
            "tr",
            {},
            named && h("th", { scope: "row" }, line.label),
            ...form.items.map((item) => h("td", { "data-item": item.id }, field(panel, form, line, item, `${item.label}, ${line.label}`, "–"), Boolean(answerOf(line, item)) && rests(panel, form, line, item))),
            h("td", {}, remover(panel, form, line)),
          ),
        ),
      ),
    ),
  );
}

function drawItem(panel: FormsPanel, form: FormState, line: FormLine, item: ItemRow): HTMLElement {
  const answer = answerOf(line, item);
  const at = `${form.form} ${line.record} ${item.id}`;
  return h(
    "div",
    { class: `p3c-rp-item${filled(answer) ? "" : " p3c-rp-open"}`, "data-item": item.id, role: "group", "aria-label": item.label },
    h("div", { class: "p3c-rp-label" }, h("b", {}, item.label), item.hint && h("small", {}, item.hint)),
    h(
      "div",
      { class: "p3c-rp-said" },
      field(panel, form, line, item, item.label),
      h(
        "div",
        { class: "p3c-rp-under" },
        form.statuses.length > 0 &&
          radios(`${at} status`, `How ${item.label} is known`, answer?.status ?? "", statusesFor(form, answer), { still: panel.still, empty: true }, (status) => void give(panel, form, line, item, { status })),
        rests(panel, form, line, item),
        answer?.coder && h("small", {}, answer.coder),
      ),
      panel.refusal(at),
    ),
  );
}

/** How it is known can be said of words alone; that it was not found, also of none. */
function statusesFor(form: FormState, answer: AnswerRow | undefined): Option[] {
  return options(form.statuses).map((each) => (answer?.value || each.value === "not_found" ? each : { ...each, disabled: true, title: "Write first what it says." }));
}

/** The answer as it is known now. */
function now(panel: FormsPanel, form: FormState, line: FormLine, item: ItemRow): { value: string; status: string } {
  const there = panel.form?.form === form.form ? panel.form : form;
  const answer = there.records.find((each) => each.record === line.record)?.answers.find((each) => each.item === item.id);
  return { value: answer?.value ?? "", status: answer?.status ?? "" };
}

function asked(panel: FormsPanel, form: FormState, line: FormLine, item: ItemRow): Record<string, string> {
  return { form: form.form, item: item.id, record: line.record, ...panel.about };
}

function give(panel: FormsPanel, form: FormState, line: FormLine, item: ItemRow, fields: Partial<{ value: string; status: string }>): Promise<boolean> {
  // what is not changed here stays as it is seen, also where it is said once more
  return panel.change(`${form.form} ${line.record} ${item.id}`, "give_answer", (seen) => ({ ...asked(panel, form, line, item), ...seen, ...fields }), () => now(panel, form, line, item));
}

const EMPTY: Record<string, string> = { date: "Such as 2016, 2016-03 or 2016-03-14", number: "A number" };

function field(panel: FormsPanel, form: FormState, line: FormLine, item: ItemRow, label: string, empty = EMPTY[item.kind] ?? "Nothing written yet"): HTMLElement {
  const { value, status } = now(panel, form, line, item);
  const at = `${form.form} ${line.record} ${item.id}`;
  if (item.kind === "choice")
    return h(
      "select",
      { "aria-label": label, "data-name": at, disabled: panel.still, onchange: (event: Event) => void give(panel, form, line, item, { value: (event.target as HTMLSelectElement).value }) },
      h("option", { value: "" }, "not said"),
      ...item.choices.map((each) => h("option", { value: each.id, selected: each.id === value, title: each.definition }, each.label)),
      value && !item.choices.some((each) => each.id === value) && h("option", { value, selected: true }, value),
    );
  return panel.written(
    at,
    value,
    { label, class: `p3c-rp-field p3c-rp-${item.kind}`, empty: status === "not_found" ? "Looked for and not found" : empty },
    {
      now: () => now(panel, form, line, item).value,
      verb: "give_answer",
      args: (text, was) => {
        const seen = now(panel, form, line, item).status;
        // what is written was found, and how nothing is known cannot be said
        const status = text ? (seen === "not_found" ? "" : seen) : seen === "not_found" ? seen : "";
        return { ...asked(panel, form, line, item), value: text, status, was: { value: was, status: seen } };
      },
    },
  );
}

function rests(panel: FormsPanel, form: FormState, line: FormLine, item: ItemRow): HTMLElement {
  const answer = answerOf(line, item);
  return citations(panel, `${form.form} ${line.record} ${item.id}`, answer?.citations ?? [], {
    about: "answer",
    name: item.label,
    first: "document",
    words: now(panel, form, line, item).value ? undefined : "What it says",
    target: async (source, words) => {
      const seen = now(panel, form, line, item);
      const value = words || seen.value;
      const known = seen.status && seen.status !== "not_found";
      if (answer && value === seen.value && (known || !form.statuses.length)) return answer.id;
      // where it is known from says how it is known
      const status = !form.statuses.length ? "" : known ? seen.status : isDocument(source) ? "documented" : "interview";
      return panel.do<string>("give_answer", { ...asked(panel, form, line, item), value, status, was: seen });
    },
  });
}

function remover(panel: FormsPanel, form: FormState, line: FormLine): Child {
  if (line.fixed || panel.still) return null;
  return button("Remove the line", () => void panel.try("remove_record", { form: form.form, record: line.record, ...panel.about }), { class: "p3c-button p3c-link", "data-name": `remove ${line.record}`, "aria-label": `Remove the line ${line.label}` });
}

async function addLine(panel: FormsPanel, form: FormState): Promise<void> {
  const [first] = form.items;
  if (!first || !(await panel.context.known())) return;
  await ask(
    panel.context.bench.root,
    {
      title: `A line in ‘${form.label}’`,
      fields: [{ name: "value", label: first.label, required: true, help: first.hint, ...(first.kind === "choice" ? { options: options(first.choices) } : {}) }],
      ok: "Add the line",
    },
    async ({ value }) => {
      // two who add a line in two copies add two
      const record = crypto.randomUUID().slice(0, 8);
      await panel.do("give_answer", { form: form.form, item: first.id, record, value, ...panel.about });
    },
  );
}
