/** A section as it will be printed: a page of its own in which no script runs. */

import { fill, h } from "../../dom";
import type { PreviewState } from "../../wire";
import type { ReportStore } from "../store";

/** A section alone is shown without what stands around a report. */
const ALONE = ".skip, .banner, nav.toc, main > header { display: none } main { padding-block: 12px } main > section:first-of-type { margin-top: 0; border: 0 }";

/** A page in the theme of what is around it: left alone it goes by the system's. */
export function inTheme(page: string, dark: boolean): string {
  const head = page.indexOf("</head>");
  return page.slice(0, head).replaceAll("(prefers-color-scheme: dark)", dark ? "(min-width: 0)" : "(max-width: 0)") + page.slice(head);
}

export class Preview {
  readonly element: HTMLElement;
  readonly #frame = h("iframe", { class: "p3c-rep-frame", title: "The section as it will be printed", sandbox: "allow-same-origin" });
  readonly #seen = h("div", { class: "p3c-rep-seen", role: "status" });
  #html = "";
  #of = "";
  #asked = 0;

  constructor(private readonly store: ReportStore) {
    this.element = h("div", { class: "p3c-rep-preview" }, this.#seen, this.#frame);
  }

  async show(section: string): Promise<void> {
    const turn = ++this.#asked;
    if (!this.#html) fill(this.#seen, "Making the preview …");
    try {
      const { html: page, notices } = await this.store.get<PreviewState>("preview", { section });
      if (turn !== this.#asked) return;
      const html = inTheme(page, getComputedStyle(this.element).colorScheme === "dark");
      fill(this.#seen, notices.join(" "));
      if (this.#html === html) return;
      // whoever writes goes on reading where they were
      const top = this.#of === section ? (this.#frame.contentWindow?.scrollY ?? 0) : 0;
      [this.#html, this.#of] = [html, section];
      this.#frame.onload = () => this.#frame.contentWindow?.scrollTo(0, top);
      this.#frame.srcdoc = html.replace("</head>", `<style>${ALONE}</style></head>`);
    } catch (error) {
      if (turn !== this.#asked) return;
      this.#html = this.#frame.srcdoc = "";
      fill(this.#seen, h("p", { class: "p3c-fault" }, error instanceof Error ? error.message : String(error)));
    }
  }
}
