/** The first hour: what there is to do before one can code, in order. */

import { button, count, h } from "../dom";
import type { StudyState } from "../wire";
import { panel } from "./lists";

export interface FirstDoes {
  name(): void;
  add(): void;
  places(): void;
  codebook(): void;
  code(): void;
  hide(): void;
}

/** Whether somebody is here for the first time. */
export const isFirst = (study: StudyState): boolean => !study.me || !study.sources.length;

export interface Step {
  name: string;
  done: boolean;
  what: string;
  does: string;
  run: keyof FirstDoes;
}

/** The steps, and how far they are. */
export function steps(study: StudyState): Step[] {
  const { me, sources, codebooks } = study;
  const lost = sources.filter((row) => !row.programme).length;
  return [
    {
      name: "Say who you are",
      done: !!me,
      what: me ? `You are ${me}.` : "Your name stands beside everything you do.",
      does: me ? "Change" : "Say who I am",
      run: "name",
    },
    {
      name: "Add transcripts and documents",
      done: sources.length > 0,
      what: sources.length
        ? `${count(sources.length, "source")} in the study.`
        : "Word, PDF, text, subtitles and tables. You see what was recognised before anything is kept.",
      does: sources.length ? "Add more" : "Add sources",
      run: "add",
    },
    {
      name: "Say which programme and site they are from",
      done: sources.length > 0 && !lost,
      what: !sources.length
        ? "Asked when files are added."
        : lost
          ? `${count(lost, "source")} of ${sources.length.toLocaleString("en-GB")} ${lost === 1 ? "names" : "name"} no programme.`
          : "Every source names its programme.",
      does: "Name it",
      run: "places",
    },
    {
      name: "Choose the codebook",
      done: codebooks.length > 0,
      what: codebooks.length ? `${count(codebooks.length, "codebook")} here; your own can be taken in.` : "Take one in from a YAML file.",
      does: "Take one in",
      run: "codebook",
    },
    {
      name: "Begin coding",
      done: sources.some((row) => row.mine > 0),
      what: "Mark words, press Enter, choose a code.",
      does: "Open the first text",
      run: "code",
    },
  ];
}

export function firstHour(study: StudyState, does: FirstDoes): HTMLElement {
  const all = steps(study);
  const next = all.findIndex((step) => !step.done);
  return panel(
    "First steps",
    "first",
    h(
      "ol",
      { class: "p3c-start-steps" },
      ...all.map((step, at) =>
        h(
          "li",
          { class: step.done ? "p3c-start-ticked" : at === next ? "p3c-start-next" : "", "aria-current": at === next ? "step" : null },
          h("span", { class: "p3c-start-tick", role: "img", "aria-label": step.done ? "Done" : "To do" }, step.done ? "✓" : String(at + 1)),
          h("div", {}, h("h3", {}, step.name), h("p", { class: "p3c-quiet" }, step.what)),
          button(step.does, () => does[step.run](), {
            class: `p3c-button${at === next ? " p3c-main" : ""}`,
            "data-name": `step ${step.run}`,
            disabled:
              (!study.writable && step.run !== "name" && step.run !== "code") ||
              ((step.run === "code" || step.run === "places") && !study.sources.length) ||
              (step.run === "places" && step.done),
          }),
        ),
      ),
    ),
    button("Hide the first steps", does.hide, { class: "p3c-button p3c-link", "data-name": "hide" }),
  );
}
