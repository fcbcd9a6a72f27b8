/** How the sections of a report stand: left out, merged, moved, named otherwise, added, put back. */

import { Amiss, ask } from "../../dialog";
import { h } from "../../dom";
import { type Entry, openMenu } from "../../menu";
import { Combo } from "../../summarise/combo";
import type { ReportPart } from "../../wire";
import type { WritePanel } from "./panel";
import { named } from "./states";

type Rect = { getBoundingClientRect(): DOMRect };

/** What an author's own section can be. */
const OWN = [
  { value: "chapter", label: "A section" },
  { value: "vignette", label: "A vignette: one person’s or one place’s story" },
  { value: "composite", label: "A composite story: made of several people’s, and marked as that" },
  { value: "brief", label: "A brief for one audience" },
];
/** Kinds that are made of the records, and hold no text of somebody's. */
const MADE = new Set(["record", "appendix"]);
/** In `under` the top of the report, in `after` the first place. */
const TOP = ".";

export class Arranging {
  constructor(private readonly panel: WritePanel) {}

  get #root(): HTMLElement {
    return this.panel.context.bench.root;
  }

  get #parts(): ReportPart[] {
    return this.panel.parts;
  }

  /** The section under the cursor, if something can be done with it. */
  async #part(): Promise<ReportPart | undefined> {
    const part = this.panel.part;
    return part && (await this.panel.context.known()) ? part : undefined;
  }

  async #arrange(part: ReportPart, fields: Record<string, string>): Promise<unknown> {
    return this.panel.store.act("arrange_section", { section: part.key, fields, ...this.panel.store.about });
  }

  /** Do it, and say why where it was refused. */
  async #try(deed: Promise<unknown>): Promise<boolean> {
    try {
      await deed;
      return true;
    } catch (error) {
      this.panel.context.bench.fault(error);
      return false;
    }
  }

  menu(key: string, at?: Rect): void {
    const { panel } = this;
    const part = panel.parts.find((each) => each.key === key);
    const place = at ?? panel.outline.lines.row(key);
    if (!part || !place) return;
    // wherever the menu was asked for, it is about the sections
    panel.comeTo("sections");
    const entry = (id: string, label?: string, disabled = false): Entry => {
      const action = panel.actions.find((each) => each.id === id)!;
      return { label: label ?? action.title, key: panel.keyOf(id), disabled: disabled || !panel.writable, run: () => action.run() };
    };
    const out = part.left_out || part.merged_into;
    openMenu(this.#root, place, named(part), [
      entry("rep-leave", out ? "Put it back" : "Leave it out"),
      entry("rep-merge", undefined, part.left_out),
      entry("rep-up"),
      entry("rep-down"),
      entry("rep-under"),
      entry("rep-rename"),
      entry("rep-checked", panel.section?.status === "checked" ? "Not checked any more" : undefined),
      entry("rep-add"),
      entry("rep-remove", part.own ? "Take it away …" : "As it was before anybody wrote …"),
    ]);
  }

  /** Leave a section out, or put one back that was left out or merged. */
  async leave(): Promise<void> {
    const part = await this.#part();
    if (!part) return;
    const out = part.left_out || part.merged_into !== "";
    const done = await this.#try(this.#arrange(part, { left_out: out ? "" : "yes", merged_into: "" }));
    if (done) this.panel.context.say(out ? `‘${part.title}’ is in the report again.` : `‘${part.title}’ is left out; its text stays, and the same key puts it back.`);
  }

  async merge(): Promise<void> {
    const part = await this.#part();
    if (!part) return;
    const others = this.#parts.filter((each) => each.key !== part.key && !each.left_out && !each.merged_into && (each.own || !MADE.has(each.kind)));
    const into = await this.#choose(`Merge ‘${part.title}’ into`, "Its text and its material stand in that section, and it has no heading of its own.", others, "Merge");
    if (into) await this.#try(this.#arrange(part, { merged_into: into, left_out: "" }));
    this.panel.focusOutline();
  }

  async under(): Promise<void> {
    const part = await this.#part();
    if (!part) return;
    const below = this.#below(part.key);
    const others = this.#parts.filter((each) => !below.has(each.key));
    const under = await this.#choose(`Put ‘${part.title}’ under`, "What is part of it goes with it.", others, "Put it there", part.under !== "");
    if (under) await this.#try(this.#arrange(part, { under, after: "" }));
    this.panel.focusOutline();
  }

  /** A section and all that is part of it. */
  #below(key: string): Set<string> {
    const found = new Set([key]);
    for (const each of this.#parts) if (found.has(each.under)) found.add(each.key);
    return found;
  }

  async #choose(title: string, text: string, parts: ReportPart[], ok: string, top = false): Promise<string> {
    const offers = [...(top ? [{ id: TOP, label: "The top of the report" }] : []), ...parts.map((each) => ({ id: each.key, label: named(each), detail: this.#parts.find((one) => one.key === each.under)?.title }))];
    const combo = new Combo(offers, { label: "Section" });
    let chosen = "";
    const asked = ask(this.#root, { title, text: [h("p", { class: "p3c-quiet" }, text)], after: [combo.element], ok }, () => {
      if (!combo.chosen) throw new Amiss("Choose a section.", combo.input);
      chosen = combo.chosen.id;
    });
    combo.input.focus();
    await asked;
    return chosen;
  }

  /** Move a section over the one before or behind it. */
  async move(by: 1 | -1): Promise<void> {
    const part = await this.#part();
    if (!part) return;
    const beside = this.#parts.filter((each) => each.under === part.under);
    const at = beside.indexOf(part);
    const upper = by < 0 ? beside[at - 1] : part;
    const lower = by < 0 ? part : beside[at + 1];
    if (!upper || !lower) return this.panel.context.say(by < 0 ? "It is the first one already." : "It is the last one already.");
    const before = beside[beside.indexOf(upper) - 1]?.key ?? TOP;
    const moved = () => {
      const order = this.#parts.map((each) => each.key);
      return order.indexOf(lower.key) < order.indexOf(upper.key);
    };
    if (!(await this.#try(this.#arrange(lower, { after: before })))) return;
    // both follow the same one: which of them first has to be said as well
    if (!moved()) await this.#try(this.#arrange(upper, { after: lower.key }));
    this.panel.context.bench.announce(`${part.title}, ${by < 0 ? "before" : "after"} ${(by < 0 ? upper : lower).title}`);
  }

  async rename(): Promise<void> {
    const part = await this.#part();
    if (!part) return;
    await ask(
      this.#root,
      { title: "What the section is called", fields: [{ name: "title", label: "Heading", value: part.title, help: part.own ? undefined : "Left empty, it is called as at the beginning." }], ok: "Call it so" },
      async ({ title }) => void (await this.#arrange(part, { title: title! })),
    );
    this.panel.focusOutline();
  }

  async checked(): Promise<void> {
    const part = await this.#part();
    const { section } = this.panel;
    if (part && section?.key === part.key) await this.#try(this.#arrange(part, { status: section.status === "checked" ? "" : "checked" }));
  }

  async add(): Promise<void> {
    if (!(await this.panel.context.known())) return;
    const { part } = this.panel;
    const places = [
      ...(part ? [{ value: "after", label: `After ‘${part.title}’` }, { value: "under", label: `As a part of ‘${part.title}’` }] : []),
      { value: "end", label: "At the end of the chapters" },
    ];
    let key = "";
    await ask(
      this.#root,
      {
        title: "Add a section of your own",
        fields: [
          { name: "title", label: "Heading", required: true },
          { name: "kind", label: "What it is", options: OWN, value: "chapter" },
          { name: "place", label: "Where", options: places, value: places[0]!.value },
        ],
        ok: "Add it",
      },
      async ({ title, kind, place }) => {
        const at = place === "end" ? {} : { [place!]: part!.key };
        key = await this.panel.store.act<string>("add_section", { title, kind, ...at, ...this.panel.store.about });
      },
    );
    if (key) {
      this.panel.go(key);
      this.panel.editor.focus();
    } else this.panel.focusOutline();
  }

  async remove(): Promise<void> {
    const part = await this.#part();
    if (!part) return;
    if (!part.own && !part.words && !part.left_out && !part.merged_into && !part.title) return;
    const text = part.own ? "It goes with its text. Undo brings it back." : "Its text goes, and it is called and stands as at the beginning. Undo brings all of it back.";
    await ask(this.#root, { title: part.own ? `Take ‘${part.title}’ away` : `‘${part.title}’ as it was before anybody wrote`, text: [h("p", {}, text)], ok: part.own ? "Take it away" : "Put it back" }, async () => {
      await this.panel.store.act("remove_section", { section: part.key, ...this.panel.store.about });
    });
    this.panel.focusOutline();
  }
}
