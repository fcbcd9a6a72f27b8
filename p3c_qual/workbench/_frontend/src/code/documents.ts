/** The sources by programme, site and stakeholder, with how far the coder is in each. */

import { fill, h, percent } from "../dom";
import { foldText } from "../core/fold";
import type { Model } from "../model";
import type { SourceRow } from "../wire";

type By = "programme" | "site" | "stakeholder";
const BY: Record<By, string> = { programme: "programme", site: "site", stakeholder: "stakeholder" };

export class Documents {
  readonly element: HTMLElement;
  readonly #list = h("div", { class: "p3c-docs", role: "tree", "aria-label": "Sources" });
  readonly #by: HTMLSelectElement;
  readonly #search: HTMLInputElement;
  #folded = new Set<string>();
  #here = "";
  /** What the question that is worked under is asked of. */
  #material = new Set<string>();
  #question = "";

  constructor(
    private readonly model: Model,
    private readonly open: (key: string) => void,
    private readonly leave: () => void,
  ) {
    this.#by = h(
      "select",
      { "aria-label": "Group sources by", onchange: () => this.draw() },
      ...Object.entries(BY).map(([value, label]) => h("option", { value }, `by ${label}`)),
    );
    this.#search = h("input", {
      type: "search",
      class: "p3c-search",
      placeholder: "Search sources",
      "aria-label": "Search sources",
      autocomplete: "off",
      oninput: () => this.draw(),
      onkeydown: (event: KeyboardEvent) => {
        if (event.key === "ArrowDown") this.#focus(this.#lines()[0]);
        else if (event.key === "Enter") this.#list.querySelector<HTMLElement>("[data-key]")?.click();
        else if (event.key === "Escape") this.leave();
        else return;
        event.preventDefault();
        event.stopPropagation();
      },
    });
    this.element = h(
      "section",
      { class: "p3c-panel p3c-documents", "aria-label": "Sources" },
      h("div", { class: "p3c-panel-head" }, h("h2", {}, "Sources"), this.#by, this.#search),
      this.#list,
    );
    this.#list.addEventListener("keydown", (event) => this.#key(event));
  }

  focusSearch(): void {
    this.#search.focus();
    this.#search.select();
  }

  /** All sources in the order they are listed; what is searched for leaves none out. */
  order(): string[] {
    return this.#groups("").flatMap(([, rows]) => rows.map((row) => row.key));
  }

  #groups(query = this.#search.value): [string, SourceRow[]][] {
    const by = this.#by.value as By;
    const words = foldText(query).split(/\s+/).filter(Boolean);
    const groups = new Map<string, SourceRow[]>();
    for (const row of this.model.study.sources) {
      const text = foldText([row.key, row.title, row.programme, row.site, ...row.interviewees].join(" "));
      if (!words.every((word) => text.includes(word))) continue;
      const names =
        by === "stakeholder"
          ? row.stakeholder_types.length
            ? row.stakeholder_types
            : ["no stakeholder type"]
          : by === "site"
            ? [[row.programme, row.site].filter(Boolean).join(" · ") || "no site"]
            : [row.programme || "no programme"];
      // somebody of two types is listed once, under the first
      const name = names[0]!;
      const group = groups.get(name);
      if (group) group.push(row);
      else groups.set(name, [row]);
    }
    return [...groups].sort(([a], [b]) => a.localeCompare(b));
  }

  #asked(): void {
    const question = this.model.asked(this.model.question);
    this.#question = question?.label ?? "";
    this.#material = new Set(question?.material ?? []);
  }

  draw(): void {
    this.#asked();
    const open = this.model.source?.id;
    const parts: Node[] = [];
    for (const [name, rows] of this.#groups()) {
      const shut = this.#folded.has(name) && !this.#search.value;
      parts.push(
        h(
          "div",
          {
            class: "p3c-leaf p3c-book",
            role: "treeitem",
            "aria-level": "1",
            "aria-expanded": String(!shut),
            tabindex: "-1",
            "data-group": name,
            onclick: () => this.#fold(name),
          },
          h("span", { class: "p3c-twist", "aria-hidden": "true" }),
          h("span", { class: "p3c-name" }, name),
          h("span", { class: "p3c-count", title: "Sources worked through, of all" }, `${this.#done(rows)}/${rows.length}`),
        ),
      );
      if (shut) continue;
      for (const row of rows) parts.push(this.#line(row, row.id === open));
    }
    if (!parts.length)
      parts.push(h("p", { class: "p3c-quiet" }, this.model.study.sources.length ? "No source matches." : "There is no source yet. Add files on the start page."));
    fill(this.#list, ...parts);
    const lines = this.#lines();
    const here = lines.find((line) => line.dataset.key === this.#here) ?? lines.find((l) => l.getAttribute("aria-selected") === "true") ?? lines[0];
    if (here) here.tabIndex = 0;
  }

  /** Show which source is open. */
  mark(): void {
    const key = this.model.source?.key;
    for (const line of this.#lines())
      if (line.dataset.key) {
        const open = String(line.dataset.key === key);
        if (line.getAttribute("aria-selected") !== open) line.setAttribute("aria-selected", open);
      }
  }

  /** Show how far the coder is in some sources, and leave the other lines as they are. */
  progressed(ids: string[]): void {
    this.#asked();
    const some = this.model.study.sources.filter((row) => ids.includes(row.id));
    for (const row of some) {
      const old = this.#list.querySelector<HTMLElement>(`[data-key="${CSS.escape(row.key)}"]`);
      if (!old) continue;
      const made = this.#line(row, row.id === this.model.source?.id);
      made.tabIndex = old.tabIndex;
      // the line itself stays: somebody may be about to click it
      old.className = made.className;
      old.title = made.title;
      old.replaceChildren(...made.childNodes);
    }
    for (const [name, rows] of this.#groups()) {
      const group = this.#list.querySelector(`[data-group="${CSS.escape(name)}"] > .p3c-count`);
      const text = `${this.#done(rows)}/${rows.length}`;
      if (group && group.textContent !== text) group.textContent = text;
    }
  }

  #done(rows: SourceRow[]): number {
    return rows.filter((row) => this.model.progress.get(row.id)?.done ?? row.done).length;
  }

  #line(row: SourceRow, open: boolean): HTMLElement {
    const progress = this.model.progress.get(row.id);
    const done = progress?.done ?? row.done;
    const worked = progress?.worked ?? null;
    const tip = done
      ? `worked through; ${percent(progress?.coded)} of it coded`
      : `${percent(worked)} worked through, ${percent(progress?.coded)} coded`;
    return h(
      "div",
      {
        class: `p3c-leaf p3c-doc${done ? " p3c-done" : ""}`,
        role: "treeitem",
        "aria-level": "2",
        "aria-selected": String(open),
        tabindex: "-1",
        "data-key": row.key,
        title: [row.title, row.interviewees.join(", "), row.stakeholder_types.join(", "), row.date, tip].filter(Boolean).join("\n"),
        onclick: () => this.open(row.key),
      },
      h(
        "span",
        { class: "p3c-name" },
        row.key,
        this.#material.has(row.id) &&
          h("span", { class: "p3c-doc-asked", role: "img", title: `In the material of ‘${this.#question}’`, "aria-label": "in the material of the question" }),
      ),
      h("small", {}, row.stakeholder_types.join(" ") || row.kind),
      h("span", { class: "p3c-meter", role: "img", "aria-label": tip }, h("i", { style: `width:${done ? 100 : Math.round(100 * (worked ?? 0))}%` })),
      h("span", { class: "p3c-count", title: "Codings that are seen" }, row.codings || ""),
    );
  }

  #fold(name: string): void {
    if (!this.#folded.delete(name)) this.#folded.add(name);
    this.draw();
  }

  #lines(): HTMLElement[] {
    return [...this.#list.querySelectorAll<HTMLElement>("[role=treeitem]")];
  }

  #focus(line: HTMLElement | undefined): void {
    if (!line) return;
    for (const each of this.#lines()) each.tabIndex = -1;
    line.tabIndex = 0;
    this.#here = line.dataset.key ?? "";
    line.focus();
  }

  #key(event: KeyboardEvent): void {
    const lines = this.#lines();
    const at = lines.indexOf(document.activeElement as HTMLElement);
    const line = lines[at];
    if (!line) return;
    if (event.key === "ArrowDown") this.#focus(lines[at + 1]);
    else if (event.key === "ArrowUp") at ? this.#focus(lines[at - 1]) : this.focusSearch();
    else if (event.key === "Home") this.#focus(lines[0]);
    else if (event.key === "End") this.#focus(lines.at(-1));
    else if (event.key === "Enter" || event.key === " ") line.click();
    else if (event.key === "Escape") this.leave();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }
}
