/** A file that is about to come in: what it was taken for, and what is said of it. */

import { count, fill, h } from "../dom";
import { say } from "../server";
import type { Fault, FileIn, Recognised, Terms } from "../wire";
import { endingOf, fieldOf, FIELDS, type Field, guess, type Said, saysNothing, slugOf } from "./guess";
import { listed, size } from "./words";

const LABELS: Record<Field, string> = {
  id: "Id",
  kind: "Kind",
  programme: "Programme",
  site: "Site",
  interviewee: "Interviewee’s code",
  stakeholder_type: "Stakeholder type",
  role: "Role",
  date: "Date",
  language: "Language",
};
/** What is written in a field, by an example. */
const EXAMPLES: Partial<Record<Field, string>> = {
  programme: "new or known",
  site: "new or known",
  interviewee: "IP02, or IP02;IP03",
  stakeholder_type: "D1;A",
  role: "practice nurse",
  date: "2023-04-18",
};
const TIPS: Partial<Record<Field, string>> = {
  id: "The source is called so everywhere; no spaces, commas or slashes",
  programme: "One that is there, or a new name",
  site: "One of the programme’s, or a new name",
  interviewee: "A code, never a name; several with a semicolon between",
  date: "2023, 2023-04 or 2023-04-18",
};
const SEVERAL = "…";

/** What the fields choose from; the page's lists of suggestions have ids of their own. */
export interface Choices {
  terms: Terms;
  /** The id of a datalist of sites of a programme. */
  sites(programme: string): string;
  programmes: string;
}

/** One field with its label, which can hold words, a choice, or one of several. */
export class Control {
  readonly element: HTMLElement;
  readonly #id = `p3c-f${crypto.randomUUID()}`;
  readonly #slot = h("span", { class: "p3c-start-slot" });
  readonly #hint: HTMLElement;
  readonly #fault: HTMLElement;
  #input!: HTMLInputElement | HTMLSelectElement;

  constructor(
    readonly field: Field,
    private readonly choices: Choices,
    private readonly name: string,
    private readonly changed: (field: Field, value: string) => void,
  ) {
    this.#hint = h("small", { id: `${this.#id}-hint` });
    this.#fault = h("small", { id: `${this.#id}-fault`, class: "p3c-start-fault" });
    this.element = h(
      "label",
      { class: "p3c-field p3c-start-field", title: TIPS[field] },
      h("span", {}, LABELS[field]),
      this.#slot,
      this.#fault,
      this.#hint,
    );
    this.#put(this.#plain());
  }

