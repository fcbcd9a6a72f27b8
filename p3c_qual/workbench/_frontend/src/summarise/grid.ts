/** A long table that is walked through by keyboard: rows are drawn near the window, and only what changed. */

import { fill, h, type Child } from "../dom";

export interface Column {
  id: string;
  title: string;
  /** Width as a track of a grid. */
  width: string;
  /** Whether it is written in. */
  text?: boolean;
}

export interface Look {
  name: string;
  columns: Column[];
  /** What stands in a cell. */
  cell(row: string, column: string): Child[];
  /** Classes of a row beside its own. */
  classOf(row: string): string;
}

export interface Tells {
  /** The cursor, or what is chosen, is different. */
  moved(): void;
  /** A cell was clicked twice. */
  opened(): void;
}

interface Block {
  element: HTMLElement;
  ids: string[];
  first: number;
  full: boolean;
}

const BLOCK = 20;
/** Pixels a row takes until it was seen. */
const ROW = 46;
const NEAR = "600px 0px";

export class Grid {
  readonly element: HTMLElement;
  readonly chosen = new Set<string>();
  ids: string[] = [];
  row = "";
  column: string;
  readonly #body = h("div", { class: "p3c-grid-body", role: "presentation" });
  #blocks: Block[] = [];
  #blockOf = new Map<string, Block>();
  #drawn = new Map<string, HTMLElement>();
  #anchor = "";
  /** A cell that is written in is left as it is. */
  #open: { row: string; column: string } | null = null;
  #waiting: string[] | null = null;
  #height = ROW;
  readonly #watch: IntersectionObserver;

