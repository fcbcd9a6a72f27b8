/** The panel Categories: main categories, those within, and the units that each stands for. */

import { button, count, fill, h } from "../dom";
import { toText } from "../start/words";
import type { Action } from "../view";
import { shown } from "../workbench";
import { holds } from "./bundle";
import { categoryActions } from "./categoryactions";
import { categoryLine, OVER, overLine, unitLine } from "./categorylines";
import { askCodes, askLift, askMerge, askRename } from "./lifting";
import type { Context, MountedPanel, Panel } from "./panel";
import { type Summary, summaryOf } from "./summary";

export const categoriesPanel: Panel = {
  id: "categories",
  title: "Categories",
  suits: (question) => question.technique === "summarising",
  actions: categoryActions,
  mount: (element, context) => new CategoriesPanel(element, context),
};

interface Item {
  id: string;
  kind: "category" | "unit" | "over";
  depth: number;
  open?: boolean;
  element: HTMLElement;
}

export class CategoriesPanel implements MountedPanel {
  readonly actions: Action[];
  readonly summary: Summary;
  readonly #tree = h("div", { class: "p3c-keys p3c-cats", role: "tree", tabindex: "0", "aria-label": "Categories", "aria-multiselectable": "true" });
  readonly #tools = h("div", { class: "p3c-bar-of-tools", role: "toolbar", "aria-label": "Categories" });
  readonly #counts = h("div", { class: "p3c-line-of-state p3c-sum-counts", role: "status" });
  readonly #open = new Set<string>();
  readonly chosen = new Set<string>();
  #items: Item[] = [];
  #at = "";
  #forget: (() => void)[] = [];
  #ended = false;
  #drawing = 0;

  constructor(
    private readonly element: HTMLElement,
    readonly context: Context,
  ) {
    this.summary = summaryOf(context.model, context.question);
    this.actions = categoryActions(this);
    element.classList.add("p3c-sum-cats");
    this.#tree.addEventListener("click", (event) => this.#clicked(event));
    fill(element, h("p", { class: "p3c-wait", role: "status" }, "Loading the categories …"));
    void this.#begin(context.place);
  }

