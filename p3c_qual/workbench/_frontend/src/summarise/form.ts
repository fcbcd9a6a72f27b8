/** The form of a research question: what is asked, by which technique, of which texts. */

import { bookField } from "../code/newbook";
import { ask, type Field } from "../dialog";
import { h } from "../dom";
import type { Model } from "../model";
import type { QuestionRow, SourceRow } from "../wire";
import { TECHNIQUES, UNITS } from "./techniques";

/** Techniques that work with a codebook. */
const CODES = new Set(["inductive", "formal", "theme", "scaling"]);
/** What one begins with, as fits interviews. */
const USUAL = { coding_unit: "proposition", context_unit: "source", recording_unit: "source" };
type Unit = keyof typeof UNITS;

/** Ask for a new research question; returns its id, or nothing. */
export async function newQuestion(host: HTMLElement, model: Model, technique = "summarising"): Promise<string | null> {
  let made: string | null = null;
  const material = new Material(model, null);
  await ask(
    host,
    {
      title: "New research question",
      wide: true,
      fields: [
        { name: "label", label: "Question", required: true, help: "What the material is asked, in one sentence." },
        {
          name: "technique",
          label: "Technique",
          value: technique,
          options: TECHNIQUES.map((each) => ({ value: each.key, label: each.label })),
          help: "It stays as it is chosen here; another technique is another question over the same texts.",
        },
        ...said(null),
        ...units(null),
        book(host, model, null),
      ],
      after: [material.element],
      ok: "Ask it",
    },
    async ({ label, technique: key, codebook, ...fields }) => {
      const answer = await model.do("ask_question", {
        label,
        technique: key,
        fields,
        material: material.chosen,
        codebook: codebook && CODES.has(key!) ? codebook : null,
      });
      if (typeof answer.result === "string") made = answer.result;
    },
  );
  return made;
}

/** Change what is said of a research question; `add` is a source that is put to its material beforehand. */
export function editQuestion(host: HTMLElement, model: Model, question: QuestionRow, add = ""): Promise<boolean> {
  const material = new Material(model, question, add);
  const seen: Record<string, string> = {
    label: question.label,
    theory: question.theory,
    criterion: question.criterion,
    abstraction: question.abstraction,
    coding_unit: question.coding_unit,
    context_unit: question.context_unit,
    recording_unit: question.recording_unit,
  };
  return ask(
    host,
    {
      title: "Edit the research question",
      wide: true,
      text: [h("p", { class: "p3c-quiet" }, `${question.technique_label}. The technique stays as it is.`)],
      fields: [
        { name: "label", label: "Question", value: question.label, required: true },
        ...said(question),
        ...units(question),
        ...(CODES.has(question.technique) ? [book(host, model, question)] : []),
      ],
      after: [material.element],
      ok: "Save",
    },
    async ({ codebook, ...values }) => {
      const fields: Record<string, string> = {};
      const was: Record<string, string> = {};
      for (const [name, value] of Object.entries(values))
        if (value !== seen[name]) {
          fields[name] = value;
          was[name] = seen[name] ?? "";
        }
      const rebound = codebook !== undefined && codebook !== (question.codebook ?? "");
      if (!Object.keys(fields).length && !material.touched && !rebound) return;
      await model.do("edit_question", {
        question: question.id,
        fields,
        was,
        ...(material.touched ? { material: material.chosen ?? [] } : {}),
        ...(rebound ? { codebook } : {}),
      });
    },
  );
}

function said(question: QuestionRow | null): Field[] {
  return [
    { name: "theory", label: "Background", lines: 2, value: question?.theory, help: "What is known already, and what in doubt a decision rests on." },
    { name: "criterion", label: "Selection criterion", lines: 2, value: question?.criterion, help: "What in the texts bears on the question; all else is passed over." },
    { name: "abstraction", label: "Level of abstraction", lines: 2, value: question?.abstraction, help: "How general paraphrases or categories are to be, with an example." },
  ];
}

function units(question: QuestionRow | null): Field[] {
  const field = (name: Unit, label: string, help: string): Field => ({
    name,
    label,
    help,
    value: question?.[name] || (question ? "" : USUAL[name]),
    options: [
      ...(question && !question[name] ? [{ value: "", label: "not declared yet" }] : []),
      ...UNITS[name].map(([value, words]) => ({ value, label: words })),
    ],
  });
  return [
    field("coding_unit", "Coding unit", "The smallest piece that may be taken."),
    field("context_unit", "Context unit", "The largest piece that may be used to understand it."),
    field("recording_unit", "Recording unit", "What is confronted with the categories at a time; what is said twice is told within it."),
  ];
}

function book(host: HTMLElement, model: Model, question: QuestionRow | null): Field {
  const help = "For techniques that code. What is coded with it then belongs to this question.";
  return bookField(host, model, question?.codebook ?? "", { none: "none", help });
}

/** The sources a question is asked of, by programme; the order is that of processing. */
class Material {
  readonly element: HTMLElement;
  touched = false;
  readonly #boxes: [string, HTMLInputElement][] = [];

  constructor(model: Model, question: QuestionRow | null, add = "") {
    this.touched = add !== "";
    const chosen = question?.all_material === false ? question.material : null;
    const given = new Map((question?.material ?? []).map((id, at) => [id, at]));
    const after = given.size;
    const sources = model.study.sources
      .filter((row) => row.length !== null && (!row.translation_of || given.has(row.id) || row.id === add))
      .map((row, at) => ({ row, at: given.get(row.id) ?? after + at }))
      .sort((one, other) => one.at - other.at)
      .map(({ row }) => row);
    const groups = new Map<string, SourceRow[]>();
    for (const row of sources) groups.set(row.programme, [...(groups.get(row.programme) ?? []), row]);
    const box = (row: SourceRow) => {
      const input = h("input", { type: "checkbox", checked: !chosen || chosen.includes(row.id) || row.id === add });
      this.#boxes.push([row.id, input]);
      return h("label", { class: "p3c-sum-source" }, input, ` ${row.key}`, row.title !== row.key && h("small", {}, ` ${row.title}`));
    };
    this.element = h(
      "fieldset",
      { class: "p3c-sum-material", oninput: () => (this.touched = true) },
      h("legend", {}, "Material"),
      ...[...groups].map(([programme, rows]) => {
        const boxes = rows.map(box);
        const all = h("input", {
          type: "checkbox",
          "aria-label": `All of ${programme || "no programme"}`,
          checked: rows.every((row) => !chosen || chosen.includes(row.id) || row.id === add),
          oninput: () => {
            for (const each of boxes) each.querySelector("input")!.checked = all.checked;
          },
        });
        return h("div", { class: "p3c-sum-programme" }, h("label", {}, all, h("b", {}, ` ${programme || "No programme"}`)), ...boxes);
      }),
      sources.length === 0 && h("p", { class: "p3c-quiet" }, "There is no source yet; what comes in later belongs to the question."),
    );
  }

  /** Ids in the order of processing; nothing where it is all there is, whatever comes later too. */
  get chosen(): string[] | null {
    const ids = this.#boxes.filter(([, input]) => input.checked).map(([id]) => id);
    return ids.length === this.#boxes.length ? null : ids;
  }
}
