/** The panel Network: how outcomes become contexts, as a picture, and as a list that says the same. */

import { button, fill, h } from "../../dom";
import { redraw } from "../../start/lists";
import { actionsOf } from "../../summarise/panels/loaded";
import type { Action } from "../../view";
import type { ConfigurationRow, NetworkFigure } from "../../wire";
import type { ConfigurePanel, Context } from "../panel";
import { AskingPanel } from "./asking";
import { type ChainLine, chainLines } from "./chainlines";
import { options } from "./theories";

export const networkPanel: ConfigurePanel = {
  id: "network",
  title: "Network",
  mount: (element, context) => new NetworkPanel(element, context),
};

/** How much larger or smaller with each step, and how far. */
const STEP = 1.25;
const LEAST = 0.2;
const MOST = 6;

export class NetworkPanel extends AskingPanel<NetworkFigure> {
  readonly actions: Action[];
  #programme = "";
  #theory = "";
  /** How large it is drawn; nothing where it fits the window. */
  #scale: number | null = null;
  readonly #tools = h("div", { class: "p3c-bar-of-tools", role: "toolbar", "aria-label": "The network" });
  readonly #image = h("img", { class: "p3c-pan-image" });
  readonly #frame = h("div", { class: "p3c-pan-frame p3c-keys", tabindex: "0", role: "group", "aria-label": "The network as a picture; its chains are listed below" }, this.#image);
  readonly #below = h("div", { class: "p3c-pan-below" });
  readonly #page = h("div", { class: "p3c-pan-page" });

  constructor(element: HTMLElement, context: Context) {
    super(element, context, { wait: "Drawing the network …", address: "network", tables: [] });
    const programme = this.programmes.find((each) => each.id === context.place);
    if (programme) this.#programme = programme.id;
    this.actions = actionsOf(
      "Network",
      ["network-in", "Larger", ["+", "="], () => this.zoom(STEP)],
      ["network-out", "Smaller", ["-"], () => this.zoom(1 / STEP)],
      ["network-fit", "As wide as the window", ["0"], () => this.fit()],
      ["network-save", "Keep the picture as a file", [], () => this.save()],
    );
    this.#image.addEventListener("load", () => this.#size());
    this.listen(context.store.on(() => this.load()));
    this.load();
  }

