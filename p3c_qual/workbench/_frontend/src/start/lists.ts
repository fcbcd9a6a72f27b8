/** Panels and lists of the start page; a long list shows its beginning and says how much more there is. */

import { button, fill, h, type Child } from "../dom";

/** A part of the page with its heading. */
export function panel(title: string, name: string, ...content: Child[]): HTMLElement {
  return h("section", { class: `p3c-start-panel p3c-start-${name}`, "aria-label": title }, h("h2", {}, title), ...content);
}

const MORE = 50;

/**
 * A list whose lines are reached with the arrow keys; Tab leaves it.
 *
 * `make` returns a line's content, with one button or link in it at least. What `kept` says was
 * shown stays shown when the list is drawn anew.
 */
export function list<T>(
  label: string,
  rows: readonly T[],
  make: (row: T) => Child[],
  options: { first?: number; kept?: Map<string, number>; tag?: string } = {},
): HTMLElement {
  const { first = 8, kept = new Map<string, number>(), tag = "" } = options;
  const items = h("ul", { class: `p3c-start-list ${tag}`, "aria-label": label });
  const draw = (focus = -1) => {
    // one or two more take no more room than the line that tells of them
    const wanted = kept.get(label) ?? first;
    const shown = rows.length <= wanted + 2 ? rows.length : wanted;
    const lines: HTMLElement[] = rows.slice(0, shown).map((row) => h("li", {}, ...make(row)));
    if (shown < rows.length)
      lines.push(
        h(
          "li",
          {},
          button(`and ${(rows.length - shown).toLocaleString("en-GB")} more`, () => {
            kept.set(label, shown + MORE);
            draw(shown);
          }, { class: "p3c-button p3c-link", "data-name": `${label} more` }),
        ),
      );
    fill(items, ...lines);
    const stops = stopsOf(items);
    stops.forEach((stop, at) => (stop.tabIndex = at === Math.max(focus, 0) ? 0 : -1));
    if (focus >= 0) stops[focus]?.focus();
  };
  items.addEventListener("keydown", (event) => {
    const stops = stopsOf(items);
    const at = stops.indexOf(document.activeElement as HTMLElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: stops.length - 1 }[event.key];
    if (at < 0 || to === undefined) return;
    event.preventDefault();
    const next = stops[Math.max(0, Math.min(to, stops.length - 1))]!;
    for (const stop of stops) stop.tabIndex = -1;
    next.tabIndex = 0;
    next.focus();
  });
  draw();
  return items;
}

const stopsOf = (items: Element): HTMLElement[] => [...items.querySelectorAll<HTMLElement>("button")];

/** A line that is a button: what it opens, and something beside it. */
export function line(name: string, label: string, run: () => void, ...beside: Child[]): HTMLElement {
  return h(
    "button",
    { type: "button", class: "p3c-start-line", onclick: run, "data-name": name },
    h("span", { class: "p3c-start-name", dir: "auto" }, label),
    ...beside,
  );
}

/** Draw something anew; who had the focus in it has it afterwards. */
export function redraw(element: HTMLElement, ...children: Child[]): void {
  const active = element.contains(document.activeElement) ? (document.activeElement as HTMLElement) : null;
  const name = active?.dataset.name;
  fill(element, ...children);
  if (!active) return;
  const again = name && [...element.querySelectorAll<HTMLElement>("[data-name]")].find((each) => each.dataset.name === name);
  const list = again && again.closest("ul");
  if (list) for (const stop of stopsOf(list)) stop.tabIndex = stop === again ? 0 : -1;
  (again || element.querySelector<HTMLElement>("button, input, select"))?.focus({ preventScroll: true });
}

/**
 * Draw anew only where it reads otherwise.
 *
 * Whatever goes out of the page ends a run of typing, which undo would take back letter by letter.
 * What is clicked in it looks up what it is about: it may be older than what was drawn last.
 */
export function redrawOther(element: HTMLElement, ...children: Child[]): void {
  const fresh = element.cloneNode(false) as HTMLElement;
  fill(fresh, ...children);
  if (!fresh.isEqualNode(element)) redraw(element, ...fresh.childNodes);
}

/** Say something in place of what was said, for the same reason without taking that out. */
export function tell(element: HTMLElement, text: string): void {
  const { firstChild } = element;
  if (!(firstChild instanceof Text)) fill(element, text);
  else if (firstChild.data !== text) firstChild.data = text;
}
