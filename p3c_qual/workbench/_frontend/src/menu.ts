/** A small menu at an element: arrows, letters, Escape. */

import { h } from "./dom";

export interface Entry {
  label: string;
  run(): void;
  disabled?: boolean;
  key?: string;
}

export function openMenu(host: HTMLElement, at: { getBoundingClientRect(): DOMRect }, name: string, entries: Entry[]): void {
  const before = document.activeElement as HTMLElement | null;
  const close = (back = true) => {
    removeEventListener("pointerdown", outside, true);
    menu.remove();
    if (back) before?.focus();
  };
  const outside = (event: Event) => {
    if (!menu.contains(event.target as Node)) close(false);
  };
  const items = entries.map((entry) =>
    h(
      "button",
      {
        type: "button",
        role: "menuitem",
        class: "p3c-item",
        tabindex: "-1",
        disabled: entry.disabled,
        onclick: () => {
          close();
          entry.run();
        },
      },
      h("span", {}, entry.label),
      entry.key && h("kbd", {}, entry.key),
    ),
  );
  const menu = h("div", { class: "p3c-menu", role: "menu", "aria-label": name }, ...items);
  menu.addEventListener("keydown", (event) => {
    event.stopPropagation();
    const open = items.filter((item) => !item.disabled);
    const here = open.indexOf(document.activeElement as HTMLButtonElement);
    const letter = event.key.length === 1 ? event.key.toLowerCase() : "";
    const named = open.findIndex((item, i) => i > here && item.textContent!.trim().toLowerCase().startsWith(letter));
    if (event.key === "ArrowDown") open[(here + 1) % open.length]?.focus();
    else if (event.key === "ArrowUp") open[(here - 1 + open.length) % open.length]?.focus();
    else if (event.key === "Escape" || event.key === "Tab") close();
    else if (letter && letter !== " " && named >= 0) open[named]!.focus();
    else return;
    event.preventDefault();
  });
  host.append(menu);
  const box = at.getBoundingClientRect();
  const inside = host.getBoundingClientRect();
  const { offsetWidth: wide, offsetHeight: high } = menu;
  const below = box.bottom + high < inside.bottom || box.top - high < inside.top;
  menu.style.left = `${Math.max(4, Math.min(box.left - inside.left, inside.width - wide - 4))}px`;
  menu.style.top = `${Math.max(4, (below ? box.bottom : box.top - high) - inside.top)}px`;
  items.find((item) => !item.disabled)?.focus();
  addEventListener("pointerdown", outside, true);
}
