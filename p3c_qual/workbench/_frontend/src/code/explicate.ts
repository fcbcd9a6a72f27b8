/** A doubtful passage, marked in the text, becomes an explication. */

import { ask } from "../dialog";
import { h } from "../dom";
import type { CodeView } from "./view";

/** Ask in which context the marked words are to be explained, and begin. */
export async function explicate(view: CodeView): Promise<void> {
  const { model, bench, cursor } = view;
  const { source } = model;
  const span = cursor.span;
  if (!view.writable || !source) return bench.say("This study can only be read.");
  if (!span) return bench.say("Nothing is marked. Go to a unit with ↓, or mark words with the mouse.");
  if (!(await view.deeds.named())) return;
  const questions = model.study.questions.filter((each) => each.technique.startsWith("explication"));
  if (!questions.length) return bench.say("Ask a research question with the technique Explication first, in the view Summarise.");
  const last = questions.find((each) => each.key === model.question) ?? questions[0]!;
  let made = "";
  let asked = last;
  const done = await ask(
    bench.root,
    {
      title: "Explicate these words",
      text: [h("blockquote", { dir: "auto" }, view.text.words(span))],
      fields: [{ name: "question", label: "For the research question", value: last.id, options: questions.map((each) => ({ value: each.id, label: `${each.label} (${each.technique_label})` })) }],
      ok: "Begin",
    },
    async ({ question }) => {
      asked = questions.find((each) => each.id === question) ?? last;
      const scope = asked.technique === "explication_broad" ? "broad" : "narrow";
      const answer = await model.do("explicate", { source: source.id, ...span, scope, question });
      made = String(answer.result);
    },
  );
  if (done && made) bench.go(`summarise/${encodeURIComponent(`${asked.key}/explications@${made}`)}`);
  else view.focus();
}
