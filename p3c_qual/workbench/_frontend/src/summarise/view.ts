/** The Summarise view: research questions, the step each is in, and what its technique needs. */

import { button, fill, h } from "../dom";
import type { Action, Mounted, View } from "../view";
import type { Workbench } from "../workbench";
import type { QuestionRow } from "../wire";
import { redraw } from "../start/lists";
import { toText } from "../start/words";
import { firstQuestion } from "./first";
import { editQuestion, newQuestion } from "./form";
import type { Context, MountedPanel, Panel } from "./panel";
import { PANELS } from "./panels";
import { drawSteps, where } from "./steps";

export const summariseView: View = {
  id: "summarise",
  title: "Summarise",
  mount: (element, bench, place) => new SummariseView(element, bench, place),
};

/** Where in a question one was last, as `panel@place`, by its key. */
const left = new WeakMap<object, Map<string, string>>();

/** Milliseconds a person stays somewhere until it is noted as the place to come back to. */
const SOON = 250;

export class SummariseView implements Mounted {
  readonly model;
  readonly #left = h("aside", { class: "p3c-left p3c-sum-left", "aria-label": "Research questions" });
  readonly #right = h("div", { class: "p3c-middle p3c-sum-right" });
  readonly #head = h("div", { class: "p3c-sum-head" });
  readonly #body = h("div", { class: "p3c-sum-body", role: "tabpanel", tabindex: "-1" });
  #question = "";
  #panel: Panel | null = null;
  #mounted: MountedPanel | null = null;
  #place = "";
  #forget: (() => void)[] = [];
  #ofPanel: (() => void)[] = [];
  #noting = 0;
  #seen = "";
  /** Whether there is no question yet. */
  #begins = false;

