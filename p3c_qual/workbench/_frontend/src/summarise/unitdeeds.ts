/** What is done to rows of the table; each refusal says why, and nothing is done by half. */

import { ask } from "../dialog";
import { count, h } from "../dom";
import { openMenu } from "../menu";
import { askBundle, askLeaveOver } from "./bundle";
import { askDelete, askDoubt, keep, named } from "./decide";
import type { Shown } from "./foresee";
import { sorted, reasonsOf, undecidable, undecided, unkept } from "./fitting";
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

  /**
   * The rows that are in a state for a deed, and a sentence on those that are not.
   *
   * With none left it says why, and nothing is done.
   */
  async #fit(deed: string, why: (row: Shown) => string): Promise<{ rows: string[]; left: string }> {
    const target = await this.#rows();
    const { summary, context } = this.panel;
    const { rows, left } = sorted(summary, target, why);
    if (target.length && !rows.length) {
      const reasons = reasonsOf(summary, target, why);
      context.bench.say(target.length === 1 ? `No. ${summary.no(target[0]!)} cannot be ${deed}: it is ${reasons}.` : `None of the ${target.length} rows can be ${deed}: ${reasons}.`);
    }
    return { rows, left };
  }

  /** The row under the cursor, where a deed is done row by row. */
  async #one(): Promise<{ id: string; left: string }> {
    const rows = await this.#rows();
    const { grid, summary } = this.panel;
    const id = rows.length ? grid.row || rows[0]! : "";
    return { id, left: rows.length > 1 ? `This is done row by row; here it is no. ${summary.no(id)}, the row of the cursor.` : "" };
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
    const { rows, left } = await this.#fit("kept", undecidable);
    if (rows.length) this.#done(() => keep(this.panel.summary, rows), rows, "kept by Z3.3", left);
  }

  async remove(): Promise<void> {
    const { summary, context, grid } = this.panel;
    const target = grid.target;
    // on which nothing was written yet there is nothing to be kept
    if (target.length && target.every((id) => summary.unit(id)?.state === "unit")) {
      if (!(await this.#rows()).length) return;
      for (const unit of target) void context.model.do("remove_unit", { unit });
      context.bench.say(`${count(target.length, "unit")} without a paraphrase removed.`, { label: "Undo", run: () => context.bench.run("undo") });
      return;
    }
    const { rows, left } = await this.#fit("deleted", undecidable);
    if (rows.length) await this.#asked(askDelete(this.#host, summary, rows, left));
  }

  async doubt(): Promise<void> {
    const { rows, left } = await this.#fit("decided on", undecidable);
    if (rows.length) await this.#asked(askDoubt(this.#host, this.panel.summary, rows, left));
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
    const { rows, left } = await this.#fit("bundled", unkept);
    if (rows.length) await this.#asked(askBundle(this.#host, this.panel.summary, rows, left));
  }

  async leaveOver(): Promise<void> {
    const { rows, left } = await this.#fit("left over", unkept);
    if (rows.length) await this.#asked(askLeaveOver(this.#host, this.panel.summary, rows, left));
  }

  /** Take back what was decided last of each row: its category, else the first reduction. */
  async undecide(): Promise<void> {
    const target = await this.#rows();
    const { summary, context } = this.panel;
    const { rows, left } = sorted(summary, target, undecided);
    if (target.length && !rows.length) context.bench.say(`Nothing is decided about ${target.length === 1 ? "this row" : "these rows"} yet.`);
    if (!rows.length) return;
    const state = (id: string) => summary.unit(id)?.state ?? "";
    const bundled = rows.filter((id) => ["bundled", "left_over"].includes(state(id)));
    const decided = rows.filter((id) => ["kept", "deleted"].includes(state(id)));
    const dropped = rows.filter((id) => state(id) === "dropped");
    const run = () => {
      if (bundled.length) void context.model.do("unbundle", { units: bundled });
      if (decided.length) void context.model.do("undecide", { units: decided });
      for (const unit of dropped) void context.model.do("drop_unit", { unit, reason: "" });
    };
    this.#done(run, rows, rows.length === bundled.length ? "out of the second reduction" : "undecided again", left);
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
    const { id: unit, left } = await this.#one();
    if (!unit) return;
    const { model } = this.panel.context;
    await this.#asked(
      ask(
        this.#host,
        {
          title: `Say that ${named(this.panel.summary, [unit])} holds nothing`,
          text: [h("p", {}, h("b", {}, "Z1.1 "), this.panel.summary.rules.find((rule) => rule.id === "Z1.1")?.title ?? ""), left && h("p", { class: "p3c-quiet" }, left)],
          fields: [{ name: "reason", label: "Reason", lines: 2, required: true }],
          ok: "Drop",
        },
        async ({ reason }) => {
          await model.do("drop_unit", { unit, reason });
        },
      ),
      left !== "",
    );
  }

  /** Say which rules were used for the words of the row. */
  async rules(): Promise<void> {
    const { id, left } = await this.#one();
    const { summary, context } = this.panel;
    const row = summary.unit(id);
    if (!row) return;
    if (!row.paraphrase && !row.generalisation) return context.bench.say(`No. ${summary.no(id)} has no words yet for which rules were used.`);
    const one = new RuleBoxes("Paraphrase (Z1)", summary.rulesOf("Z1"), row.z1);
    const two = new RuleBoxes("Generalisation (Z2)", summary.rulesOf("Z2"), row.z2);
    await this.#asked(
      ask(this.#host, { title: `Rules used for no. ${summary.no(id)}`, text: [left && h("p", { class: "p3c-quiet" }, left), row.paraphrase && one.element, row.generalisation && two.element], ok: "Save" }, async () => {
        const same = (a: readonly string[], b: readonly string[]) => a.join() === b.join();
        if (row.paraphrase && !same(one.value, row.z1)) await context.model.do("rewrite", { unit: id, text: row.paraphrase, rules: one.value, was: row.paraphrase });
        if (row.generalisation && !same(two.value, row.z2))
          await context.model.do("generalise", { unit: id, text: row.generalisation, rules: two.value, was: row.generalisation });
      }),
      left !== "",
    );
  }

  get #host(): HTMLElement {
    return this.panel.context.bench.root;
  }

  /** Something that was asked about: what was chosen for it is chosen no more, unless it was for one row alone. */
  async #asked(asked: Promise<boolean>, one = false): Promise<void> {
    const done = await asked;
    if (done && !one && this.panel.grid.chosen.size) this.panel.grid.choose([]);
    this.panel.focus();
  }

  #done(run: () => void, rows: string[], what: string, left = ""): void {
    run();
    const { bench } = this.panel.context;
    const said = `${named(this.panel.summary, rows)} ${what}.`;
    if (left) bench.say(`${said} ${left}`);
    else bench.announce(said);
    if (this.panel.grid.chosen.size) this.panel.grid.choose([]);
  }
}
