/** Anchor examples of a category: chosen among its codings, marked, taken away. */

import { ask, tell } from "../../dialog";
import { button, fill, h } from "../../dom";
import { toText } from "../../start/words";
import type { AgendaRow, SegmentList, SegmentRow } from "../../wire";
import type { AgendaPanel } from "./agenda";

/** Codings that are offered at once. */
const MOST = 60;

/** Choose one of a category's codings as an anchor. */
export async function addAnchor(panel: AgendaPanel, row: AgendaRow): Promise<void> {
  const { model, bench } = panel.context;
  let found: SegmentList;
  try {
    found = await model.server.get<SegmentList>("segments", { study: model.path, code: row.code, others: model.others, limit: MOST });
  } catch (error) {
    return bench.fault(error);
  }
  const rows = found.rows.filter((each) => each.coding);
  if (!rows.length) return bench.say(`Nothing is coded with ‘${row.label}’ yet. An anchor is one of its coded passages.`);
  const taken = new Set(row.anchors.map((each) => each.place));
  const free = rows.filter((each) => !taken.has(placeOf(each)));
  if (!free.length) return bench.say("Each of its coded passages is an anchor already.");
  const list = h(
    "div",
    { class: "p3c-anchor-choice", role: "radiogroup", "aria-label": "Coded passages" },
    ...free.map((each, at) =>
      h(
        "label",
        { class: "p3c-anchor-offer" },
        h("input", { type: "radio", name: "coding", value: each.coding!.id, checked: at === 0 }),
        h("span", {}, h("q", { dir: "auto" }, each.quote), h("small", {}, ` ${each.key} ${each.start}–${each.end}, ${each.coding!.coder}`)),
      ),
    ),
  );
  const prototype = h("input", { type: "checkbox" });
  await ask(
    bench.root,
    {
      title: `An anchor for ‘${row.label}’`,
      wide: true,
      text: [h("p", { class: "p3c-quiet" }, "The anchor stays linked to the passage: when that is coded otherwise, the agenda says so.")],
      after: [
        list,
        found.total > rows.length && h("p", { class: "p3c-quiet" }, `The first ${rows.length} of ${found.total.toLocaleString("en-GB")} codings.`),
        h("label", {}, prototype, " The clearest example (prototype)"),
      ],
      ok: "Add it",
    },
    async () => {
      const coding = list.querySelector<HTMLInputElement>("input:checked")?.value;
      await model.do("add_anchor", { code: row.code, coding, prototype: prototype.checked, level: row.level });
    },
  );
}

/** Look at the anchors of a category, with what can be done with each. */
export function manageAnchors(panel: AgendaPanel, row: AgendaRow): void {
  const { model, bench } = panel.context;
  const still = !model.study.writable;
  const close = () => dialog.close();
  const line = (each: AgendaRow["anchors"][number]) =>
    h(
      "li",
      {},
      h("blockquote", { dir: "auto" }, each.quote),
      each.fault && h("p", { class: "p3c-anchor-fault" }, `${each.fault[0]!.toUpperCase()}${each.fault.slice(1)}.`),
      h(
        "div",
        { class: "p3c-ends" },
        h("small", {}, each.start === null ? (each.invented ? "invented" : "not linked to a text") : `${each.key} ${each.start}–${each.end}`),
        h("span", { class: "p3c-space" }),
        each.source && each.start !== null && button("Open in the text", () => (close(), bench.go(toText(each.key, { start: each.start!, end: each.end! })))),
        button(each.prototype ? "No longer the prototype" : "Prototype", () => (close(), void model.do("mark_prototype", { code: row.code, anchor: each.place, prototype: !each.prototype })), { disabled: still }),
        button("Take away", () => (close(), void model.do("remove_anchor", { code: row.code, anchor: each.place })), { disabled: still }),
      ),
    );
  const list = h("ul", { class: "p3c-anchor-list" });
  if (row.anchors.length) fill(list, ...row.anchors.map(line));
  else fill(list, h("li", { class: "p3c-quiet" }, "There is none yet."));
  const add = button("Add an anchor …", async () => {
    close();
    await addAnchor(panel, row);
    panel.focus();
  }, { disabled: still, class: "p3c-button p3c-main" });
  const dialog = tell(bench.root, `Anchor examples of ‘${row.label}’`, list, h("div", { class: "p3c-ends" }, add));
  add.focus();
}

const placeOf = (row: SegmentRow) => `${row.key}@${row.start}-${row.end}`;
