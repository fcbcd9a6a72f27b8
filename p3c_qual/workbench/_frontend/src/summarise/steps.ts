/** The steps of a research question: which is closed, which is now, and what it lacks. */

import { ask } from "../dialog";
import { button, h } from "../dom";
import type { Model } from "../model";
import type { QuestionRow } from "../wire";

/** Where a question is, as "step 3 of 6: First reduction (Z3)". */
export function where(question: QuestionRow): string {
  const at = question.steps.findIndex((step) => step.key === question.step);
  if (at < 0) return "all steps closed";
  return `step ${at + 1} of ${question.steps.length}: ${question.steps[at]!.title}`;
}

const SAYS: Record<string, string> = { closed: "closed", now: "now", later: "later" };

/** Draw the steps of a question with what can be done about them, and more beside that. */
export function drawSteps(question: QuestionRow, model: Model, host: HTMLElement, failed: (error: unknown) => void, ...more: HTMLElement[]): HTMLElement {
  const now = question.steps.find((step) => step.key === question.step);
  const earlier = question.steps.filter((step) => step.state === "closed");
  const still = !model.study.writable;
  return h(
    "section",
    { class: "p3c-sum-steps", "aria-label": "Steps" },
    h("h2", {}, "Steps"),
    h(
      "ol",
      {},
      ...question.steps.map((step, at) =>
        h(
          "li",
          { class: `p3c-sum-step p3c-sum-${step.state}`, "aria-current": step.state === "now" ? "step" : null },
          h("span", { class: "p3c-sum-tick", "aria-hidden": "true" }, step.state === "closed" ? "✓" : at + 1),
          h(
            "div",
            {},
            h("b", {}, step.title),
            h("span", { class: "p3c-voice" }, `, ${SAYS[step.state] ?? step.state}`),
            step.state === "now" && h("small", {}, step.does),
          ),
        ),
      ),
    ),
    question.broken.length > 0 && h("div", { class: "p3c-sum-broken", role: "status" }, h("b", {}, "No longer holds"), list(question.broken)),
    question.lacks.length > 0 && now && h("div", { class: "p3c-sum-lacks" }, h("b", {}, "Before this step is closed"), list(question.lacks)),
    h(
      "div",
      { class: "p3c-ends p3c-wrap p3c-sum-deeds" },
      now &&
        button("Close this step", () => void closeStep(question, model).catch(failed), {
          class: question.lacks.length ? "p3c-button" : "p3c-button p3c-main",
          disabled: still,
          "data-name": "close",
        }),
      earlier.length > 0 && button("Return to …", () => void returnTo(question, model, host), { disabled: still, "data-name": "return" }),
      ...more,
    ),
  );
}

function list(sentences: string[]): HTMLElement {
  return h("ul", {}, ...sentences.map((each) => h("li", {}, each)));
}

async function closeStep(question: QuestionRow, model: Model): Promise<void> {
  await model.do("close_step", { question: question.id, step: question.step });
}

function returnTo(question: QuestionRow, model: Model, host: HTMLElement): Promise<boolean> {
  const earlier = question.steps.filter((step) => step.state === "closed").reverse();
  return ask(
    host,
    {
      title: "Return to an earlier step",
      text: [h("p", {}, "What was done stays. The steps behind it are closed again when they are passed again, and the journal keeps why.")],
      fields: [
        { name: "step", label: "Step", options: earlier.map((step) => ({ value: step.key, label: step.title })) },
        { name: "reason", label: "Reason", lines: 2, required: true },
      ],
      ok: "Return",
    },
    async ({ step, reason }) => {
      await model.do("return_to", { question: question.id, step, reason });
    },
  );
}
