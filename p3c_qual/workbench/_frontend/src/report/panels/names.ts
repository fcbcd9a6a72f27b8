/** Names of people and places in what is printed: kept with a reason, or masked in every quote. */

import { wide } from "../../configure/panels/pick";
import { Amiss, ask } from "../../dialog";
import { button, count, h } from "../../dom";
import type { NameRow, QuoteRow, QuoteState } from "../../wire";
import type { ChecksPanel } from "./checks";
import { namesIn, type Span } from "./words";

export function drawNames(panel: ChecksPanel, names: readonly NameRow[]): HTMLElement {
  const rows = [...names].sort((one, other) => Number(one.kept) - Number(other.kept) || one.name.localeCompare(other.name));
  return h(
    "section",
    { class: "p3c-rp-names", "aria-label": "Names" },
    h("h3", {}, names.length ? `${count(names.length, "name")} in what is printed` : "No name was found in what is printed"),
    h("p", { class: "p3c-quiet" }, "Found by a program, which takes some words for names and misses some names: read what is printed. A name of a person is masked; one of a town or a programme may stay, with the reason."),
    rows.length > 0 &&
      wide(
        "p3c-pan-table",
        h("thead", {}, h("tr", {}, ...["Name", "Kind", "In", "Decided"].map((each) => h("th", { scope: "col" }, each)))),
        h("tbody", {}, ...rows.map((row) => line(panel, row))),
      ),
  );
}

function line(panel: ChecksPanel, row: NameRow): HTMLElement {
  const { still } = panel;
  return h(
    "tr",
    { "data-person": row.name, class: row.kept ? "p3c-rp-kept" : null },
    h("th", { scope: "row", dir: "auto" }, row.name),
    h("td", {}, row.kind),
    h(
      "td",
      {},
      ...row.quotes.map((key, at) => button(panel.quotes.who(key) || `quote ${at + 1}`, () => panel.context.open("quotes", `${key}~${row.name}`), { class: "p3c-button p3c-link", "data-name": `${row.name} ${key}`, "aria-label": `Mask ${row.name} in the quote ${panel.quotes.said(key)}`, title: `${panel.quotes.said(key)}: open it with the name chosen` })),
      ...row.sections.map((key) => button(panel.sectionSaid(key), () => panel.context.open("write", key), { class: "p3c-button p3c-link", "data-name": `${row.name} in ${key}`, title: "Open the section; what you wrote is changed there" })),
    ),
    h(
      "td",
      {},
      row.kept
        ? h("span", {}, "may be printed: ", h("span", { dir: "auto" }, row.reason), " ", !still && button("Decide again", () => void panel.try("forget_name", { name: row.name }), { class: "p3c-button p3c-link", "data-name": `forget ${row.name}` }))
        : h(
            "span",
            { class: "p3c-pan-row p3c-rp-decide" },
            row.quotes.length > 0 && button(row.quotes.length > 1 ? "Mask everywhere …" : "Mask …", () => void maskAll(panel, row), { disabled: still, "data-name": `mask ${row.name}`, "aria-label": `Mask ${row.name} in every quote` }),
            button("Keep …", () => void keep(panel, row), { disabled: still, "data-name": `keep ${row.name}`, "aria-label": `Let ${row.name} be printed` }),
          ),
    ),
  );
}

async function keep(panel: ChecksPanel, row: NameRow): Promise<void> {
  if (!(await panel.context.known())) return;
  await ask(
    panel.context.bench.root,
    { title: `Let ‘${row.name}’ be printed`, fields: [{ name: "reason", label: "Why", lines: 2, required: true, help: "Such as: a town; the programme’s public name; the person agreed in writing." }], ok: "Keep the name" },
    async ({ reason }) => void (await panel.do("keep_name", { name: row.name, reason })),
  );
}

/** Where a name stands in the quotes that print it. */
export function spansOf(quotes: readonly QuoteRow[], row: Pick<NameRow, "name" | "quotes">): { quote: QuoteRow; span: Span }[] {
  return quotes.filter((each) => row.quotes.includes(each.key)).flatMap((quote) => namesIn(quote, row.name).map((span) => ({ quote, span })));
}

async function maskAll(panel: ChecksPanel, row: NameRow): Promise<void> {
  const { context } = panel;
  if (!(await context.known())) return;
  const state = await context.store.get<QuoteState>("quotes").catch((error) => {
    context.bench.fault(error);
    return null;
  });
  if (!state) return;
  const places = spansOf(state.quotes, row);
  const [first] = row.quotes;
  if (!places.length) {
    context.say(`‘${row.name}’ does not stand in so many words in the quote; choose it there.`);
    return context.open("quotes", first);
  }
  await ask(
    context.bench.root,
    {
      title: `Mask ‘${row.name}’ ${places.length > 1 ? `in ${count(places.length, "place")}` : ""}`,
      text: [
        h("ul", { class: "p3c-pan-over" }, ...places.map(({ quote, span }) => h("li", { dir: "auto" }, around(quote, span)))),
        row.sections.length > 0 && h("p", {}, `What the author wrote in ${row.sections.map((each) => panel.sectionSaid(each)).join(", ")} is changed there, by hand.`),
      ],
      fields: [{ name: "text", label: "What is printed instead", value: "X", required: true, first: true, help: "The same everywhere. A word stands in square brackets, such as [the nurse]; X, Y or Z, also as Dr X, stands by itself." }],
      ok: "Mask",
    },
    async ({ text }) => {
      let done = 0;
      try {
        for (const { quote, span } of places) {
          await panel.do("change_quote", { quote: quote.id, kind: "mask", ...span, text });
          done++;
        }
      } catch (error) {
        if (done) throw new Amiss(`Masked in ${count(done, "place")}; then: ${error instanceof Error ? error.message : String(error)}`, document.activeElement as HTMLElement);
        throw error;
      }
      context.say(`Masked in ${count(done, "place")}.`);
    },
  );
}

/** Some words before and after a place. */
function around(quote: QuoteRow, span: Span): string {
  const signs = [...quote.quote];
  const [start, end] = [span.start - quote.start, span.end - quote.start];
  const from = Math.max(0, start - 40);
  const to = Math.min(signs.length, end + 40);
  return `${from ? "…" : ""}${signs.slice(from, start).join("")}«${signs.slice(start, end).join("")}»${signs.slice(end, to).join("")}${to < signs.length ? "…" : ""}`;
}
