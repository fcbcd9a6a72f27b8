/** A codebook that is not there yet, asked for where one is to be chosen. */

import { ask, type Field } from "../dialog";
import { h } from "../dom";
import type { Model } from "../model";

/** The option that stands for one that is to be made. */
const NEW = "new codebook";

/** Ask what a new codebook is called, and make it; its row id, or nothing. */
export async function newCodebook(host: HTMLElement, model: Model): Promise<string | null> {
  let made: string | null = null;
  await ask(
    host,
    {
      title: "New codebook",
      fields: [{ name: "label", label: "What it is called", required: true, help: "It begins without codes; they come in as they are formed." }],
      ok: "Make it",
    },
    async ({ label }) => {
      const { result } = await model.do("create_codebook", { label });
      if (typeof result === "string") made = result;
    },
  );
  return made;
}

/** A field in which a codebook is chosen, or made. */
export function bookField(host: HTMLElement, model: Model, value: string, more: Partial<Field> & { none?: string; open?: boolean } = {}): Field {
  const { none, open, ...rest } = more;
  const books = model.study.codebooks.filter((each) => !open || !each.frozen);
  let before = value;
  return {
    name: "codebook",
    label: "Codebook",
    value,
    options: [
      ...(none === undefined ? [] : [{ value: "", label: none }]),
      ...books.map((each) => ({ value: each.id, label: each.label })),
      { value: NEW, label: "a new codebook …" },
    ],
    ...rest,
    chose: (select) => {
      if (select.value !== NEW) {
        before = select.value;
        return;
      }
      select.value = before;
      void newCodebook(host, model).then((made) => {
        if (!made) return;
        before = made;
        const label = model.study.codebooks.find((each) => each.id === made)?.label ?? "the new codebook";
        select.querySelector(`[value="${NEW}"]`)!.before(h("option", { value: made }, label));
        select.value = made;
        select.dispatchEvent(new Event("input", { bubbles: true }));
      });
    },
  };
}

/** Ask into which codebook a code goes, where the research question has none; its row id, or nothing. */
export async function askWhichBook(host: HTMLElement, model: Model): Promise<string | null> {
  let chosen: string | null = null;
  await ask(
    host,
    {
      title: "Into which codebook?",
      text: [h("p", {}, `‘${model.asked(model.question)?.label ?? ""}’ is bound to no codebook. Its form binds one (Summarise, Edit question).`)],
      fields: [bookField(host, model, "", { none: "choose …", required: true })],
      ok: "Take it",
    },
    ({ codebook }) => {
      chosen = codebook!;
    },
  );
  return chosen;
}
