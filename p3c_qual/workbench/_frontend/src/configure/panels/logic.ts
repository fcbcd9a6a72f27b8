/** The panel Logic model: blocks, arrows between them, and the configurations each arrow rests on. */

import { ask } from "../../dialog";
import { button, count, fill, h } from "../../dom";
import { openMenu } from "../../menu";
import { redraw } from "../../start/lists";
import { actionsOf } from "../../summarise/panels/loaded";
import type { Action } from "../../view";
import type { ArrowRow, BlockRow, LogicState } from "../../wire";
import type { ConfigurePanel, Context } from "../panel";
import { AskingPanel } from "./asking";
import { drawArrows } from "./arrowtable";
import { drawPicture } from "./picture";
import { pickConfiguration } from "./pick";

export const logicPanel: ConfigurePanel = {
  id: "logic",
  title: "Logic model",
  mount: (element, context) => new LogicPanel(element, context),
};

export class LogicPanel extends AskingPanel<LogicState> {
  readonly actions: Action[];
  /** The arrow that is looked at. */
  arrow = "";
  readonly #tools = h("div", { class: "p3c-bar-of-tools", role: "toolbar", "aria-label": "Logic model" });
  readonly #picture = h("div", { class: "p3c-pan-picture p3c-keys", tabindex: "0", role: "group", "aria-label": "The logic model as a picture" });
  readonly #table = h("div", { class: "p3c-pan-below" });
  readonly #body = h("div", { class: "p3c-pan-page" });
  readonly #resized = new ResizeObserver(() => this.#sized());
  #width = 0;