  protected override query() {
    return { programme: this.#programme, theory: this.#theory };
  }

  protected begin(): void {
    fill(this.#page, this.#frame, this.#below);
  }

  protected override waits(): void {
    this.#frame.setAttribute("aria-busy", "true");
  }

  protected enter(): void {
    if (this.#page.isConnected) this.#frame.focus({ preventScroll: true });
    else this.element.querySelector<HTMLElement>("button")?.focus({ preventScroll: true });
  }

  zoom(by: number): void {
    const now = this.#scale ?? this.#image.clientWidth / (this.#image.naturalWidth || 1);
    this.#scale = Math.max(LEAST, Math.min(MOST, now * by));
    this.#size();
    this.#drawTools();
    this.context.bench.announce(`${Math.round(100 * this.#scale)} %`);
  }

  fit(): void {
    this.#scale = null;
    this.#size();
    this.#drawTools();
  }

  save(): void {
    const { state } = this;
    if (!state?.svg) return this.context.say("There is no picture to keep.");
    const address = URL.createObjectURL(new Blob([state.svg], { type: "image/svg+xml" }));
    h("a", { href: address, download: "network.svg" }).click();
    setTimeout(() => URL.revokeObjectURL(address), 1000);
  }

  #size(): void {
    this.#image.style.width = this.#scale === null ? "" : `${this.#scale * (this.#image.naturalWidth || 800)}px`;
    this.#frame.classList.toggle("p3c-pan-fits", this.#scale === null);
  }

  protected draw(): void {
    const state = this.state!;
    if (![...this.context.store.configurations.values()].some((each) => !each.state)) return this.#drawNone();
    if (!this.#page.isConnected) fill(this.element, this.#tools, this.#page);
    this.#frame.removeAttribute("aria-busy");
    this.#drawTools();
    this.#frame.hidden = !state.svg;
    // a picture as an image runs no scripts and fetches nothing, whatever words stand in it
    const address = state.svg ? `data:image/svg+xml;charset=utf-8,${encodeURIComponent(state.svg)}` : "";
    if (this.#image.src !== address) this.#image.src = address;
    this.#image.alt = state.caption;
    redraw(this.#below, h("p", { class: "p3c-pan-caption", dir: "auto" }, state.caption), ...this.#chains());
  }

  #drawNone(): void {
    fill(
      this.element,
      h(
        "div",
        { class: "p3c-pan-first" },
        h("h2", {}, "There is nothing to draw yet"),
        h("p", {}, "What comes of one configuration may be what another one begins with: people who trust each other decide together on money, because they did so before on small things. Such ripples are seen here, from card to card, over programmes."),
        h("p", {}, "Build configurations first. On the card of one, chain its outcome to the one whose context it becomes."),
        h("p", {}, button("Go to the configurations", () => this.context.open("configurations"), { class: "p3c-button p3c-main" })),
      ),
    );
  }

  #drawTools(): void {
    const { store } = this.context;
    const choose = (name: string, label: string, value: string, rows: { value: string; label: string }[], set: (value: string) => void) =>
      h(
        "select",
        { "aria-label": label, "data-name": name, onchange: (event: Event) => (set((event.target as HTMLSelectElement).value), this.load()) },
        ...rows.map((each) => h("option", { value: each.value, selected: each.value === value }, each.label)),
      );
    redraw(
      this.#tools,
      choose("programme", "Programme", this.#programme, [{ value: "", label: "all programmes" }, ...options(this.programmes)], (value) => {
        this.#programme = value;
        this.context.at(value);
      }),
      choose("theory", "Theory", this.#theory, [{ value: "", label: "all theories" }, ...[...store.theories.values()].map((each) => ({ value: each.id, label: `${each.label}, v${each.version}` }))], (value) => (this.#theory = value)),
      h("span", { class: "p3c-space" }),
      this.tool("network-out", "−", { "aria-label": "Smaller", disabled: !this.state?.svg }),
      this.tool("network-fit", this.#scale === null ? "Fits" : `${Math.round(100 * this.#scale)} %`, { "aria-pressed": String(this.#scale === null), "aria-label": "As wide as the window", disabled: !this.state?.svg }),
      this.tool("network-in", "+", { "aria-label": "Larger", disabled: !this.state?.svg }),
      this.tool("network-save", "Keep as SVG", { disabled: !this.state?.svg }),
    );
  }

  // the same in words

  /** The configurations the picture is of, as it is filtered. */
  get #configurations(): ConfigurationRow[] {
    return [...this.context.store.configurations.values()].filter(
      (each) => !each.state && (!this.#theory || each.theory === this.#theory) && (!this.#programme || each.programme === this.#programme || (!each.programme && each.evidence.some((row) => row.programme === this.#programme))),
    );
  }

  #chains(): HTMLElement[] {
    const { store } = this.context;
    const configurations = this.#configurations;
    const lines = chainLines([...store.links.values()], configurations);
    const held = new Set(configurations.map((each) => each.id));
    const nested = [...store.links.values()].filter((each) => each.relation === "part_of" && held.has(each.configuration) && held.has(each.other));
    const key = (id: string) => button(store.configurations.get(id)?.key ?? "?", () => this.context.openCard(id), { class: "p3c-button p3c-link", title: store.configurations.get(id)?.sentence, "data-name": `card ${id}` });
    const words = (id: string) => store.configurations.get(id)?.label || store.configurations.get(id)?.sentence || "";
    const line = ({ configuration, link, depth, again }: ChainLine) => {
      const outcome = link && store.element(link.outcome)?.element;
      const context = link && store.element(link.context)?.element;
      return h(
        "li",
        { style: `--p3c-depth:${Math.min(depth, 6)}`, "aria-level": depth + 1 },
        link && h("small", { dir: "auto" }, `its outcome${outcome?.text ? ` ‘${outcome.text}’` : ""} becomes the context${context?.text && context.text !== outcome?.text ? ` ‘${context.text}’` : ""} of `),
        key(configuration),
        h("span", { dir: "auto" }, ` ${words(configuration)}`),
        again && h("b", {}, depth ? " (as above: the chain comes back or joins here)" : ""),
        link?.reason && h("small", { class: "p3c-pan-said", dir: "auto" }, link.reason),
      );
    };
    const alone = configurations.length - new Set([...lines.map((each) => each.configuration), ...nested.flatMap((each) => [each.configuration, each.other])]).size;
    return [
      h("h3", {}, "The chains in words"),
      lines.length
        ? h("ol", { class: "p3c-pan-chains" }, ...lines.map(line))
        : h("p", {}, configurations.length ? "No outcome becomes the context of another configuration here yet. On the card of a configuration, chain its outcome to another one." : "There is no configuration here yet."),
      ...(nested.length ? [h("h3", {}, "Parts of larger ones"), h("ul", { class: "p3c-pan-chains" }, ...nested.map((each) => h("li", {}, key(each.configuration), ` ${words(each.configuration)} is part of `, key(each.other), ` ${words(each.other)}`)))] : []),
      ...(alone > 0 ? [h("p", { class: "p3c-quiet" }, `${alone === 1 ? "1 configuration stands" : `${alone} configurations stand`} alone.`)] : []),
    ];
  }
}
