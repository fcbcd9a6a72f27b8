/** What is done to rows of the table; each refusal says why, and nothing is done by half. */

import { ask } from "../dialog";
import { count, h } from "../dom";
import { openMenu } from "../menu";
import { askBundle, askLeaveOver } from "./bundle";
import { askDelete, askDoubt, keep, named } from "./decide";
import { RuleBoxes } from "./rules";
import type { UnitsPanel } from "./units";

export class UnitDeeds {
  constructor(private readonly panel: UnitsPanel) {}

  get writable(): boolean {
    return this.panel.context.model.study.writable;
  }

  /** Whether something may be written, with a word where not. */
  can(): boolean {
    if (!this.writable) this.panel.context.bench.say("This study can only be read.");
    return this.writable;
  }

  /** The rows a deed is for, once somebody is named who does it. */
  async #rows(): Promise<string[]> {
    const rows = this.panel.grid.target;
    if (!rows.length) this.panel.context.bench.say("No row is shown.");
    if (!rows.length || !this.can()) return [];
    return (await this.#named()) ? rows : [];
  }

  async #named(): Promise<boolean> {
    const { model, bench } = this.panel.context;
    return Boolean(model.study.me) || bench.nameMe();
  }

  /** What stands in a cell for words. */
  words(id: string, column: string): string {
    const row = this.panel.summary.unit(id);
    return (column === "paraphrase" ? row?.paraphrase : row?.generalisation) ?? "";
  }

  async write(unit: string, column: string, text: string, was: string): Promise<void> {
    if (!this.can() || !(await this.#named())) return;
    const verb = column === "paraphrase" ? "rewrite" : "generalise";
    void this.panel.context.model.do(verb, { unit, text, was });
  }

  // the first reduction

  async keep(): Promise<void> {
    const rows = await this.#rows();
    if (rows.length) this.#done(() => keep(this.panel.summary, rows), rows, "kept by Z3.3");
  }

  async remove(): Promise<void> {
    const rows = await this.#rows();
    const { summary, context } = this.panel;
    // on which nothing was written yet there is nothing to be kept
    if (rows.length && rows.every((id) => summary.unit(id)?.state === "unit")) {
      for (const unit of rows) void context.model.do("remove_unit", { unit });
      context.bench.say(`${count(rows.length, "unit")} without a paraphrase removed.`, { label: "Undo", run: () => context.bench.run("undo") });
    } else if (rows.length) await this.#asked(askDelete(this.#host, this.panel.summary, rows));
  }

  async doubt(): Promise<void> {
    const rows = await this.#rows();
    if (rows.length) await this.#asked(askDoubt(this.#host, this.panel.summary, rows));
  }

  /** What may be decided in the column of the first reduction. */
  reduceMenu(): void {
    const { grid, context } = this.panel;
    const at = grid.cell();
    if (!at || !this.can()) return;
    openMenu(context.bench.root, at, "First reduction", [
      { label: "Keep (Z3.3)", key: "K", run: () => void this.keep() },
      { label: "Delete … (Z3.1, Z3.2)", key: "D", run: () => void this.remove() },
      { label: "In doubt … (Z3.4)", key: "I", run: () => void this.doubt() },
      { label: "Take the decision back", key: "U", run: () => void this.undecide() },
    ]);
  }

  // the second reduction

  async bundle(): Promise<void> {
    const rows = await this.#rows();
    if (rows.length) await this.#asked(askBundle(this.#host, this.panel.summary, rows));
  }

  async leaveOver(): Promise<void> {
    const rows = await this.#rows();
    if (rows.length) await this.#asked(askLeaveOver(this.#host, this.panel.summary, rows));
  }

  /** Take back what was decided last of a row: its category, else the first reduction. */
  async undecide(): Promise<void> {
    const rows = await this.#rows();
    const { summary, context } = this.panel;
    const state = (id: string) => summary.unit(id)?.state ?? "";
    const bundled = rows.filter((id) => ["bundled", "left_over"].includes(state(id)));
    const decided = rows.filter((id) => ["kept", "deleted"].includes(state(id)));
    const dropped = rows.filter((id) => state(id) === "dropped");
    if (bundled.length) this.#done(() => void context.model.do("unbundle", { units: bundled }), bundled, "out of the second reduction");
    else if (decided.length) this.#done(() => void context.model.do("undecide", { units: decided }), decided, "undecided again");
    else if (dropped.length) for (const unit of dropped) void context.model.do("drop_unit", { unit, reason: "" });
    else if (rows.length) context.bench.say("Nothing is decided about this row yet.");
  }

  // paraphrase and generalisation

  /** What lies above the level already is its own generalisation (Z2.3). */
  async copy(): Promise<void> {
    const rows = await this.#rows();
    const { summary, context } = this.panel;
    let done = 0;
    for (const id of rows) {
      const row = summary.unit(id)!;
      if (!row.paraphrase || row.dropped || row.generalisation === row.paraphrase) continue;
      // what somebody wrote is not written over in passing
      if (row.generalisation && rows.length > 1) continue;
      void context.model.do("generalise", { unit: id, text: row.paraphrase, rules: ["Z2.3"], was: row.generalisation });
      done++;
    }
    if (rows.length && !done) context.bench.say("There is no paraphrase here to copy.");
  }

  async drop(): Promise<void> {
    const [unit] = await this.#rows();
    if (!unit) return;
    const { model } = this.panel.context;
    await this.#asked(
      ask(
        this.#host,
        {
          title: `Say that ${named(this.panel.summary, [unit])} holds nothing`,
          text: [h("p", {}, h("b", {}, "Z1.1 "), this.panel.summary.rules.find((rule) => rule.id === "Z1.1")?.title ?? "")],
          fields: [{ name: "reason", label: "Reason", lines: 2, required: true }],
          ok: "Drop",
        },
        async ({ reason }) => {
          await model.do("drop_unit", { unit, reason });
        },
      ),
    );
  }

  /** Say which rules were used for the words of the row. */
  async rules(): Promise<void> {
    const [id] = await this.#rows();
    const { summary, context } = this.panel;
    const row = summary.unit(id);
    if (!id || !row) return;
    const one = new RuleBoxes("Paraphrase (Z1)", summary.rulesOf("Z1"), row.z1);
    const two = new RuleBoxes("Generalisation (Z2)", summary.rulesOf("Z2"), row.z2);
    await this.#asked(
      ask(this.#host, { title: `Rules used for no. ${summary.no(id)}`, text: [row.paraphrase && one.element, row.generalisation && two.element], ok: "Save" }, async () => {
        const same = (a: readonly string[], b: readonly string[]) => a.join() === b.join();
        if (row.paraphrase && !same(one.value, row.z1)) await context.model.do("rewrite", { unit: id, text: row.paraphrase, rules: one.value, was: row.paraphrase });
        if (row.generalisation && !same(two.value, row.z2))
          await context.model.do("generalise", { unit: id, text: row.generalisation, rules: two.value, was: row.generalisation });
      }),
    );
  }

  get #host(): HTMLElement {
    return this.panel.context.bench.root;
  }

  /** Something that was asked about: what was chosen for it is chosen no more. */
  async #asked(asked: Promise<boolean>): Promise<void> {
    const done = await asked;
    if (done && this.panel.grid.chosen.size) this.panel.grid.choose([]);
    this.panel.focus();
  }

  #done(run: () => void, rows: string[], what: string): void {
    run();
    this.panel.context.bench.announce(`${named(this.panel.summary, rows)} ${what}.`);
    if (this.panel.grid.chosen.size) this.panel.grid.choose([]);
  }
}
