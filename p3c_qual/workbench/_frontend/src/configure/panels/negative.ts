/** The panel Negative cases: three searches for each configuration, each logged, and what follows from it. */

import { button, fill, h } from "../../dom";
import { foldText } from "../../core/fold";
import { redraw } from "../../start/lists";
import { actionsOf } from "../../summarise/panels/loaded";
import type { Action } from "../../view";
import type { ConfigurationRow, NegativeCases, SearchRow } from "../../wire";
import type { ConfigurePanel, Context } from "../panel";
import { BasePanel } from "./base";
import { Choice } from "./choice";
import { byKey } from "./pick";
import { drawLog } from "./searchlog";
import { drawSearches } from "./searchsheet";
import { casesOf, lastOf, neverSearched, searchedWords, when } from "./searched";

export const negativePanel: ConfigurePanel = {
  id: "negative",
  title: "Negative cases",
  mount: (element, context) => new NegativePanel(element, context),
};

export class NegativePanel extends BasePanel {
  readonly actions: Action[];
  /** What searches found, by their ids; nothing while it is on its way. */
  readonly found = new Map<string, NegativeCases>();
  /** What the page could not be told, by the search's id. */
  readonly trouble = new Map<string, string>();
  readonly #asked = new Set<string>();
  #words = "";
  #never = false;
  #log = false;
  /** The kind that is being run. */
  running = "";
  readonly #list: Choice;
  readonly #tools = h("div", { class: "p3c-bar-of-tools", role: "toolbar", "aria-label": "Searches" });
  readonly #sheet = h("div", { class: "p3c-pan-sheet", role: "region", tabindex: "-1" });
  readonly #main = h("div", { class: "p3c-pan-main" });

