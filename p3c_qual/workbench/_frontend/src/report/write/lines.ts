/** Lines that are walked through by keyboard: one of them is under the cursor. */

import { fill, h, type Child } from "../../dom";

export interface LineLook {
  /** What the lines are. */
  label: string;
  /** Lines of a grid may hold buttons; those of a tree know their depth. */
  role: "grid" | "tree";
  class: string;
  /** What stands in a line. */
  draw(id: string, at: boolean): Child[];
  classOf(id: string): string;
  depthOf?(id: string): number;
  /** The cursor is somewhere else; `clicked` says by what. */
  moved(id: string): void;
  /** A line was clicked twice, or its menu asked for. */
  chosen?(id: string): void;
  menu?(id: string, at: { getBoundingClientRect(): DOMRect }): void;
}

/** What is pressed inside a line does not move the cursor. */
const INSIDE = "button, input, select, a";
let lists = 0;

export class Lines {
  readonly element: HTMLElement;
  ids: string[] = [];
  at = "";
  readonly #name = `p3c-rep-lines-${++lists}`;
  #rows = new Map<string, HTMLElement>();

  constructor(private readonly look: LineLook) {
    this.element = h("div", { class: `p3c-rep-lines p3c-keys ${look.class}`, role: look.role, tabindex: "0", "aria-label": look.label });
    this.element.addEventListener("click", (event) => {
      const id = this.#idAt(event);
      if (!id || (event.target as Element).closest(INSIDE)) return;
      // words that were just marked are to be quoted or read
      if (!getSelection()?.isCollapsed) this.#mark(id);
      else this.go(id);
    });
    this.element.addEventListener("dblclick", (event) => {
      const id = this.#idAt(event);
      if (id && getSelection()?.isCollapsed) look.chosen?.(id);
    });
    this.element.addEventListener("contextmenu", (event) => {
      const id = this.#idAt(event);
      if (!id || !look.menu) return;
      event.preventDefault();
      this.go(id);
      look.menu(id, { getBoundingClientRect: () => new DOMRect(event.clientX, event.clientY) });
    });
  }

  #idAt(event: Event): string {
    return (event.target as Element).closest<HTMLElement>("[data-line]")?.dataset.line ?? "";
  }

  /** Show these lines; the cursor stays where it was, if that is still there. */
  show(ids: string[], none?: Child): void {
    const before = this.ids.indexOf(this.at);
    this.ids = ids;
    if (!ids.includes(this.at)) this.at = ids[Math.min(Math.max(before, 0), ids.length - 1)] ?? "";
    const { scrollTop } = this.element;
    const inside = this.element.contains(document.activeElement) && document.activeElement !== this.element;
    const name = inside ? (document.activeElement as HTMLElement).dataset.name : undefined;
    this.#rows = new Map(ids.map((id, index) => [id, this.#row(id, index)]));
    fill(this.element, ...(ids.length ? this.#rows.values() : [this.look.role === "grid" && none ? h("div", { role: "row" }, h("div", { role: "gridcell" }, none)) : none]));
    if (this.look.role === "grid") this.element.setAttribute("aria-rowcount", String(ids.length));
    this.element.scrollTop = scrollTop;
    this.#point();
    if (inside) (this.element.querySelector<HTMLElement>(`[data-name="${CSS.escape(name ?? "")}"]`) ?? this.element).focus({ preventScroll: true });
  }

  #row(id: string, index: number): HTMLElement {
    const { look } = this;
    const depth = look.depthOf?.(id) ?? 0;
    const row = h("div", {
      id: `${this.#name}-${index}`,
      "data-line": id,
      class: `p3c-rep-line ${look.classOf(id)}`,
      role: look.role === "grid" ? "row" : "treeitem",
      "aria-selected": String(id === this.at),
      "aria-level": look.role === "tree" ? depth + 1 : null,
      style: depth ? `--depth:${depth}` : null,
    });
    this.#fill(row, id);
    return row;
  }

  #fill(row: HTMLElement, id: string): void {
    const content = this.look.draw(id, id === this.at);
    fill(row, ...(this.look.role === "grid" ? [h("div", { role: "gridcell", class: "p3c-rep-cell" }, ...content)] : content));
  }

  /** Draw one line anew, where it reads otherwise: somebody may be typing. */
  update(id: string): void {
    const row = this.#rows.get(id);
    if (!row) return;
    const fresh = row.cloneNode(false) as HTMLElement;
    this.#fill(fresh, id);
    if (!fresh.isEqualNode(row)) row.replaceChildren(...fresh.childNodes);
  }

  row(id = this.at): HTMLElement | undefined {
    return this.#rows.get(id);
  }

  go(id: string): void {
    if (!this.ids.includes(id)) return;
    const other = id !== this.at;
    this.#mark(id);
    this.row()?.scrollIntoView({ block: "nearest" });
    if (other) this.look.moved(id);
  }

  #mark(id: string): void {
    const before = this.at;
    this.at = id;
    for (const each of new Set([before, id])) {
      const row = this.#rows.get(each);
      row?.setAttribute("aria-selected", String(each === id));
      // words that are marked must stay as they are
      if (row && before !== id && this.look.role === "grid" && getSelection()?.isCollapsed !== false) this.#fill(row, each);
    }
    this.#point();
  }

  #point(): void {
    const row = this.row();
    if (row) this.element.setAttribute("aria-activedescendant", row.id);
    else this.element.removeAttribute("aria-activedescendant");
  }

  step(by: number): void {
    if (!this.ids.length) return;
    const at = this.ids.indexOf(this.at);
    this.go(this.ids[Math.min(Math.max(at + by, 0), this.ids.length - 1)]!);
  }

  edge(last: boolean): void {
    const id = this.ids.at(last ? -1 : 0);
    if (id) this.go(id);
  }

  focus(): void {
    this.element.focus({ preventScroll: true });
  }
}
