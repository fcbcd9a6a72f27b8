/** An explication, written step by step: E2 words, E4 material, E5 paraphrase, E6 verdict. */

import { ask } from "../../dialog";
import { button, count, fill, h } from "../../dom";
import { Refused, say } from "../../server";
import { toText } from "../../start/words";
import type { ExplicationRow, MaterialHit, MaterialHits, MaterialRow } from "../../wire";
import { isStale } from "../conflicts";
import type { Context } from "../panel";

export interface FormTells {
  left(): void;
  widen(row: ExplicationRow): void;
  remove(row: ExplicationRow): void;
}

const FIELDS = ["lexical", "paraphrase", "remark", "verdict"] as const;
type Words = Record<(typeof FIELDS)[number], string>;

export class ExplicationForm {
  readonly element = h("div", { class: "p3c-str-form", "aria-label": "The explication", role: "region" });
  /** Whether to write as soon as the explication is there. */
  wanted = false;
  readonly #lexical = area("E2 What the words and the grammar can mean", 3);
  readonly #paraphrase = area("E5 What the passage means, in your words", 3);
  readonly #remark = area("Remark on the verdict", 2);
  readonly #verdict = h("select", { "aria-label": "Verdict" }, ...[["open", "open: not judged yet"], ["suffices", "suffices in the place of the passage"], ["widen", "does not suffice: widen the context"]].map(([value, label]) => h("option", { value }, label)));
  readonly #material = h("ol", { class: "p3c-str-material", "aria-label": "Material" });
  readonly #query = h("input", { type: "search", autocomplete: "off" });
  readonly #found = h("div", { class: "p3c-str-found", role: "region", "aria-label": "Found" });
  readonly #fault = h("p", { class: "p3c-fault", role: "alert" });
  readonly #ends = h("div", { class: "p3c-ends p3c-wrap" });
  #row: ExplicationRow | null = null;
  #others: ExplicationRow[] = [];
  #was: Words = { lexical: "", paraphrase: "", remark: "", verdict: "open" };
  #items: MaterialRow[] = [];
  #wasItems = "[]";
  #warned = false;
  #searching = 0;

