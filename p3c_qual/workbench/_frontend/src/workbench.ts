/** The workbench: a head, what is to be known of the study, and the view that is open. */

import { check, keyName, matches } from "./core/keys";
import { ask, tell } from "./dialog";
import { button, type Child, count, fill, h, writes } from "./dom";
import { Model } from "./model";
import { redraw } from "./start/lists";
import { Refused, say, Server, type Site } from "./server";
import type { Action, Mounted, View } from "./view";
import type { SourceText, StudyState } from "./wire";

export interface Options {
  site: Site;
  /** The views this host shows; the first is where one begins. */
  views: View[];
  /** Path of the study, if one is to be opened. */
  study?: string;
  /** `view/place`, such as `code/IP02_1@120-310`. */
  address?: string;
  /** Keys of the person's own, by action. */
  keys?: Record<string, string[]>;
  /** Told where the person is, so that the host can come back there. */
  moved?(study: string, address: string): void;
  /** Told what can be done now, so that the host can offer it as commands. */
  offers?(actions: Action[]): void;
  /** Open a file of the server, such as a report that was made. */
  openFile?(path: string): void;
  /** What a notebook brought along, where there is no server. */
  still?: { state: StudyState; text: SourceText | null };
}

/** Keys that work wherever one is, also where one writes or chooses. */
const EVERYWHERE = /^(Alt\+(\d|PageUp|PageDown)|(Shift\+)?F(?!10)\d+)$/;

export class Workbench {
  readonly server: Server;
  readonly root: HTMLElement;
  model: Model | null = null;
  readonly #head = h("div", { class: "p3c-head" });
  readonly #banners = h("div", { class: "p3c-banners" });
  readonly #main = h("div", { class: "p3c-main-area", tabindex: "-1" });
  readonly #note = h("div", { class: "p3c-note", role: "status", hidden: true });
  readonly #voice = h("div", { class: "p3c-voice", "aria-live": "polite" });
  #mounted: Mounted | null = null;
  /** Where to go once the study that is being opened is there. */
  #heading: string | null = null;
  #opening = 0;
  #view: View | null = null;
  #timer = 0;
  #forget: (() => void)[] = [];