  async #begin(place: string): Promise<void> {
    try {
      await this.summary.load();
    } catch (error) {
      if (!this.#ended) fill(this.element, h("p", { class: "p3c-wait", role: "alert" }, error instanceof Error ? error.message : String(error)));
      return;
    }
    if (this.#ended) return;
    fill(this.element, this.#tools, this.#tree, this.#counts);
    this.#at = place;
    this.#forget.push(this.summary.on(() => this.#soon()));
    this.#draw();
    this.focus();
  }

  go(place: string): void {
    this.#at = place;
    this.#draw();
  }

  refresh(): void {
    this.#soon();
  }

  focus(): void {
    if (this.#tree.isConnected) this.#tree.focus({ preventScroll: true });
  }

  dispose(): void {
    this.#ended = true;
    cancelAnimationFrame(this.#drawing);
    for (const each of this.#forget) each();
    this.element.classList.remove("p3c-sum-cats");
  }

  // what is chosen

  get #item(): Item | undefined {
    return this.#items.find((each) => each.id === this.#at);
  }

  /** The categories a deed is for: those chosen, else the one under the cursor. */
  get target(): string[] {
    const ids = this.summary.reductions.map((each) => each.id);
    if (this.chosen.size) return ids.filter((id) => this.chosen.has(id));
    return this.#item?.kind === "category" ? [this.#at] : [];
  }

  step(by: number): void {
    const at = this.#items.findIndex((each) => each.id === this.#at);
    const next = this.#items[Math.min(Math.max(0, at + by), this.#items.length - 1)];
    if (next) this.#go(next.id);
  }

  #go(id: string): void {
    this.#at = id;
    this.#mark();
    this.context.at(id === OVER ? "" : id);
    this.#drawTools();
  }

  toggle(): void {
    const item = this.#item;
    if (item?.kind !== "category") return;
    if (!this.chosen.delete(item.id)) this.chosen.add(item.id);
    this.#mark();
    this.#drawTools();
  }

  /** Unfold what is under the cursor, fold it, or go to the text of a unit. */
  enter(open?: boolean): void {
    const item = this.#item;
    if (!item) return;
    if (item.kind === "unit") {
      if (open === undefined) this.toText();
      else if (!open) this.step(-1);
      return;
    }
    const now = open ?? !item.open;
    if (now) this.#open.add(item.id);
    else this.#open.delete(item.id);
    this.#draw();
  }

  toText(): void {
    const row = this.#item?.kind === "unit" ? this.summary.unit(this.#at) : undefined;
    if (!row) return this.context.bench.say("Unfold a category with → and go to one of its rows.");
    const { model, question, bench } = this.context;
    model.question = question.key;
    model.study.desk.question = question.key;
    bench.go(toText(row.key, row));
  }

  // deeds

  async #deed(run: (ids: string[]) => Promise<boolean>): Promise<void> {
    const { model, bench } = this.context;
    const ids = this.target;
    if (!model.study.writable) return bench.say("This study can only be read.");
    if (!ids.length) return bench.say("No category is chosen.");
    if (!model.study.me && !(await bench.nameMe())) return;
    if (await run(ids)) this.chosen.clear();
    this.#draw();
    this.focus();
  }

  get #host(): HTMLElement {
    return this.context.bench.root;
  }

  readonly rename = () => this.#deed(([id]) => askRename(this.#host, this.summary, id!));
  readonly merge = () => this.#deed((ids) => askMerge(this.#host, this.summary, ids));
  readonly lift = () => this.#deed((ids) => askLift(this.#host, this.summary, ids));
  readonly out = () =>
    this.#deed(async (ids) => {
      const inside = ids.filter((id) => this.summary.reduction(id)?.into);
      if (inside.length) void this.summary.model.do("lift", { reductions: inside });
      else this.context.bench.say("It stands in no other category.");
      return inside.length > 0;
    });

  /** What holds nothing may go; the server says what is still in it. */
  readonly drop = () =>
    this.#deed(async ([id]) => {
      await this.summary.model.do("remove_reduction", { reduction: id }).catch(() => undefined);
      return true;
    });

  async codes(): Promise<void> {
    if (!this.context.model.study.writable) return;
    await askCodes(this.#host, this.summary, (text) => this.context.bench.say(text));
    this.focus();
  }

  // drawing

  #soon(): void {
    cancelAnimationFrame(this.#drawing);
    this.#drawing = requestAnimationFrame(() => {
      if (!this.#ended) this.#draw();
    });
  }

  #draw(): void {
    const { summary } = this;
    const rows = summary.reductions;
    const held = holds(summary);
    const below = new Map<string, string[]>();
    const known = new Set(rows.map((each) => each.id));
    for (const each of rows) {
      const over = each.into && known.has(each.into) ? each.into : "";
      below.set(over, [...(below.get(over) ?? []), each.id]);
    }
    const items: Item[] = [];
    const unitsOf = new Map<string, string[]>();
    for (const row of summary.units) {
      const key = row.state === "bundled" ? row.reduction! : row.state === "left_over" ? OVER : "";
      if (key) unitsOf.set(key, [...(unitsOf.get(key) ?? []), row.id]);
    }
    const toText = (id: string) => {
      this.#at = id;
      this.toText();
    };
    const units = (ids: string[], depth: number) => {
      for (const id of ids) items.push({ id, kind: "unit", depth, element: unitLine(summary, id, depth, toText) });
    };
    const walk = (id: string, depth: number, seen: Set<string>) => {
      if (seen.has(id)) return;
      const children = below.get(id) ?? [];
      const branch = branchOf(id, below);
      const all = { units: 0, cases: new Set<string>() };
      for (const each of branch) {
        const here = held.get(each);
        all.units += here?.units ?? 0;
        for (const name of here?.cases ?? []) all.cases.add(name);
      }
      const own = unitsOf.get(id) ?? [];
      items.push({ id, kind: "category", depth, open: this.#open.has(id), element: categoryLine(summary, id, depth, { open: this.#open.has(id), main: children.length > 0, all }) });
      // what stands within others is seen without being asked for; units are not
      for (const each of children) walk(each, depth + 1, new Set([...seen, id]));
      if (this.#open.has(id)) units(own, depth + 1);
    };
    for (const id of below.get("") ?? []) walk(id, 0, new Set());
    // two people may each have lifted one into the other; none is lost
    for (const each of rows) if (!items.some((item) => item.id === each.id)) walk(each.id, 0, new Set());
    const over = unitsOf.get(OVER) ?? [];
    if (over.length) {
      items.push({ id: OVER, kind: "over", depth: 0, open: this.#open.has(OVER), element: overLine(over.length, this.#open.has(OVER)) });
      if (this.#open.has(OVER)) units(over, 1);
    }
    this.#items = items;
    if (!items.some((item) => item.id === this.#at)) this.#at = items[0]?.id ?? "";
    for (const id of [...this.chosen]) if (!summary.reduction(id)) this.chosen.delete(id);
    fill(
      this.#tree,
      ...items.map((item) => item.element),
      !items.length && h("p", { class: "p3c-wait" }, "There is no category yet. Rows that were kept are bundled into categories in the panel Units, with the key b."),
    );
    this.#tree.setAttribute("role", items.length ? "tree" : "group");
    this.#mark();
    this.#drawTools();
    const bundled = [...held.values()].reduce((sum, each) => sum + each.units, 0);
    const mains = rows.filter((each) => below.has(each.id)).length;
    fill(this.#counts, h("b", {}, rows.length === 1 ? "1 category" : `${rows.length} categories`), mains > 0 && h("span", {}, `${mains} above others`), h("span", {}, `${count(bundled, "unit")} in categories`), over.length > 0 && h("span", {}, `${over.length} left over`));
  }

  #mark(): void {
    for (const item of this.#items) {
      item.element.classList.toggle("p3c-cat-at", item.id === this.#at);
      if (item.kind === "category") item.element.setAttribute("aria-selected", String(this.chosen.has(item.id)));
    }
    const now = this.#item;
    if (now) {
      this.#tree.setAttribute("aria-activedescendant", now.element.id);
      now.element.scrollIntoView({ block: "nearest" });
    } else this.#tree.removeAttribute("aria-activedescendant");
  }

  #clicked(event: MouseEvent): void {
    const id = (event.target as Element).closest<HTMLElement>(".p3c-cat")?.dataset.id;
    if (!id || (event.target as Element).closest("button")) return;
    const same = this.#at === id;
    this.#at = id;
    if (event.ctrlKey || event.metaKey) return this.toggle();
    if ((event.target as Element).closest(".p3c-twist") || (same && this.#item?.kind !== "unit")) return this.enter();
    this.#go(id);
  }

  #drawTools(): void {
    const { bench, model } = this.context;
    const none = !this.target.length || !model.study.writable;
    const focus = (document.activeElement as HTMLElement | null)?.closest<HTMLElement>(".p3c-sum-cats [data-tool]")?.dataset.tool;
    const tool = (id: string, label: string, disabled = none) => {
      const action = this.actions.find((each) => each.id === id)!;
      const key = bench.keysOf(action).at(0);
      return button(label, () => action.run(), { title: `${action.title}${key ? ` (${shown(key)})` : ""}`, "data-tool": id, disabled });
    };
    fill(
      this.#tools,
      tool("reduction-rename", "Rename …"),
      tool("reduction-merge", "Merge …"),
      tool("reduction-lift", "Lift …"),
      tool("reduction-out", "Lift out"),
      tool("reduction-remove", "Remove"),
      h("span", { class: "p3c-divide" }),
      tool("reduction-codes", "Make codes of them …", !model.study.writable || !this.#items.length),
      this.chosen.size > 0 && h("span", { class: "p3c-quiet" }, `${this.chosen.size} chosen`),
    );
    if (focus) this.#tools.querySelector<HTMLElement>(`[data-tool="${focus}"]:not(:disabled)`)?.focus();
  }
}

function branchOf(id: string, below: ReadonlyMap<string, string[]>): Set<string> {
  const found = new Set([id]);
  for (const each of found) for (const child of below.get(each) ?? []) found.add(child);
  return found;
}
