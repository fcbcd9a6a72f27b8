/** Files come in: looked at first, then said what they are, then all of them in one act. */

import { button, count, fill, h, onceAFrame } from "../dom";
import { Refused, say, Unreachable } from "../server";
import type { Came, Fault, FileIn, Recognised, Terms } from "../wire";
import type { Workbench } from "../workbench";
import { act, base64 } from "./asking";
import { type Choices, Control, Draft } from "./draft";
import { type Field, isAbout, isRecording } from "./guess";
import { line, list } from "./lists";
import { listed, size, toText } from "./words";

/** Bytes of a file, and of all that come in at once; what the server takes is a little more. */
const LARGE = 50_000_000;
const TOGETHER = 200_000_000;
const PAGE = 30;
const FOR_ALL: Field[] = ["kind", "programme", "site", "stakeholder_type", "date", "language"];
let instances = 0;

export class Adding {
  readonly element: HTMLElement;
  #drafts: Draft[] = [];
  #shown = PAGE;
  #looking = false;
  #sending = false;
  #id = "";
  readonly #all: Partial<Record<Field, string>> = {};
  readonly #prefix = `p3c-add${++instances}`;
  readonly #lists = h("div", { hidden: true });
  readonly #forAll = h("fieldset", { class: "p3c-start-all", hidden: true });
  readonly #items = h("ul", { class: "p3c-start-drafts", "aria-label": "Files to add" });
  readonly #aside = h("div", { class: "p3c-start-aside" });
  readonly #status = h("p", { role: "status" });
  readonly #faults = h("div", { class: "p3c-fault", role: "alert" });
  readonly #result = h("div", { class: "p3c-start-came", role: "status" });
  readonly #ends = h("div", { class: "p3c-ends" });
  readonly #chooser: HTMLInputElement;
  #choices: Choices | null = null;
  /** What came in may have brought new programmes and sites. */
  #stale = false;
  #allControls: Control[] = [];
  readonly #drawSoon = onceAFrame(() => this.#draw());

  constructor(
    private readonly bench: Workbench,
    private readonly came: () => void,
  ) {
    this.#chooser = h("input", {
      type: "file",
      multiple: true,
      hidden: true,
      "aria-label": "Choose files",
      onchange: () => {
        void this.take([...this.#chooser.files!]);
        this.#chooser.value = "";
      },
    });
    this.element = h(
      "section",
      { class: "p3c-start-panel p3c-start-adding", "aria-label": "Add sources", hidden: true },
      h("h2", { tabindex: "-1" }, "Add sources"),
      this.#chooser,
      this.#lists,
      this.#result,
      this.#aside,
      this.#forAll,
      this.#items,
      this.#faults,
      this.#status,
      this.#ends,
    );
  }

  /** Ask for files by the browser's own dialog. */
  choose(): void {
    this.#show();
    this.#chooser.click();
  }

  get busy(): boolean {
    return this.#drafts.length > 0;
  }