  constructor(element: HTMLElement, context: Context) {
    super(element, context, { wait: "Loading the logic model …", address: "logic", tables: ["block", "arrow", "carry", "carries", "evidence", "configuration"] });
    this.arrow = context.place;
    this.actions = actionsOf(
      "Logic model",
      ["logic-block", "New block …", ["c"], () => this.makeBlock()],
      ["logic-draw", "Draw an arrow …", ["d"], () => this.drawArrow()],
      ["logic-attach", "Attach a configuration to the arrow …", ["a"], () => this.attach()],
      ["logic-take", "Take in the logic model that comes with the workbench", [], () => this.take()],
    );
    this.listen(context.store.on(() => this.load()));
    this.listen(() => this.#resized.disconnect());
    this.load();
  }

  protected begin(): void {
    this.#resized.observe(this.#picture);
  }

  go(place: string): void {
    this.arrow = place;
    this.refresh();
  }

  protected enter(): void {
    if (this.#picture.isConnected) this.#picture.focus({ preventScroll: true });
    else this.element.querySelector<HTMLElement>("button")?.focus({ preventScroll: true });
  }

  block(id: string): string {
    return this.state?.blocks.find((each) => each.id === id)?.label ?? "a block that is gone";
  }

  named(arrow: ArrowRow): string {
    return `${this.block(arrow.block)} → ${this.block(arrow.other)}`;
  }

  /** Look at an arrow: it is marked in the picture and in the table. */
  choose(arrow: string): void {
    this.arrow = arrow;
    this.context.at(arrow);
    this.refresh();
    this.#table.querySelector(`[data-arrow="${CSS.escape(arrow)}"]`)?.scrollIntoView({ block: "nearest" });
  }

  // deeds

  async #do(at: string, verb: string, args: Record<string, unknown>): Promise<{ result: unknown } | false> {
    const answer = await this.act(at, verb, args);
    this.load();
    return answer;
  }

  take(): void {
    void this.#do("logic", "take_logic_model", {});
  }

  async makeBlock(): Promise<void> {
    if (!(await this.context.known())) return;
    await ask(this.context.bench.root, { title: "New block", fields: [{ name: "label", label: "What it stands for", required: true, help: "Something the programme does or has, or what comes of it." }], ok: "Make the block" }, async (values) => void (await this.context.store.act("make_block", values)));
    this.load();
  }

  async drawArrow(from = ""): Promise<void> {
    const blocks = this.state?.blocks ?? [];
    if (blocks.length < 2) return this.context.say("An arrow needs two blocks.");
    if (!(await this.context.known())) return;
    const rows = blocks.map((each) => ({ value: each.id, label: each.label }));
    await ask(
      this.context.bench.root,
      {
        title: "Draw an arrow",
        fields: [
          { name: "block", label: "From", value: from || rows[0]!.value, options: rows, first: !from },
          { name: "other", label: "To", value: rows.find((each) => each.value !== (from || rows[0]!.value))!.value, options: rows, first: Boolean(from) },
          { name: "label", label: "What it says", help: "Such as: gives time for." },
        ],
        ok: "Draw it",
      },
      async (values) => {
        this.arrow = await this.context.store.act<string>("draw_arrow", values);
      },
    );
    this.load();
  }

  async attach(arrow = this.state?.arrows.find((each) => each.id === this.arrow)): Promise<void> {
    if (!arrow) return this.context.say("Choose an arrow first, in the picture or in the table.");
    if (!(await this.context.known())) return;
    const { store } = this.context;
    this.choose(arrow.id);
    const there = new Set(arrow.configurations);
    const from = [...store.configurations.values()].filter((each) => !each.state && !there.has(each.id));
    if (!from.length) return this.context.say(store.configurations.size ? "Every configuration is attached to this arrow already." : "There is no configuration to attach yet.");
    await pickConfiguration(this, { title: `Attach a configuration to ‘${this.named(arrow)}’`, text: [h("p", { class: "p3c-quiet" }, "Its passages then speak for or against this arrow.")], ok: "Attach", from }, (row) => store.act("carry", { arrow: arrow.id, configuration: row.id }));
    this.load();
  }

  detach(arrow: ArrowRow, configuration: string): void {
    void this.#do(arrow.id, "uncarry", { arrow: arrow.id, configuration });
  }

  async editArrow(arrow: ArrowRow): Promise<void> {
    if (!(await this.context.known())) return;
    await ask(this.context.bench.root, { title: this.named(arrow), fields: [{ name: "label", label: "What it says", value: arrow.label }], ok: "Keep" }, async ({ label }) => {
      if (label !== arrow.label) await this.context.store.edit("edit_arrow", "arrow", arrow, { label: label! });
    });
    this.load();
  }

  async removeArrow(arrow: ArrowRow): Promise<void> {
    if (!(await this.context.known())) return;
    const n = arrow.configurations.length;
    await ask(this.context.bench.root, { title: `Remove the arrow ‘${this.named(arrow)}’`, text: [h("p", {}, n ? `${count(n, "configuration")} rested on it; they stay. Undo brings it back.` : "Undo brings it back.")], ok: "Remove" }, async () => void (await this.context.store.act("remove_arrow", { arrow: arrow.id })));
    this.load();
  }

  async editBlock(block: BlockRow): Promise<void> {
    if (!(await this.context.known())) return;
    await ask(this.context.bench.root, { title: "Rename the block", fields: [{ name: "label", label: "What it stands for", value: block.label, required: true }], ok: "Keep" }, async ({ label }) => {
      if (label !== block.label) await this.context.store.edit("edit_block", "block", block, { label: label! });
    });
    this.load();
  }

  async removeBlock(block: BlockRow): Promise<void> {
    if (!(await this.context.known())) return;
    const arrows = this.state!.arrows.filter((each) => each.block === block.id || each.other === block.id).length;
    await ask(this.context.bench.root, { title: `Remove the block ‘${block.label}’`, text: [h("p", {}, arrows ? `Its ${count(arrows, "arrow")} will go with it. Undo brings it back.` : "Undo brings it back.")], ok: "Remove" }, async () => void (await this.context.store.act("remove_block", { block: block.id })));
    this.load();
  }

  blockMenu(block: BlockRow, at: HTMLElement): void {
    openMenu(this.context.bench.root, at, block.label, [
      { label: "Draw an arrow from here …", disabled: this.still, run: () => void this.drawArrow(block.id) },
      { label: "Rename …", disabled: this.still, run: () => void this.editBlock(block) },
      { label: "Remove …", disabled: this.still, run: () => void this.removeBlock(block) },
    ]);
  }

  // drawing

  #sized(): void {
    const width = this.#picture.clientWidth;
    if (this.state && width && Math.abs(width - this.#width) > 4) this.#drawPicture();
  }

  #drawPicture(): void {
    this.#width = this.#picture.clientWidth || 900;
    redraw(this.#picture, drawPicture(this, this.state!, this.#width));
  }

  protected draw(): void {
    const state = this.state!;
    const order = new Map(state.blocks.map((each, at) => [each.id, at]));
    const at = (arrow: ArrowRow) => (order.get(arrow.block) ?? 0) * 1000 + (order.get(arrow.other) ?? 0);
    state.arrows.sort((a, b) => at(a) - at(b));
    const refused = this.refusedAt("logic");
    if (!state.blocks.length) {
      return fill(
        this.element,
        h(
          "div",
          { class: "p3c-pan-first" },
          h("h2", {}, "There is no logic model yet"),
          h("p", {}, "A logic model shows how a programme is meant to work: blocks for what it does and what comes of it, arrows for what leads to what."),
          h("p", {}, "Attach configurations to its arrows, and each arrow says how many passages speak for it and how many against. An arrow without any is a claim nobody has looked into."),
          refused && h("p", { class: "p3c-fault", role: "alert" }, refused.text),
          h("p", { class: "p3c-pan-row" }, button("Take in the one that comes with the workbench", () => this.take(), { class: "p3c-button p3c-main", disabled: this.still, "data-name": "take" }), button("New block …", () => void this.makeBlock(), { disabled: this.still, "data-name": "logic-block" })),
        ),
      );
    }
    if (!this.#body.isConnected) {
      fill(this.element, this.#tools, this.#body);
      fill(this.#body, this.#picture, this.#table);
    }
    redraw(
      this.#tools,
      this.tool("logic-block", "New block …", { disabled: this.still }),
      this.tool("logic-draw", "Draw an arrow …", { disabled: this.still }),
      this.tool("logic-attach", "Attach a configuration …", { disabled: this.still || !this.arrow }),
    );
    this.#drawPicture();
    redraw(this.#table, ...drawArrows(this, state));
  }
}
