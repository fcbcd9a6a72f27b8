/** What is written on the cards where it stands: names, elements, remarks. */

import { fill, h } from "../dom";
import { isStale } from "../summarise/conflicts";
import type { ConfigurationRow, ElementRow } from "../wire";
import type { Role } from "./classes";
import type { ConfigurationsPanel } from "./configurations";
import { InPlace, type Writing } from "./inplace";
import { SHORT } from "./words";

export class CardWriting {
  #field: InPlace | null = null;
  /** The card it is on. */
  #card = "";

  constructor(private readonly panel: ConfigurationsPanel) {}

  get #store() {
    return this.panel.store;
  }

  /** Keep what is being written, as when another view is opened. */
  dispose(): void {
    const field = this.#field;
    this.#field = null;
    field?.gone();
  }

  /** A card that somebody took away meanwhile takes no words with it. */
  check(): void {
    if (!this.#field || this.#store.configurations.has(this.#card)) return;
    this.dispose();
    this.panel.list.release();
  }

  /** A text that is written where it stands. */
  text<T extends ConfigurationRow | ElementRow>(row: T, field: keyof T & string, look: { class: string; empty: string; label: string; card?: ConfigurationRow }): HTMLElement {
    const card = look.card ?? (row as ConfigurationRow);
    const value = String(row[field]);
    const name = `${field} ${row.id}`;
    const host = h("div", { class: `p3c-con-text ${look.class}` });
    const still = !this.panel.writable || Boolean(card.state);
    if (still) fill(host, h("span", { dir: "auto", class: value ? "" : "p3c-quiet" }, value || "–"));
    else
      fill(
        host,
        h(
          "button",
          {
            type: "button",
            class: `p3c-con-words${value ? "" : " p3c-con-lacks"}`,
            "data-name": name,
            "aria-label": `${look.label}: ${value || "empty"}`,
            title: "Write here",
            onclick: () => void this.write(card.id, name, { label: look.label, field, row }),
          },
          h("span", { dir: "auto" }, value || look.empty),
        ),
      );
    return host;
  }

  /** Begin to write a field of a card, or of an element of it. */
  async write(card: string, name: string, what: { label: string; field: string; row: ConfigurationRow | ElementRow }): Promise<void> {
    if (!(await this.panel.context.known())) return;
    const { row, field } = what;
    const ofElement = "role" in row;
    const now = (): ConfigurationRow | ElementRow | undefined => {
      const configuration = this.#store.configurations.get(card);
      return ofElement ? configuration?.elements.find((each) => each.id === row.id) : configuration;
    };
    const read = () => String((now() as unknown as Record<string, unknown> | undefined)?.[field] ?? "");
    await this.#begin(card, `.p3c-con-text:has(> [data-name="${CSS.escape(name)}"])`, {
      name: `${name} written`,
      label: what.label,
      value: read(),
      empty: "",
      now: read,
      write: async (text, was) => {
        const verb = ofElement ? "edit_element" : "edit_configuration";
        const args = { [ofElement ? "element" : "configuration"]: row.id, fields: { [field]: text }, was: { [field]: was } };
        await this.#store.act(verb, args).catch(async (error) => {
          if (isStale(error)) await this.#store.again([card]);
          throw error;
        });
        return "";
      },
    });
  }

  /** Write where something stands on a card, once what was written before is kept. */
  async #begin(card: string, place: string, what: Omit<Writing, "host" | "left" | "back" | "class">): Promise<void> {
    const before = this.#field;
    if (before && !(await before.keep())) return before.focus();
    const host = this.panel.list.card(card)?.querySelector<HTMLElement>(place);
    if (!host) return;
    this.panel.list.hold(card);
    const closed = () => {
      if (this.#field !== field) return;
      const back = field.element.contains(document.activeElement);
      this.#field = null;
      this.panel.list.release();
      if (!this.panel.passes(card)) this.panel.find();
      if (back || document.activeElement === document.body) this.panel.focus();
    };
    const field = new InPlace({ ...what, class: "p3c-con-write", host: this.panel.context.bench.root, left: closed, back: closed });
    this.#field = field;
    this.#card = card;
    fill(host, field.element);
    field.begin();
  }

  /** Write a new element of the card under the cursor, in its column. */
  async addElement(id: string, role: Role): Promise<void> {
    const row = this.#store.configurations.get(id);
    if (!row) return;
    if (row.state) return this.panel.context.say("It does not stand any more; take it up again first.");
    if (!(await this.panel.context.known())) return;
    if (this.panel.list.open !== id || this.panel.list.at !== id) this.panel.list.go(id, true);
    await this.#begin(id, `[data-new="${role}"]`, {
      name: `new ${role} of ${id}`,
      label: `New ${SHORT[role]!.toLowerCase()} of ${row.key}`,
      value: "",
      empty: `${SHORT[role]!} …`,
      needed: true,
      now: () => "",
      write: async (text) => {
        await this.#store.act("add_element", { configuration: id, element: { role, text } });
        return "";
      },
    });
  }

  /** Write the name of the card under the cursor. */
  rename(): void {
    const { row } = this.panel;
    if (!row || !this.panel.writable || row.state) return;
    if (this.panel.list.open !== row.id) this.panel.list.go(row.id, true);
    this.panel.list.card(row.id)?.querySelector<HTMLElement>(`[data-name="label ${CSS.escape(row.id)}"]`)?.click();
  }
}
