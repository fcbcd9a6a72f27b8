/** Split a configuration: which elements go into which part, with what each part will be. */

import { Amiss, ask } from "../dialog";
import { button, fill, h } from "../dom";
import type { ConfigurationRow } from "../wire";
import { classOf, ROLES } from "./classes";
import type { CardDeeds } from "./deeds";
import { SHORT, wordsOf } from "./words";

const MOST = 6;

interface Part {
  label: string;
  elements: Set<string>;
}

/** What one begins with: what there are several of is told apart, all else goes into both. */
export function firstParts(row: Pick<ConfigurationRow, "elements">): Part[] {
  const parts: Part[] = [0, 1].map(() => ({ label: "", elements: new Set<string>() }));
  const roles = new Map<string, string[]>();
  for (const each of row.elements) roles.set(each.role, [...(roles.get(each.role) ?? []), each.id]);
  for (const ids of roles.values()) ids.forEach((id, at) => (ids.length === 1 ? parts : [parts[at === 0 ? 0 : 1]!]).forEach((part) => part.elements.add(id)));
  return parts;
}

export async function split(deeds: CardDeeds, row: ConfigurationRow): Promise<void> {
  const { panel } = deeds;
  if (row.elements.length < 1) return panel.context.say("There is nothing on this card yet that could be split.");
  const parts = firstParts(row);
  const table = h("div", { class: "p3c-con-split" });
  const said = h("p", { class: "p3c-quiet", role: "status" });
  const previews: HTMLElement[] = [];
  const preview = () => {
    parts.forEach((part, at) => {
      const elements = row.elements.filter((each) => part.elements.has(each.id));
      const kind = classOf(elements, row.evidence);
      fill(previews[at]!, panel.store.label("completeness", kind));
    });
    const left = row.elements.filter((each) => !parts.some((part) => part.elements.has(each.id)));
    fill(said, left.length ? `In no part: ${left.map((each) => `${SHORT[each.role]!.toLowerCase()} ‘${wordsOf(each, row.evidence).text.slice(0, 40)}’`).join(", ")}. It stays with ${row.key} alone, which is kept for the record.` : "Passages go along with their elements; what is in several parts is copied.");
  };
  const draw = () => {
    previews.length = 0;
    fill(
      table,
      h(
        "table",
        {},
        h(
          "thead",
          {},
          h(
            "tr",
            {},
            h("th", { scope: "col" }, "Element"),
            ...parts.map((part, at) =>
              h("th", { scope: "col" }, h("input", { "aria-label": `Name of part ${at + 1}`, placeholder: `Part ${at + 1}`, value: part.label, dir: "auto", autocomplete: "off", oninput: (event: Event) => (part.label = (event.target as HTMLInputElement).value.trim()) })),
            ),
          ),
        ),
        h(
          "tbody",
          {},
          ...ROLES.flatMap((role) => row.elements.filter((each) => each.role === role)).map((each) => {
            const { text, quoted } = wordsOf(each, row.evidence);
            return h(
              "tr",
              { class: `p3c-role-${each.role}` },
              h("th", { scope: "row" }, h("small", {}, SHORT[each.role]!), h("span", { dir: "auto" }, quoted ? `“${text}”` : text || "not worded yet")),
              ...parts.map((part, at) =>
                h("td", {}, h("input", { type: "checkbox", checked: part.elements.has(each.id), "aria-label": `${SHORT[each.role]} ‘${text.slice(0, 60)}’ in part ${at + 1}`, onchange: (event: Event) => ((event.target as HTMLInputElement).checked ? part.elements.add(each.id) : part.elements.delete(each.id), preview()) })),
              ),
            );
          }),
          h(
            "tr",
            { class: "p3c-con-preview" },
            h("th", { scope: "row" }, "It will be"),
            ...parts.map(() => {
              const cell = h("td", {});
              previews.push(cell);
              return cell;
            }),
          ),
        ),
      ),
    );
    more.disabled = parts.length >= MOST;
    less.disabled = parts.length <= 2;
    preview();
  };
  const more = button("One part more", () => {
    parts.push({ label: "", elements: new Set(parts.at(-1)!.elements) });
    draw();
  });
  const less = button("One part less", () => {
    parts.pop();
    draw();
  });
  draw();
  let made: string[] = [];
  const asked = ask(
    deeds.root,
    {
      title: `Split ${row.key}`,
      wide: true,
      text: [h("p", { dir: "auto" }, row.label || row.sentence), table, h("div", { class: "p3c-pan-row" }, more, less), said],
      fields: [{ name: "reason", label: "Why", lines: 2, help: "Such as: two outcomes that two mechanisms bring about." }],
      ok: "Split",
    },
    async ({ reason }) => {
      const empty = parts.findIndex((part) => !part.elements.size);
      if (empty >= 0) throw new Amiss(`Part ${empty + 1} has no element.`, table.querySelectorAll<HTMLInputElement>("tbody input")[empty]!);
      made = await panel.store.act<string[]>("split_configuration", { configuration: row.id, parts: parts.map((part) => ({ label: part.label, elements: row.elements.filter((each) => part.elements.has(each.id)).map((each) => each.id) })), reason });
    },
  );
  table.querySelector("input")?.focus();
  await asked;
  const first = made[0];
  if (first && panel.store.configurations.has(first)) {
    panel.open(first);
    panel.context.say(`${row.key} is split into ${made.map((id) => panel.store.configurations.get(id)?.key ?? "").join(", ")}.`);
  } else panel.focus();
}
