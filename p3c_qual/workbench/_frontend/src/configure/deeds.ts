/** What is done with a card: making it, its properties, its menus, setting it aside. */

import { ask, Amiss, type Field } from "../dialog";
import { h } from "../dom";
import { type Entry, openMenu } from "../menu";
import { Combo, type Offer } from "../summarise/combo";
import type { ConfigurationRow, ElementRow, EvidenceRow, LinkRow } from "../wire";
import { AGAINST } from "./classes";
import type { ConfigurationsPanel } from "./configurations";
import { addPassage, editEvidence, resolve } from "./evidencedeeds";
import { chain, merge, nest } from "./joining";
import { split } from "./splitting";
import { nameOf, propertiesOf, SHORT } from "./words";

type Rect = { getBoundingClientRect(): DOMRect };

export class CardDeeds {
  constructor(readonly panel: ConfigurationsPanel) {}

  get #store() {
    return this.panel.store;
  }

  get root(): HTMLElement {
    return this.panel.context.bench.root;
  }

  /** Whether something can be done with a card now, and say why not. */
  async #can(row?: ConfigurationRow): Promise<boolean> {
    if (row?.state) {
      this.panel.context.say("It does not stand any more; take it up again first.");
      return false;
    }
    return this.panel.context.known();
  }

  /** Do something outside a dialog; what is refused is said in a note. */
  async act(verb: string, args: Record<string, unknown>): Promise<void> {
    await this.#store.act(verb, args).catch((error) => this.panel.context.bench.fault(error));
    this.panel.focus();
  }

  /** Say what was refused, and show what stands there now. */
  #failed(error: unknown, row: ConfigurationRow): Promise<void> {
    this.panel.context.bench.fault(error);
    return this.#store.again([row.id]);
  }

  async #edit(row: ConfigurationRow, fields: Record<string, string>): Promise<void> {
    await this.#store.edit("edit_configuration", "configuration", row, fields).catch((error) => this.#failed(error, row));
    this.panel.focus();
  }

  // making

  async create(): Promise<void> {
    const { panel } = this;
    if (!(await this.#can())) return;
    const store = this.#store;
    const { filters } = panel;
    let made = "";
    const role = (name: string, label: string, help: string): Field => ({ name, label, lines: 2, help });
    await ask(
      this.root,
      {
        title: "New configuration",
        wide: true,
        text: [h("p", { class: "p3c-quiet" }, "Write what you know of it; whatever is left empty can come later.")],
        fields: [
          { ...role("context", "Context", "What was there before: of a person, between people, of an organisation, of the wider system."), first: true },
          role("resource", "Mechanism: resource", "What the programme brings in: time, money, a list, a person."),
          role("reasoning", "Mechanism: reasoning", "How people respond to it: what they think, feel or decide."),
          role("outcome", "Outcome", "What comes of it, meant or not."),
          { name: "direction", label: "Direction of the outcome", options: [{ value: "", label: "not said" }, ...store.valuesOf("direction").map((each) => ({ value: each.id, label: each.label }))] },
          { name: "label", label: "Short name", help: "By which it is called in lists and figures." },
          { name: "programme", label: "Programme", value: filters.programme, options: [{ value: "", label: "none" }, ...store.valuesOf("programmes").map((each) => ({ value: each.id, label: each.label }))] },
        ],
        ok: "Make it",
      },
      async ({ direction, label, programme, ...texts }) => {
        const elements = Object.entries(texts)
          .filter(([, text]) => text)
          .map(([name, text]) => ({ role: name, text, ...(name === "outcome" && direction ? { direction } : {}) }));
        const theory = store.theories.has(filters.theory) ? filters.theory : "";
        const mechanism = store.mechanisms.has(filters.mechanism) ? filters.mechanism : "";
        made = await store.act<string>("make_configuration", { label, programme, theory, mechanism, elements });
      },
    );
    if (made) panel.open(made);
  }

  // properties

  programme(row: ConfigurationRow, at: Rect | null = this.#at(row)): void {
    this.#values(row, at, "Programme", this.#store.valuesOf("programmes"), row.programme, (programme) => this.#edit(row, { programme }));
  }

  activation(row: ConfigurationRow, at: Rect | null = this.#at(row)): void {
    this.#values(row, at, "Activation of the mechanism", this.#store.valuesOf("activation"), row.activation, (activation) => this.#edit(row, { activation }));
  }

  /** Choose a value of one of an element's properties. */
  choose(row: ConfigurationRow, element: ElementRow, field: string, list: string, label: string, at: Rect): void {
    const now = String((element as unknown as Record<string, unknown>)[field] ?? "");
    this.#values(row, at, label, this.#store.valuesOf(list), now, (value) => this.#editElement(row, element, { [field]: value }));
  }

  async #editElement(row: ConfigurationRow, element: ElementRow, fields: Record<string, string>): Promise<void> {
    await this.#store.edit("edit_element", "element", element, fields).catch((error) => this.#failed(error, row));
    if (document.activeElement === document.body) this.panel.focus();
  }

  #values(row: ConfigurationRow, at: Rect | null, name: string, values: { id: string; label: string }[], now: string, take: (value: string) => Promise<void>): void {
    if (!at) return;
    const run = (value: string) => void this.#can(row).then((can) => (can && value !== now ? take(value) : undefined));
    openMenu(this.root, at, name, [
      ...values.map((each) => ({ label: `${each.id === now ? "✓ " : ""}${each.label}`, run: () => run(each.id) })),
      { label: "Not said", disabled: !now, run: () => run("") },
    ]);
  }

  /** Where a menu of a card opens that was asked for by a key. */
  #at(row: ConfigurationRow): Rect | null {
    const card = this.panel.list.card(row.id);
    return card?.querySelector<HTMLElement>(".p3c-card-head") ?? card;
  }

  async theory(row: ConfigurationRow): Promise<void> {
    if (!(await this.#can(row))) return;
    const store = this.#store;
    const offers = [...store.theories.values()].map((each) => ({ id: each.id, label: each.label || each.key, detail: [each.if_ && `If ${each.if_}`, each.then_ && `then ${each.then_}`].filter(Boolean).join(", ") }));
    await this.#chooseOrName(row, { title: `The theory that ${row.key} tests`, label: "Theory", now: row.theory, offers, fresh: "Write a theory", none: "It tests no theory" }, (label) => this.#writeTheory(label, row.programme), (theory) => this.#taken(row, { theory }));
  }

  /** A theory is more than its name. */
  async #writeTheory(label: string, programme: string): Promise<string> {
    let made = "";
    const line = (name: string, said: string): Field => ({ name, label: said, lines: 2, required: true });
    await ask(this.root, { title: `Write the theory ‘${label}’`, fields: [line("if_", "If"), line("then_", "then"), line("because", "because")], ok: "Write it" }, async (said) => {
      made = await this.#store.act<string>("write_theory", { label, programme, ...said });
    });
    return made;
  }

  async mechanism(row: ConfigurationRow): Promise<void> {
    if (!(await this.#can(row))) return;
    const store = this.#store;
    const offers = [...store.mechanisms.values()].map((each) => ({ id: each.id, label: each.label || each.key, detail: each.definition }));
    await this.#chooseOrName(row, { title: `The mechanism of ${row.key} by its name`, label: "Mechanism", now: row.mechanism, offers, fresh: "Name a mechanism", none: "No name" }, async (label) => store.act<string>("name_mechanism", { label }), (mechanism) => this.#taken(row, { mechanism }));
  }

  #taken(row: ConfigurationRow, fields: Record<string, string>): Promise<unknown> {
    return this.#store.edit("edit_configuration", "configuration", row, fields);
  }

  /** Choose one of many by typing, or make a new one of what was typed. */
  async #chooseOrName(row: ConfigurationRow, what: { title: string; label: string; now: string; offers: Offer[]; fresh: string; none: string }, make: (label: string) => Promise<string>, take: (id: string) => Promise<unknown>): Promise<void> {
    const offers = what.now ? [...what.offers, { id: "", label: what.none }] : what.offers;
    const combo = new Combo(offers, { label: what.label, placeholder: "Type a few letters, or a new name", fresh: (label) => `${what.fresh}: ${label}` });
    const asked = ask(this.root, { title: what.title, text: [h("p", { class: "p3c-quiet", dir: "auto" }, nameOf(row))], after: [combo.element], ok: "Take it" }, async () => {
      const { chosen, fresh } = combo;
      if (!chosen && !fresh) throw new Amiss("Choose one, or type a new name.", combo.input);
      const id = chosen ? chosen.id : await make(fresh);
      if (!chosen && !id) throw new Amiss("It was not written; choose another, or leave.", combo.input);
      if (id !== what.now) await take(id);
    });
    combo.input.focus();
    await asked;
    this.panel.focus();
  }

  async chooseCode(row: ConfigurationRow, element: ElementRow): Promise<void> {
    if (!(await this.#can(row))) return;
    const { model } = this.panel;
    const books = new Map(model.study.codebooks.map((each) => [each.id, each.label]));
    const path = (id: string): string => {
      const code = model.code(id);
      return code?.parent ? `${path(code.parent)} › ${code.label}` : (code?.label ?? "");
    };
    const offers = model.study.codes.filter((each) => each.status !== "retired").map((each) => ({ id: each.id, label: each.label, detail: [books.get(each.codebook), each.parent && path(each.parent)].filter(Boolean).join(": ") }));
    const all = element.code ? [{ id: "", label: "No code" }, ...offers] : offers;
    const combo = new Combo(all, { label: "Code" });
    const asked = ask(this.root, { title: `The code of this ${SHORT[element.role]!.toLowerCase()}`, text: [h("p", { class: "p3c-quiet" }, "Such as an element of the SELFIE framework; by it configurations are found and crossed with the framework.")], after: [combo.element], ok: "Take it" }, async () => {
      const { chosen } = combo;
      if (!chosen) throw new Amiss("Choose a code.", combo.input);
      await this.#store.edit("edit_element", "element", element, { code: chosen.id });
    });
    combo.input.focus();
    await asked;
    this.panel.focus();
  }

  // menus

  menu(row: ConfigurationRow, at: Rect | null = this.#at(row)): void {
    if (!at) return;
    const { panel } = this;
    const entry = (id: string, disabled = false): Entry => {
      const action = panel.actions.find((each) => each.id === id)!;
      return { label: action.title, key: panel.keyOf(id), disabled, run: () => action.run() };
    };
    const still = !panel.writable || Boolean(row.state);
    panel.list.at = row.id;
    openMenu(this.root, at, nameOf(row), [
      ...["con-rename", "con-programme", "con-theory", "con-mechanism", "con-activation", "con-passage", "con-split", "con-merge", "con-nest", "con-chain"].map((id) => entry(id, still)),
      entry("con-same", !row.mechanism),
      entry("con-aside", !panel.writable),
      entry("con-remove", !panel.writable),
    ]);
  }

  elementMenu(row: ConfigurationRow, element: ElementRow, at: Rect): void {
    const still = !this.panel.writable || Boolean(row.state);
    const voices = row.evidence.filter((each) => each.element === element.id).length;
    openMenu(this.root, at, `This ${SHORT[element.role]!.toLowerCase()}`, [
      ...propertiesOf(element.role).map(([field, list, label]) => ({ label: `${label} …`, disabled: still, run: () => this.choose(row, element, field, list, label, at) })),
      { label: "Code …", disabled: still, run: () => void this.chooseCode(row, element) },
      { label: "Add a passage on it …", disabled: still, run: () => void this.addPassage(row, element.id) },
      ...(element.role === "outcome" ? [{ label: "It becomes a context …", disabled: still, run: () => void this.chain(row, element.id) }] : []),
      { label: voices ? "Remove it; its passages stay on the card" : "Remove it", disabled: still, run: () => void this.#can(row).then((can) => (can ? this.act("remove_element", { element: element.id }) : undefined)) },
    ]);
  }

  evidenceMenu(row: ConfigurationRow, each: EvidenceRow, at: Rect): void {
    const still = !this.panel.writable;
    openMenu(this.root, at, `This passage of ${each.key}`, [
      { label: "Open the text here", run: () => this.panel.openText(each) },
      { label: "Edit what it does, how direct it is …", disabled: still, run: () => void this.#can().then((can) => (can ? editEvidence(this, row, each) : undefined)) },
      ...(AGAINST.has(each.role) ? [{ label: each.resolution ? "Change what was decided …" : "Decide what follows from it …", disabled: still, run: () => void this.resolve(row, each) }] : []),
      { label: "Take it away", disabled: still, run: () => void this.#can().then((can) => (can ? this.act("remove_evidence", { evidence: [each.id] }) : undefined)) },
    ]);
  }

  // evidence

  async addPassage(row: ConfigurationRow, element = ""): Promise<void> {
    if (await this.#can(row)) await addPassage(this, row, element);
  }

  async resolve(row: ConfigurationRow, each: EvidenceRow): Promise<void> {
    if (await this.#can()) await resolve(this, row, each);
  }

  // splitting, merging, nesting, chaining

  async split(row: ConfigurationRow): Promise<void> {
    if (await this.#can(row)) await split(this, row);
  }

  async merge(): Promise<void> {
    const { marked, list } = this.panel;
    const rows = (marked.length ? marked : [list.at]).flatMap((id) => this.#store.configurations.get(id) ?? []);
    if (!rows.length || this.panel.comparing || !(await this.#can(rows.find((each) => each.state)))) return;
    await merge(this, rows);
  }

  async nest(row: ConfigurationRow): Promise<void> {
    if (await this.#can(row)) await nest(this, row);
  }

  async chain(row: ConfigurationRow, outcome = ""): Promise<void> {
    if (await this.#can(row)) await chain(this, row, outcome);
  }

  async unlink(link: LinkRow, name: string): Promise<void> {
    if (!(await this.#can())) return;
    await this.act("unlink", { link: link.id });
    this.panel.context.say(`The link with ${name} is taken away; undo brings it back.`);
  }

  // aside, and away

  async aside(row: ConfigurationRow): Promise<void> {
    if (row.state) return this.takeUp(row);
    if (!(await this.#can())) return;
    await ask(
      this.root,
      { title: `Set ${row.key} aside`, text: [h("p", {}, "It is kept for the record, and counted nowhere until it is taken up again.")], fields: [{ name: "reason", label: "Why", lines: 3, required: true }], ok: "Set aside" },
      async ({ reason }) => void (await this.#store.act("set_aside", { configuration: row.id, reason })),
    );
    this.panel.focus();
  }

  async takeUp(row: ConfigurationRow): Promise<void> {
    if (await this.#can()) await this.act("take_up", { configuration: row.id });
  }

  async remove(row: ConfigurationRow): Promise<void> {
    if (!(await this.#can())) return;
    const links = this.#store.linksOf(row.id).length;
    const goes = [`${row.elements.length} elements`, row.evidence.length && `${row.evidence.length} passages`, links && `${links} links`].filter(Boolean).join(", ");
    await ask(
      this.root,
      {
        title: `Remove ${row.key}`,
        text: [h("p", { dir: "auto" }, row.label || row.sentence), h("p", {}, `With it go: ${goes}. The codings in the texts stay, and undo brings all of it back. To keep it for the record, set it aside instead.`)],
        ok: "Remove",
      },
      async () => void (await this.#store.act("remove_configuration", { configuration: row.id })),
    );
    this.panel.focus();
  }
}
