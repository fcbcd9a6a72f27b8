/** The codebooks a study has, and taking one in from a file. */

import { button, count, fill, h, type Child } from "../dom";
import { Refused, say } from "../server";
import type { Workbench } from "../workbench";
import { act, base64 } from "./asking";
import { list, redraw } from "./lists";

interface Taken {
  codebook: string;
  new: boolean;
  codes: number;
  changes: string[];
  retired: string[];
}
const LARGE = 5_000_000;

export class Codebooks {
  readonly element: HTMLElement;
  readonly #books = h("div");
  readonly #told = h("div", { role: "status" });
  readonly #fault = h("div", { class: "p3c-fault", role: "alert" });
  readonly #chooser: HTMLInputElement;
  readonly #kept = new Map<string, number>();

  constructor(private readonly bench: Workbench) {
    this.#chooser = h("input", {
      type: "file",
      accept: ".yml,.yaml",
      hidden: true,
      "aria-label": "File of the codebook",
      onchange: () => {
        const [file] = this.#chooser.files!;
        this.#chooser.value = "";
        if (file) void this.take(file);
      },
    });
    this.element = h(
      "section",
      { class: "p3c-start-panel p3c-start-codebooks", "aria-label": "Codebooks" },
      h("h2", { tabindex: "-1" }, "Codebooks"),
      this.#books,
      this.#chooser,
      this.#fault,
      this.#told,
    );
    this.draw();
  }

  choose(): void {
    this.element.scrollIntoView({ block: "nearest" });
    this.#chooser.click();
  }

  draw(): void {
    const { codebooks, codes, counts, writable } = this.bench.model!.study;
    const of = new Map<string, { codes: number; codings: number }>();
    for (const code of codes) {
      if (code.status === "retired") continue;
      const sum = of.get(code.codebook) ?? { codes: 0, codings: 0 };
      sum.codes += 1;
      sum.codings += counts[code.id] ?? 0;
      of.set(code.codebook, sum);
    }
    const shown: Child[] = codebooks.length
      ? [
          list(
            "Codebooks",
            codebooks,
            (book) => [
              h(
                "div",
                { class: "p3c-start-said" },
                h("span", { dir: "auto" }, book.label || book.key, book.version && h("small", {}, ` version ${book.version}`)),
                h(
                  "small",
                  {},
                  [
                    book.frozen ? `${book.status}: changes are proposed` : book.status,
                    count(of.get(book.id)?.codes ?? 0, "code"),
                    (of.get(book.id)?.codings ?? 0) > 0 && count(of.get(book.id)!.codings, "coding"),
                  ]
                    .filter(Boolean)
                    .join(" · "),
                ),
              ),
            ],
            { kept: this.#kept, first: 10 },
          ),
        ]
      : [h("p", { class: "p3c-quiet" }, "There is no codebook yet.")];
    redraw(
      this.#books,
      ...shown,
      button("Take in a codebook…", () => this.choose(), { disabled: !writable, "data-name": "take in", title: "From a YAML file" }),
    );
  }

  /** Take one in from a YAML file. */
  async take(file: File): Promise<void> {
    fill(this.#fault);
    fill(this.#told);
    if (!this.bench.model!.study.me && !(await this.bench.nameMe())) return;
    if (file.size > LARGE) return fill(this.#fault, "This file is too large to be a codebook.");
    fill(this.#told, `Reading ${file.name}…`);
    try {
      const answer = await act(this.bench, "load_codebook", { name: file.name, data: await base64(file) });
      this.#tell(answer.result as Taken | null);
    } catch (error) {
      fill(this.#told);
      if (!(error instanceof Refused)) return fill(this.#fault, (error as Error).message);
      const { all } = error;
      fill(
        this.#fault,
        h("p", {}, `${file.name} was not taken in; nothing is changed.`),
        ...all.slice(0, 12).map((fault) => h("p", {}, say(fault))),
        all.length > 12 && h("p", {}, `And ${all.length - 12} more.`),
      );
    }
    this.element.querySelector<HTMLElement>("h2")!.focus({ preventScroll: true });
    this.element.scrollIntoView({ block: "nearest" });
  }

  #tell(taken: Taken | null): void {
    if (!taken) return fill(this.#told, "It was taken in.");
    const { changes, retired } = taken;
    const what = taken.new
      ? `The codebook ${taken.codebook} came in with ${count(taken.codes, "code")}.`
      : changes.length
        ? `The codebook ${taken.codebook} has ${count(changes.length, "change")}. Undo takes them back.`
        : `The codebook ${taken.codebook} is here already, just as it is in the file.`;
    fill(
      this.#told,
      h("p", {}, what),
      !taken.new && changes.length > 0 && list("Changes of the codebook", changes, (each) => [h("span", {}, each)], { first: 6 }),
      retired.length > 0 && h("p", {}, `Retired: ${count(retired.length, "code")}. Their codings stay.`),
    );
    this.bench.announce(what);
  }
}
