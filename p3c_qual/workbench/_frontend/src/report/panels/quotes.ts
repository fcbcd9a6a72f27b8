/** The panel Quotes: all quotes of a report, how they spread, and each with its words, its reason and its translation. */

import { foldText } from "../../core/fold";
import { Choice } from "../../configure/panels/choice";
import { count, fill, h } from "../../dom";
import { redraw } from "../../start/lists";
import { actionsOf } from "../../summarise/panels/loaded";
import type { Action } from "../../view";
import type { QuoteRow, QuoteState } from "../../wire";
import type { ReportContext, ReportPanel } from "../panel";
import { drawBalance, unquoted } from "./balance";
import { StatePanel } from "./base";
import { QuoteEditor } from "./quoteeditor";
import { namesIn } from "./words";

export const quotesPanel: ReportPanel = {
  id: "quotes",
  title: "Quotes",
  mount: (element, context) => new QuotesPanel(element, context),
};

/** What can be looked for among quotes, beside words. */
const ONLY: Record<string, { label: string; fits(quote: QuoteRow): boolean }> = {
  faults: { label: "with something to see to", fits: (quote) => quote.faults.length > 0 },
  unused: { label: "in no section yet", fits: (quote) => !quote.used_in.length },
  unsaid: { label: "without a reason", fits: (quote) => !quote.chosen_as },
  edited: { label: "with words changed", fits: (quote) => quote.edits.length > 0 },
  stale: { label: "whose text was edited since", fits: (quote) => Boolean(quote.stale) },
};

export class QuotesPanel extends StatePanel<QuoteState> {
  readonly actions: Action[];
  readonly editor: QuoteEditor;
  #find = "";
  #only = "";
  #reason = "";
  /** A name to go to, once its quote is shown. */
  #name = "";
  readonly #list: Choice;
  readonly #tools = h("div", { class: "p3c-bar-of-tools", role: "toolbar", "aria-label": "Quotes" });
  readonly #sheet = h("div", { class: "p3c-pan-sheet", role: "region", tabindex: "-1" });
  readonly #main = h("div", { class: "p3c-pan-main p3c-rp-half" });

