/** One quote: its words with what was done to them, how it is printed, why it was chosen, its translation. */

import { ask } from "../../dialog";
import { button, h, type Child } from "../../dom";
import type { EditRow, QuoteRow } from "../../wire";
import { sentence } from "./base";
import type { QuotesPanel } from "./quotes";
import { QuoteWords } from "./quotewords";
import { options, radios } from "./radios";
import { editSaid, short, spoken, textOf, type Span } from "./words";

type Field = "why" | "translation" | "translator" | "translated" | "back_check" | "chosen_as";

export class QuoteEditor {
  readonly words: QuoteWords;
  /** Made once: what has the focus keeps it while the rest is drawn anew. */
  readonly #said: HTMLElement;
  readonly #bar = h("div", { class: "p3c-pan-row p3c-rp-bar", role: "toolbar", "aria-label": "Changes of its words" });

  constructor(private readonly panel: QuotesPanel) {
    this.words = new QuoteWords((words) => {
      if (words) panel.context.bench.announce(words);
      this.#drawBar();
    });
    this.#said = h("section", { "aria-label": "What was said" }, h("h3", {}, "What was said"), this.#bar, this.words.element);
  }

  // deeds

  #chosen(): Span | null {
    if (!this.words.chosen) this.panel.context.say("Choose some of its words first, with the mouse or the arrow keys.");
    return this.words.chosen;
  }

  async #change(kind: string, span: Span, text = ""): Promise<void> {
    const { quote } = this.panel;
    if (quote && (await this.panel.act(`${quote.id} words`, "change_quote", { quote: quote.id, kind, ...span, text }))) this.words.element.focus({ preventScroll: true });
  }

  omit(): void {
    const span = this.#chosen();
    const { quote } = this.panel;
    if (!span || !quote) return;
    // at an end nothing is omitted: the quote is shorter
    const end = span.start <= quote.start || span.end >= quote.end;
    void this.#change(end ? "trim" : "omit", span);
  }

  async mask(): Promise<void> {
    const span = this.#chosen();
    const { quote } = this.panel;
    if (!span || !quote || !(await this.panel.context.known())) return;
    await ask(
      this.panel.context.bench.root,
      {
        title: `Mask “${short(textOf(quote, span))}”`,
        fields: [{ name: "text", label: "What is printed instead", value: "X", required: true, help: "A word stands in square brackets, such as [the nurse]. X, Y or Z, also as Dr X, stands by itself." }],
        ok: "Mask",
      },
      async ({ text }) => void (await this.panel.do("change_quote", { quote: quote.id, kind: "mask", ...span, text })),
    );
    this.words.element.focus({ preventScroll: true });
  }

  async insert(): Promise<void> {
    const span = this.#chosen();
    const { quote } = this.panel;
    if (!span || !quote || !(await this.panel.context.known())) return;
    await ask(
      this.panel.context.bench.root,
      {
        title: `Insert before “${short(textOf(quote, span))}”`,
        fields: [{ name: "text", label: "Words", required: true, help: "They are printed in square brackets: what a reader needs to follow, such as [the project]." }],
        ok: "Insert",
      },
      async ({ text }) => void (await this.panel.do("change_quote", { quote: quote.id, kind: "insert", start: span.start, end: span.start, text })),
    );
    this.words.element.focus({ preventScroll: true });
  }

  trim(side: "before" | "after"): void {
    const span = this.#chosen();
    const { quote } = this.panel;
    if (!span || !quote) return;
    const [start, end] = side === "before" ? [quote.start, span.start] : [span.end, quote.end];
    // a full stop at the end stays with the last word
    const cut = side === "after" && /^[.!?…,;:"”’)\]]*\s*$/.test(textOf(quote, { start, end }));
    if (start >= end || cut) return this.panel.context.say(`It ${side === "before" ? "begins" : "ends"} with these words already.`);
    const signs = side === "after" ? /^[.!?…]+/.exec(textOf(quote, { start, end }))?.[0].length ?? 0 : 0;
    void this.#cut(side, { start: start + signs, end });
  }

  /** Cut an end off; what was done to words that go with it, or was cut off there before, goes first. */
  async #cut(side: "before" | "after", span: Span): Promise<void> {
    const { panel } = this;
    const { quote } = panel;
    if (!quote) return;
    const same = (edit: EditRow) => edit.kind === "trim" && (side === "before" ? edit.start <= quote.start : edit.end >= quote.end);
    const gone = quote.edits.flatMap((edit, at) => (same(edit) || (edit.start >= span.start && edit.end <= span.end) ? [at] : []));
    // from the last to the first, so that those before keep their places
    for (const at of gone.reverse()) if (!(await panel.act(`${quote.id} words`, "take_back_edit", { quote: quote.id, edit: at }))) return;
    await this.#change("trim", span);
  }

  back(at?: number): void {
    const { quote } = this.panel;
    if (!quote?.edits.length) return this.panel.context.say("Nothing was done to its words.");
    void this.panel.act(`${quote.id} words`, "take_back_edit", { quote: quote.id, edit: at ?? quote.edits.length - 1 });
  }

  open(): void {
    const { quote } = this.panel;
    if (quote) this.panel.context.openText(quote.source_key, quote.start, quote.end);
  }

  write(field: Field): void {
    const { quote } = this.panel;
    if (quote) this.panel.reach(`${quote.id} ${field}`);
  }

  async remove(): Promise<void> {
    const { quote } = this.panel;
    if (!quote || !(await this.panel.context.known())) return;
    await ask(
      this.panel.context.bench.root,
      {
        title: "Remove the quote",
        text: [
          h("blockquote", { dir: "auto" }, `“${short(quote.printed, 200)}”`),
          quote.used_in.length > 0 && h("p", {}, `It is set into ${quote.used_in.join(", ")}; there its place is marked as missing.`),
          h("p", {}, "The coding and the text stay as they are. Undo brings it back."),
        ],
        ok: "Remove",
      },
      async () => void (await this.panel.do("remove_quote", { quote: quote.id })),
    );
    this.panel.focus();
  }

  // drawing

  draw(quote: QuoteRow): Child[] {
    const { panel } = this;
    this.words.show(quote);
    this.#drawBar();
    return [
      h(
        "div",
        { class: "p3c-pan-top" },
        h("h2", {}, quote.reference || quote.who || quote.source_key, h("small", {}, ` ${[!quote.reference.includes(quote.who) && quote.who, quote.types.join(", "), quote.coder && `chosen by ${quote.coder}`].filter(Boolean).join(" · ")}`)),
        h("div", { class: "p3c-pan-row" }, panel.toolOf("quote-open", "Open in the text"), panel.toolOf("quote-remove", "Remove …", { disabled: panel.still })),
      ),
      ...this.#troubles(quote),
      this.#said,
      panel.refusal(`${quote.id} words`),
      quote.edits.length > 0 && this.#edits(quote),
      h("h3", {}, "As it is printed"),
      h("blockquote", { class: "p3c-rp-print", dir: "auto", "aria-live": "polite" }, `“${quote.printed}” `, quote.reference && h("span", { class: "p3c-quiet" }, /^\(/.test(quote.reference) ? quote.reference : `(${quote.reference})`)),
      h("h3", {}, "Why this one"),
      radios(`${quote.id} chosen_as`, "Chosen as", quote.chosen_as, options(panel.shownState.reasons), { still: panel.still, empty: true }, (chosen_as) => void panel.change(`${quote.id} chosen_as`, "edit_quote", { quote: quote.id, fields: { chosen_as } }, () => ({ chosen_as: this.#now(quote).chosen_as }))),
      panel.refusal(`${quote.id} chosen_as`),
      this.#field(quote, "why", "In your words", "What it shows that others do not"),
      this.#translation(quote),
      this.#places(quote),
    ];
  }

  #drawBar(): void {
    const { panel } = this;
    const none = !this.words.chosen || panel.still;
    const tools: [string, string][] = [
      ["quote-omit", "Omit"],
      ["quote-mask", "Mask …"],
      ["quote-insert", "Insert before …"],
      ["quote-begin", "Begin here"],
      ["quote-end", "End here"],
    ];
    const quote = panel.quote;
    // the buttons stay while words are chosen, so that none is lost between down and up
    if (this.#bar.childElementCount && this.#bar.dataset.still === String(panel.still)) {
      for (const each of this.#bar.querySelectorAll("button")) each.disabled = each.dataset.name === "quote-back" ? panel.still || !quote?.edits.length : none;
    } else {
      this.#bar.dataset.still = String(panel.still);
      this.#bar.replaceChildren(
        ...tools.map(([id, label]) => panel.toolOf(id, label, { disabled: none })),
        panel.toolOf("quote-back", "Take back", { disabled: panel.still || !quote?.edits.length }),
        h("small", { class: "p3c-rp-chosen" }),
      );
    }
    const said = this.#bar.querySelector(".p3c-rp-chosen")!;
    said.textContent = this.words.chosen && quote ? `chosen: “${short(textOf(quote, this.words.chosen), 40)}”` : panel.still ? "This study can only be read." : "First choose words below.";
  }

  #troubles(quote: QuoteRow): Child[] {
    return [
      !quote.free && h("div", { class: "p3c-pan-refused", role: "note" }, h("p", {}, "Whoever speaks here did not consent to be quoted, or took the consent back. It is not printed.")),
      quote.stale && h("div", { class: "p3c-pan-fault", role: "note" }, h("p", {}, sentence(quote.stale))),
      ...quote.faults.map((fault) => h("div", { class: fault.gate ? "p3c-pan-refused" : "p3c-pan-fault", role: "note" }, h("p", {}, h("b", {}, "⚠ "), sentence(fault.what), fault.do && ` ${sentence(fault.do)}`))),
    ];
  }

  #edits(quote: QuoteRow): HTMLElement {
    return h(
      "ol",
      { class: "p3c-rp-edits", "aria-label": "What was done to its words" },
      ...quote.edits.map((edit, at) =>
        h("li", {}, h("span", { dir: "auto" }, editSaid(edit, quote)), !this.panel.still && button("Take back", () => this.back(at), { class: "p3c-button p3c-link", "data-name": `${quote.id} back ${at}`, "aria-label": `Take back: ${editSaid(edit, quote)}` })),
      ),
    );
  }

  #now(quote: QuoteRow): QuoteRow {
    return this.panel.shownState.quotes.find((each) => each.id === quote.id) ?? quote;
  }

  #field(quote: QuoteRow, field: Exclude<Field, "chosen_as">, label: string, empty: string): HTMLElement {
    return this.panel.written(
      `${quote.id} ${field}`,
      quote[field],
      { label, empty },
      { now: () => this.#now(quote)[field], verb: "edit_quote", args: (text, was) => ({ quote: quote.id, fields: { [field]: text }, was: { [field]: was } }) },
    );
  }

  #translation(quote: QuoteRow): HTMLElement {
    return h(
      "section",
      { "aria-label": "Translation" },
      h("h3", {}, quote.language ? `Translation (said in ${spoken(quote.language)})` : "Translation"),
      h(
        "div",
        { class: quote.translation ? "p3c-rp-beside" : null },
        quote.translation && h("div", {}, h("span", { class: "p3c-pan-tag" }, "Original"), h("p", { lang: quote.language || null, dir: "auto" }, quote.printed)),
        this.#field(quote, "translation", "Translation", "Only where the report is in another language"),
      ),
      quote.translation &&
        h("div", { class: "p3c-rp-three" }, this.#field(quote, "translator", "Translated by", "Who"), this.#field(quote, "translated", "On", "Such as 2026-03-14"), this.#field(quote, "back_check", "Held against the original", "By whom, and what came of it")),
    );
  }

  #places(quote: QuoteRow): HTMLElement {
    return h(
      "p",
      { class: "p3c-quiet" },
      quote.used_in.length ? "Set into: " : "It is in no section yet. ",
      ...quote.used_in.flatMap((each, at): Child[] => [at ? ", " : null, button(this.panel.sectionSaid(each.split(" ").at(-1)!), () => this.panel.context.open("write", each.split(" ").at(-1)), { title: each, class: "p3c-button p3c-link", "data-name": `section ${each}` })]),
      quote.codes.length > 0 && h("span", {}, ` Coded as ${quote.codes.join(", ")}.`),
    );
  }
}
