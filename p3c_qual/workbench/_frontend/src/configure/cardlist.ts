/** A long list of cards that is walked through by keyboard: those near the window are drawn, the others are empty. */

import { fill, h, type Child } from "../dom";

export interface Look {
  name: string;
  draw(id: string, open: boolean): Child[];
  classOf(id: string): string;
}

export interface Tells {
  /** The cursor, the open card or what is marked is different. */
  moved(): void;
}

/** Pixels a card takes until it was seen. */
const CARD = 124;
/** Cards before and after one that a window shows with it. */
const AROUND = 10;
const NEAR = "700px 0px";
/** What is pressed inside a card does not move the cursor's card about. */
const INSIDE = "button, input, select, textarea, a, .p3c-con-write";

export class CardList {
  readonly element: HTMLElement;
  readonly marked = new Set<string>();
  ids: string[] = [];
  /** The card under the cursor. */
  at = "";
  /** The card that is shown in full. */
  open = "";
  /** A card in which somebody writes is left as it is. */
  #held = "";
  #cards = new Map<string, HTMLElement>();
  #full = new Set<string>();
  #idOf = new WeakMap<Element, string>();
  readonly #watch: IntersectionObserver;

  constructor(
    private readonly look: Look,
    private readonly tells: Tells,
  ) {
    this.element = h("div", { class: "p3c-cards p3c-keys", role: "grid", tabindex: "0", "aria-label": look.name, "aria-multiselectable": "true", "aria-colcount": 1 });
    this.#watch = new IntersectionObserver(
      (seen) => {
        for (const each of seen) if (each.isIntersecting) this.#fill(this.#idOf.get(each.target)!);
      },
      { root: this.element, rootMargin: NEAR },
    );
    this.element.addEventListener("click", (event) => this.#clicked(event));
    // Enter and Space on a button are meant for it, and the arrows in a list of choices
    this.element.addEventListener("keydown", (event) => {
      const inside = (event.target as Element).closest(INSIDE);
      if (inside && ["Enter", " "].includes(event.key)) event.stopPropagation();
      if (inside && event.key === "Escape" && !event.defaultPrevented) {
        event.stopPropagation();
        this.element.focus({ preventScroll: true });
      }
    });
  }

  dispose(): void {
    this.#watch.disconnect();
  }