  #show(): void {
    this.element.hidden = false;
    this.#draw();
    this.element.scrollIntoView({ block: "nearest" });
  }

  /** Take files that were chosen or dropped, and look at them. */
  async take(files: File[]): Promise<void> {
    this.#show();
    fill(this.#result);
    if (!this.bench.model!.study.writable)
      return fill(this.#aside, h("p", { class: "p3c-fault" }, "This study can only be read; nothing can be added."));
    if ((!this.#choices || this.#stale) && !(await this.#learn())) return;
    const said: string[] = [];
    const recordings = files.filter((file) => isRecording(file.name));
    if (recordings.length)
      said.push(
        `${listed(recordings.map((file) => file.name))}: ${recordings.length === 1 ? "a recording is" : "recordings are"} not added and never uploaded. Put ${recordings.length === 1 ? "it" : "them"} into the study’s folder data_raw under the name of the transcript, such as interview.mp3 beside interview.docx; then its times can be played.`,
      );
    for (const file of files) {
      if (recordings.includes(file)) continue;
      if (this.#drafts.some((each) => each.file.name === file.name && each.file.size === file.size && each.file.lastModified === file.lastModified))
        said.push(`${file.name} is in the list already.`);
      else if (file.size > LARGE)
        said.push(`${file.name} has ${size(file.size)}; files of more than ${size(LARGE)} are not sent through the browser. Transcripts are far smaller: is it the right file? Else add it with the command p3c add.`);
      else if (this.#weight + file.size > TOGETHER)
        said.push(`${file.name} is left for later: more than ${size(TOGETHER)} do not go in at once. Add these first.`);
      else {
        const draft = new Draft(file, this.#choices!, { changed: () => this.#changed(), drop: (each) => this.#drop(each) });
        this.#drafts.push(draft);
      }
    }
    fill(this.#aside, ...said.slice(0, 20).map((each) => h("p", { class: "p3c-hint" }, each)), said.length > 20 && h("p", {}, `And ${said.length - 20} more.`));
    this.#changed();
    this.#draw();
    await this.#look();
  }

  get #weight(): number {
    return this.#drafts.reduce((sum, each) => sum + each.file.size, 0);
  }

  async #learn(): Promise<boolean> {
    try {
      const terms = await this.bench.server.get<Terms>("terms", { study: this.bench.model!.path });
      const programmes = `${this.#prefix}-programmes`;
      fill(this.#lists, this.#datalist(programmes, terms.programmes));
      this.#stale = false;
      if (this.#choices) this.#choices.terms = terms;
      else {
        this.#choices = { terms, programmes, sites: (programme) => this.#sites(programme) };
        this.#makeForAll();
      }
      for (const each of this.#drafts) each.suit();
      this.#suitAll();
      return true;
    } catch (error) {
      fill(this.#aside, h("p", { class: "p3c-fault" }, error instanceof Error ? error.message : String(error)));
      return false;
    }
  }

  #datalist(id: string, rows: { key: string; label: string }[]): HTMLElement {
    return h("datalist", { id }, ...rows.map(({ key, label }) => h("option", { value: key }, label)));
  }

  #sites(programme: string): string {
    const id = `${this.#prefix}-sites-${encodeURIComponent(programme)}`;
    if (!this.#lists.querySelector(`[id="${CSS.escape(id)}"]`))
      this.#lists.append(this.#datalist(id, this.#choices!.terms.sites.filter((each) => each.of === programme)));
    return id;
  }

  #makeForAll(): void {
    this.#allControls = FOR_ALL.map(
      (field) =>
        new Control(field, this.#choices!, "all files", (name, value) => {
          this.#all[name] = value;
          for (const each of this.#drafts) each.fill(name, value);
          this.#suitAll();
          this.#changed();
        }),
    );
    fill(
      this.#forAll,
      h("legend", {}, "The same for all files"),
      h("p", { class: "p3c-quiet" }, "Fills every file below, but for what you wrote there yourself."),
      h("div", { class: "p3c-start-fields" }, ...this.#allControls.map((each) => each.element)),
    );
  }

  #suitAll(): void {
    const said = { id: "", kind: "", programme: "", site: "", interviewee: "", stakeholder_type: "", role: "", date: "", language: "", ...this.#all };
    for (const control of this.#allControls) control.suit({ ...said, kind: "" });
  }

  /** Look at the files one after the other; they may be many. */
  async #look(): Promise<void> {
    if (this.#looking) return;
    this.#looking = true;
    for (let next; (next = this.#drafts.find((each) => !each.found)); ) {
      const draft: Draft = next;
      draft.looking();
      this.#drawSoon();
      try {
        const found = await this.bench.server.post<Recognised>("recognise", draft.file, {
          study: this.bench.model!.path,
          name: draft.file.name,
        });
        draft.know(found);
        for (const [field, value] of Object.entries(this.#all)) if (value) draft.fill(field as Field, value);
      } catch (error) {
        if (error instanceof Unreachable && error.status === 0 && draft.file.size === 0) draft.fail("This is a folder or an empty file; add the files in it");
        else draft.fail(error instanceof Refused ? error.all.map(say).join(" ") : (error as Error).message);
      }
      if (!this.bench.model) return;
    }
    this.#looking = false;
    this.#draw();
    const bad = this.#drafts.filter((each) => each.bad).length;
    if (this.#drafts.length)
      this.bench.announce(`${count(this.#drafts.length, "file")} looked at${bad ? `, ${bad} cannot be read` : ""}.`);
  }

  /** Something else is asked for now; it is another act. */
  #changed(): void {
    this.#id = "";
    this.#drawSoon();
  }

  #drop(draft: Draft): void {
    const at = this.#drafts.indexOf(draft);
    this.#drafts = this.#drafts.filter((each) => each !== draft);
    this.#changed();
    this.#draw();
    const next = this.#drafts[Math.min(at, this.#drafts.length - 1)];
    (next?.element.querySelector<HTMLElement>(".p3c-close") ?? this.#ends.querySelector<HTMLElement>("button"))?.focus();
  }

  #draw(): void {
    const drafts = this.#drafts;
    const shown = drafts.slice(0, this.#shown);
    const lines = shown.map((each) => each.element);
    if (drafts.length > shown.length)
      lines.push(
        h("li", {}, button(`and ${(drafts.length - shown.length).toLocaleString("en-GB")} more`, () => {
          this.#shown += PAGE;
          this.#draw();
        }, { class: "p3c-button p3c-link" })),
      );
    // only what is new is put in, so that who writes is not interrupted
    if (lines.length !== this.#items.children.length || lines.some((each, at) => this.#items.children[at] !== each))
      fill(this.#items, ...lines);
    this.#forAll.hidden = drafts.filter((each) => each.good).length < 2;
    const good = drafts.filter((each) => each.good).length;
    const bad = drafts.filter((each) => each.bad).length;
    const left = drafts.length - good - bad;
    const told = [
      left && `${left.toLocaleString("en-GB")} of ${count(drafts.length, "file")} still to be looked at.`,
      bad && `${count(bad, "file")} cannot be read and ${bad === 1 ? "is" : "are"} left out.`,
      this.#sending && "Sending…",
    ].filter(Boolean);
    if (this.#status.textContent !== told.join(" ")) fill(this.#status, told.join(" "));
    const active = document.activeElement;
    const had = this.#ends.contains(active) ? (active as HTMLElement).dataset.name : null;
    fill(
      this.#ends,
      button(drafts.length ? "Choose more files" : "Choose files", () => this.#chooser.click(), { "data-name": "choose", class: `p3c-button${drafts.length ? "" : " p3c-main"}` }),
      good > 0 &&
        button(`Add ${count(good, "file")}`, () => void this.#add(), {
          class: "p3c-button p3c-main",
          disabled: left > 0 || this.#sending,
          "data-name": "add",
        }),
      button(drafts.length ? "Leave it" : "Close", () => this.#leave(), { "data-name": "leave" }),
      !drafts.length && h("span", { class: "p3c-quiet" }, "or drop files anywhere on this page"),
    );
    if (had) this.#ends.querySelector<HTMLElement>(`[data-name="${had}"]`)?.focus();
  }

  #leave(): void {
    this.#drafts = [];
    this.#shown = PAGE;
    fill(this.#aside);
    fill(this.#faults);
    fill(this.#result);
    this.#draw();
    this.element.hidden = true;
    this.came();
  }

  async #add(): Promise<void> {
    const { bench } = this;
    const { model } = bench;
    if (!model!.study.me && !(await bench.nameMe())) return;
    const coming = this.#drafts.filter((each) => each.good);
    this.#sending = true;
    this.#id ||= crypto.randomUUID();
    fill(this.#faults);
    for (const each of coming) each.refuse([]);
    this.#draw();
    try {
      const files: FileIn[] = [];
      for (const each of coming) files.push({ ...each.asked(), data: await base64(each.file) });
      // another study was opened while they were read: they are none of it
      if (bench.model !== model) return;
      const answer = await act(bench, "add_sources", { files }, this.#id);
      this.#drafts = this.#drafts.filter((each) => !coming.includes(each));
      this.#id = "";
      this.#stale = true;
      fill(this.#aside);
      this.#arrived(answer.result as Came[] | string[]);
    } catch (error) {
      this.#refused(error, coming);
    } finally {
      this.#sending = false;
      this.#draw();
    }
  }

  /** Nothing came in: say why, where it can be put right. */
  #refused(error: unknown, coming: Draft[]): void {
    if (!(error instanceof Refused)) {
      const lost = error instanceof Unreachable;
      fill(
        this.#faults,
        h("p", {}, `${(error as Error).message} ${lost ? "It is not known whether the files arrived. Try again: nothing is added twice." : ""}`),
      );
      return;
    }
    const loose: Fault[] = [];
    const by = new Map<Draft, Fault[]>();
    for (const fault of error.all) {
      const meant = coming.filter((each) => isAbout(fault, each.file.name));
      if (!meant.length) loose.push(fault);
      for (const each of meant) by.set(each, [...(by.get(each) ?? []), fault]);
    }
    for (const [each, faults] of by) each.refuse(faults);
    const first = this.#drafts.findIndex((each) => by.has(each));
    if (first >= this.#shown) this.#shown = first + PAGE;
    this.#id = "";
    this.#draw();
    fill(
      this.#faults,
      h("p", {}, `Nothing was added yet: ${count(error.all.length, "thing")} ${error.all.length === 1 ? "has" : "have"} to be put right${by.size ? ", shown beside the files" : ""}.`),
      ...loose.slice(0, 20).map((fault) => h("p", {}, say(fault))),
    );
    this.#drafts[first]?.focusFault();
  }

  #arrived(came: Came[] | string[]): void {
    const rows = came.filter((each): each is Came => typeof each !== "string");
    const named = rows.flatMap((each) => each.named);
    fill(
      this.#result,
      h("p", {}, h("b", {}, `${count(came.length, "source")} came in.`), named.length > 0 && ` New in the study: ${listed([...new Set(named)].slice(0, 12))}.`),
      rows.length > 0 &&
        list("Came in", rows, (each) => [
          line(
            `came/${each.key}`,
            each.key,
            () => this.bench.go(toText(each.key)),
            h("small", {}, `${count(each.characters, "character")} from ${each.file}`),
            h("small", { class: "p3c-start-end" }, "Code it"),
          ),
        ]),
    );
    this.bench.announce(`${count(came.length, "source")} came in.`);
    this.came();
    this.#result.querySelector<HTMLElement>("button")?.focus();
  }
}
