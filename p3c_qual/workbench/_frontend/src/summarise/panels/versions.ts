/** Below the agenda: what was confused, what is to be coded again, what is proposed, and the versions. */

import { ask, tell } from "../../dialog";
import { button, count, h, type Child } from "../../dom";
import { ago, moment, toText } from "../../start/words";
import type { ConfusionRow, EditionRow } from "../../wire";
import type { AgendaPanel } from "./agenda";

/** Categories that coders confused; those without a rule come first and stand open. */
export function confusions(panel: AgendaPanel): HTMLElement {
  const { model, bench } = panel.context;
  const rows = [...panel.page.confusions].sort((one, other) => Number(one.ruled) - Number(other.ruled));
  const bare = rows.filter((each) => !each.ruled).length;
  const name = "Confused categories";
  if (!model.others)
    return panel.part("confusions", name, false, h("p", { class: "p3c-quiet" }, "They are told where the codings of others are shown."));
  const line = (row: ConfusionRow): Child =>
    h(
      "li",
      { class: row.ruled ? "" : "p3c-badge-line" },
      h("b", { dir: "auto" }, row.label_a),
      " and ",
      h("b", { dir: "auto" }, row.label_b),
      h("span", { class: "p3c-quiet" }, ` ${count(row.pairs, "pair")} of segments, ${count(row.characters, "character")}. `),
      row.ruled ? h("span", { class: "p3c-quiet" }, "Both have a rule. ") : h("span", {}, "A rule has to tell them apart. "),
      !row.ruled && button("Write it", () => toRule(panel, row), { class: "p3c-button p3c-link", "data-name": `rule ${row.code_a} ${row.code_b}` }),
      h("div", {}, ...row.places.map((each) => button(`${each.key} ${each.start}–${each.end} (${each.coder_a}, ${each.coder_b})`, () => bench.go(toText(each.key, each)), { class: "p3c-button p3c-link" }))),
    );
  return panel.part(
    "confusions",
    rows.length ? `${name}: ${rows.length}${bare ? `, ${bare} without a rule` : ""}` : `${name}: none`,
    bare > 0,
    rows.length > 0 ? h("ul", { class: "p3c-lines" }, ...rows.map(line)) : h("p", { class: "p3c-quiet" }, "No two coders gave different categories to the same passage."),
  );
}

function toRule(panel: AgendaPanel, row: ConfusionRow): void {
  const bare = [row.code_a, row.code_b].find((code) => !panel.row(code)?.rule) ?? row.code_a;
  panel.grid.go(bare, "rule");
  panel.focus();
  panel.actions.find((each) => each.id === "agenda-enter")?.run();
}

/** Codings under a code that has changed since they were made. */
export function duty(panel: AgendaPanel): HTMLElement {
  const { model, bench } = panel.context;
  const rows = panel.page.duty;
  const total = rows.reduce((sum, each) => sum + each.ids.length, 0);
  return panel.part(
    "duty",
    total ? `To be coded again: ${count(total, "coding")}` : "To be coded again: none",
    total > 0,
    rows.length
      ? h(
          "table",
          { class: "p3c-plain" },
          h("thead", {}, h("tr", {}, ...["Category", "Changed", "Made with", "Coder", "Source", "Codings", ""].map((each) => h("th", { scope: "col" }, each)))),
          h(
            "tbody",
            {},
            ...rows.map((row) =>
              h(
                "tr",
                {},
                h("td", { dir: "auto" }, row.label),
                h("td", {}, row.changed),
                h("td", {}, row.version || "unknown"),
                h("td", {}, row.coder),
                h("td", {}, button(row.key, () => bench.go(toText(row.key, { start: row.start, end: row.start + 1 })), { class: "p3c-button p3c-link" })),
                h("td", { class: "p3c-number" }, row.ids.length),
                h("td", {}, row.coder === model.study.me && button("Confirm", () => void model.do("confirm_codings", { codings: row.ids }), { disabled: !model.study.writable, title: "They were looked at, and stand under the new version", "data-name": `confirm ${row.code} ${row.source}` })),
              ),
            ),
          ),
        )
      : h("p", { class: "p3c-quiet" }, "Every coding stands under its category as it is now."),
  );
}

