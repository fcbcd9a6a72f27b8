/** Linked coding: spans are given roles, and what the account links becomes one configuration at once. */

import { realistOf } from "../configure/store";
import { onceAFrame } from "../dom";
import type { Entry } from "../menu";
import { Refused } from "../server";
import type { ConfigurationRow } from "../wire";
import { shown } from "../workbench";
import { Highlighter } from "./highlight";
import { Linked } from "./linked";
import { chipMenu } from "./linkmenu";
import { pickConfiguration } from "./linkpick";
import { chipOf, fitting, holds, NAMES, readTray, type Role, ROLES, spansOf, type Tray, without } from "./linkrows";
import { LinkTray, saysWhatItMakes } from "./linktray";
import type { CodeView } from "./view";

/** Configurations that are remembered as those used last. */
const RECENT = 12;

export class Linking {
  readonly linked: Linked;
  readonly #tray: LinkTray;
  readonly #marks = new Highlighter("p3c-tray", 2);
  readonly #forget: (() => void)[];
  readonly #name: string;
  #kept: Tray;
  #ended = false;

  constructor(private readonly view: CodeView) {
    const { model } = view;
    this.#name = `p3c:tray:${model.path}`;
    this.#kept = readTray(sessionStorage.getItem(this.#name));
    this.linked = new Linked(view);
    this.#tray = new LinkTray({
      key: (action) => this.#keyOf(action),
      label: (property, value) => this.#store.label(property, value) || value,
      open: () => model.source?.key ?? "",
      link: () => void this.link(),
      aim: () => void this.aim(),
      unaim: () => this.#put({ ...this.#kept, into: "" }),
      clear: () => this.clear(),
      remove: (id) => this.#put({ ...this.#kept, chips: without(this.#kept.chips, id) }),
      menu: (id, at) => void this.#menu(id, at),
      leave: () => view.focus(),
    });
    this.#forget = [model.on("source", () => this.#opened()), this.#store.on(() => this.#draw())];
    if (this.#kept.chips.length) this.#know();
    // what is said for a while stands above the tray, not on it
    const size = new ResizeObserver(() => view.bench.root.style.setProperty("--p3c-tray", `${this.element.offsetHeight}px`));
    size.observe(this.element);
    this.#forget.push(() => {
      size.disconnect();
      view.bench.root.style.removeProperty("--p3c-tray");
    });
    this.#draw();
  }

  dispose(): void {
    this.#ended = true;
    for (const each of this.#forget) each();
    this.#marks.show([]);
    this.linked.dispose();
  }

  get element(): HTMLElement {
    return this.#tray.element;
  }

  get #store() {
    return realistOf(this.view.model);
  }

  get #into(): ConfigurationRow | undefined {
    return this.#kept.into ? this.#store.configuration(this.#kept.into) : undefined;
  }

  /** The key of an action, as the person has set it. */
  #keyOf(id: string): string {
    const action = [...(this.view.actions ?? []), ...this.view.bench.actions].find((each) => each.id === id);
    const key = action && this.view.bench.keysOf(action)[0];
    return key ? shown(key) : "";
  }

  /** Have what a chip is said with at hand; what fails is said when it is needed. */
  #know(): void {
    if (!this.view.model.still) this.#store.load().catch(() => undefined);
  }

  #put(tray: Tray): void {
    this.#kept = tray.chips.length ? tray : { chips: [], into: "" };
    if (this.#kept.chips.length) sessionStorage.setItem(this.#name, JSON.stringify(this.#kept));
    else sessionStorage.removeItem(this.#name);
    this.#draw();
  }

  #draw(): void {
    const into = this.#into;
    this.#tray.draw(this.#kept, into?.state ? undefined : into);
    this.refresh();
    if (this.view.linking) this.view.drawTools();
  }

  /** Mark on the page again what is in the tray and what is linked; what is drawn anew loses its marks. */
  refresh(): void {
    this.#mark();
    this.linked.refresh();
  }

  readonly #mark = onceAFrame(() => {
    const { source, offsets } = this.view.model;
    if (!source || this.#ended) return;
    const length = offsets.toCodePoint(source.text.length);
    const here = this.#kept.chips.filter((chip) => chip.source === source.id && chip.end <= length);
    this.#marks.show(here.map((chip) => this.view.text.range(chip)));
  });

  /** Another source is open: a span whose words are others there by now is not linked unseen. */
  #opened(): void {
    const { source } = this.view.model;
    const stale = this.#kept.chips.filter((chip) => chip.source === source!.id && this.view.text.words(chip) !== chip.quote);
    if (stale.length) {
      this.#put({ ...this.#kept, chips: stale.reduce((left, chip) => without(left, chip.id), this.#kept.chips) });
      this.view.bench.say(`The text of ${source!.key} is another one by now; ${stale.length === 1 ? "a span" : `${stale.length} spans`} of it left the tray.`);
    } else this.#draw();
  }

  // doing

  /** Put what is marked into the tray, in a role. */
  async take(role: Role): Promise<void> {
    const { view } = this;
    const span = view.deeds.target();
    const { source } = view.model;
    if (!span || !source || !(await view.deeds.named())) return;
    const place = { role, source: source.id, start: span.start, end: span.end };
    if (holds(this.#kept.chips, place)) return view.bench.say(`These words are in the tray as ${NAMES[role].toLowerCase()} already.`);
    this.#know();
    const chip = chipOf(`t${crypto.randomUUID().slice(0, 8)}`, { ...place, key: source.key, quote: view.text.words(span) });
    this.#put({ ...this.#kept, chips: [...this.#kept.chips, chip] });
    view.bench.announce(`${NAMES[role]} in the tray. ${saysWhatItMakes(this.#kept, this.#into)}.`);
    view.focus();
  }

  /** Link the spans of the tray, in one act. */
  async link(): Promise<void> {
    const { view } = this;
    const { chips, into } = this.#kept;
    if (!chips.length) return view.bench.say(`Nothing is in the tray yet. Mark words and give them a role, such as ${this.#keyOf("link-context")} for a context.`);
    if (!view.writable || !(await view.deeds.named())) return;
    const spans = spansOf(fitting(chips, this.#into));
    this.#put({ chips: [], into: "" });
    try {
      const answer = await view.model.do("link_spans", { spans, ...(into ? { configuration: into } : {}) });
      void this.#say(String(answer.result ?? into), Boolean(into));
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      // what was refused is there again, before what was taken since, here or in the view that came after
      const now = this.#ended ? readTray(sessionStorage.getItem(this.#name)) : this.#kept;
      this.#put({ chips: [...chips, ...now.chips], into: now.into || into });
    }
  }

  /** Say what came of it, with the way there. */
  async #say(id: string, added: boolean): Promise<void> {
    const { view } = this;
    this.#remember(id);
    const asked = view.model.server.get<ConfigurationRow[]>("configurations", { study: view.model.path, ids: id });
    const [row] = await asked.catch(() => []);
    if (!row) return view.bench.say("The spans are linked.");
    const [kind, ...rest] = row.completeness_label.split(", ");
    const made = `${kind!.charAt(0).toUpperCase()}${kind!.slice(1)} ${[`${row.key} made`, ...rest].join(", ")}`;
    const said = `${added ? `Added to ${row.key}: ${row.completeness_label} now.` : `${made}: ${row.label || row.sentence}`}\nUndo (${this.#keyOf("undo")}) takes it back.`;
    view.bench.say(said, this.#canOpen ? { label: "Open in Configure", run: () => this.open(row.id) } : undefined);
  }

  get #canOpen(): boolean {
    return this.view.bench.options.views.some((each) => each.id === "configure");
  }

  open(configuration: string): void {
    if (this.#canOpen) this.view.bench.go(`configure/${encodeURIComponent(configuration)}`);
  }

  get #recent(): string[] {
    const kept = this.view.model.study.desk.linked_into;
    return Array.isArray(kept) ? kept : [];
  }

  #remember(id: string): void {
    this.view.desk("linked_into", [id, ...this.#recent.filter((each) => each !== id)].slice(0, RECENT));
  }

  /** Choose the configuration that the spans are added to. */
  async aim(): Promise<void> {
    const { view } = this;
    if (!this.#kept.chips.length) return view.bench.say(`Nothing is in the tray yet. Mark words and give them a role, such as ${this.#keyOf("link-context")} for a context.`);
    if (!(await this.#loaded())) return;
    const rows = [...this.#store.configurations.values()];
    if (!rows.some((row) => !row.state)) return view.bench.say("There is no configuration yet that they could be added to.");
    const row = await pickConfiguration(view.bench.root, rows, {
      title: "Add the spans to a configuration",
      recent: this.#recent,
      label: (each) => each.completeness_label,
    });
    if (!row) return;
    this.#put({ into: row.id, chips: fitting(this.#kept.chips, row) });
    this.#tray.focus();
  }

  async #loaded(): Promise<boolean> {
    try {
      await this.#store.load();
      return true;
    } catch (error) {
      this.view.bench.fault(error);
      return false;
    }
  }

  /** Go to the tray. */
  focus(): void {
    if (this.element.hidden) this.view.bench.say("The tray is empty.");
    else this.#tray.focus();
  }

  clear(): void {
    const before = this.#kept;
    if (!before.chips.length) return;
    this.#put({ chips: [], into: "" });
    this.view.bench.say("The tray is empty.", { label: "Put the spans back", run: () => this.#put({ ...before, chips: [...before.chips, ...this.#kept.chips] }) });
  }

  // menus

  async #menu(id: string, at: Element): Promise<void> {
    if (!(await this.#loaded())) return;
    const { root } = this.view.bench;
    chipMenu(root, at, id, {
      tray: this.#kept,
      into: this.#into,
      store: this.#store,
      put: (chips) => this.#put({ ...this.#kept, chips }),
      chip: () => this.element.querySelector(`[data-chip="${CSS.escape(id)}"]`),
      show: (chip) => void this.view.open(chip.key, { start: chip.start, end: chip.end }),
      back: () => this.#tray.focus(id),
    });
  }

  /** Whether there is nothing to give a role to and nothing to link. */
  get idle(): boolean {
    return !this.view.writable || (!this.view.cursor.span && !this.#kept.chips.length);
  }

  /** The roles, for a button or a menu. */
  roles(): Entry[] {
    const some = this.#kept.chips.length > 0;
    return [
      ...ROLES.map((role) => ({ label: NAMES[role], key: this.#keyOf(`link-${role}`), run: () => void this.take(role), disabled: !this.view.cursor.span })),
      { label: "Link the tray", key: this.#keyOf("link"), run: () => void this.link(), disabled: !some },
      { label: "Add the tray to …", key: this.#keyOf("link-into"), run: () => void this.aim(), disabled: !some },
    ];
  }
}