  constructor(element: HTMLElement, context: Context) {
    super(element, context);
    this.#log = context.place === "log";
    this.#list = new Choice("Configurations and how far they are searched", (id) => {
      this.refused = null;
      this.#log = false;
      this.context.at(context.store.configurations.get(id)?.key ?? "");
      this.#drawTools();
      this.#drawSheet();
      this.#sheet.scrollTop = 0;
    }, () => this.free());
    this.#list.at = context.store.configuration(context.place)?.id ?? "";
    this.actions = actionsOf(
      "Negative cases",
      ["negative-next", "Next configuration", ["ArrowDown"], () => this.#list.step(1)],
      ["negative-before", "Configuration before", ["ArrowUp"], () => this.#list.step(-1)],
      ...[0, 1, 2].map((at): [string, string, string[], () => unknown] => [`negative-run-${at + 1}`, `Run search ${at + 1} of the configuration`, [`${at + 1}`], () => this.runAt(at)]),
      ["negative-never", "Show configurations that were never searched alone, or all", ["n"], () => this.toggleNever()],
      ["negative-log", "Show the log of all searches, or a configuration", ["l"], () => this.toggleLog()],
      ["negative-card", "Open the configuration’s card", ["Enter"], () => this.configuration && this.context.openCard(this.configuration.id)],
    );
    this.draw();
  }

  go(place: string): void {
    const row = this.context.store.configuration(place);
    if (place === "log") this.#log = true;
    else if (!row) return this.context.say(`There is no configuration ‘${place}’.`);
    this.#words = "";
    this.#never = false;
    this.draw();
    if (row) this.#list.go(row.id);
  }

  focus(): void {
    if (this.#main.isConnected) this.#list.element.focus({ preventScroll: true });
    else this.element.querySelector<HTMLElement>("button")?.focus({ preventScroll: true });
  }

  get configuration(): ConfigurationRow | undefined {
    return this.context.store.configurations.get(this.#list.at);
  }

  // deeds

  async runAt(at: number): Promise<void> {
    const kind = this.context.store.valuesOf("searches")[at];
    if (kind && this.configuration) await this.run(this.configuration, kind.id);
  }

  /** Run a search; it is logged whatever it finds. */
  async run(row: ConfigurationRow, kind: string): Promise<void> {
    if (this.running) return;
    this.running = kind;
    this.refresh();
    const before = new Set(this.context.store.searches.keys());
    const answer = await this.act(`${row.id} ${kind}`, "search_negative", { configuration: row.id, kind });
    this.running = "";
    this.refresh();
    if (!answer) return;
    const made = this.context.store.searches.get(String(answer.result));
    if (!made) return;
    // the same again, in the same material, is not logged twice
    if (before.has(made.id)) this.context.say(`Nothing is different since ${when(made.at)}; the search of then stands in the log.`);
    else this.context.bench.announce(`${made.label}: ${casesOf(made)} found, ${made.silent} silent. It is logged.`);
  }

  decide(search: SearchRow, decision: string, reason: string): Promise<unknown> {
    return this.act(search.id, "decide_search", { search: search.id, decision, reason });
  }

  /** Have at hand what a search found. */
  fetch(search: SearchRow): void {
    if (this.#asked.has(search.id)) return;
    this.#asked.add(search.id);
    const { model } = this.context;
    model.server
      .get<NegativeCases>(`negative/${encodeURIComponent(search.id)}`, { study: model.path, others: model.others })
      .then(
        (cases) => {
          this.found.set(search.id, cases);
          this.trouble.delete(search.id);
        },
        (error) => {
          this.trouble.set(search.id, error instanceof Error ? error.message : String(error));
        },
      )
      .finally(() => this.refresh());
  }

  /** Ask for it once more. */
  again(search: SearchRow): void {
    this.#asked.delete(search.id);
    this.trouble.delete(search.id);
    this.refresh();
  }

  toggleNever(): void {
    this.#never = !this.#never;
    this.#log = false;
    this.draw();
  }

  toggleLog(): void {
    this.#log = !this.#log;
    this.context.at(this.#log ? "log" : (this.configuration?.key ?? ""));
    this.draw();
  }

  /** Open a configuration's searches. */
  open(id: string): void {
    this.go(id);
    this.focus();
  }

  // drawing

  protected draw(): void {
    const { store } = this.context;
    if (![...store.configurations.values()].some((each) => !each.state) && !store.searches.size) return this.#drawNone();
    if (!this.#main.isConnected) {
      fill(this.element, this.#tools, this.#main);
      fill(this.#main, this.#list.element, this.#sheet);
    }
    this.#drawTools();
    this.#drawList();
    this.#drawSheet();
  }

  #drawTools(): void {
    const { store } = this.context;
    const never = neverSearched(store.configurations.values(), store.searches.values()).length;
    redraw(
      this.#tools,
      this.tool("negative-never", `Never searched: ${never}`, { "aria-pressed": String(this.#never) }),
      this.tool("negative-log", `Log of ${store.searches.size === 1 ? "1 search" : `${store.searches.size} searches`}`, { "aria-pressed": String(this.#log) }),
      h("span", { class: "p3c-space" }),
      h("input", {
        type: "search",
        "aria-label": "Words in the configurations",
        placeholder: "Words",
        value: this.#words,
        "data-name": "words",
        autocomplete: "off",
        oninput: (event: Event) => {
          this.#words = (event.target as HTMLInputElement).value;
          this.#drawList();
          this.#drawSheet();
        },
      }),
    );
  }

  #drawList(): void {
    const { store } = this.context;
    const kinds = store.valuesOf("searches");
    const words = foldText(this.#words).split(/\s+/).filter(Boolean);
    const never = new Set(neverSearched(store.configurations.values(), store.searches.values()).map((each) => each.id));
    const byConfiguration = new Map<string, SearchRow[]>();
    for (const row of store.searches.values()) byConfiguration.set(row.configuration, [...(byConfiguration.get(row.configuration) ?? []), row]);
    const rows = [...store.configurations.values()].sort(byKey).filter((each) => {
      const said = foldText(`${each.key} ${each.label} ${each.sentence}`);
      return !each.state && (!this.#never || never.has(each.id)) && words.every((word) => said.includes(word));
    });
    this.#list.show([
      {
        none: this.#never ? "Each configuration was searched at least once." : "No configuration fits.",
        lines: rows.map((each) => {
          const last = lastOf(each.id, byConfiguration.get(each.id) ?? []);
          return {
            id: each.id,
            content: [
              h("div", { class: "p3c-pan-foot" }, h("b", {}, each.key), h("span", { dir: "auto" }, each.label)),
              h("span", { class: "p3c-pan-clamp", dir: "auto" }, each.sentence || "nothing in it yet"),
              h(
                "div",
                { class: "p3c-pan-foot" },
                h("span", { class: "p3c-pan-dots", "aria-hidden": "true" }, ...kinds.map((kind) => h("i", { class: last.has(kind.id) ? (last.get(kind.id)!.found ? "p3c-pan-hit-dot" : "p3c-pan-empty-dot") : "" }))),
                h("span", { class: last.size ? "" : "p3c-pan-warn" }, searchedWords(last, kinds)),
              ),
            ],
          };
        }),
      },
    ]);
  }

  #drawSheet(): void {
    const { configuration } = this;
    this.#sheet.setAttribute("aria-label", this.#log ? "Log of all searches" : (configuration?.key ?? ""));
    redraw(this.#sheet, ...(this.#log || !configuration ? drawLog(this) : drawSearches(this, configuration)));
  }

  #drawNone(): void {
    fill(
      this.element,
      h(
        "div",
        { class: "p3c-pan-first" },
        h("h2", {}, "Nothing to search against yet"),
        h("p", {}, "A claim is worth as much as the attempt to break it. For each configuration three searches look through what was coded: for its context without its outcome, for its outcome without its mechanism, for its mechanism with the opposite outcome."),
        h("p", {}, "Each search is logged, also when it finds nothing. Who did not speak of it at all is listed apart, with whether they were asked: silence is no negative case."),
        h("p", {}, button("Go to the configurations", () => this.context.open("configurations"), { class: "p3c-button p3c-main" })),
      ),
    );
  }
}