  /** Show these cards in this order. */
  show(ids: string[]): void {
    const before = this.ids.indexOf(this.at);
    this.ids = ids;
    const there = new Set(ids);
    if (!there.has(this.at)) this.at = ids[Math.min(Math.max(before, 0), ids.length - 1)] ?? "";
    if (!there.has(this.open)) this.open = "";
    const top = this.element.scrollTop;
    for (const card of this.element.querySelectorAll<HTMLElement>(":scope > *")) {
      const id = this.#idOf.get(card)!;
      if (there.has(id)) continue;
      card.remove();
      this.#empty(id);
    }
    // what stands where it is to be is not touched: somebody may be in it
    let next = this.element.firstElementChild;
    for (const id of ids) {
      const card = this.#card(id);
      if (card === next) next = next.nextElementSibling;
      else this.element.insertBefore(card, next);
    }
    this.element.scrollTop = top;
    this.element.setAttribute("aria-rowcount", String(ids.length));
    ids.forEach((id, at) => this.#cards.get(id)!.setAttribute("aria-rowindex", String(at + 1)));
    // what is seen at once is drawn at once
    const first = Math.max(0, Math.floor(top / CARD) - 2);
    for (const id of ids.slice(first, first + 10)) this.#fill(id);
    if (this.at) this.#fill(this.at);
    this.#mark();
  }

  /** Draw some cards anew, where they are drawn at all; nothing for all. */
  update(ids?: Iterable<string>): void {
    for (const id of ids ?? this.#full) if (this.#full.has(id)) this.#draw(id);
    this.#mark();
  }

  /** Forget cards that are there no more. */
  forget(ids: Iterable<string>): void {
    for (const id of ids) {
      const card = this.#cards.get(id);
      if (card) this.#watch.unobserve(card);
      this.#cards.delete(id);
      this.#full.delete(id);
      this.marked.delete(id);
    }
  }

  #card(id: string): HTMLElement {
    const found = this.#cards.get(id);
    if (found) return found;
    const card = h("div", { role: "row", class: "p3c-card", "data-card": id, id: `p3c-card-${id}`, style: `min-height:${CARD}px` });
    this.#cards.set(id, card);
    this.#idOf.set(card, id);
    this.#watch.observe(card);
    return card;
  }

  #fill(id: string): void {
    if (this.#full.has(id) || !this.#cards.has(id)) return;
    this.#full.add(id);
    this.#draw(id);
    this.#cards.get(id)!.style.minHeight = "";
    this.#markCard(id);
  }

  /** Draw a card that left the list only once it is near again: hundreds that come back drawn take long to lay out. */
  #empty(id: string): void {
    if (this.#held === id || !this.#full.delete(id)) return;
    const card = this.#cards.get(id)!;
    card.className = "p3c-card";
    card.style.minHeight = `${CARD}px`;
    fill(card);
  }

  #draw(id: string): void {
    if (this.#held === id) return;
    const card = this.#cards.get(id)!;
    const name = card.contains(document.activeElement) ? ((document.activeElement as HTMLElement).dataset.name ?? "") : null;
    card.className = `p3c-card ${this.look.classOf(id)}`;
    fill(card, h("div", { role: "gridcell", class: "p3c-card-in" }, ...this.look.draw(id, id === this.open)));
    // who was in it is in it again
    if (name !== null) (card.querySelector<HTMLElement>(`[data-name="${CSS.escape(name)}"]`) ?? this.element).focus({ preventScroll: true });
  }

  /** Leave a card as it is while somebody writes in it. */
  hold(id: string): void {
    this.#held = id;
  }

  get held(): string {
    return this.#held;
  }

  release(): void {
    const id = this.#held;
    this.#held = "";
    if (id && this.#cards.has(id)) {
      this.#draw(id);
      this.#mark();
    }
  }

  /** An element inside a card, once it is drawn. */
  card(id = this.at): HTMLElement | null {
    if (!this.#cards.has(id)) return null;
    this.#fill(id);
    return this.#cards.get(id)!;
  }

  // moving

  go(id: string, open = this.open === id): void {
    const place = this.ids.indexOf(id);
    if (place < 0) return;
    this.at = id;
    // those around it take the room they need before it is scrolled to
    for (const each of this.ids.slice(Math.max(0, place - AROUND), place + AROUND)) this.#fill(each);
    const before = this.#cards.get(id)!.getBoundingClientRect().top;
    const old = this.open;
    if (open !== (this.open === id)) {
      this.open = open ? id : "";
      for (const each of new Set([old, id])) if (each && this.#full.has(each)) this.#draw(each);
    }
    const card = this.#cards.get(id)!;
    // what closes above it must not carry it away
    if (old !== this.open) this.element.scrollTop += card.getBoundingClientRect().top - before;
    card.scrollIntoView({ block: card.offsetHeight > this.element.clientHeight ? "start" : "nearest" });
    this.#mark();
    this.tells.moved();
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

  toggle(id = this.at): void {
    if (id) this.go(id, this.open !== id);
  }

  mark(id = this.at, on = !this.marked.has(id)): void {
    if (!id) return;
    if (on) this.marked.add(id);
    else this.marked.delete(id);
    this.#mark();
    this.tells.moved();
  }

  unmark(): void {
    this.marked.clear();
    this.#mark();
    this.tells.moved();
  }

  #clicked(event: MouseEvent): void {
    const id = (event.target as Element).closest<HTMLElement>("[data-card]")?.dataset.card;
    if (!id) return;
    const inside = (event.target as Element).closest(INSIDE);
    if (inside) {
      if (id !== this.at) {
        this.at = id;
        // a box that was just ticked says so only after its click
        if (inside.matches(".p3c-card-mark")) return this.mark(id, (inside as HTMLInputElement).checked);
        this.#mark();
        this.tells.moved();
      }
      return;
    }
    // words that were just marked are to be read or copied
    if (!document.getSelection()?.isCollapsed) return;
    if (event.ctrlKey || event.metaKey) {
      this.at = id;
      this.mark(id);
    } else this.go(id, this.open !== id || !(event.target as Element).closest(".p3c-card-head"));
    this.element.focus({ preventScroll: true });
  }

  #mark(): void {
    for (const id of this.#full) this.#markCard(id);
    if (this.at) this.element.setAttribute("aria-activedescendant", `p3c-card-${this.at}`);
    else this.element.removeAttribute("aria-activedescendant");
  }

  #markCard(id: string): void {
    const card = this.#cards.get(id)!;
    card.classList.toggle("p3c-card-at", id === this.at);
    card.classList.toggle("p3c-card-open", id === this.open);
    card.setAttribute("aria-selected", String(this.marked.has(id)));
    const box = card.querySelector<HTMLInputElement>(".p3c-card-mark");
    if (box) box.checked = this.marked.has(id);
  }
}