  constructor(
    private readonly look: Look,
    private readonly tells: Tells,
  ) {
    this.column = look.columns[0]!.id;
    this.element = h(
      "div",
      {
        class: "p3c-grid p3c-keys",
        role: "grid",
        tabindex: "0",
        "aria-label": look.name,
        "aria-multiselectable": "true",
        "aria-colcount": look.columns.length,
        style: `--p3c-tracks:${look.columns.map((each) => each.width).join(" ")}`,
      },
      h(
        "div",
        { class: "p3c-grid-head", role: "row", "aria-rowindex": 1 },
        ...look.columns.map((each, at) => h("div", { role: "columnheader", "aria-colindex": at + 1 }, each.title)),
      ),
      this.#body,
    );
    this.#watch = new IntersectionObserver((seen) => this.#near(seen), { root: this.element, rootMargin: NEAR });
    this.element.addEventListener("click", (event) => this.#clicked(event));
    this.element.addEventListener("dblclick", (event) => {
      if (this.#cellAt(event)) this.tells.opened();
    });
  }

  dispose(): void {
    this.#watch.disconnect();
  }

  // rows

  /** Show these rows in this order. */
  show(ids: string[]): void {
    if (this.#open) {
      // who writes goes on writing; the rows come when it is done
      this.#waiting = ids;
      return;
    }
    const top = this.element.scrollTop;
    const at = this.ids.indexOf(this.row);
    this.#watch.disconnect();
    this.ids = ids;
    this.#drawn.clear();
    this.#blockOf.clear();
    this.#blocks = [];
    for (let first = 0; first < ids.length; first += BLOCK) {
      const some = ids.slice(first, first + BLOCK);
      const block: Block = { element: h("div", { class: "p3c-grid-block", role: "presentation" }), ids: some, first, full: false };
      block.element.style.height = `${some.length * this.#height}px`;
      for (const id of some) this.#blockOf.set(id, block);
      this.#blocks.push(block);
    }
    this.element.setAttribute("aria-rowcount", String(ids.length + 1));
    this.#body.replaceChildren(...this.#blocks.map((block) => block.element));
    for (const id of this.chosen) if (!this.#blockOf.has(id)) this.chosen.delete(id);
    // what is seen at once is drawn at once
    const seen = Math.ceil((this.element.clientHeight || 800) / this.#height / BLOCK) + 1;
    const from = Math.floor(top / this.#height / BLOCK);
    for (const block of this.#blocks.slice(Math.max(0, from - 1), from + seen)) this.#fill(block);
    this.element.scrollTop = top;
    for (const block of this.#blocks) this.#watch.observe(block.element);
    if (!this.#blockOf.has(this.row)) this.row = ids[Math.min(Math.max(at, 0), ids.length - 1)] ?? "";
    this.#mark();
  }

  /** Draw some rows anew, where they are drawn at all. */
  update(ids: Iterable<string>): void {
    for (const id of ids) {
      const element = this.#drawn.get(id);
      if (element) this.#dress(id, element);
    }
    this.#mark();
  }

  #fill(block: Block): void {
    if (block.full) return;
    block.full = true;
    block.element.replaceChildren(...block.ids.map((id, at) => this.#make(id, block.first + at)));
    block.element.style.height = "";
    this.#mark();
  }

  #empty(block: Block, height: number): void {
    if (this.#open && this.#blockOf.get(this.#open.row) === block) return;
    block.full = false;
    if (height > 0) block.element.style.height = `${height}px`;
    block.element.replaceChildren();
    for (const id of block.ids) this.#drawn.delete(id);
  }

  #near(seen: IntersectionObserverEntry[]): void {
    for (const { target, isIntersecting, boundingClientRect: box } of seen) {
      const block = this.#blocks.find((each) => each.element === target);
      if (!block) continue;
      if (isIntersecting) this.#fill(block);
      else if (block.full) {
        if (box.height > 0) this.#height = box.height / block.ids.length;
        this.#empty(block, box.height);
      }
    }
  }

  #make(id: string, at: number): HTMLElement {
    const element = h(
      "div",
      { role: "row", "data-row": id, "aria-rowindex": at + 2 },
      ...this.look.columns.map((each, i) =>
        h("div", { class: `p3c-grid-cell p3c-grid-${each.id}`, role: "gridcell", "data-column": each.id, "aria-colindex": i + 1, "data-title": each.title, dir: "auto" }),
      ),
    );
    this.#drawn.set(id, element);
    this.#dress(id, element);
    return element;
  }

  #dress(id: string, element: HTMLElement): void {
    element.className = `p3c-grid-row ${this.look.classOf(id)}`;
    element.setAttribute("aria-selected", String(this.chosen.has(id)));
    for (const cell of element.children as HTMLCollectionOf<HTMLElement>) {
      const column = cell.dataset.column!;
      if (this.#open?.row === id && this.#open.column === column) continue;
      fill(cell, ...this.look.cell(id, column));
    }
  }

  // the cursor

  /** The element of a cell, if it is drawn. */
  cell(row = this.row, column = this.column): HTMLElement | null {
    const at = this.look.columns.findIndex((each) => each.id === column);
    return (this.#drawn.get(row)?.children[at] as HTMLElement | undefined) ?? null;
  }

  get columnNow(): Column {
    return this.look.columns.find((each) => each.id === this.column)!;
  }

  /** What a deed is for: the chosen rows, else the one under the cursor. */
  get target(): string[] {
    if (this.chosen.size) return this.ids.filter((id) => this.chosen.has(id));
    return this.row ? [this.row] : [];
  }

  go(row: string, column = this.column): void {
    if (!this.#blockOf.has(row)) return;
    this.row = row;
    this.column = column;
    this.#anchor = row;
    this.#reveal();
    this.#mark();
    this.tells.moved();
  }

  /** Move by rows; `choose` takes the rows on the way with it. */
  step(by: number, choose = false): void {
    if (!this.ids.length) return;
    const at = this.ids.indexOf(this.row);
    const to = Math.min(Math.max(0, (at < 0 ? 0 : at) + by), this.ids.length - 1);
    const anchor = this.#anchor && this.#blockOf.has(this.#anchor) ? this.#anchor : this.row;
    this.row = this.ids[to]!;
    if (choose) this.#choose(anchor, this.row);
    else this.#anchor = this.row;
    this.#reveal();
    this.#mark();
    this.tells.moved();
  }

  side(by: number): void {
    const { columns } = this.look;
    const at = columns.findIndex((each) => each.id === this.column);
    this.column = columns[Math.min(Math.max(0, at + by), columns.length - 1)]!.id;
    this.#mark();
    this.cell()?.scrollIntoView({ block: "nearest", inline: "nearest" });
    this.tells.moved();
  }

  /** How many rows a window holds. */
  get page(): number {
    return Math.max(1, Math.floor(this.element.clientHeight / this.#height) - 1);
  }

  #reveal(): void {
    const block = this.#blockOf.get(this.row);
    if (!block) return;
    this.#fill(block);
    this.#drawn.get(this.row)?.scrollIntoView({ block: "nearest" });
  }

  #mark(): void {
    const old = this.#body.querySelector(".p3c-grid-at");
    const now = this.cell();
    if (old !== now) {
      old?.classList.remove("p3c-grid-at");
      old?.removeAttribute("id");
      old?.parentElement?.classList.remove("p3c-grid-here");
    }
    if (now) {
      now.classList.add("p3c-grid-at");
      now.parentElement!.classList.add("p3c-grid-here");
      now.id = "p3c-grid-at";
      this.element.setAttribute("aria-activedescendant", now.id);
    } else this.element.removeAttribute("aria-activedescendant");
  }

  // choosing

  #choose(from: string, to: string): void {
    const [a, b] = [this.ids.indexOf(from), this.ids.indexOf(to)].sort((one, other) => one - other) as [number, number];
    this.choose(this.ids.slice(Math.max(0, a), b + 1));
    this.#anchor = from;
  }

  choose(ids: Iterable<string>): void {
    const touched = new Set([...this.chosen, ...ids]);
    const next = new Set(ids);
    this.chosen.clear();
    for (const id of next) this.chosen.add(id);
    for (const id of touched) this.#drawn.get(id)?.setAttribute("aria-selected", String(next.has(id)));
    this.tells.moved();
  }

  toggle(id = this.row): void {
    const next = new Set(this.chosen);
    if (!next.delete(id) && id) next.add(id);
    this.choose(next);
    this.#anchor = id;
  }

  // writing

  /** Hold a cell for writing: it is drawn no more until it is let go. */
  hold(row: string, column: string): HTMLElement | null {
    this.#open = { row, column };
    return this.cell(row, column);
  }

  release(): void {
    const open = this.#open;
    this.#open = null;
    if (open) this.update([open.row]);
    const rows = this.#waiting;
    this.#waiting = null;
    if (rows) this.show(rows);
  }

  #cellAt(event: Event): HTMLElement | null {
    return (event.target as Element).closest<HTMLElement>(".p3c-grid-cell");
  }

  #clicked(event: MouseEvent): void {
    const cell = this.#cellAt(event);
    const row = cell?.parentElement?.dataset.row;
    if (!cell || !row || (event.target as Element).closest("textarea, button")) return;
    const column = cell.dataset.column!;
    if (event.shiftKey) {
      this.#choose(this.#anchor || this.row, row);
      this.row = row;
      this.column = column;
      document.getSelection()?.removeAllRanges();
    } else if (event.ctrlKey || event.metaKey) {
      this.row = row;
      this.column = column;
      this.toggle(row);
    } else {
      if (this.chosen.size) this.choose([]);
      this.go(row, column);
      return;
    }
    this.#mark();
    this.tells.moved();
  }
}
