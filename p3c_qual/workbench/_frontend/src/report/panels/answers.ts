/** What of a form is filled in, and how it is said. */

import { count } from "../../dom";
import { listed } from "../../start/words";
import type { AnswerRow, FormState, RecordRow } from "../../wire";

export const STATUSES = ["documented", "interview", "not_found"] as const;

/** A line of a form as it is shown: those it has to have, in their order, then those that were made. */
export interface FormLine {
  record: string;
  label: string;
  answers: AnswerRow[];
  fixed: boolean;
}

/** Whether it has lines, made by its writer or those it has to have. */
export const lined = (form: FormState): boolean => form.several || form.records_of.length > 0;

export function linesOf(form: FormState): FormLine[] {
  const made = new Map(form.records.map((each) => [each.record, each]));
  const given = (record: string): AnswerRow[] => made.get(record)?.answers ?? [];
  if (!lined(form)) return [{ record: "", label: "", answers: given(""), fixed: true }];
  const fixed = form.records_of.map((each) => ({ record: each.id, label: each.label, answers: given(each.id), fixed: true }));
  const known = new Set(form.records_of.map((each) => each.id));
  const own = form.records.filter((each) => !known.has(each.record)).map((each) => ({ record: each.record, label: nameOf(form, each), answers: each.answers, fixed: false }));
  return [...fixed, ...own];
}

/** What a line is called: what stands in its first item. */
function nameOf(form: FormState, line: RecordRow): string {
  return line.answers.find((each) => each.item === form.items[0]?.id)?.value || line.record;
}

/** An item counts as filled where something is written, or it is said that nothing was found. */
export const filled = (answer: AnswerRow | undefined): boolean => Boolean(answer && (answer.value.trim() || answer.status === "not_found"));

/** How many items are filled, of how many there are, and how many of each status. */
export function filling(form: FormState): { done: number; of: number; by: Map<string, number> } {
  const by = new Map<string, number>();
  let done = 0;
  const lines = linesOf(form);
  for (const line of lines)
    for (const item of form.items) {
      const answer = line.answers.find((each) => each.item === item.id);
      if (!filled(answer)) continue;
      done++;
      by.set(answer!.status, (by.get(answer!.status) ?? 0) + 1);
    }
  return { done, of: lines.length * form.items.length, by };
}

const SAID: Record<string, (n: number) => string> = {
  documented: (n) => `${n} documented`,
  interview: (n) => `${n} from interviews`,
  not_found: (n) => `${n} not found`,
  "": (n) => `${n} without a status`,
};

/** As "9 of 14: 6 documented, 2 from interviews, 1 not found"; of a form with free lines, how many lines. */
export function fillingSaid(form: FormState): string {
  const { done, of, by } = filling(form);
  if (form.several && !form.records_of.length) return form.records.length ? count(form.records.length, "line") : "no line yet";
  const parts = [...STATUSES, ""].filter((each) => by.get(each)).map((each) => SAID[each]!(by.get(each)!));
  // forms whose items have no status are told by their number alone
  const told = by.size === 1 && by.has("") && !form.statuses.length ? "" : parts.join(", ");
  return `${done} of ${of}${told ? `: ${told}` : ""}`;
}

/** What is still open, by name. */
export function openItems(form: FormState): string {
  if (lined(form)) return "";
  const given = linesOf(form)[0]!.answers;
  const open = form.items.filter((item) => !filled(given.find((each) => each.item === item.id)));
  return open.length && open.length <= 4 ? `Open: ${listed(open.map((each) => each.label.toLowerCase()))}.` : "";
}