  constructor(element: HTMLElement, context: ReportContext) {
    super(element, context, { wait: "Loading the quotes …", address: "quotes", tables: ["quote", "section", "source", "kept_name", "participant", "consent", "joint"] });
    this.#list = new Choice(
      "Quotes",
      (id) => {
        this.refused = null;
        context.at(this.state!.quotes.find((each) => each.id === id)?.key ?? "");
        this.#drawSheet();
        this.#sheet.scrollTop = 0;
      },
      () => this.free(),
    );
    this.editor = new QuoteEditor(this);
    this.#wish(context.place);
    const { editor } = this;
    this.actions = actionsOf(
      "Quotes",
      ["quote-next", "Next quote", ["ArrowDown"], () => this.#list.step(1)],
      ["quote-before", "Quote before", ["ArrowUp"], () => this.#list.step(-1)],
      ["quote-words", "Go to its words", ["Enter"], () => editor.words.element.focus()],
      ["quote-list", "Back to the list", ["Escape"], () => this.enter()],
      ["word-next", "Next word", ["ArrowRight"], () => editor.words.step(1)],
      ["word-before", "Word before", ["ArrowLeft"], () => editor.words.step(-1)],
      ["word-more", "One word more", ["Shift+ArrowRight"], () => editor.words.step(1, true)],
      ["word-less", "One word less", ["Shift+ArrowLeft"], () => editor.words.step(-1, true)],
      ["quote-omit", "Omit the words: dots are printed", ["o"], () => editor.omit()],
      ["quote-mask", "Mask the words: another word is printed …", ["m"], () => editor.mask()],
      ["quote-insert", "Insert words before these …", ["i"], () => editor.insert()],
      ["quote-begin", "Let the quote begin with these words", ["["], () => editor.trim("before")],
      ["quote-end", "Let the quote end with these words", ["]"], () => editor.trim("after")],
      ["quote-back", "Take the last change of its words back", ["u"], () => editor.back()],
      ["quote-open", "Open it in the text", ["g"], () => editor.open()],
      ["quote-why", "Write why it was chosen", ["w"], () => editor.write("why")],
      ["quote-translate", "Write its translation", ["t"], () => editor.write("translation")],
      ["quote-remove", "Remove the quote …", ["Delete"], () => editor.remove()],
      ["quote-find", "Words in the quotes", ["/"], () => this.#tools.querySelector<HTMLElement>("input")?.focus()],
      ["quote-balance", "How they spread", ["b"], () => this.#sheet.querySelector<HTMLElement>(".p3c-rp-balance")?.scrollIntoView({ block: "start" })],
    );
    this.load();
  }

  get quote(): QuoteRow | undefined {
    return this.state?.quotes.find((each) => each.id === this.#list.at);
  }

  /** A quote's key, or its key and a name that stands in it, as KEY~NAME. */
  #wish(place: string): void {
    const [key = "", ...name] = place.split("~");
    this.#name = name.join("~");
    this.#list.at = this.state?.quotes.find((each) => each.key === key || each.id === key)?.id ?? key;
  }

  go(place: string): void {
    if (!this.state) return this.#wish(place);
    const key = place.split("~")[0];
    const found = this.state.quotes.find((each) => each.key === key || each.id === key);
    if (!found) return this.context.say("There is no such quote in this report.");
    this.#find = this.#only = this.#reason = "";
    this.#drawTools();
    this.#drawList();
    this.#list.go(found.id);
    this.#wish(place);
    this.#drawSheet();
  }

  protected begin(): void {
    fill(this.element, this.#tools, this.#main);
    fill(this.#main, this.#list.element, this.#sheet);
    this.#wish(this.#list.at + (this.#name ? `~${this.#name}` : ""));
  }

  protected enter(): void {
    this.#list.element.focus({ preventScroll: true });
  }

  override dispose(): void {
    this.editor.words.clear();
    super.dispose();
  }

  protected draw(): void {
    this.#drawTools();
    this.#drawList();
    this.#drawSheet();
  }

  #drawTools(): void {
    const { quotes, reasons } = this.state!;
    const choose = (name: string, label: string, value: string, rows: [string, string][], set: (value: string) => void) =>
      h(
        "select",
        { "aria-label": label, "data-name": name, onchange: (event: Event) => (set((event.target as HTMLSelectElement).value), this.#drawList(), this.#drawSheet()) },
        ...rows.map(([id, text]) => h("option", { value: id, selected: id === value }, text)),
      );
    redraw(
      this.#tools,
      h("span", {}, count(quotes.length, "quote")),
      h("span", { class: "p3c-space" }),
      h("input", {
        type: "search",
        "aria-label": "Words in the quotes",
        placeholder: "Words, or who says them",
        value: this.#find,
        "data-name": "words in quotes",
        autocomplete: "off",
        oninput: (event: Event) => {
          this.#find = (event.target as HTMLInputElement).value;
          this.#drawList();
          this.#drawSheet();
        },
      }),
      choose("reason", "Chosen as", this.#reason, [["", "chosen for any reason"], ...reasons.map((each): [string, string] => [each.id, each.label])], (value) => (this.#reason = value)),
      choose("only", "Which quotes", this.#only, [["", "all quotes"], ...Object.entries(ONLY).map(([id, each]): [string, string] => [id, `${each.label} (${quotes.filter(each.fits).length})`])], (value) => (this.#only = value)),
      this.tool("quote-balance", "Balance"),
    );
  }

  #fits(quote: QuoteRow): boolean {
    const words = foldText(this.#find).split(/\s+/).filter(Boolean);
    const said = foldText([quote.printed, quote.reference, quote.who, quote.types.join(" "), quote.used_in.join(" ")].join(" "));
    return (!this.#reason || quote.chosen_as === this.#reason) && (!this.#only || ONLY[this.#only]!.fits(quote)) && words.every((word) => said.includes(word));
  }

  #drawList(): void {
    const { quotes, reasons } = this.state!;
    const shown = quotes.filter((each) => this.#fits(each));
    this.#list.show([
      {
        lines: shown.map((each) => ({
          id: each.id,
          content: [
            h("span", { class: "p3c-pan-clamp p3c-rp-printed", dir: "auto" }, `“${each.printed}”`),
            h(
              "div",
              { class: "p3c-pan-foot" },
              h("b", {}, each.reference || each.who || each.source_key),
              each.types.length > 0 && h("span", {}, each.types.join(", ")),
              each.chosen_as && h("span", { class: "p3c-badge" }, reasons.find((row) => row.id === each.chosen_as)?.label ?? each.chosen_as),
              each.edits.length > 0 && h("span", {}, count(each.edits.length, "change")),
              h("span", {}, each.used_in.length ? `in ${count(each.used_in.length, "section")}` : "in no section"),
              !each.free && h("span", { class: "p3c-pan-warn" }, "no consent"),
              each.stale && h("span", { class: "p3c-pan-warn" }, "text edited"),
              each.faults.length > 0 && h("span", { class: "p3c-pan-warn", title: each.faults.map((fault) => fault.what).join("\n") }, `⚠ ${each.faults.length}`),
            ),
          ],
        })),
        none: quotes.length ? "No quote fits." : "No quote yet.",
      },
    ]);
  }

  #balance(): HTMLElement {
    const { quotes, balance } = this.state!;
    // before anything is quoted nobody is left out
    return drawBalance(this.state!, quotes.length ? unquoted(balance, this.context.model.study.sources, this.about.programme) : []);
  }

  #drawSheet(): void {
    const { quote, state } = this;
    const top = this.#sheet.scrollTop;
    if (quote) {
      this.#sheet.setAttribute("aria-label", `Quote of ${quote.who || quote.source_key}`);
      redraw(this.#sheet, ...this.editor.draw(quote), this.#balance());
      this.#sheet.scrollTop = top;
      if (this.#name) this.#toName(quote);
    } else
      fill(
        this.#sheet,
        state!.quotes.length
          ? h("p", { class: "p3c-quiet" }, "No quote fits what is looked for.")
          : h(
              "div",
              { class: "p3c-pan-first" },
              h("h2", {}, "No quote yet"),
              h("p", {}, "A quote is chosen from what was coded for a section: open the panel Write, choose a section, and set a passage into the text. It then stands here, to be shortened, masked and translated. What was said stays as it was said; every change is kept and shown."),
            ),
        state!.quotes.length ? this.#balance() : null,
      );
  }

  /** Choose the words of a name that is to be masked. */
  #toName(quote: QuoteRow): void {
    const name = this.#name;
    this.#name = "";
    const [span] = namesIn(quote, name);
    if (!span) return this.context.say(`‘${name}’ is not printed in this quote any more.`);
    this.editor.words.element.focus({ preventScroll: true });
    this.editor.words.choose(span);
  }
}