  constructor(
    element: HTMLElement,
    readonly bench: Workbench,
    place: string,
  ) {
    const model = (this.model = bench.model!);
    fill(element, this.#left, this.#right);
    const soon = () => this.#changed();
    this.#forget = [model.on("questions", soon), model.on("study", soon), model.on("codes", soon)];
    this.go(place);
  }

  get question(): QuestionRow | undefined {
    return this.model.asked(this.#question);
  }

  get actions(): Action[] {
    return [...summariseActions(this), ...(this.#mounted?.actions ?? [])];
  }

  /** Go to `question/panel@place`; what is left out is where one was last. */
  go(place: string): void {
    const [key = "", rest = ""] = place.split("/");
    const { questions, desk } = this.model.study;
    const last = typeof desk.summarised === "string" ? desk.summarised : "";
    const found = this.model.asked(key) ?? this.model.asked(last) ?? questions[0];
    if (key && !this.model.asked(key)) this.bench.say(`There is no research question ‘${key}’ in this study.`);
    // who comes back, as from the text, comes back to the row
    const [panel = "", at = ""] = split(rest || (this.#mounted ? "" : (this.#lefts.get(found?.key ?? "") ?? "")));
    this.#take(found, panel, at);
  }

  get #lefts(): Map<string, string> {
    const found = left.get(this.model) ?? new Map<string, string>();
    left.set(this.model, found);
    return found;
  }

  #take(question: QuestionRow | undefined, panel = "", at = ""): void {
    const suits = question ? PANELS.filter((each) => each.suits(question)) : [];
    const same = question?.id === this.#question;
    const next = suits.find((each) => each.id === panel) ?? (same && suits.find((each) => each.id === this.#panel?.id)) ?? null;
    this.#question = question?.id ?? "";
    this.#show(next || suits[0] || null, at, same);
    this.#seen = "";
    this.#changed();
    if (question) {
      this.#left.querySelector(".p3c-sum-question[aria-current]")?.scrollIntoView({ block: "nearest" });
      this.#note();
      this.#keep(question.key);
    }
    this.#focus();
  }

  #show(panel: Panel | null, at: string, same: boolean): void {
    if (same && panel === this.#panel && this.#mounted) {
      if (at) this.#mounted.go?.(at);
      return;
    }
    this.#leave();
    this.#panel = panel;
    this.#place = at;
    if (!panel) return;
    const view = this;
    const context: Context = {
      bench: this.bench,
      model: this.model,
      get question() {
        return view.question!;
      },
      place: at,
      at: (place) => {
        this.#place = place;
        this.#lefts.set(view.question?.key ?? "", `${panel.id}@${place}`);
        clearTimeout(this.#noting);
        this.#noting = window.setTimeout(() => this.#note(), SOON);
      },
      touched: (listener) => {
        this.#ofPanel.push(this.model.on("touched", listener));
      },
    };
    this.#mounted = panel.mount(this.#body, context);
    this.bench.options.offers?.(this.bench.actions);
  }

  #leave(): void {
    clearTimeout(this.#noting);
    this.#mounted?.dispose();
    for (const each of this.#ofPanel) each();
    this.#ofPanel = [];
    this.#mounted = null;
    this.#panel = null;
    this.#body.className = "p3c-sum-body";
    this.#body.replaceChildren();
  }

  #note(): void {
    const key = this.question?.key;
    const here = this.#panel && (this.#place ? `${this.#panel.id}@${this.#place}` : this.#panel.id);
    if (!key) return;
    this.#lefts.set(key, here ?? "");
    this.bench.at([key, here].filter(Boolean).join("/"));
  }

  #keep(key: string): void {
    const { study } = this.model;
    if (study.desk.summarised === key) return;
    study.desk.summarised = key;
    if (study.writable && study.me) this.model.now("desk", { name: "summarised", value: key }).catch(() => undefined);
  }

  /** The panel has the focus, unless somebody writes elsewhere. */
  #focus(): void {
    const { activeElement: active } = document;
    const free = !active || active.contains(this.#right) || active.closest(".p3c-head, .p3c-sum-left, .p3c-sum-head") !== null;
    if (!free) return;
    if (this.#mounted?.focus) this.#mounted.focus();
    else this.#right.querySelector<HTMLElement>(".p3c-keys, .p3c-sum-body button, .p3c-sum-first button")?.focus({ preventScroll: true });
  }

  /** Something was asked and is done: the view has the focus, with its panel or until that is there. */
  #backIn(): void {
    this.#focus();
    if (!this.#right.contains(document.activeElement)) this.#body.focus({ preventScroll: true });
  }

  // drawing

  #changed(): void {
    const { study } = this.model;
    const { question } = this;
    if (this.#question && !question) return this.#take(study.questions[0]);
    if (!this.#question && study.questions.length) return this.#take(study.questions[0]);
    // what did not change is left as it is, with whoever reads it
    const now = JSON.stringify([study.questions, this.#question, this.#panel?.id, study.writable]);
    if (now === this.#seen) return;
    this.#seen = now;
    if (!question) {
      this.#left.hidden = this.#begins = true;
      fill(this.#right, firstQuestion((technique) => void this.create(technique), study.writable));
      return;
    }
    if (this.#begins) this.#left.hidden = this.#begins = false;
    if (!this.#right.contains(this.#body)) fill(this.#right, this.#head, this.#body);
    this.#drawLeft(question);
    this.#drawHead(question);
    const suits = PANELS.filter((each) => each.suits(question));
    if (this.#panel && !suits.includes(this.#panel)) this.#show(suits[0] ?? null, "", false);
    this.#mounted?.refresh?.();
  }

  #drawLeft(question: QuestionRow): void {
    const { study } = this.model;
    const scrolled = this.#left.querySelector(".p3c-sum-questions")?.scrollTop ?? 0;
    redraw(
      this.#left,
      h(
        "div",
        { class: "p3c-panel-head" },
        h("h2", {}, "Research questions"),
        button("×", () => this.#left.classList.remove("p3c-open"), { class: "p3c-button p3c-close p3c-sum-shut", "aria-label": "Close this pane" }),
        button("New …", () => void this.create(), { disabled: !study.writable, "aria-label": "New research question", "data-name": "new" }),
      ),
      h(
        "ul",
        { class: "p3c-sum-questions", "aria-label": "Research questions" },
        ...study.questions.map((each) =>
          h(
            "li",
            {},
            h(
              "button",
              {
                type: "button",
                class: "p3c-sum-question",
                "aria-current": each.id === question.id ? "true" : null,
                "data-name": `question ${each.id}`,
                onclick: () => this.choose(each),
              },
              h("span", { dir: "auto" }, each.label),
              h("small", {}, each.technique_label),
              h("small", {}, where(each)),
            ),
          ),
        ),
      ),
      h(
        "div",
        { class: "p3c-sum-about" },
        drawSteps(
          question,
          this.model,
          this.bench.root,
          (error) => this.bench.fault(error),
          button("Edit question …", () => void this.edit(), { disabled: !study.writable, "data-name": "edit" }),
        ),
      ),
    );
    this.#left.querySelector(".p3c-sum-questions")!.scrollTop = scrolled;
  }

  #drawHead(question: QuestionRow): void {
    const suits = PANELS.filter((each) => each.suits(question));
    redraw(
      this.#head,
      button("☰", () => this.toggleLeft(), { "aria-label": "Research questions and steps", "data-name": "left" }),
      h("strong", { class: "p3c-sum-title", dir: "auto", title: question.label }, question.label),
      h("span", { class: "p3c-quiet p3c-sum-where" }, where(question)),
      h(
        "div",
        { role: "tablist", "aria-label": "Of this question", class: "p3c-sum-tabs" },
        ...suits.map((panel) =>
          button(panel.title, () => this.#take(this.question, panel.id), {
            class: "p3c-tab",
            role: "tab",
            "aria-selected": String(panel === this.#panel),
            "data-name": `panel ${panel.id}`,
          }),
        ),
      ),
    );
    this.#body.setAttribute("aria-label", this.#panel?.title ?? question.label);
    if (!this.#panel) this.#drawNone(question);
  }

  /** A question to whose step no panel belongs is worked on in the text. */
  #drawNone(question: QuestionRow): void {
    const early = question.step === "define" && question.lacks.length > 0;
    fill(
      this.#body,
      h(
        "div",
        { class: "p3c-wait" },
        h("p", {}, early ? "Write first what the question still lacks; it stands beside the steps." : "This is worked through in the Code view, under this question."),
        early
          ? button("Edit question …", () => void this.edit(), { class: "p3c-button p3c-main", disabled: !this.model.study.writable })
          : button("Go to the text", () => this.#toText(question), { class: "p3c-button p3c-main" }),
      ),
    );
  }

  #toText(question: QuestionRow): void {
    this.model.question = question.key;
    this.model.study.desk.question = question.key;
    const first = this.model.study.sources.find((row) => row.id === question.material[0]);
    this.bench.go(first ? toText(first.key) : "code");
  }

  // what can be done

  choose(question: QuestionRow): void {
    this.#left.classList.remove("p3c-open");
    this.#take(question);
  }

  async create(technique?: string): Promise<void> {
    if (!this.model.study.me && !(await this.bench.nameMe())) return;
    const made = await newQuestion(this.bench.root, this.model, technique);
    const found = this.model.asked(made ?? "");
    if (!found) return;
    this.#take(found);
    this.#backIn();
  }

  async edit(): Promise<void> {
    if (this.question && (await editQuestion(this.bench.root, this.model, this.question))) this.#backIn();
  }

  toggleLeft(): void {
    const over = this.#left.hidden || getComputedStyle(this.#left).display === "none" || getComputedStyle(this.#left).position === "absolute";
    this.#left.hidden = !over && !this.#left.hidden;
    this.#left.classList.toggle("p3c-open");
  }

  turn(by: 1 | -1): void {
    const { question } = this;
    if (!question) return;
    const suits = PANELS.filter((each) => each.suits(question));
    const at = suits.findIndex((each) => each === this.#panel);
    const next = suits[(at + by + suits.length) % suits.length];
    if (next) this.#take(question, next.id);
  }

  dispose(): void {
    for (const each of this.#forget) each();
    this.#leave();
  }
}

/** What is before and behind the first @; an id may hold anything but a slash. */
function split(text: string): [string, string] {
  const at = text.indexOf("@");
  return at < 0 ? [text, ""] : [text.slice(0, at), text.slice(at + 1)];
}

/** What can be done in the view, whatever panel is open. */
export function summariseActions(view: SummariseView): Action[] {
  const action = (id: string, title: string, run: () => unknown, keys: string[] = []): Action => ({ id, title, group: "Research questions", keys, run: () => void run() });
  return [
    action("question-new", "New research question …", () => view.create()),
    action("question-edit", "Edit the research question …", () => view.edit()),
    action("question-left", "Show or hide research questions and steps", () => view.toggleLeft()),
    action("panel-next", "Next panel of the question", () => view.turn(1), ["F6"]),
    action("panel-before", "Panel before", () => view.turn(-1), ["Shift+F6"]),
  ];
}
