/** One theory in full: its words, its versions, what tests it, what speaks for or against it, what was inferred. */

import { button, count, h, type Child } from "../../dom";
import type { ConfigurationRow, TheoryRow } from "../../wire";
import { evidenceSection } from "./theoryevidence";
import { inferenceSection } from "./inferences";
import { pickConfiguration, wide } from "./pick";
import { ARROWS } from "./sides";
import { options, type TheoriesPanel } from "./theories";
import { chainsOf, speaks, testsOf } from "./versions";

/** Faults that a search for negative cases answers. */
const SEARCHED = new Set(["refined_unsearched", "never_searched"]);

export function drawTheory(panel: TheoriesPanel, theory: TheoryRow): Child[] {
  const { store } = panel.context;
  const chain = chainsOf([...store.theories.values()]).find((each) => each.includes(theory))!;
  const tests = testsOf(theory.id, [...store.configurations.values()]);
  const earlier = chain.filter((each) => each.version < theory.version).flatMap((each) => testsOf(each.id, [...store.configurations.values()]).map((row) => ({ row, version: each.version })));
  const searchable = [...tests, ...earlier.map((each) => each.row)].filter((each) => !each.state);
  const deed = { verb: "edit_theory", of: "theory", now: () => store.theories.get(theory.id) };
  const write = (field: keyof TheoryRow & string, label: string, more: { class?: string; empty?: string } = {}) => panel.field(theory, field, deed, { label, ...more });
  const choose = (field: "status" | "level" | "programme", label: string, rows: { value: string; label: string }[]) =>
    h(
      "label",
      {},
      h("span", { class: "p3c-quiet" }, `${label} `),
      h(
        "select",
        {
          "data-name": `${theory.id} ${field}`,
          disabled: panel.still,
          onchange: (event: Event) => {
            const value = (event.target as HTMLSelectElement).value;
            void panel.act(`${theory.id} ${field}`, "edit_theory", { theory: theory.id, fields: { [field]: value }, was: { [field]: theory[field] } });
          },
        },
        ...rows.map((each) => h("option", { value: each.value, selected: each.value === theory[field] }, each.label)),
      ),
    );
  const refused = panel.refusedAt(`${theory.id} status`) || panel.refusedAt(`${theory.id} level`) || panel.refusedAt(`${theory.id} programme`);
  return [
    h("div", { class: "p3c-pan-top" }, write("label", "Name", { class: "p3c-pan-name" }), h("span", { class: "p3c-badge" }, theory.key)),
    h(
      "div",
      { class: "p3c-pan-row" },
      choose("status", "Status", options(store.valuesOf("theory_statuses"))),
      choose("level", "Level", options(store.valuesOf("theory_levels"))),
      choose("programme", "Programme", [{ value: "", label: "of no single one" }, ...options(panel.programmes)]),
      h("span", { class: "p3c-space" }),
      button("Refine …", () => void panel.refine(), { disabled: panel.still, "data-name": `${theory.id} refine` }),
      button("Remove …", () => void panel.remove(), { disabled: panel.still, "data-name": `${theory.id} remove` }),
    ),
    refused && h("div", { class: "p3c-pan-refused", role: "alert" }, h("p", {}, refused.text), refused.code === "unsearched" && searches(panel, searchable)),
    h("div", { class: "p3c-pan-statement" }, write("if_", "If"), write("then_", "Then"), write("because", "Because")),
    ...theory.faults.map((fault) =>
      h(
        "div",
        { class: "p3c-pan-fault", role: "note" },
        h("p", {}, h("b", {}, "⚠ "), sentence(fault.what), fault.do && ` ${sentence(fault.do)}`),
        SEARCHED.has(fault.code) && !refused && searches(panel, searchable),
      ),
    ),
    chain.length > 1 && versions(panel, chain, theory),
    theory.supersedes && write("change", "What changed, and why", { empty: "Say what made you change it." }),
    write("origin", "Where it comes from", { empty: "Say where: a document, a talk with those who planned it, other studies …" }),
    testSection(panel, theory, tests, earlier),
    evidenceSection(panel, theory),
    inferenceSection(panel, { theory: theory.id }),
    h("p", { class: "p3c-quiet" }, theory.coder && `Written by ${theory.coder}.`),
  ];
}

/** The way to a search for negative cases, from where one is asked for. */
function searches(panel: TheoriesPanel, configurations: ConfigurationRow[]): HTMLElement {
  if (!configurations.length) return h("p", {}, "No configuration tests it yet; choose one below, then search for its negative cases.");
  return h(
    "div",
    { class: "p3c-pan-row" },
    ...configurations.slice(0, 6).map((each, at) =>
      button(at ? each.key : `Search for negative cases of ${each.key}`, () => panel.context.open("negative", each.key), {
        "data-name": `search ${each.id}`,
        title: each.sentence || each.label,
        "aria-label": `Search for negative cases of ${each.key}`,
      }),
    ),
    configurations.length > 6 && h("span", { class: "p3c-quiet" }, `and ${configurations.length - 6} more`),
  );
}

