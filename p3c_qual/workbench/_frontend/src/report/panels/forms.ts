/** The panel Forms: what is known of a programme, a site or a country, item by item, with what it rests on. */

import { Choice } from "../../configure/panels/choice";
import { count, fill, h } from "../../dom";
import { redraw } from "../../start/lists";
import { actionsOf } from "../../summarise/panels/loaded";
import type { Action } from "../../view";
import type { FormState } from "../../wire";
import type { ReportContext, ReportPanel } from "../panel";
import { filling, fillingSaid } from "./answers";
import { StatePanel } from "./base";
import { drawForm, focusItem } from "./formsheet";

export const formsPanel: ReportPanel = {
  id: "forms",
  title: "Forms",
  mount: (element, context) => new FormsPanel(element, context),
};

const KINDS: Record<string, string> = { programme: "Of the programme", site: "Of the site", country: "Of the country", study: "Of the study" };

export class FormsPanel extends StatePanel<FormState[]> {
  readonly actions: Action[];
  readonly #list: Choice;
  readonly #sheet = h("div", { class: "p3c-pan-sheet", role: "region", tabindex: "-1" });
  readonly #main = h("div", { class: "p3c-pan-main" });

  constructor(element: HTMLElement, context: ReportContext) {
    super(element, context, { wait: "Loading the forms …", address: "forms", tables: ["answer", "citation"] });
    this.#list = new Choice(
      "Forms",
      (id) => {
        this.refused = null;
        context.at(id);
        this.#drawSheet();
        this.#sheet.scrollTop = 0;
      },
      () => this.free(),
    );
    this.#list.at = context.place.split("~")[0] ?? "";
    this.actions = actionsOf(
      "Forms",
      ["form-next", "Next form", ["ArrowDown"], () => this.#list.step(1)],
      ["form-before", "Form before", ["ArrowUp"], () => this.#list.step(-1)],
      ["form-write", "Write in the form", ["Enter"], () => focusItem(this.#sheet, 0)],
      ["form-open", "Go to the next item that is not filled in", ["n"], () => this.open()],
      ["form-line", "Add a line to the form …", ["c"], () => this.#sheet.querySelector<HTMLElement>('[data-name="line new"]')?.click()],
    );
    this.load();
  }

  get form(): FormState | undefined {
    return this.state?.find((each) => each.form === this.#list.at);
  }

  go(place: string): void {
    const [form = "", item = ""] = place.split("~");
    if (!this.state) return void (this.#list.at = form);
    this.#list.go(form);
    if (item) this.#sheet.querySelector<HTMLElement>(`[data-item="${CSS.escape(item)}"] :is(textarea, select, input)`)?.focus();
  }

  /** Go to the first item that is still open. */
  open(): void {
    const stop = this.#sheet.querySelector<HTMLElement>(".p3c-rp-open :is(textarea, select)");
    if (stop) stop.focus();
    else this.context.say("Nothing is open in this form.");
  }

  protected begin(): void {
    fill(this.element, this.#main);
    fill(this.#main, this.#list.element, this.#sheet);
  }

  protected enter(): void {
    this.#list.element.focus({ preventScroll: true });
  }

  protected draw(): void {
    const forms = this.state!;
    const kinds = [...new Set(forms.map((each) => each.about))];
    this.#list.show(
      forms.length
        ? kinds.map((kind) => ({
            title: KINDS[kind] ?? kind,
            lines: forms.filter((each) => each.about === kind).map((each) => ({ id: each.form, content: this.#line(each) })),
          }))
        : [{ lines: [], none: "There is no form for this. Choose a programme or a country at the top." }],
    );
    this.#drawSheet();
  }

  #line(form: FormState): HTMLElement[] {
    const { done, of } = filling(form);
    const free = form.several && !form.records_of.length;
    return [
      h("div", { class: "p3c-rp-formline" }, h("b", {}, form.label), h("span", { class: "p3c-count" }, free ? String(form.records.length) : `${done}/${of}`)),
      free
        ? h("small", {}, form.records.length ? count(form.records.length, "line") : "no line yet")
        : h("span", { class: "p3c-meter p3c-rp-meter", title: fillingSaid(form) }, h("i", { style: `width:${of ? (100 * done) / of : 0}%` })),
    ];
  }

  #drawSheet(): void {
    const { form } = this;
    if (!form) return fill(this.#sheet, this.state?.length ? null : h("p", { class: "p3c-wait" }, "No form to show."));
    this.#sheet.setAttribute("aria-label", form.label);
    const top = this.#sheet.scrollTop;
    redraw(this.#sheet, ...drawForm(this, form));
    this.#sheet.scrollTop = top;
  }
}