  #plain(): HTMLInputElement | HTMLSelectElement {
    const { terms } = this.choices;
    if (this.field === "kind")
      return h(
        "select",
        {},
        h("option", { value: "" }, "as recognised"),
        ...terms.kinds.map((kind) => h("option", { value: kind }, kind.replace("_", " "))),
      );
    if (this.field === "stakeholder_type")
      return h(
        "select",
        {},
        h("option", { value: "" }, ""),
        ...terms.stakeholders.map(({ key, label }) => h("option", { value: key }, `${key} ${label}`)),
        h("option", { value: SEVERAL }, "several…"),
      );
    return this.#words();
  }

  #words(): HTMLInputElement {
    const { terms } = this.choices;
    return h("input", {
      autocomplete: "off",
      spellcheck: "false",
      dir: "auto",
      list: this.field === "programme" ? this.choices.programmes : null,
      placeholder: this.field === "language" ? terms.language : EXAMPLES[this.field],
    });
  }

  #put(input: HTMLInputElement | HTMLSelectElement): void {
    this.#input = input;
    input.setAttribute("aria-label", `${LABELS[this.field]} of ${this.name}`);
    input.setAttribute("aria-describedby", `${this.#id}-fault ${this.#id}-hint`);
    input.addEventListener("input", () => {
      if (input.value === SEVERAL) {
        this.#put(this.#words());
        this.#input.focus();
      }
      this.changed(this.field, this.#input.value.trim());
    });
    fill(this.#slot, input);
  }

  set(value: string): void {
    if (value.includes(";") && this.#input instanceof HTMLSelectElement) this.#put(this.#words());
    this.#input.value = value;
    // a choice that is not offered is shown all the same, so that it can be put right
    if (this.#input.value !== value) this.#put(this.#words());
    this.#input.value = value;
  }

  /** Show what goes with what was said elsewhere. */
  suit(said: Said): void {
    this.#input.disabled = saysNothing(this.field, said.kind);
    const { terms } = this.choices;
    if (this.field === "site") this.#input.setAttribute("list", this.choices.sites(slugOf(said.programme)));
    if (this.field === "programme" || this.field === "site") {
      const among = this.field === "programme" ? terms.programmes : terms.sites.filter((each) => each.of === slugOf(said.programme));
      const value = said[this.field];
      const fresh = value && !among.some((each) => each.key === value || each.key === slugOf(value));
      fill(this.#hint, fresh && `A new ${this.field}.`);
    }
  }

  say(faults: Fault[]): void {
    fill(this.#fault, faults.map((each) => say({ ...each, where: "" })).join(" "));
    this.#input.setAttribute("aria-invalid", String(faults.length > 0));
  }

  focus(): void {
    this.#input.focus();
  }
}

let number = 0;

export class Draft {
  readonly number = ++number;
  readonly said: Said;
  found: Recognised | null = null;
  /** What a person wrote here is not overwritten by what is said of all. */
  readonly #written = new Set<Field>();
  readonly #controls = new Map<Field, Control>();
  readonly #about = h("div", { class: "p3c-start-about" }, h("p", { class: "p3c-quiet" }, "Waits to be looked at…"));
  readonly #faults = h("div", { class: "p3c-start-fault" });
  #made: HTMLElement | null = null;
  #refused: Fault[] = [];

  constructor(
    readonly file: File,
    private readonly choices: Choices,
    private readonly does: { changed(): void; drop(draft: Draft): void },
  ) {
    this.said = { ...guess(file.name, choices.terms, 0), kind: "", interviewee: "" };
  }

  /** Whether it can come in. */
  get good(): boolean {
    return this.found !== null && !this.found.faults.length;
  }

  get bad(): boolean {
    return this.found !== null && this.found.faults.length > 0;
  }

  /** The part of the page; made when it is wanted, since there may be a thousand. */
  get element(): HTMLElement {
    this.#made ??= this.#make();
    return this.#made;
  }

  #make(): HTMLElement {
    const name = this.file.name;
    const element = h(
      "li",
      { class: "p3c-start-draft" },
      h(
        "div",
        { class: "p3c-start-file" },
        h("h3", { dir: "auto" }, name),
        h("small", {}, size(this.file.size)),
        h("span", { class: "p3c-space" }),
        h(
          "button",
          { type: "button", class: "p3c-button p3c-close", "aria-label": `Take ${name} out of the list`, title: "Take it out of the list", onclick: () => this.does.drop(this) },
          "×",
        ),
      ),
      this.#about,
      this.#faults,
    );
    if (this.found) this.#fields(element);
    return element;
  }

  #fields(element: HTMLElement): void {
    if (!this.good || this.#controls.size) return;
    // a table names its sources itself, one a row
    const fields = isTable(this.found!) ? FIELDS.filter((each) => each !== "id") : FIELDS;
    for (const field of fields) {
      const control = new Control(field, this.choices, this.file.name, (name, value) => {
        this.#written.add(name);
        this.#take(name, value);
        this.does.changed();
      });
      control.set(this.said[field]);
      this.#controls.set(field, control);
    }
    element.append(h("div", { class: "p3c-start-fields" }, ...[...this.#controls.values()].map((each) => each.element)));
    this.suit();
    this.#showFaults();
  }

  #take(field: Field, value: string): void {
    this.said[field] = value;
    this.#refused = this.#refused.filter((fault) => fieldOf(fault.what, this.said) !== field);
    this.suit();
    this.#showFaults();
  }

  /** Show what goes with what is said by now. */
  suit(): void {
    for (const control of this.#controls.values()) control.suit(this.said);
  }

  /** Say something of it that is said of all; nothing that was written here is overwritten. */
  fill(field: Field, value: string): boolean {
    if (!this.good || this.#written.has(field)) return false;
    this.#take(field, value);
    this.#controls.get(field)?.set(value);
    return true;
  }

  /** It is being looked at. */
  looking(): void {
    fill(this.#about, h("p", { class: "p3c-quiet" }, "Looking what it is…"));
  }

  /** It was looked at. */
  know(found: Recognised): void {
    this.found = found;
    if (!found.faults.length) {
      const told = guess(this.file.name, this.choices.terms, found.turns);
      // each row of a table is taken for what it is
      if (isTable(found)) Object.assign(told, { kind: "", interviewee: "" });
      for (const field of FIELDS) if (!this.#written.has(field) && !this.said[field]) this.said[field] = told[field];
    }
    const table = isTable(found);
    // who speaks is told by name, in a line of its own
    const notes = found.notes.filter((note) => !/^([\d,]+ turns? of |No speakers were)/.test(note));
    const kinds: Record<string, string> = { interviewer: "asks", interviewee: "answers" };
    const who = found.speakers.map(({ label, role, turns }) => `${label || "no label"} (${[kinds[role] ?? role, count(turns, "turn")].filter(Boolean).join(", ")})`);
    const shown = who.length > 8 ? [...who.slice(0, 8), `${who.length - 8} more`] : who;
    fill(
      this.#about,
      !this.bad &&
        h(
          "p",
          {},
          [
            table ? `A table of ${count(found.sources, "source")}` : FORMATS[endingOf(this.file.name)] ?? endingOf(this.file.name).toUpperCase(),
            count(found.characters, "character"),
            table ? "" : found.turns ? count(found.turns, "turn") : "no turns of speakers",
          ]
            .filter(Boolean)
            .join(" · "),
        ),
      shown.length > 0 && h("p", {}, h("span", { class: "p3c-quiet" }, "Speakers: "), listed(shown), "."),
      ...notes.slice(0, 8).map((note) => h("p", { class: "p3c-quiet" }, note)),
      notes.length > 8 && h("p", { class: "p3c-quiet" }, `And ${count(notes.length - 8, "more note")}.`),
      !this.bad && !table && !found.turns && h("p", { class: "p3c-quiet" }, "No turns were recognised, so it is taken for a document. Choose the kind if it is something else."),
    );
    this.#showFaults();
    if (this.#made) this.#fields(this.#made);
  }

  /** It could not be looked at. */
  fail(what: string): void {
    this.know({ name: this.file.name, reader: "", sources: 0, characters: 0, turns: 0, speakers: [], notes: [], faults: [{ code: "", what, where: "", valid: [], nearest: "", do: "" }] });
  }

  /** Say what is wrong with it, each beside its field. */
  refuse(faults: Fault[]): void {
    this.#refused = faults;
    this.#showFaults();
  }

  #showFaults(): void {
    const loose: Fault[] = this.found?.faults.slice() ?? [];
    const by = new Map<Field, Fault[]>();
    for (const fault of this.#refused) {
      const field = fieldOf(fault.what, this.said);
      if (field && (this.#controls.has(field) || !this.#made)) by.set(field, [...(by.get(field) ?? []), fault]);
      else loose.push(fault);
    }
    for (const [field, control] of this.#controls) control.say(by.get(field) ?? []);
    fill(this.#faults, ...loose.map((fault) => h("p", {}, say({ ...fault, where: fault.where === this.file.name ? "" : fault.where }))));
    this.#made?.classList.toggle("p3c-start-wrong", loose.length > 0 || this.#refused.length > 0);
  }

  focusFault(): void {
    for (const fault of this.#refused) {
      const field = fieldOf(fault.what, this.said);
      const control = field && this.#controls.get(field);
      if (control) return control.focus();
    }
    this.element.querySelector<HTMLElement>("input, select, button")?.focus();
  }

  /** What is sent of it, but its bytes. */
  asked(): Omit<FileIn, "data"> {
    const said = Object.fromEntries(
      Object.entries(this.said).filter(([field, value]) => value && !saysNothing(field as Field, this.said.kind)),
    );
    if (!this.#controls.has("id") && isTable(this.found!)) delete said.id;
    return { name: this.file.name, ...said };
  }
}

const isTable = (found: Recognised): boolean => found.reader.startsWith("table");

const FORMATS: Record<string, string> = {
  txt: "Plain text",
  md: "Markdown",
  docx: "Word document",
  odt: "OpenDocument text",
  rtf: "Rich text",
  pdf: "PDF",
  html: "Web page",
  htm: "Web page",
  vtt: "Subtitles (WebVTT)",
  srt: "Subtitles (SRT)",
};