  constructor(
    element: HTMLElement,
    readonly options: Options,
  ) {
    this.server = new Server(options.site);
    this.root = h(
      "div",
      { class: "p3c-root" },
      this.#head,
      this.#banners,
      this.#main,
      this.#note,
      this.#voice,
    );
    this.root.addEventListener("keydown", (event) => this.#key(event));
    element.append(this.root);
  }

  /** Begin where the options say. */
  async start(): Promise<void> {
    const { study, address, still } = this.options;
    if (still) {
      this.model = new Model(this.server, study ?? "");
      this.#listen();
      this.model.openStill(still.state, still.text);
      this.go("code");
    } else if (study !== undefined) await this.open(study, address ?? "");
    else this.go("");
  }

  /** Open a study, and a place in it. */
  async open(study: string, address = ""): Promise<boolean> {
    const turn = ++this.#opening;
    const model = new Model(this.server, study);
    this.#shut();
    this.model = null;
    this.#heading = address;
    fill(this.#main, h("p", { class: "p3c-wait", role: "status" }, "Opening the study …"));
    try {
      await model.open();
    } catch (error) {
      model.close();
      if (turn !== this.#opening) return false;
      this.#heading = null;
      this.fault(error);
      if (this.options.views.some((view) => view.id === "start")) this.go("start");
      else fill(this.#main, h("p", { class: "p3c-hint", role: "alert" }, error instanceof Error ? error.message : String(error)));
      return false;
    }
    // another study was asked for meanwhile, or the panel is closed
    if (turn !== this.#opening) {
      model.close();
      return false;
    }
    this.model = model;
    this.#listen();
    const heading = this.#heading ?? "";
    this.#heading = null;
    this.go(heading);
    return true;
  }

  /** Go to `view/place`. */
  go(address: string): void {
    if (this.#heading !== null) {
      // the study is on its way; where to go in it is known now
      this.#heading = address;
      return;
    }
    const [name, ...rest] = address.split("/");
    const view = this.options.views.find((each) => each.id === name) ?? this.options.views[0]!;
    const place = decodeURIComponent(rest.join("/"));
    if (this.#view === view && this.#mounted) this.#mounted.go(place);
    else {
      this.#mounted?.dispose();
      this.#view = view;
      const held = this.#main.contains(document.activeElement);
      this.#main.replaceChildren();
      // keys work until the view has drawn what takes the focus
      if (held) this.#main.focus();
      this.#main.className = `p3c-main-area p3c-view-${view.id}`;
      this.#mounted = view.mount(this.#main, this, place);
    }
    this.at(place);
    this.options.offers?.(this.actions);
    this.#drawHead();
  }

  /** Note where in the view the person is. */
  at(place: string): void {
    if (this.model && this.#view)
      this.options.moved?.(
        this.model.path,
        place ? `${this.#view.id}/${encodeURIComponent(place)}` : this.#view.id,
      );
  }

  get actions(): Action[] {
    return [...(this.#mounted?.actions ?? []), ...this.#own, ...this.#turns];
  }

  readonly #own: Action[] = [
    { id: "undo", title: "Undo my last act", group: "Journal", keys: ["Mod+z"], run: () => this.#turn("undo") },
    { id: "redo", title: "Redo", group: "Journal", keys: ["Mod+Shift+z", "Mod+y"], run: () => this.#turn("redo") },
    { id: "help", title: "Keys and actions", group: "Workbench", keys: ["?"], run: () => this.#help() },
    { id: "name", title: "Say who is coding", group: "Workbench", keys: [], run: () => void this.nameMe() },
  ];

  /** One action for each view there is. */
  get #turns(): Action[] {
    return this.options.views.map((view, i) => ({
      id: `view-${view.id}`,
      title: `Go to ${view.title}`,
      group: "Workbench",
      keys: [`Alt+${i + 1}`],
      run: () => this.go(view.id),
    }));
  }

  keysOf(action: Action): string[] {
    return this.options.keys?.[action.id] ?? action.keys;
  }

  #key(event: KeyboardEvent): void {
    if (event.defaultPrevented || event.isComposing) return;
    // who writes keeps all keys but a few with Alt or of the upper row
    if (writes(event.target) && !EVERYWHERE.test(keyName(event))) return;
    // a button is pressed, whatever else the key means around it
    if (["Enter", "Space"].includes(keyName(event)) && (event.target as Element).closest?.("button, summary, a[href]")) return;
    const inText = (event.target as Element).closest?.(".p3c-text, .p3c-keys");
    for (const action of this.actions) {
      const here = inText || this.#own.includes(action);
      if (this.keysOf(action).some((key) => (here || EVERYWHERE.test(key)) && matches(key, event))) {
        event.preventDefault();
        event.stopPropagation();
        action.run();
        return;
      }
    }
  }

  /** Run an action by its name. */
  run(id: string): void {
    this.actions.find((action) => action.id === id)?.run();
  }

  async #turn(verb: "undo" | "redo", skip = false): Promise<void> {
    try {
      const answer = await this.model?.do(verb, skip ? { skip } : {});
      if (answer) this.say(`${verb === "undo" ? "Undone" : "Done again"}: ${(answer.result as { verb?: string })?.verb ?? ""}`);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      const skips = error.fault.code === "changed_since";
      this.say(error.message, skips ? { label: "Leave that alone, take back the rest", run: () => void this.#turn(verb, true) } : undefined);
    }
  }

  async nameMe(): Promise<boolean> {
    return ask(
      this.root,
      {
        title: "Who is coding?",
        text: [h("p", {}, "Your codings carry this name. It is kept on this computer.")],
        fields: [
          {
            name: "name",
            label: "Your name, in one word",
            value: this.model?.study.me,
            required: true,
            help: "Such as anna or a.smith.",
          },
        ],
        ok: "That is me",
      },
      async ({ name }) => {
        await this.model!.now("name_me", { name });
        await this.model!.reload();
        this.#drawHead();
      },
    );
  }

  #listen(): void {
    const model = this.model!;
    const draw = () => this.#drawHead(redraw);
    // the buttons stay where they are: a click on one that is drawn anew meanwhile would be lost
    const status = () => {
      const [now, next] = [this.#head.querySelector(".p3c-state"), this.#state()];
      if (!now || !next) return draw();
      now.replaceWith(next);
      this.#drawBanners();
    };
    this.#forget = [
      model.on("status", status),
      model.on("study", draw),
    ];
    // also when the panel shows something else by then: what waited is lost
    model.on("refused", ({ error, act }) => this.#refused(error, act.verb));
  }

  #refused(error: Refused, verb: string): void {
    // these say themselves what to do about it
    if (["undo", "redo"].includes(verb) || (verb === "code" && this.#view?.id === "code")) return;
    // words that were refused stand in a box of their own, with what can be done about them
    const boxed = ["rewrite", "generalise"].includes(verb);
    const before = this.#timer;
    setTimeout(() => {
      // who asked may have said it in a note of their own since
      if (this.#timer === before && !error.said && (!boxed || !this.root.querySelector(".p3c-sum-conflict"))) this.say(error.message);
    });
  }

  #shut(): void {
    for (const each of this.#forget) each();
    this.#forget = [];
    this.#mounted?.dispose();
    this.#mounted = null;
    this.#view = null;
    this.model?.close();
  }

  dispose(): void {
    this.#opening++;
    this.#shut();
    clearTimeout(this.#timer);
    this.root.remove();
  }

  /** Draw the head; with `redraw` who is in it stays there. */
  #drawHead(draw: (element: HTMLElement, ...children: Child[]) => void = fill): void {
    const { model } = this;
    const here = this.#view?.id;
    draw(
      this.#head,
      h(
        "nav",
        { "aria-label": "Views", class: "p3c-views" },
        ...this.options.views.map((view) =>
          button(view.title, () => this.go(view.id), {
            class: "p3c-tab",
            "aria-current": here === view.id ? "page" : null,
            "data-name": `view ${view.id}`,
            disabled: !model && view.id !== "start",
          }),
        ),
      ),
      h("strong", { class: "p3c-title", title: model?.path }, model?.study?.title ?? ""),
      h("span", { class: "p3c-space" }),
      this.#state(),
      model?.study &&
        button(model.study.me || "Who are you?", () => void this.nameMe(), {
          class: "p3c-button p3c-me",
          title: "Whose codings are made here",
          "data-name": "me",
        }),
      model && button("↶", () => this.run("undo"), { title: "Undo my last act (Ctrl+Z)", "aria-label": "Undo", "data-name": "undo" }),
      model && button("↷", () => this.run("redo"), { title: "Redo (Ctrl+Shift+Z)", "aria-label": "Redo", "data-name": "redo" }),
      button("?", () => this.#help(), { title: "Keys and actions (?)", "aria-label": "Keys and actions", "data-name": "help" }),
    );
    this.#drawBanners();
  }

  #state(): HTMLElement | null {
    const { model } = this;
    if (!model?.study) return null;
    const waiting = model.queue.waiting.length;
    const text = waiting ? `${count(waiting, "act")} on the way` : model.study.writable ? "All saved" : "Read only";
    return h("span", { class: `p3c-state${waiting ? " p3c-waits" : ""}` }, text);
  }

  #drawBanners(): void {
    const { model } = this;
    if (!model?.study) return fill(this.#banners);
    const lost = model.queue.link === "lost";
    const waiting = model.queue.waiting.length;
    fill(
      this.#banners,
      lost &&
        h(
          "p",
          { class: "p3c-banner p3c-bad", role: "alert" },
          `${model.queue.trouble} ${waiting ? `${count(waiting, "act")} ${waiting === 1 ? "is" : "are"} kept and will be sent when it is back.` : "You can go on; what you do is kept and sent when it is back."}`,
        ),
      ...model.study.banners.map((each) =>
        h("p", { class: `p3c-banner p3c-${each.kind}`, role: "status" }, `${each.what} ${each.do}`),
      ),
    );
  }

  /** Say something for a while, to eyes and to a screen reader. */
  say(text: string, offer?: { label: string; run(): void }): void {
    clearTimeout(this.#timer);
    const hide = () => {
      this.#note.hidden = true;
    };
    fill(
      this.#note,
      h("span", {}, text),
      offer &&
        button(offer.label, () => {
          hide();
          offer.run();
        }),
      button("×", hide, { "aria-label": "Close this message", class: "p3c-button p3c-close" }),
    );
    this.#note.hidden = false;
    this.#timer = window.setTimeout(hide, offer ? 20000 : 4000 + 60 * text.length);
  }

  /** Say something to a screen reader alone. */
  announce(text: string): void {
    this.#voice.textContent = text;
  }

  fault(error: unknown): void {
    if (error instanceof Refused) this.say(error.all.map(say).join(" "));
    else this.say(error instanceof Error ? error.message : String(error));
  }

  /** What is wrong with the keys, such as one that means two things. */
  #clashes(): string[] {
    return check(this.actions.map((action) => ({ title: action.title, keys: this.keysOf(action) })));
  }

  #help(): void {
    const groups = new Map<string, Action[]>();
    for (const action of this.actions)
      groups.set(action.group, [...(groups.get(action.group) ?? []), action]);
    const dialog = tell(
      this.root,
      "Keys and actions",
      ...this.#clashes().map((each) => h("p", { class: "p3c-fault" }, each)),
      h("p", { class: "p3c-quiet" }, "Keys work in the text. Every line can be clicked; JupyterLab's settings change the keys."),
      h(
        "div",
        { class: "p3c-help" },
        ...[...groups].map(([name, actions]) =>
          h(
            "section",
            {},
            h("h3", {}, name),
            ...actions.map((action) =>
              h(
                "button",
                {
                  type: "button",
                  class: "p3c-help-line",
                  onclick: () => {
                    dialog.close();
                    action.run();
                  },
                },
                h("span", {}, action.title),
                ...this.keysOf(action).slice(0, 2).map((key) => h("kbd", {}, shown(key))),
              ),
            ),
          ),
        ),
      ),
    );
  }
}

const MAC = /Mac|iP(hone|ad)/.test(navigator.platform);
const SIGNS: Record<string, string> = {
  ArrowUp: "↑",
  ArrowDown: "↓",
  ArrowLeft: "←",
  ArrowRight: "→",
  " ": "Space",
  Mod: MAC ? "⌘" : "Ctrl",
};

/** A key as it stands on the keyboard. */
export function shown(key: string): string {
  return key
    .split(/\+(?=.)/)
    .map((part) => SIGNS[part] ?? (part.length === 1 ? part.toUpperCase() : part))
    .join(" ");
}
