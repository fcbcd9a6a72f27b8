/** The first face of the start page: the studies there are, and a new one. */

import { button, count, fill, h } from "../dom";
import { Refused, say } from "../server";
import type { StudyEntry } from "../wire";
import type { Workbench } from "../workbench";
import { act, nameMe, nobody } from "./asking";
import { slugOf } from "./guess";
import { line, list, panel, redraw } from "./lists";
import { ago, moment } from "./words";

export class Studies {
  readonly element = h("div", { class: "p3c-start-column" });
  readonly #found = h("div", { "aria-live": "polite" });
  readonly #kept = new Map<string, number>();
  readonly #fresh: HTMLElement;
  readonly #title: HTMLInputElement;
  readonly #folder: HTMLInputElement;
  readonly #language: HTMLInputElement;
  readonly #fault = h("p", { class: "p3c-fault", role: "alert" });
  #proposed = "";
  #ended = false;

  constructor(
    private readonly bench: Workbench,
    /** Back to the study that is open, where one is. */
    back: (() => void) | null,
  ) {
    this.#title = h("input", { name: "title", required: true, dir: "auto", autocomplete: "off", oninput: () => this.#propose() });
    this.#folder = h("input", { name: "folder", required: true, autocomplete: "off", spellcheck: "false" });
    this.#language = h("input", { name: "language", value: "en", autocomplete: "off", size: "4", maxlength: "12" });
    this.#fresh = this.#form();
    fill(
      this.element,
      back &&
        h("p", {}, button(`← Back to ${bench.model?.study.title || "the study"}`, back, { class: "p3c-button p3c-link" })),
      panel("Studies", "studies", this.#found),
      this.#fresh,
    );
    void this.#load();
  }

  dispose(): void {
    this.#ended = true;
  }

  /** Begin a new study. */
  begin(): void {
    this.#title.focus();
    this.#fresh.scrollIntoView({ block: "nearest" });
  }

  async #load(): Promise<void> {
    fill(this.#found, h("p", { class: "p3c-quiet" }, "Looking for studies…"));
    try {
      const studies = await this.bench.server.get<StudyEntry[]>("studies");
      if (!this.#ended) this.#draw(studies);
    } catch (error) {
      const again = button("Try again", () => void this.#load());
      fill(this.#found, h("p", { class: "p3c-fault" }, error instanceof Error ? error.message : String(error)), again);
    }
  }

  #draw(studies: StudyEntry[]): void {
    if (!studies.length) {
      fill(
        this.#found,
        h("p", {}, "There is no study in this folder yet."),
        h(
          "p",
          { class: "p3c-quiet" },
          "Make one below. If yours lies deeper than four folders, open its study.yml in the file browser; if it lies elsewhere, JupyterLab has to be started there.",
        ),
      );
      this.#title.focus({ preventScroll: true });
      return;
    }
    redraw(
      this.#found,
      list(
        "Studies",
        studies,
        (study) => [
          line(
            study.path,
            study.title || study.path || "This folder",
            () => void this.#open(study.path || "."),
            h("small", { class: "p3c-start-path", dir: "ltr" }, study.path || "this folder"),
            h(
              "small",
              { title: moment(study.modified) },
              [study.sources === null ? "" : count(study.sources, "source"), `changed ${ago(study.modified)}`].filter(Boolean).join(" · "),
            ),
          ),
        ],
        { first: 12, kept: this.#kept, tag: "p3c-start-cards" },
      ),
    );
    const { activeElement } = document;
    if (!activeElement || activeElement.contains(this.element) || activeElement.closest(".p3c-head"))
      this.#found.querySelector<HTMLElement>("button")?.focus({ preventScroll: true });
  }

  #form(): HTMLElement {
    const field = (label: string, control: HTMLElement, help: string) =>
      h("label", { class: "p3c-field" }, h("span", {}, label), control, h("small", {}, help));
    return panel(
      "New study",
      "new",
      h(
        "form",
        {
          onsubmit: (event: Event) => {
            event.preventDefault();
            void this.#make();
          },
        },
        field("Title", this.#title, "As it will stand on reports."),
        field("Folder", this.#folder, "Made where this server’s files lie; it holds everything of the study."),
        field("Language of the sources", this.#language, "Its code, such as en or de. Each source may have its own."),
        this.#fault,
        h("button", { type: "submit", class: "p3c-button p3c-main" }, "Make the study"),
        h("p", { class: "p3c-quiet" }, "All codebooks that come with the product are taken in; yours can be added."),
      ),
    );
  }

  /** Propose a folder of the title, as long as nobody wrote another one. */
  #propose(): void {
    if (this.#folder.value !== this.#proposed) return;
    this.#proposed = slugOf(this.#title.value).slice(0, 60);
    this.#folder.value = this.#proposed;
  }

  async #make(): Promise<void> {
    const submit = this.#fresh.querySelector<HTMLButtonElement>("[type=submit]")!;
    const args = {
      title: this.#title.value.trim(),
      folder: this.#folder.value.trim(),
      language: this.#language.value.trim() || "en",
    };
    submit.disabled = true;
    fill(this.#fault);
    try {
      const answer = await act(this.bench, "new_study", args);
      await this.#open(String(answer.result));
    } catch (error) {
      if (error instanceof Refused && nobody(error.all)) {
        submit.disabled = false;
        if (await nameMe(this.bench)) return await this.#make();
        fill(this.#fault, "Say who you are first; your name stands beside what you do.");
      } else fill(this.#fault, error instanceof Refused ? error.all.map(say).join("\n") : String((error as Error).message));
    } finally {
      submit.disabled = false;
    }
  }

  async #open(path: string): Promise<void> {
    await this.bench.open(path, "start");
  }
}
