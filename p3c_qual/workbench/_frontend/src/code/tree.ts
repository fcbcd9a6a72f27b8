/** The codebooks as a tree: search, counts, order; a code is chosen, pinned, moved. */

import { button, fill, h } from "../dom";
import type { Model } from "../model";
import type { CodebookRow } from "../wire";
import type { Codes } from "./codes";

export interface TreeHooks {
  /** A code is looked at. */
  chosen(code: string): void;
  /** A code is to be given to what is marked. */
  apply(code: string): void;
  /** What can be done with a code, at its menu button. */
  menu(code: string, at: HTMLElement): void;
  fresh(codebook: string, parent: string | null): void;
  /** What can be done with a codebook. */
  bookMenu(codebook: string, at: HTMLElement): void;
  move(code: string, parent: string | null, after: string | null): void;
  /** Back to the text. */
  leave(): void;
  pinned(code: string): number;
  keep(folded: string[]): void;
}

interface Line {
  id: string;
  code: boolean;
  element: HTMLElement;
  tally: HTMLElement;
  parent: string | null;
  depth: number;
}

export class CodeTree {
  readonly element: HTMLElement;
  readonly #list = h("div", { class: "p3c-tree", role: "tree", "aria-label": "Codes" });
  readonly #search: HTMLInputElement;
  readonly #none = h("p", { class: "p3c-quiet", hidden: true });
  #lines: Line[] = [];
  #byId = new Map<string, Line>();
  #folded = new Set<string>();
  #here = "";
  #dragged = "";
  chosen = "";

