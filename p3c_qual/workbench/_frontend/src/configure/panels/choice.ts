/** A list one of whose lines is open beside it; arrow keys go from line to line. */

import { fill, h, type Child } from "../../dom";

export interface Line {
  id: string;
  content: Child[];
  /** How far it stands in. */
  depth?: number;
}

export class Choice {
  readonly element: HTMLElement;
  at = "";
  #ids: string[] = [];

  constructor(
    name: string,
    private readonly chose: (id: string) => void,
    /** Whether one may leave what is open. */
    private readonly may: () => boolean,
  ) {
    this.element = h("div", { class: "p3c-pan-list p3c-keys", role: "listbox", tabindex: "0", "aria-label": name });
    this.element.addEventListener("click", (event) => {
      const id = (event.target as Element).closest<HTMLElement>("[data-id]")?.dataset.id;
      if (id) this.go(id);
    });
  }

  /** Show these groups; what is open stays open, else the first line is. */
  show(groups: { title?: string; lines: Line[]; none?: string }[]): void {
    this.#ids = groups.flatMap((each) => each.lines.map((line) => line.id));
    if (!this.#ids.includes(this.at)) this.at = this.#ids[0] ?? "";
    const top = this.element.scrollTop;
    fill(
      this.element,
      ...groups.flatMap(({ title, lines, none }) => [
        title && h("div", { class: "p3c-pan-group", role: "presentation" }, title),
        ...lines.map((line) =>
          h(
            "div",
            {
              class: "p3c-pan-line",
              role: "option",
              id: `p3c-pan-${line.id}`,
              "data-id": line.id,
              "aria-selected": String(line.id === this.at),
              style: line.depth ? `--p3c-depth:${line.depth}` : null,
            },
            ...line.content,
          ),
        ),
        !lines.length && none && h("p", { class: "p3c-quiet p3c-pan-none", role: "presentation" }, none),
      ]),
    );
    this.element.scrollTop = top;
    this.#mark();
  }

  go(id: string): void {
    if (!this.#ids.includes(id) || !this.may()) return;
    this.at = id;
    for (const line of this.element.querySelectorAll<HTMLElement>("[data-id]")) line.setAttribute("aria-selected", String(line.dataset.id === id));
    this.#mark();
    this.chose(id);
  }

  step(by: number): void {
    const at = this.#ids.indexOf(this.at) + by;
    this.go(this.#ids[Math.max(0, Math.min(at, this.#ids.length - 1))] ?? "");
  }

  #mark(): void {
    if (!this.at) return this.element.removeAttribute("aria-activedescendant");
    this.element.setAttribute("aria-activedescendant", `p3c-pan-${this.at}`);
    // the list itself, and not the page, comes to the line
    const line = this.element.querySelector<HTMLElement>('[aria-selected="true"]');
    const { scrollTop: top, clientHeight: high } = this.element;
    if (line && high && (line.offsetTop < top || line.offsetTop + line.offsetHeight > top + high)) this.element.scrollTop = line.offsetTop - high / 3;
  }
}
