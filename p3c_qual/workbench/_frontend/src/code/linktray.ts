/** The tray: spans with their roles until they are linked; chips, what they make, and what can be done. */

import { button, fill, h } from "../dom";
import type { ConfigurationRow } from "../wire";
import { type Chip, letterOf, makes, NAMES, type Tray } from "./linkrows";

/** What spans make, and what is open then. */
const SAID: Record<string, string> = {
  triad: "a triad: context, mechanism and outcome",
  triad_resource: "a triad whose reasoning is open: what people made of the resource",
  triad_reasoning: "a triad whose resource is open: what people responded to",
  dyad_cm: "a dyad of context and mechanism; the outcome is open",
  dyad_mo: "a dyad of mechanism and outcome; the context is open",
  dyad_co: "a dyad of context and outcome; the mechanism is open",
  single: "a single; add what the account links it with",
  empty: "no claim yet: there is no context, mechanism or outcome",
};

/** What the tray makes, in words. */
export function saysWhatItMakes(tray: Tray, into: ConfigurationRow | undefined): string {
  const said = SAID[makes(tray.chips, into)]!;
  return into ? `${into.key} is then ${said}` : `Makes ${said}`;
}

export interface Doings {
  /** The key of an action, as it is shown. */
  key(action: string): string;
  /** How a value of a property is called. */
  label(property: string, value: string): string;
  /** Key of the source that is open. */
  open(): string;
  link(): void;
  aim(): void;
  unaim(): void;
  clear(): void;
  remove(id: string): void;
  menu(id: string, at: Element): void;
  leave(): void;
}

export class LinkTray {
  readonly element: HTMLElement;
  readonly #chips = h("ul", { class: "p3c-tray-chips", "aria-label": "Spans to link" });
  readonly #makes = h("p", { class: "p3c-tray-makes", role: "status" });
  readonly #ends = h("div", { class: "p3c-tray-ends" });
  /** The chip that Tab reaches. */
  #at = "";