/** What waits for the next version. */
export function proposals(panel: AgendaPanel): HTMLElement | false {
  const { model, bench } = panel.context;
  const rows = model.study.proposals.filter((each) => each.codebook === panel.page.codebook);
  if (!rows.length) return false;
  const { frozen, version, next } = panel.page;
  const boxes = rows.map((each) => [each.id, h("input", { type: "checkbox", checked: true, "aria-label": `${each.change} ${model.code(each.code ?? "")?.label ?? ""}` })] as const);
  const accept = () => {
    const chosen = boxes.filter(([, box]) => box.checked).map(([id]) => id);
    if (!chosen.length) return bench.say("Choose a proposal first.");
    void ask(
      bench.root,
      {
        title: frozen ? "Make the next version" : "Carry out proposals",
        text: [h("p", {}, `${chosen.length === 1 ? "The proposal is" : `${chosen.length} proposals are`} carried out${frozen ? `, version ${version} is kept as it was, and the new one is frozen` : ` in version ${version}, which stays open`}.`)],
        fields: [
          { name: "reason", label: "Why", lines: 2, required: true, first: true },
          ...(frozen ? [{ name: "version", label: "Version", value: next, required: true }] : []),
        ],
        ok: "Carry out",
      },
      async ({ reason, version: name = "" }) => {
        await model.do("accept_proposals", { proposals: chosen, reason, version: name === next ? "" : name });
        panel.again();
      },
    );
  };
  const said = (args: Record<string, unknown>) =>
    Object.entries(args)
      .filter(([key, value]) => typeof value === "string" && ["label", "definition", "rule", "level"].includes(key))
      .map(([key, value]) => `${key}: ${String(value) || "nothing"}`)
      .join("; ");
  return panel.part(
    "proposals",
    `Proposals: ${rows.length}`,
    true,
    h(
      "ul",
      { class: "p3c-lines" },
      ...rows.map((each, at) =>
        h("li", {}, h("label", {}, boxes[at]![1], ` ${each.change} `, h("b", { dir: "auto" }, model.code(each.code ?? "")?.label ?? ""), said(each.args) && h("span", { dir: "auto" }, ` (${said(each.args)})`), h("small", { dir: "auto" }, ` ${each.coder}: ${each.reason}`))),
      ),
    ),
    h("div", { class: "p3c-ends" }, button(frozen ? "Make the next version of them …" : "Carry them out …", accept, { disabled: !model.study.writable })),
  );
}

/** The versions that were frozen, each with what changed since. */
export function versions(panel: AgendaPanel): HTMLElement {
  const rows = panel.page.editions;
  const line = (each: EditionRow, at: number): Child =>
    h(
      "li",
      {},
      h("b", {}, `Version ${each.version}`),
      each.now && h("span", { class: "p3c-badge" }, panel.page.frozen ? "now" : "kept"),
      h("span", { class: "p3c-quiet", title: moment(each.at) }, ` frozen by ${each.coder} ${ago(each.at)}, ${each.codes === 1 ? "1 category" : `${each.codes} categories`} `),
      each.reason && h("span", { dir: "auto" }, `${each.reason} `),
      (!each.now || at < rows.length - 1 || !panel.page.frozen) &&
        button("What changed since", () => void compare(panel, each, rows[at + 1]), { class: "p3c-button p3c-link" }),
    );
  return panel.part(
    "versions",
    rows.length ? `Versions: ${rows.length} kept` : "Versions: none kept yet",
    false,
    rows.length ? h("ol", { class: "p3c-lines" }, ...rows.map(line)) : h("p", { class: "p3c-quiet" }, "A version is kept when it is frozen, such as by the review that ends the pilot."),
  );
}

async function compare(panel: AgendaPanel, old: EditionRow, next?: EditionRow): Promise<void> {
  const { model, bench } = panel.context;
  try {
    const lines = await model.server.get<string[]>("edition_changes", { study: model.path, codebook: panel.page.codebook, old: old.version, new: next?.version ?? "" });
    tell(
      bench.root,
      `From version ${old.version} to ${next ? `version ${next.version}` : "what stands now"}`,
      lines.length ? h("ul", { class: "p3c-lines" }, ...lines.map((each) => h("li", { dir: "auto" }, each))) : h("p", {}, "Nothing is different."),
    );
  } catch (error) {
    bench.fault(error);
  }
}
