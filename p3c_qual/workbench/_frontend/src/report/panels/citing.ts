/** The places that something rests on: each opens its text, is taken away, and more are chosen from a search. */

import { PassageSearch } from "../../configure/passagesearch";
import { Amiss, ask } from "../../dialog";
import { button, h } from "../../dom";
import { Combo } from "../../summarise/combo";
import type { CitationRow, SourceRow } from "../../wire";
import type { StatePanel } from "./base";

/** What a place is named for. */
export interface Cited {
  about: "answer" | "fact" | "contrast" | "joint";
  /** Of a contrast: plan or practice. */
  side?: string;
  /** What has to be written before something can rest on a place; asked for together with it. */
  words?: string;
  /** Its row id; what is not written yet is made for it. `source` is what is going to be cited. */
  target(source: SourceRow, words: string): Promise<string>;
  /** What it is, for the dialog's head. */
  name: string;
  /** Sources of this kind stand first. */
  first?: "document" | "interview";
}

/** Places as small lines, with a button for a further one. */
export function citations(panel: StatePanel<any>, name: string, rows: readonly CitationRow[], cited: Cited): HTMLElement {
  return h(
    "div",
    { class: "p3c-rp-cites", role: "group", "aria-label": `What it rests on: ${cited.name}` },
    ...rows.map((row) => citation(panel, row)),
    !panel.still &&
      button("+ reference", () => void cite(panel, cited), {
        class: "p3c-button p3c-link p3c-rp-add",
        "data-name": `cite ${name}`,
        "aria-label": `Add a reference for ${cited.name}`,
      }),
  );
}

function citation(panel: StatePanel<any>, row: CitationRow): HTMLElement {
  const whole = row.start === null || row.end === null;
  const words = whole ? "the whole of it" : `“${row.quote}”`;
  return h(
    "span",
    { class: `p3c-rp-cite${row.stale ? " p3c-rp-stale" : ""}` },
    button(row.key, () => panel.context.openText(row.key, row.start ?? undefined, row.end ?? undefined), {
      class: "p3c-button p3c-link p3c-rp-key",
      "data-name": `open ${row.id}`,
      title: `Open ${row.key} in the text`,
    }),
    h("span", { class: "p3c-rp-cited", dir: "auto", title: whole ? "" : row.quote }, words),
    row.who && row.who !== row.key && h("small", {}, row.who),
    row.stale && h("small", { class: "p3c-pan-warn" }, "the text was edited since"),
    !panel.still &&
      button("×", () => void panel.try("uncite", { citation: row.id }), {
        class: "p3c-button p3c-rp-off",
        "data-name": `uncite ${row.id}`,
        "aria-label": `Take the reference to ${row.key} away`,
        title: "Take this reference away",
      }),
  );
}

/** Ask for a place: a source, and words in it or the whole of it. */
export async function cite(panel: StatePanel<any>, cited: Cited): Promise<boolean> {
  if (!(await panel.context.known())) return false;
  const { sources } = panel.context.model.study;
  const offers = sourcesFor(sources, panel.about, cited.first).map((each) => ({ id: each.id, label: each.title === each.key ? each.key : `${each.key}  ${each.title}`, detail: [each.kind.replaceAll("_", " "), each.interviewees.join(", "), each.programme].filter(Boolean).join(" · ") }));
  const combo = new Combo(offers, { label: "Source", placeholder: "Its key, or words in its title" });
  const search = new PassageSearch(panel.context, () => combo.chosen?.id ?? "");
  const whole = h("input", { type: "radio", name: "much", value: "whole" });
  const part = h("input", { type: "radio", name: "much", value: "part", checked: true });
  const passage = h("div", {}, search.element);
  for (const each of [whole, part]) each.addEventListener("change", () => (passage.hidden = whole.checked));
  const asked = ask(
    panel.context.bench.root,
    {
      title: `A reference for ${cited.name}`,
      wide: true,
      text: [
        combo.element,
        h("div", { class: "p3c-pan-row", role: "radiogroup", "aria-label": "How much of it" }, h("label", {}, part, " a passage, found by its words"), h("label", {}, whole, " the source as a whole")),
        passage,
      ],
      fields: cited.words ? [{ name: "words", label: cited.words, lines: 2, required: true, help: "In your own words, as it is printed." }] : [],
      ok: "Add the reference",
    },
    async ({ words = "" }) => {
      const source = sources.find((each) => each.id === combo.chosen?.id);
      if (!source) throw new Amiss("Choose a source first.", combo.input);
      const span = whole.checked ? {} : search.chosen;
      // words may have been looked for before another source was chosen
      if ("source" in span && span.source !== source.id) throw new Amiss(`These words are from another source. Look for words in ${source.key} again, or choose their source.`, search.input);
      const target = await cited.target(source, words);
      await panel.do("cite", { about: cited.about, target, side: cited.side ?? "", ...span, source: source.id });
    },
  );
  // Enter takes the source, and goes on to the words in it
  combo.input.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing || event.ctrlKey || event.metaKey || whole.checked || search.any) return;
    event.preventDefault();
    search.input.focus();
  });
  combo.input.focus();
  return asked;
}

/** Sources in the order in which they are likely to be cited: of the place first, of the kind first. */
export function sourcesFor(sources: readonly SourceRow[], about: { programme?: string; country?: string }, first?: "document" | "interview"): SourceRow[] {
  const rank = (each: SourceRow) =>
    (about.programme && each.programme !== about.programme ? 2 : 0) + (about.country && each.country !== about.country ? 2 : 0) + (first && isDocument(each) !== (first === "document") ? 1 : 0);
  return sources.filter((each) => !each.translation_of).sort((one, other) => rank(one) - rank(other) || one.key.localeCompare(other.key, "en", { numeric: true }));
}

/** Whether nobody is speaking in it. */
export const isDocument = (source: Pick<SourceRow, "kind" | "interviewees">): boolean => !source.interviewees.length && source.kind !== "interview";
