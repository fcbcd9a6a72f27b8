/** The Start view: which study, where I stopped, what waits, what is new; and the first hour. */

import { button, fill, h } from "../dom";
import { Refused } from "../server";
import type { Action, Mounted, View } from "../view";
import type { Start } from "../wire";
import type { Workbench } from "../workbench";
import { Adding } from "./adding";
import { act, nameMe } from "./asking";
import { Codebooks } from "./codebooks";
import { firstHour, isFirst, steps } from "./first";
import { redraw } from "./lists";
import { namePlaces } from "./places";
import { Studies } from "./studies";
import { Today } from "./today";
import { tasks, toText } from "./words";

export const startView: View = {
  id: "start",
  title: "Start",
  mount: (element, bench, place) => new StartView(element, bench, place),
};

/** Milliseconds in which changes are gathered before the page is asked for anew. */
const SOON = 700;

class StartView implements Mounted {
  readonly #page = h("div", { class: "p3c-start" });
  #studies: Studies | null = null;
  #open: OpenStudy | null = null;

  constructor(
    element: HTMLElement,
    private readonly bench: Workbench,
    place: string,
  ) {
    element.append(this.#page);
    this.go(place);
  }

  get actions(): Action[] {
    const action = (id: string, title: string, run: () => void): Action => ({ id, title, group: "Start", keys: [], run });
    if (!this.#open) return [action("new-study", "New study", () => this.#studies?.begin())];
    const open = this.#open;
    return [
      action("go-on", "Go on where I stopped", () => open.goOn()),
      action("add-sources", "Add sources", () => open.adding.choose()),
      action("load-codebook", "Take in a codebook", () => open.codebooks.choose()),
      action("first-steps", "Show the first steps", () => open.showFirst()),
      action("studies", "Other studies", () => this.bench.go("start/studies")),
    ];
  }

  go(place: string): void {
    const { bench } = this;
    const study = bench.model?.study;
    if (study && place !== "studies") {
      if (this.#open) return;
      this.#leave();
      if (bench.model!.still) return fill(this.#page, h("p", { class: "p3c-quiet" }, "This is a text that came with a notebook. The start page needs the workbench’s server: p3c lab starts it."));
      this.#open = new OpenStudy(this.#page, bench);
      return;
    }
    this.#leave();
    this.#studies = new Studies(bench, study ? () => bench.go("start") : null);
    fill(this.#page, this.#studies.element);
  }

  #leave(): void {
    this.#studies?.dispose();
    this.#open?.dispose();
    this.#studies = this.#open = null;
  }

  dispose(): void {
    this.#leave();
  }
}

/** The second face: a study is open. */
class OpenStudy {
  readonly adding: Adding;
  readonly codebooks: Codebooks;
  readonly #today: Today;
  readonly #tools = h("div", { class: "p3c-start-tools", role: "group", "aria-label": "What can be done here" });
  readonly #trouble = h("div", { role: "alert" });
  readonly #first = h("div");
  readonly #stopped = h("div");
  readonly #waits = h("div");
  readonly #changed = h("div");
  readonly #totals = h("div");
  #start: Start | null = null;
  #seen = "";
  #timer = 0;
  #ended = false;
  #firstShown: boolean;
  readonly #forget: (() => void)[];

  constructor(
    private readonly page: HTMLElement,
    private readonly bench: Workbench,
  ) {
    const model = bench.model!;
    this.#firstShown = isFirst(model.study);
    this.adding = new Adding(bench, () => this.#soon(0));
    this.codebooks = new Codebooks(bench);
    this.#today = new Today(bench, {
      withdraw: (row) =>
        void act(bench, "withdraw_proposal", { proposal: row.id }).then(
          () => bench.say("The proposal is withdrawn."),
          (error) => bench.fault(error),
        ),
    });
    fill(
      page,
      this.#tools,
      this.#trouble,
      h("div", { class: "p3c-start-top" }, this.#first, this.#stopped, this.adding.element),
      h(
        "div",
        { class: "p3c-start-grid" },
        h("div", { class: "p3c-start-column" }, this.#waits, this.codebooks.element),
        h("div", { class: "p3c-start-column" }, this.#changed, this.#totals),
      ),
    );
    fill(this.#waits, h("p", { class: "p3c-quiet", role: "status" }, "Looking what waits for you…"));
    const soon = () => this.#soon();
    this.#forget = (["study", "sources", "progress", "codes", "counts", "memos"] as const).map((topic) => model.on(topic, soon));
    page.addEventListener("dragover", this.#over);
    page.addEventListener("dragleave", this.#out);
    page.addEventListener("drop", this.#dropped);
    this.#drawTools();
    this.#drawFirst();
    void this.#load(true);
  }

  dispose(): void {
    this.#ended = true;
    clearTimeout(this.#timer);
    for (const each of this.#forget) each();
    const { page } = this;
    page.removeEventListener("dragover", this.#over);
    page.removeEventListener("dragleave", this.#out);
    page.removeEventListener("drop", this.#dropped);
    page.classList.remove("p3c-start-over");
  }

  #soon(wait = SOON): void {
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => void this.#load(), wait);
  }

  async #load(begin = false): Promise<void> {
    const model = this.bench.model!;
    try {
      const start = await this.bench.server.get<Start>("start", { study: model.path, others: model.others });
      if (this.#ended) return;
      fill(this.#trouble);
      this.#start = start;
      this.#draw();
      if (begin) this.#focus();
    } catch (error) {
      if (this.#ended) return;
      const what = error instanceof Error ? error.message : String(error);
      fill(this.#trouble, h("p", { class: "p3c-fault" }, what), button("Try again", () => void this.#load(begin)));
      if (!this.#start) fill(this.#waits);
      if (!(error instanceof Refused)) this.#soon(5000);
    }
  }

  #draw(): void {
    const start = this.#start;
    const today = this.#today;
    if (!start) return;
    const { study, progress, others } = this.bench.model!;
    const { sources, proposals, codebooks, counts, me, desk, codes, writable } = study;
    // what did not change is left as it is, with whoever reads it
    const now = JSON.stringify([start, sources, proposals, codebooks, counts, me, desk, codes.length, writable, [...progress.values()], others]);
    if (now === this.#seen) return;
    this.#seen = now;
    this.#drawTools();
    this.#drawFirst();
    redraw(this.#stopped, this.#firstShown && !study.me ? null : today.stopped(start));
    redraw(this.#waits, today.waits(start));
    redraw(this.#changed, today.changed(start));
    redraw(this.#totals, today.totals(start));
    this.codebooks.draw();
  }

  #drawTools(): void {
    const { writable } = this.bench.model!.study;
    redraw(
      this.#tools,
      button("Add sources…", () => this.adding.choose(), { disabled: !writable, "data-name": "add" }),
      button("Take in a codebook…", () => this.codebooks.choose(), { disabled: !writable, "data-name": "book" }),
      !this.#firstShown && button("First steps", () => this.showFirst(), { "data-name": "first" }),
      button("Other studies", () => this.bench.go("start/studies"), { "data-name": "studies" }),
    );
  }

  #drawFirst(): void {
    if (!this.#firstShown) return redraw(this.#first);
    redraw(
      this.#first,
      firstHour(this.bench.model!.study, {
        name: () => void nameMe(this.bench).then(() => this.#soon(0)),
        add: () => this.adding.choose(),
        places: () => void namePlaces(this.bench),
        codebook: () => this.codebooks.choose(),
        code: () => this.#begin(),
        hide: () => {
          this.#firstShown = false;
          this.#seen = "";
          this.#draw();
          this.#tools.querySelector<HTMLElement>("button")?.focus();
        },
      }),
    );
  }

  showFirst(): void {
    this.#firstShown = true;
    this.#drawTools();
    this.#drawFirst();
    this.#first.querySelector<HTMLElement>("button:not(:disabled)")?.focus();
    this.#first.scrollIntoView({ block: "nearest" });
  }

  goOn(): void {
    this.#stopped.querySelector<HTMLElement>("button")?.click();
  }

  #begin(): void {
    const { study, progress } = this.bench.model!;
    const first = this.#start && tasks(study.sources, this.#start.waiting, progress).untouched[0];
    this.bench.go(first ? toText(first.key) : "code");
  }

  /** The one thing most people come for is one key away. */
  #focus(): void {
    const { activeElement: active } = document;
    // who writes elsewhere in JupyterLab, or in a dialog, is left alone
    const free = !active || active.contains(this.page) || active.closest(".p3c-head") !== null;
    if (!free) return;
    const next = this.#firstShown ? steps(this.bench.model!.study).find((step) => !step.done)?.run : null;
    const wanted =
      (next && this.#first.querySelector<HTMLElement>(`[data-name="step ${next}"]`)) ||
      this.#stopped.querySelector<HTMLElement>("button") ||
      this.#tools.querySelector<HTMLElement>("button:not(:disabled)");
    wanted?.focus({ preventScroll: true });
  }

  // files dropped anywhere

  #over = (event: DragEvent): void => {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    event.stopPropagation();
    this.page.classList.add("p3c-start-over");
  };

  #out = (event: DragEvent): void => {
    if (!this.page.contains(event.relatedTarget as Node | null)) this.page.classList.remove("p3c-start-over");
  };

  #dropped = (event: DragEvent): void => {
    this.page.classList.remove("p3c-start-over");
    const files = [...(event.dataTransfer?.files ?? [])];
    if (!files.length) return;
    event.preventDefault();
    event.stopPropagation();
    void this.adding.take(files);
  };
}