  constructor(
    private readonly model: Model,
    private readonly codes: Codes,
    private readonly hooks: TreeHooks,
  ) {
    this.#search = h("input", {
      type: "search",
      class: "p3c-search",
      placeholder: "Search codes",
      "aria-label": "Search codes",
      autocomplete: "off",
      oninput: () => this.#sift(),
      onkeydown: (event: KeyboardEvent) => this.#searchKey(event),
    });
    this.element = h(
      "section",
      { class: "p3c-panel p3c-codes", "aria-label": "Codes" },
      h("div", { class: "p3c-panel-head" }, h("h2", {}, "Codes"), this.#search),
      this.#list,
      this.#none,
    );
    this.#list.addEventListener("keydown", (event) => this.#key(event));
    this.#list.addEventListener("click", (event) => this.#click(event));
    this.#list.addEventListener("dblclick", (event) => {
      const line = this.#lineOf(event.target);
      if (line?.code) this.hooks.apply(line.id);
    });
    this.#list.addEventListener("contextmenu", (event) => {
      const line = this.#lineOf(event.target);
      if (!line) return;
      event.preventDefault();
      this.#menu(line, line.element);
    });
    this.#drags();
  }

  /** Show the codebooks as they are now. */
  draw(folded?: string[]): void {
    if (folded) this.#folded = new Set(folded);
    const top = this.#list.scrollTop;
    const held = this.#list.contains(document.activeElement);
    this.#lines = [];
    for (const book of this.model.study.codebooks) {
      const rows = this.codes.rowsOf(book.id);
      this.#add(this.#bookLine(book, rows.length));
      for (const { code, depth } of rows) {
        const below = this.codes.hasBelow(code.id);
        const tally = h("span", { class: "p3c-count" });
        const pin = this.hooks.pinned(code.id);
        const element = h(
          "div",
          {
            class: `p3c-leaf p3c-c${this.codes.colour(code.id)}${code.status === "retired" ? " p3c-retired" : ""}`,
            role: "treeitem",
            tabindex: "-1",
            draggable: "true",
            "aria-level": depth + 2,
            "aria-expanded": below ? String(!this.#folded.has(code.id)) : null,
            "aria-selected": String(code.id === this.chosen),
            "data-code": code.id,
            style: `--depth:${depth}`,
            title: code.definition || code.label,
          },
          h("span", { class: "p3c-twist", "aria-hidden": "true" }),
          h("span", { class: "p3c-swatch", "aria-hidden": "true" }),
          h("span", { class: "p3c-name" }, code.label || code.key),
          code.status !== "active" && h("span", { class: "p3c-badge" }, code.status),
          pin > 0 && h("kbd", { title: `Key ${pin}` }, pin),
          tally,
          button("⋯", () => undefined, {
            class: "p3c-more",
            tabindex: "-1",
            "aria-label": `What can be done with ${code.label}`,
          }),
        );
        this.#add({ id: code.id, code: true, element, tally, parent: code.parent ?? book.id, depth });
      }
    }
    this.#byId = new Map(this.#lines.map((line) => [line.id, line]));
    this.#list.replaceChildren(...this.#lines.map((line) => line.element));
    this.count();
    this.#sift();
    this.#list.scrollTop = top;
    if (held) this.#list.querySelector<HTMLElement>("[tabindex='0']")?.focus({ preventScroll: true });
  }

  #add(line: Line): void {
    this.#lines.push(line);
  }

  #bookLine(book: CodebookRow, size: number): Line {
    const tally = h("span", { class: "p3c-count" });
    const element = h(
      "div",
      {
        class: "p3c-leaf p3c-book",
        role: "treeitem",
        tabindex: "-1",
        "aria-level": "1",
        "aria-expanded": String(!this.#folded.has(book.id)),
        "data-code": book.id,
        title: `${book.label}, version ${book.version}, ${book.status}`,
      },
      h("span", { class: "p3c-twist", "aria-hidden": "true" }),
      h("span", { class: "p3c-name" }, book.label || book.key),
      book.frozen && h("span", { class: "p3c-badge", title: "Changes become proposals for the next version" }, "frozen"),
      tally,
      button("⋯", () => undefined, {
        class: "p3c-more",
        tabindex: "-1",
        "aria-label": `What can be done with ${book.label}`,
      }),
    );
    element.classList.toggle("p3c-empty", size === 0);
    return { id: book.id, code: false, element, tally, parent: null, depth: 0 };
  }

  /** Write the counts: a code's own and those below it. */
  count(): void {
    for (const line of this.#lines)
      if (line.code) {
        const { own, all } = this.codes.count(line.id);
        line.tally.textContent = all ? String(all) : "";
        line.tally.title = all === own ? `${own} codings` : `${own} codings, with those below ${all}`;
      }
  }

  #sift(): void {
    const query = this.#search.value.trim();
    const found = query ? this.codes.find(query) : null;
    let shown = 0;
    const hidden = new Set<string>();
    for (const line of this.#lines) {
      const under = line.parent !== null && (hidden.has(line.parent) || this.#folded.has(line.parent));
      const hide = found ? !found.shown.has(line.id) : under;
      if (hide) hidden.add(line.id);
      else if (line.code) shown++;
      // only what is different is written: there may be a thousand lines
      if (line.element.hidden !== hide) line.element.hidden = hide;
      const hit = Boolean(found?.hits.has(line.id));
      if (line.element.classList.contains("p3c-hit") !== hit) line.element.classList.toggle("p3c-hit", hit);
      const opens = line.element.getAttribute("aria-expanded");
      const open = String(Boolean(found) || !this.#folded.has(line.id));
      if (opens !== null && opens !== open) line.element.setAttribute("aria-expanded", open);
    }
    this.#none.hidden = shown > 0 || !query;
    if (!this.#none.hidden) fill(this.#none, `No code matches ‘${query}’.`);
    this.#rove();
  }

  /** One line of the tree can be reached with Tab: the one where the person was. */
  #rove(): void {
    const visible = this.#lines.filter((line) => !line.element.hidden);
    const here = visible.find((line) => line.id === this.#here) ?? visible.find((l) => l.id === this.chosen) ?? visible[0];
    for (const line of this.#lines) {
      const stop = line === here ? 0 : -1;
      if (line.element.tabIndex !== stop) line.element.tabIndex = stop;
    }
  }

  choose(code: string, focus = false): void {
    for (const id of [this.chosen, code])
      this.#byId.get(id)?.element.setAttribute("aria-selected", String(id === code));
    this.chosen = code;
    const line = this.#byId.get(code);
    if (line) {
      // what is chosen elsewhere is shown here
      for (let up = line.parent; up; up = this.#byId.get(up)?.parent ?? null) this.#folded.delete(up);
      this.#sift();
      line.element.scrollIntoView({ block: "nearest" });
      if (focus) this.#focus(line);
    }
  }

  focusSearch(): void {
    this.#search.focus();
    this.#search.select();
  }

  #lineOf(target: EventTarget | null): Line | undefined {
    const element = target instanceof Element ? target.closest<HTMLElement>("[data-code]") : null;
    return element ? this.#byId.get(element.dataset.code!) : undefined;
  }

  #click(event: MouseEvent): void {
    const line = this.#lineOf(event.target);
    if (!line) return;
    const on = event.target as Element;
    if (on.closest(".p3c-more")) {
      this.#menu(line, on.closest<HTMLElement>(".p3c-more")!);
      return;
    }
    if (on.closest(".p3c-twist") || !line.code) this.#fold(line, !this.#folded.has(line.id));
    else {
      this.choose(line.id);
      this.hooks.chosen(line.id);
    }
    this.#focus(line);
  }

  #menu(line: Line, at: HTMLElement): void {
    if (line.code) this.hooks.menu(line.id, at);
    else this.hooks.bookMenu(line.id, at);
  }

  #fold(line: Line, on: boolean): void {
    if (on) this.#folded.add(line.id);
    else this.#folded.delete(line.id);
    this.hooks.keep([...this.#folded]);
    this.#sift();
  }

  #focus(line: Line | undefined): void {
    if (!line) return;
    this.#here = line.id;
    this.#rove();
    line.element.focus({ preventScroll: true });
    line.element.scrollIntoView({ block: "nearest" });
  }

  #searchKey(event: KeyboardEvent): void {
    if (event.key === "Escape" && !this.#search.value) this.hooks.leave();
    else if (event.key === "Escape") {
      this.#search.value = "";
      this.#sift();
    } else if (event.key === "ArrowDown" || event.key === "Enter") {
      const hit = this.#lines.find((l) => !l.element.hidden && l.code && (!this.#search.value || l.element.classList.contains("p3c-hit")));
      this.#focus(hit);
      if (hit && event.key === "Enter") this.hooks.chosen(hit.id);
      if (hit) this.choose(hit.id);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }

  #key(event: KeyboardEvent): void {
    const line = this.#lineOf(event.target);
    if (!line) return;
    const visible = this.#lines.filter((each) => !each.element.hidden);
    const at = visible.indexOf(line);
    const to = (index: number) => this.#focus(visible[index]);
    const opens = line.element.getAttribute("aria-expanded");
    const done = (() => {
      if (event.altKey && line.code) return this.#moveByKey(event.key, line);
      switch (event.key) {
        case "ArrowDown":
          return to(at + 1);
        case "ArrowUp":
          return at === 0 ? this.focusSearch() : to(at - 1);
        case "Home":
          return to(0);
        case "End":
          return to(visible.length - 1);
        case "ArrowRight":
          return opens === "false" ? this.#fold(line, false) : to(at + 1);
        case "ArrowLeft":
          return opens === "true" && !this.#search.value
            ? this.#fold(line, true)
            : this.#focus(this.#byId.get(line.parent ?? ""));
        case " ":
          if (!line.code) return this.#fold(line, opens === "true");
          this.choose(line.id);
          return this.hooks.chosen(line.id);
        case "Enter":
          return line.code ? this.hooks.apply(line.id) : this.#fold(line, opens === "true");
        case "ContextMenu":
        case "m":
          return this.#menu(line, line.element);
        case "Insert":
        case "+":
          return line.code
            ? this.hooks.fresh(this.codes.bookOf(line.id), line.id)
            : this.hooks.fresh(line.id, null);
        case "/":
          return this.focusSearch();
        case "Escape":
          return this.hooks.leave();
        default:
          return false;
      }
    })();
    if (done === false) return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** Move a code among its siblings, below the one before it, or out of the one above it. */
  #moveByKey(key: string, line: Line): false | void {
    const place = this.codes.place(line.id);
    if (!place) return false;
    const { parent, siblings, at } = place;
    if (key === "ArrowUp" && at > 0) this.hooks.move(line.id, parent, siblings[at - 2] ?? null);
    else if (key === "ArrowDown" && at < siblings.length - 1)
      this.hooks.move(line.id, parent, siblings[at + 1]!);
    else if (key === "ArrowRight" && at > 0) {
      const into = siblings[at - 1]!;
      this.hooks.move(line.id, into, this.codes.below(into).at(-1) ?? null);
    } else if (key === "ArrowLeft" && parent)
      this.hooks.move(line.id, this.codes.place(parent)?.parent ?? null, parent);
    else return false;
    this.#here = line.id;
  }

  /** Codes are dragged to another place; words are dragged onto a code. */
  #drags(): void {
    const zone = (event: DragEvent, line: Line) => {
      const box = line.element.getBoundingClientRect();
      const share = (event.clientY - box.top) / box.height;
      return !line.code || (share > 0.3 && share < 0.7) ? "into" : share <= 0.3 ? "before" : "after";
    };
    const clear = () => {
      for (const each of this.#list.querySelectorAll("[data-drop]")) each.removeAttribute("data-drop");
    };
    this.#list.addEventListener("dragstart", (event) => {
      this.#dragged = this.#lineOf(event.target)?.id ?? "";
      event.dataTransfer?.setData("application/x-p3c-code", this.#dragged);
    });
    this.#list.addEventListener("dragend", () => {
      this.#dragged = "";
      clear();
    });
    this.#list.addEventListener("dragover", (event) => {
      const line = this.#lineOf(event.target);
      if (!line || (!this.#dragged && !line.code)) return;
      event.preventDefault();
      clear();
      line.element.dataset.drop = this.#dragged ? zone(event, line) : "into";
    });
    this.#list.addEventListener("dragleave", clear);
    this.#list.addEventListener("drop", (event) => {
      const line = this.#lineOf(event.target);
      clear();
      if (!line) return;
      event.preventDefault();
      if (!this.#dragged) {
        if (line.code) this.hooks.apply(line.id);
        return;
      }
      if (this.#dragged === line.id) return;
      const where = zone(event, line);
      if (where === "into") {
        const into = line.code ? line.id : null;
        const last = into ? this.codes.below(into) : this.codes.tops(line.id);
        this.hooks.move(this.#dragged, into, last.filter((id) => id !== this.#dragged).at(-1) ?? null);
        return;
      }
      const place = this.codes.place(line.id)!;
      const others = place.siblings.filter((id) => id !== this.#dragged);
      const at = others.indexOf(line.id);
      this.hooks.move(this.#dragged, place.parent, where === "after" ? line.id : (others[at - 1] ?? null));
    });
  }
}