/** A sentence from what begins small. */
const sentence = (text: string) => (text ? text.charAt(0).toUpperCase() + text.slice(1) + (/[.?!]$/.test(text) ? "" : ".") : "");

function versions(panel: TheoriesPanel, chain: TheoryRow[], theory: TheoryRow): HTMLElement {
  return h(
    "ol",
    { class: "p3c-pan-versions", "aria-label": "Versions" },
    ...chain.map((each) =>
      h(
        "li",
        {},
        button(`v${each.version}`, () => panel.open(each.id), { "aria-current": each === theory ? "true" : null, "data-name": `version ${each.id}`, title: each.label }),
        h("small", { class: "p3c-pan-clamp", dir: "auto" }, each.version ? each.change || "no change written" : each.origin || "the initial theory"),
      ),
    ),
  );
}

function testSection(panel: TheoriesPanel, theory: TheoryRow, tests: ConfigurationRow[], earlier: { row: ConfigurationRow; version: number }[]): HTMLElement {
  const { store } = panel.context;
  const line = (each: ConfigurationRow, version: number | null) => {
    const { forIt, against, rival } = speaks(each.profile);
    const ways = each.elements.filter((part) => part.role === "outcome").map((part) => (part.direction ? `${ARROWS[part.direction] ?? ""} ${store.label("direction", part.direction).toLowerCase()}` : "no direction"));
    return h(
      "tr",
      {},
      h("td", {}, button(each.key, () => panel.context.openCard(each.id), { class: "p3c-button p3c-link", "data-name": `card ${each.id}` }), version !== null && h("small", {}, ` tests v${version}`), each.state && h("small", {}, ` ${each.state.replace("_", " ")}`)),
      h("td", { dir: "auto" }, h("span", { class: "p3c-pan-clamp" }, each.sentence || each.label || "nothing in it yet")),
      h("td", {}, each.completeness_label),
      h("td", {}, ways.join("; ") || "no outcome"),
      h("td", { class: "p3c-pan-n" }, forIt),
      h("td", { class: "p3c-pan-n" }, against ? h("b", {}, against) : 0, rival > 0 && h("small", {}, ` ${rival} rival`), each.profile.open > 0 && h("small", {}, ` ${each.profile.open} open`)),
      h(
        "td",
        {},
        version === null
          ? button("Take out", () => void panel.act(`tests ${theory.id}`, "edit_configuration", { configuration: each.id, fields: { theory: "" }, was: { theory: theory.id } }), { disabled: panel.still, "data-name": `out ${each.id}`, "aria-label": `${each.key} tests this theory no more` })
          : !each.state && button("Tests this version", () => void panel.act(`tests ${theory.id}`, "edit_configuration", { configuration: each.id, fields: { theory: theory.id }, was: { theory: each.theory } }), { disabled: panel.still, "data-name": `in ${each.id}` }),
      ),
    );
  };
  const free = [...store.configurations.values()].filter((each) => !each.state && each.theory !== theory.id);
  const refused = panel.refusedAt(`tests ${theory.id}`);
  // what was split, merged or set aside is listed for the record, and tests nothing
  const standing = tests.filter((each) => !each.state).length;
  const none = earlier.length ? "No configuration tests this version yet; these test one before it" : "No configuration tests it yet";
  return h(
    "section",
    { "aria-label": "Configurations that test it" },
    h("h3", {}, standing ? `${count(standing, "configuration")} ${standing === 1 ? "tests" : "test"} it` : none),
    refused && h("p", { class: "p3c-fault", role: "alert" }, refused.text),
    tests.length + earlier.length > 0 && h("p", { class: "p3c-quiet" }, "The passages speak for or against the configuration. Where its outcome went the other way than the theory says, what speaks for the configuration speaks against the theory."),
    tests.length + earlier.length > 0 &&
      wide(
        "p3c-pan-table",
        h("thead", {}, h("tr", {}, ...["Key", "Says", "Is a", "Outcome", "For it", "Against it", ""].map((each) => (each ? h("th", { scope: "col" }, each) : h("td", {}))))),
        h("tbody", {}, ...tests.map((each) => line(each, null)), ...earlier.map((each) => line(each.row, each.version))),
      ),
    store.configurations.size
      ? button("Add a configuration that tests it …", () => void addTest(panel, theory, free), { disabled: panel.still || !free.length, "data-name": `test ${theory.id}` })
      : h("p", { class: "p3c-quiet" }, "There is none in this study yet. Link words in the view Code, or write one under Configurations; its card says which theory it tests."),
  );
}

async function addTest(panel: TheoriesPanel, theory: TheoryRow, from: ConfigurationRow[]): Promise<void> {
  if (!(await panel.context.known())) return;
  const { store } = panel.context;
  await pickConfiguration(panel, { title: `A configuration that tests ‘${theory.label}’`, text: [h("p", { class: "p3c-quiet" }, "A configuration tests one theory; one that tests another is moved.")], from, ok: "It tests this one" }, (row) => store.edit("edit_configuration", "configuration", row, { theory: theory.id }));
}