  constructor(
    private readonly context: Context,
    private readonly tells: FormTells,
  ) {
    this.element.addEventListener("keydown", (event) => this.#key(event));
    this.element.addEventListener("input", () => {
      this.#warned = false;
      this.#drawEnds();
    });
    this.#query.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      event.stopPropagation();
      void this.#search();
    });
  }

  get #now(): Words {
    return { lexical: this.#lexical.area.value.trim(), paraphrase: this.#paraphrase.area.value.trim(), remark: this.#remark.area.value.trim(), verdict: this.#verdict.value };
  }

  get #changed(): boolean {
    const now = this.#now;
    return this.#row !== null && (FIELDS.some((each) => now[each] !== this.#was[each]) || JSON.stringify(this.#items) !== this.#wasItems);
  }

  get #still(): boolean {
    return !this.context.model.study.writable || !this.#row?.mine;
  }

  /** Show an explication; what is being written stays. */
  show(row: ExplicationRow, others: ExplicationRow[]): void {
    this.#others = others;
    if (this.#row?.id === row.id && this.#changed && this.element.firstChild) {
      this.#row = { ...row };
      this.#drawEnds();
      return;
    }
    const same = this.#row?.id === row.id;
    if (!same) this.leave();
    const held = same && this.element.contains(document.activeElement);
    this.#take(row);
    if (!held || !this.element.firstChild) this.#draw();
    else this.#drawMaterial();
    this.#drawEnds();
  }

  #take(row: ExplicationRow): void {
    this.#row = row;
    this.#was = { lexical: row.lexical, paraphrase: row.paraphrase, remark: row.remark, verdict: row.verdict };
    this.#items = row.material;
    this.#wasItems = JSON.stringify(row.material);
    for (const [name, control] of [["lexical", this.#lexical.area], ["paraphrase", this.#paraphrase.area], ["remark", this.#remark.area], ["verdict", this.#verdict]] as const) if (control.value !== row[name]) control.value = row[name];
    fill(this.#fault);
    this.#warned = false;
  }

  focus(): void {
    (this.#still ? this.element.querySelector<HTMLElement>("button") : this.#lexical.area)?.focus();
  }

  /** Keep what was written, and show it no more. */
  leave(): void {
    if (this.#changed && !this.#still) void this.save();
    this.forget();
  }

  forget(): void {
    this.#row = null;
    this.#items = [];
    this.#wasItems = "[]";
    this.#searching++;
    this.#query.value = "";
    fill(this.#found);
    fill(this.element);
  }

  // deeds

  async save(): Promise<boolean> {
    const row = this.#row;
    if (!row || this.#still) return false;
    const now = this.#now;
    const fields: Partial<Words> = Object.fromEntries(FIELDS.filter((each) => now[each] !== this.#was[each]).map((each) => [each, now[each]]));
    const was: Partial<Words> = Object.fromEntries(Object.keys(fields).map((each) => [each, this.#was[each as keyof Words]]));
    const material = JSON.stringify(this.#items) === this.#wasItems ? null : this.#items.map(({ source, start, end, citation, note }) => ({ source, start, end, citation, note }));
    try {
      await this.context.model.do("edit_explication", { explication: row.id, fields, was, ...(material ? { material } : {}) });
    } catch (error) {
      if (!(error instanceof Refused)) return false;
      if (this.#row?.id !== row.id) return this.#rescue(row, fields, was, error);
      fill(this.#fault, error.all.map(say).join(" "), isStale(error) && button("Show what is there now", () => this.#row && this.#reload()));
      return false;
    }
    if (this.#row?.id === row.id) {
      this.#was = now;
      this.#wasItems = JSON.stringify(this.#items);
      fill(this.#fault);
      this.#drawEnds();
    }
    return true;
  }

  /** Words that were left with a verdict they do not carry yet are kept without it. */
  #rescue(row: ExplicationRow, fields: Partial<Words>, was: Partial<Words>, error: Refused): false {
    const { verdict, ...words } = fields;
    const texts = Object.values(words).filter(Boolean).join("\n\n");
    if (!texts) return false;
    const { verdict: _, ...seen } = was;
    const lost = () => this.context.bench.say(error.message, { label: "Copy what I wrote", run: () => void navigator.clipboard?.writeText(texts) });
    if (verdict === undefined || isStale(error)) lost();
    else this.context.model.do("edit_explication", { explication: row.id, fields: words, was: seen }).then(() => this.context.bench.say(`What you wrote to ${row.short} is kept; the verdict is not: ${error.message}`), lost);
    return false;
  }

  #reload(): void {
    const now = this.#others.find((each) => each.id === this.#row?.id);
    if (!now) return;
    this.#take(now);
    this.#drawMaterial();
    this.#drawEnds();
  }

  async #search(): Promise<void> {
    const row = this.#row;
    const words = this.#query.value.trim();
    if (!row || !words) return;
    const turn = ++this.#searching;
    const { model } = this.context;
    fill(this.#found, h("p", { class: "p3c-quiet", role: "status" }, "Searching …"));
    try {
      const found = await model.server.get<MaterialHits>("material", { study: model.path, q: words, explication: row.id });
      if (turn === this.#searching) this.#drawFound(found, row);
    } catch (error) {
      if (turn === this.#searching) fill(this.#found, h("p", { class: "p3c-fault", role: "alert" }, error instanceof Error ? error.message : String(error)));
    }
  }

  #drawFound(found: MaterialHits, row: ExplicationRow): void {
    const where = row.scope === "narrow" ? `in ${row.key}` : "in the study";
    fill(
      this.#found,
      h("p", { class: "p3c-quiet", role: "status" }, found.total ? `Found in ${count(found.total, "place")} ${where}${found.total > found.rows.length ? `; the first ${found.rows.length} are shown` : ""}:` : `Not found ${where}, outside the passage.`),
      ...found.rows.map((hit) =>
        h(
          "div",
          { class: "p3c-str-hit" },
          h("div", { class: "p3c-str-foot" }, h("b", {}, `${hit.key} ${hit.start}–${hit.end}`), button("Take it", (event: Event) => this.#add(hit, event.target as HTMLButtonElement), { "aria-label": `Take this place of ${hit.key} as material` })),
          hit.before && h("small", { dir: "auto" }, hit.before),
          h("blockquote", { dir: "auto" }, hit.quote),
        ),
      ),
    );
  }

  #add(hit: MaterialHit, from: HTMLButtonElement): void {
    const { source, key, start, end, quote } = hit;
    if (this.#items.some((each) => each.source === source && each.start === start && each.end === end)) return;
    this.#items = [...this.#items, { source, key, start, end, quote, citation: "", note: "" }];
    from.disabled = true;
    from.textContent = "Taken";
    this.#drawMaterial();
    this.#drawEnds();
  }

  async #cite(): Promise<void> {
    await ask(
      this.context.bench.root,
      {
        title: "A citation as material",
        text: [h("p", { class: "p3c-quiet" }, "Literature, a dictionary, a conversation: whatever is no source of the study.")],
        fields: [
          { name: "citation", label: "What it is", lines: 2, required: true },
          { name: "note", label: "What it says to the passage", lines: 3 },
        ],
        ok: "Take it",
      },
      ({ citation, note }) => {
        this.#items = [...this.#items, { source: "", key: "", start: null, end: null, quote: "", citation: citation!, note: note! }];
        this.#drawMaterial();
        this.#drawEnds();
      },
    );
  }

  #key(event: KeyboardEvent): void {
    if (event.isComposing) return;
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) void this.save();
    else if (event.key === "Escape") {
      if (this.#changed && !this.#warned) {
        this.#warned = true;
        this.context.bench.say("What you wrote is not kept yet. Ctrl Enter keeps it, Escape again leaves it.");
      } else {
        this.#reload();
        this.tells.left();
      }
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }

  // drawing

  #draw(): void {
    const row = this.#row!;
    const before = this.#others.find((each) => each.id === row.continues);
    fill(this.#found);
    this.#query.setAttribute("aria-label", row.scope === "narrow" ? `Search ${row.key}` : "Search all sources");
    this.#query.placeholder = row.scope === "narrow" ? `Search ${row.key} for words` : "Search all sources for words";
    fill(
      this.element,
      h(
        "div",
        { class: "p3c-str-form-in" },
        h(
          "div",
          { class: "p3c-sum-strip-head" },
          h("b", {}, row.short),
          h("span", {}, `${row.key} ${row.start}–${row.end}`),
          h("span", { class: "p3c-quiet" }, `by ${row.coder}`),
          button("Open in the text", () => this.context.bench.go(toText(row.key, row)), { class: "p3c-button p3c-link" }),
          button("Copy the short name", () => void navigator.clipboard?.writeText(row.short).then(() => this.context.bench.say(`${row.short} is copied; a memo may cite it.`)), { class: "p3c-button p3c-link" }),
        ),
        row.edited && h("p", { class: "p3c-str-note" }, "⚠ The text of this source was edited since the passage was taken."),
        !row.mine && h("p", { class: "p3c-str-note" }, `This is ${row.coder}’s explication; only they change it.`),
        h("blockquote", { class: "p3c-str-the-passage", dir: "auto" }, row.quote),
        before && h("p", { class: "p3c-quiet", dir: "auto" }, `Goes on with ${before.short}${before.paraphrase ? `, which came to: ${before.paraphrase}` : ""}`),
        this.#lexical.element,
        h("h3", {}, "E3, E4 Material"),
        h("p", { class: "p3c-quiet" }, row.scope === "narrow" ? `Narrow context: only ${row.key} may be consulted.` : "Broad context: other sources, literature and other citations may be consulted."),
        this.#material,
        !this.#still && h("div", { class: "p3c-ends" }, this.#query, button("Search", () => void this.#search()), row.scope === "broad" && button("Cite …", () => void this.#cite())),
        this.#found,
        this.#paraphrase.element,
        h("label", { class: "p3c-field" }, h("span", {}, "E6 Verdict"), this.#verdict),
        this.#remark.element,
        this.#fault,
        this.#ends,
      ),
    );
    for (const control of [this.#lexical.area, this.#paraphrase.area, this.#remark.area]) control.readOnly = this.#still;
    this.#verdict.disabled = this.#still;
    this.#drawMaterial();
    this.element.scrollTop = 0;
  }

  #drawMaterial(): void {
    fill(
      this.#material,
      ...this.#items.map((each, at) => {
        const note = h("input", { value: each.note, placeholder: "What it says to the passage", "aria-label": "What it says to the passage", dir: "auto", readonly: this.#still, oninput: () => (this.#items = this.#items.map((one, i) => (i === at ? { ...one, note: note.value } : one))) });
        return h(
          "li",
          {},
          h(
            "div",
            { class: "p3c-str-foot" },
            each.source ? button(`${each.key} ${each.start}–${each.end}`, () => this.context.bench.go(toText(each.key, { start: each.start!, end: each.end! })), { class: "p3c-button p3c-link" }) : h("span", { class: "p3c-badge" }, "citation"),
            !this.#still && button("×", () => this.#remove(at), { "aria-label": "Leave this material out" }),
          ),
          h("blockquote", { dir: "auto" }, each.source ? each.quote : each.citation),
          note,
        );
      }),
      this.#items.length === 0 && h("li", { class: "p3c-quiet p3c-str-none" }, "Nothing gathered yet."),
    );
  }

  #remove(at: number): void {
    this.#items = this.#items.filter((_, i) => i !== at);
    this.#drawMaterial();
    this.#drawEnds();
  }

  #drawEnds(): void {
    const row = this.#row;
    if (!row) return;
    const widen = this.#was.verdict === "widen" && !row.continued && !this.#changed;
    fill(
      this.#ends,
      h("span", { class: "p3c-quiet", role: "status" }, this.#changed ? "not kept yet" : "kept"),
      row.continued && h("span", { class: "p3c-quiet" }, "a broad one goes on with it"),
      h("span", { class: "p3c-space" }),
      button("Remove …", () => this.tells.remove(row), { disabled: this.#still }),
      widen && button("Go on in the broad context", () => this.tells.widen(row), { disabled: this.#still }),
      button("Keep", () => void this.save(), { class: "p3c-button p3c-main", disabled: this.#still || !this.#changed, title: "Ctrl Enter" }),
    );
  }
}

function area(label: string, rows: number): { element: HTMLElement; area: HTMLTextAreaElement } {
  const control = h("textarea", { rows, dir: "auto", spellcheck: "true" });
  return { element: h("label", { class: "p3c-field" }, h("span", {}, label), control), area: control };
}