  constructor(private readonly does: Doings) {
    this.element = h(
      "section",
      { class: "p3c-tray p3c-keys", "aria-label": "Link tray", hidden: true },
      this.#chips,
      h("div", { class: "p3c-tray-foot" }, this.#makes, this.#ends),
      h("p", { id: "p3c-tray-help", class: "p3c-voice" }, "Enter links all spans, Space opens what can be said of this one, Delete takes it out, arrows go from span to span, Escape goes back to the text."),
    );
    this.element.addEventListener("keydown", (event) => this.#key(event));
  }

  /** Go to the first chip, or to the one Tab would reach. */
  focus(id = this.#at): void {
    const chip = this.#chip(id) ?? this.#chips.querySelector<HTMLElement>(".p3c-tray-chip");
    chip?.focus();
  }

  draw(tray: Tray, into: ConfigurationRow | undefined): void {
    const { does } = this;
    const held = this.element.contains(document.activeElement);
    const here = (document.activeElement as HTMLElement | null)?.dataset.chip;
    this.element.hidden = !tray.chips.length;
    if (!tray.chips.some((chip) => chip.id === this.#at)) this.#at = tray.chips[0]?.id ?? "";
    fill(this.#chips, ...tray.chips.map((chip) => this.#row(chip, tray, into)));
    const said = tray.chips.length ? saysWhatItMakes(tray, into) : "";
    if (this.#makes.textContent !== said) this.#makes.textContent = said;
    const keyed = (action: string) => `${does.key(action) ? ` (${does.key(action)})` : ""}`;
    fill(
      this.#ends,
      into && button(`${into.key} ×`, () => does.unaim(), { "aria-label": `Not to ${into.key}: make a new configuration`, title: into.label || into.sentence, "data-tray": "unaim" }),
      button(into ? `Add to ${into.key}` : "Link", () => does.link(), { class: "p3c-button p3c-main", title: `${into ? "Add these spans to it" : "Link these spans into a new configuration"}${keyed("link")}`, "data-tray": "link" }),
      button(into ? "Another …" : "Add to …", () => does.aim(), { title: `Add these spans to a configuration that is there${keyed("link-into")}`, "data-tray": "aim" }),
      button("×", () => does.clear(), { class: "p3c-button p3c-close", "aria-label": "Empty the tray", title: "Empty the tray", "data-tray": "clear" }),
    );
    if (held && !this.element.contains(document.activeElement)) {
      if (this.element.hidden) does.leave();
      else this.focus(here);
    }
  }

  #row(chip: Chip, tray: Tray, into: ConfigurationRow | undefined): HTMLElement {
    const { does } = this;
    const voiceOf = chip.voice && (tray.chips.find((each) => each.id === chip.voice)?.quote ?? into?.elements.find((each) => each.id === chip.voice)?.text ?? "an element there");
    const notes = [
      chip.direction && does.label("direction", chip.direction),
      chip.absent && "said not to be there",
      chip.evidence_role !== "supports" && does.label("evidence_role", chip.evidence_role),
      chip.directness && does.label("directness", chip.directness),
      chip.elicited && does.label("elicited", chip.elicited),
    ].filter(Boolean) as string[];
    const elsewhere = chip.key !== does.open() && chip.key;
    const words = chip.text || chip.quote;
    const says = [
      `${NAMES[chip.role]}: ${words}`,
      voiceOf && `another voice of: ${voiceOf}`,
      ...notes,
      elsewhere && `in ${elsewhere}`,
    ].filter(Boolean);
    return h(
      "li",
      { class: `p3c-tray-item p3c-role-${chip.role}${chip.absent ? " p3c-tray-absent" : ""}${chip.voice ? " p3c-tray-voice" : ""}` },
      h(
        "button",
        {
          type: "button",
          class: "p3c-tray-chip",
          "data-chip": chip.id,
          tabindex: chip.id === this.#at ? "0" : "-1",
          "aria-haspopup": "menu",
          "aria-label": says.join(", "),
          "aria-describedby": "p3c-tray-help",
          title: says.join("\n"),
          onfocus: () => this.#reach(chip.id),
          onclick: (event: Event) => does.menu(chip.id, event.currentTarget as Element),
        },
        h("span", { class: "p3c-tray-role", "aria-hidden": "true" }, chip.voice ? "↳" : letterOf(chip.role), " ", h("b", {}, NAMES[chip.role])),
        h("span", { class: "p3c-tray-words", dir: "auto" }, chip.text ? chip.text : `“${chip.quote}”`),
        (notes.length > 0 || elsewhere) && h("small", {}, [...notes, elsewhere].filter(Boolean).join(" · ")),
      ),
      h("button", { type: "button", class: "p3c-tray-out", tabindex: "-1", "aria-label": `Take out ${NAMES[chip.role]}: ${words}`, onclick: () => does.remove(chip.id) }, "×"),
    );
  }

  #chip(id: string): HTMLElement | null {
    return id ? this.#chips.querySelector<HTMLElement>(`[data-chip="${CSS.escape(id)}"]`) : null;
  }

  #reach(id: string): void {
    this.#at = id;
    for (const each of this.#chips.querySelectorAll<HTMLElement>("[data-chip]")) each.tabIndex = each.dataset.chip === id ? 0 : -1;
  }

  #key(event: KeyboardEvent): void {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    const id = (event.target as HTMLElement).dataset.chip;
    const { key } = event;
    const menu = key === "ContextMenu" || (key === "F10" && event.shiftKey);
    if (event.shiftKey && !menu) return;
    const own = ["Enter", " ", "Escape", "Delete", "Backspace", "ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "Home", "End"];
    if (!own.includes(key) && !menu) return;
    // keys of the text stay in the text
    event.stopPropagation();
    if (key === "Escape") this.does.leave();
    else if (!id) return;
    else if (key === "Enter") this.does.link();
    else if (key === "Delete" || key === "Backspace") this.#out(id);
    else if (menu || key === "ArrowDown") this.does.menu(id, event.target as Element);
    else if (key === "ArrowLeft" || key === "ArrowRight" || key === "Home" || key === "End") this.#step(id, key);
    else return;
    event.preventDefault();
  }

  #step(id: string, key: string): void {
    const chips = [...this.#chips.querySelectorAll<HTMLElement>("[data-chip]")];
    const here = chips.findIndex((each) => each.dataset.chip === id);
    const to = { ArrowLeft: here - 1, ArrowRight: here + 1, Home: 0, End: chips.length - 1 }[key]!;
    chips[Math.min(Math.max(0, to), chips.length - 1)]!.focus();
  }

  /** Take one out, and stand on the next. */
  #out(id: string): void {
    const chips = [...this.#chips.querySelectorAll<HTMLElement>("[data-chip]")].map((each) => each.dataset.chip!);
    const at = chips.indexOf(id);
    const next = chips[at + 1] ?? chips[at - 1] ?? "";
    this.does.remove(id);
    if (next) this.focus(next);
  }
}
