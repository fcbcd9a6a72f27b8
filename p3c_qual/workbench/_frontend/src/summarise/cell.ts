/** Writing in a cell of the table: Enter keeps it and goes down, Escape leaves. */

import { h } from "../dom";
import type { Grid } from "./grid";

export interface Writes {
  /** What stands in the cell. */
  read(row: string, column: string): string;
  /** Keep what was written, where it is different. */
  write(row: string, column: string, text: string, was: string): void;
  say(text: string): void;
  /** Go to the text of the row. */
  text(): void;
}

export class CellEditor {
  #area: HTMLTextAreaElement | null = null;
  #row = "";
  #column = "";
  #was = "";
  #warned = false;

  constructor(
    private readonly grid: Grid,
    private readonly writes: Writes,
  ) {}

  get open(): boolean {
    return this.#area !== null;
  }

  /** Begin to write in the cell under the cursor, at the end of what stands there; `typed` is put behind it. */
  begin(typed = ""): void {
    const { grid } = this;
    if (!grid.row || !grid.columnNow.text) return;
    this.leave(true);
    this.#row = grid.row;
    this.#column = grid.column;
    this.#was = this.writes.read(this.#row, this.#column);
    this.#warned = false;
    const cell = grid.hold(this.#row, this.#column);
    if (!cell) return grid.release();
    const area = h("textarea", { rows: 1, dir: "auto", class: "p3c-grid-area", "aria-label": grid.columnNow.title, spellcheck: "true" }, this.#was + typed);
    area.addEventListener("keydown", (event) => this.#key(event));
    area.addEventListener("input", () => {
      this.#warned = false;
      fit(area);
      cell.scrollIntoView({ block: "nearest" });
    });
    // a click elsewhere keeps what was written
    area.addEventListener("blur", () => {
      if (this.#area === area && document.hasFocus()) this.leave(true);
    });
    this.#area = area;
    cell.replaceChildren(area);
    fit(area);
    area.focus({ preventScroll: true });
    area.setSelectionRange(area.value.length, area.value.length);
    cell.scrollIntoView({ block: "nearest" });
  }

  /** End it; what was written is kept, or not. */
  leave(keep: boolean): void {
    const area = this.#area;
    if (!area) return;
    const held = document.activeElement === area;
    this.#area = null;
    const text = area.value.trim();
    this.grid.release();
    if (held) this.grid.element.focus({ preventScroll: true });
    if (keep && text !== this.#was.trim()) this.writes.write(this.#row, this.#column, text, this.#was);
  }

  #key(event: KeyboardEvent): void {
    if (event.isComposing) return;
    const { grid } = this;
    if (event.key === "Enter" && !event.shiftKey && !event.ctrlKey && !event.metaKey) {
      this.leave(true);
      const before = grid.row;
      grid.step(1);
      if (grid.row !== before) this.begin();
    } else if (event.key === "Tab") {
      this.leave(true);
      grid.side(event.shiftKey ? -1 : 1);
      if (grid.columnNow.text) this.begin();
    } else if (event.key === "Escape") {
      if (this.#area!.value.trim() !== this.#was.trim() && !this.#warned) {
        this.#warned = true;
        this.writes.say("What you wrote is not kept yet. Enter keeps it, Escape again leaves it.");
      } else this.leave(false);
    } else if (event.key === "Enter" && !event.shiftKey) {
      this.leave(true);
      this.writes.text();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }
}

/** As high as what is written. */
function fit(area: HTMLTextAreaElement): void {
  area.style.height = "0";
  area.style.height = `${area.scrollHeight + 2}px`;
}
