/** Change the codebook: new, edit, merge, split, retire. In a frozen one these are proposals. */

import { ask, type Field, tell } from "../dialog";
import { button, fill, h } from "../dom";
import type { Entry } from "../menu";
import type { Model } from "../model";
import type { ProposalRow, SegmentList } from "../wire";
import type { Codes } from "./codes";
import { newCodebook } from "./newbook";

export interface EditHooks {
  chosen(code: string): void;
  segments(code: string): void;
  only(code: string): void;
  pin(code: string): void;
  memo(code: string): void;
  say(text: string): void;
}

export class CodeEdit {
  constructor(
    private readonly model: Model,
    private readonly codes: Codes,
    private readonly host: HTMLElement,
    private readonly hooks: EditHooks,
  ) {}

  #frozen(book: string): boolean {
    return this.model.study.codebooks.find((each) => each.id === book)?.frozen ?? false;
  }

  /** A reason is asked for where a change becomes a proposal. */
  #reason(book: string): { fields: Field[]; text: HTMLElement[]; ok: (word: string) => string } {
    if (!this.#frozen(book)) return { fields: [], text: [], ok: (word) => word };
    return {
      fields: [{ name: "reason", label: "Reason", lines: 2, required: true }],
      text: [
        h("p", { class: "p3c-quiet" }, "This codebook is frozen: the change is noted as a proposal for its next version."),
      ],
      ok: () => "Propose",
    };
  }

  entries(id: string): Entry[] {
    const code = this.model.code(id)!;
    const still = !this.model.study.writable;
    return [
      { label: "Show its segments", run: () => this.hooks.segments(id) },
      { label: "Show only this code in the text", run: () => this.hooks.only(id) },
      { label: "Pin to a number key …", run: () => this.hooks.pin(id) },
      { label: "Memo on this code …", run: () => this.hooks.memo(id), disabled: still },
      { label: "New code below …", run: () => void this.create(code.codebook, id), disabled: still },
      { label: "New code beside …", run: () => void this.create(code.codebook, code.parent, "", id), disabled: still },
      { label: "Edit …", run: () => void this.edit(id), disabled: still },
      { label: "Merge into another …", run: () => void this.merge(id), disabled: still },
      { label: "Split …", run: () => void this.split(id), disabled: still },
      code.status === "retired"
        ? { label: "Use again", run: () => void this.model.do("revive_code", { code: id }), disabled: still }
        : { label: "Retire …", run: () => void this.retire(id), disabled: still },
    ];
  }

  /** What can be done with a codebook. */
  bookEntries(id: string): Entry[] {
    const still = !this.model.study.writable;
    const open = this.#proposals(id).length;
    return [
      { label: "New code …", run: () => void this.create(id, null), disabled: still },
      { label: "New codebook …", run: () => void newCodebook(this.host, this.model), disabled: still },
      { label: `Proposals for the next version (${open}) …`, run: () => this.#showProposals(id), disabled: !open },
    ];
  }

  #proposals(book: string): ProposalRow[] {
    return this.model.study.proposals.filter((each) => each.codebook === book && each.status === "open");
  }

  #showProposals(book: string): void {
    const list = h("ul", { class: "p3c-proposals" });
    const draw = () =>
      fill(
        list,
        ...this.#proposals(book).map((each) =>
          h(
            "li",
            {},
            h("b", {}, each.code ? `${each.change} ${this.codes.label(each.code)}` : each.change),
            ` by ${each.coder}: ${each.reason} `,
            each.coder === this.model.study.me &&
              button("Withdraw", () => void this.model.do("withdraw_proposal", { proposal: each.id }).then(draw), { class: "p3c-link" }),
          ),
        ),
      );
    draw();
    tell(this.host, "Proposals for the next version", list);
  }

  /** Make a code; returns whether one was made. */
  create(book: string, parent: string | null, label = "", after?: string): Promise<boolean> {
    const { fields, text, ok } = this.#reason(book);
    const name = this.model.study.codebooks.find((each) => each.id === book)?.label ?? "";
    return ask(
      this.host,
      {
        title: parent ? `New code below ${this.codes.label(parent)}` : `New code in ${name}`,
        text,
        fields: [
          { name: "label", label: "Name", value: label, required: true },
          { name: "definition", label: "Definition", lines: 3, help: "What belongs to it.", first: label !== "" },
          { name: "rule", label: "Coding rule", lines: 2, help: "How it is told from its neighbours." },
          ...fields,
        ],
        ok: ok("Make"),
      },
      async (values) => {
        const answer = await this.model.do("create_code", {
          codebook: book,
          ...(parent ? { parent } : {}),
          ...(after ? { after } : {}),
          ...values,
        });
        if (typeof answer.result === "string") this.hooks.chosen(answer.result);
      },
    );
  }

  edit(id: string): Promise<boolean> {
    const code = this.model.code(id)!;
    const { fields, text, ok } = this.#reason(code.codebook);
    return ask(
      this.host,
      {
        title: `Edit ${code.label}`,
        text,
        fields: [
          { name: "label", label: "Name", value: code.label, required: true, help: `Its key ${code.key} stays.` },
          { name: "definition", label: "Definition", lines: 5, value: code.definition },
          { name: "rule", label: "Coding rule", lines: 4, value: code.rule },
          {
            name: "level",
            label: "Level",
            value: code.level,
            options: ["", "micro", "meso", "macro"].map((value) => ({ value, label: value || "none" })),
          },
          ...fields,
        ],
        ok: ok("Save"),
      },
      async (values) => {
        // what was not touched stays as somebody else may have made it meanwhile
        const old: Record<string, string> = { label: code.label, definition: code.definition, rule: code.rule, level: code.level };
        const changes = Object.entries(values).filter(([name, value]) => value !== old[name]?.trim());
        if (changes.some(([name]) => name in old)) await this.model.do("edit_code", { code: id, ...Object.fromEntries(changes) });
      },
    );
  }

  /** Move a code; in a frozen codebook the reason is asked for first. */
  async move(id: string, parent: string | null, after: string | null): Promise<void> {
    const code = this.model.code(id)!;
    // an empty name means the first place
    const args = { code: id, parent, after: after ?? "" };
    const { fields, text, ok } = this.#reason(code.codebook);
    if (!fields.length) await this.model.do("move_code", args).catch(() => undefined);
    else
      await ask(this.host, { title: `Move ${code.label}`, text, fields, ok: ok("Move") }, async (values) => {
        await this.model.do("move_code", { ...args, ...values });
      });
  }

  #others(id: string): { value: string; label: string }[] {
    const branch = this.codes.branch(id);
    const book = this.codes.bookOf(id);
    return this.codes
      .rowsOf(book)
      .filter(({ code }) => !branch.has(code.id) && code.status !== "retired")
      .map(({ code, depth }) => ({ value: code.id, label: `${"  ".repeat(depth)}${code.label}` }));
  }

  merge(id: string): Promise<boolean> {
    const code = this.model.code(id)!;
    const { fields, text, ok } = this.#reason(code.codebook);
    const { own } = this.codes.count(id);
    return ask(
      this.host,
      {
        title: `Merge ${code.label}`,
        text: [
          h("p", {}, `Its codings (of yours ${own}, and those of all others), memos and the codes below it go to the other code; ${code.label} is retired. Undo brings it back.`),
          ...text,
        ],
        fields: [{ name: "into", label: "Into", options: this.#others(id) }, ...fields],
        ok: ok("Merge"),
      },
      async ({ into, ...rest }) => {
        await this.model.do("merge_codes", { codes: [id], into, ...rest });
      },
    );
  }

  retire(id: string): Promise<boolean> {
    const code = this.model.code(id)!;
    const { fields, text, ok } = this.#reason(code.codebook);
    return ask(
      this.host,
      {
        title: `Retire ${code.label}`,
        text: [h("p", {}, "It can no longer be given. What was coded with it stays."), ...text],
        fields,
        ok: ok("Retire"),
      },
      async (values) => {
        await this.model.do("retire_code", { code: id, ...values });
      },
    );
  }

  /** Split a code: each segment is looked at, and goes to one of the new codes or stays. */
  async split(id: string): Promise<void> {
    const code = this.model.code(id)!;
    const found = await this.model.server.get<SegmentList>("segments", {
      study: this.model.path,
      code: id,
      below: false,
      others: this.model.others,
      offset: 0,
      limit: 500,
    });
    const { fields, text, ok } = this.#reason(code.codebook);
    // the names that are typed stand at each segment
    const called: HTMLElement[][] = [[], [], []];
    const names = [0, 1, 2].map((i) => {
      const oninput = (event: Event) => {
        const name = (event.target as HTMLInputElement).value.trim() || `new code ${i + 1}`;
        for (const each of called[i]!) each.textContent = name;
      };
      return h("input", { "aria-label": `Name of new code ${i + 1}`, placeholder: `New code ${i + 1}`, autocomplete: "off", oninput });
    });
    const call = (value: string) => {
      const made = h("span", {}, `new code ${value}`);
      called[Number(value) - 1]!.push(made);
      return made;
    };
    const choices = new Map<string, string>();
    const rows = found.rows.map((row, n) =>
      h(
        "fieldset",
        { class: "p3c-split" },
        h("legend", {}, `${n + 1} of ${found.rows.length} · ${row.key} · ${row.coding!.coder}`),
        h("blockquote", { dir: "auto" }, row.quote.length > 400 ? `${row.quote.slice(0, 400)} …` : row.quote),
        h(
          "div",
          { class: "p3c-wrap", role: "radiogroup" },
          ...["stays", "1", "2", "3"].map((value) =>
            h(
              "label",
              {},
              h("input", {
                type: "radio",
                name: `p3c-split-${row.coding!.id}`,
                checked: value === "stays",
                onchange: () => choices.set(row.coding!.id, value),
              }),
              " ",
              value === "stays" ? `stays ${code.label}` : call(value),
            ),
          ),
        ),
      ),
    );
    await ask(
      this.host,
      {
        title: `Split ${code.label}`,
        wide: true,
        text: [
          h("p", {}, "Name the new codes, and say of each segment where it goes."),
          ...text,
          h("div", { class: "p3c-wrap" }, ...names),
          found.total > found.rows.length &&
            h("p", { class: "p3c-fault" }, `Only the first ${found.rows.length} of ${found.total} segments are shown; the others stay.`),
          !this.model.others && h("p", { class: "p3c-quiet" }, "Only your own segments are shown; those of others stay. Show the codings of others to see them here."),
          ...rows,
        ],
        fields,
        ok: ok("Split"),
      },
      async (values) => {
        const parts = names
          .map((name, i) => ({
            label: name.value.trim(),
            codings: [...choices].filter(([, value]) => value === String(i + 1)).map(([coding]) => coding),
          }))
          .filter((part) => part.label || part.codings.length);
        const unnamed = parts.find((part) => !part.label);
        if (unnamed) throw "A new code that gets segments needs a name.";
        if (!parts.length) throw "Name at least one new code.";
        await this.model.do("split_code", { code: id, parts, ...values });
      },
    );
  }
}
