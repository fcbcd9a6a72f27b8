/** What a coder wants to know on opening a study: where I stopped, what waits, what changed. */

import { count, h, percent, type Child, button } from "../dom";
import { say } from "../server";
import type { Deeds, Happening, ProposalRow, SourceRow, Start } from "../wire";
import type { Workbench } from "../workbench";
import { line, list, panel } from "./lists";
import { ago, deeds, done, listed, moment, place, tally, tasks, toText } from "./words";

export interface TodayDoes {
  withdraw(proposal: ProposalRow): void;
}

export class Today {
  /** How much of each list is shown, and which are open, also when it is drawn anew. */
  readonly #kept = new Map<string, number>();
  readonly #open = new Map<string, boolean>([["Begun", true]]);

  constructor(
    private readonly bench: Workbench,
    private readonly does: TodayDoes,
  ) {}

  /** Where I stopped, with the one button that goes on there. */
  stopped(start: Start): HTMLElement | null {
    const { study, progress } = this.bench.model!;
    if (!study.sources.length) return null;
    const here = place(study.desk, start.stopped, study.sources);
    if (!here) {
      const first = tasks(study.sources, start.waiting, progress).untouched[0];
      if (!first) return null;
      return panel(
        "Begin",
        "stopped",
        h("p", {}, "You have not coded here yet. The first source that waits is ", h("b", { dir: "auto" }, first.title), "."),
        button("Begin coding", () => this.bench.go(toText(first.key)), { class: "p3c-button p3c-main", "data-name": "go on" }),
      );
    }
    const worked = progress.get(study.sources.find((row) => row.key === here.key)!.id);
    const { begun, untouched } = tasks(study.sources, start.waiting, progress);
    const next = begun[0] ?? untouched[0];
    const told = [
      here.share === null ? "" : `${percent(here.share)} into the text`,
      worked?.done ? "worked through" : worked?.worked ? `${percent(worked.worked)} worked through` : "",
    ].filter(Boolean);
    return panel(
      "Where I stopped",
      "stopped",
      h(
        "p",
        {},
        h("b", { dir: "auto" }, here.title),
        here.title !== here.key && h("span", { class: "p3c-quiet" }, ` ${here.key}`),
        told.length > 0 && `, ${told.join(", ")}`,
        here.at && h("span", { class: "p3c-quiet", title: moment(here.at) }, ` · ${ago(here.at)}`),
      ),
      h(
        "div",
        { class: "p3c-start-tools" },
        button("Go on", () => this.bench.go(toText(here.key, here.span)), { class: "p3c-button p3c-main", "data-name": "go on" }),
        worked?.done && next && button(`Next: ${next.title}`, () => this.bench.go(toText(next.key)), { class: "p3c-button p3c-start-next-one", dir: "auto", "data-name": "next" }),
      ),
    );
  }

  /** What waits for me. */
  waits(start: Start): HTMLElement {
    const { study, progress } = this.bench.model!;
    const { waiting } = start;
    const { begun, untouched, done: finished, total } = tasks(study.sources, waiting, progress);
    const proposals = study.proposals.filter((each) => each.status === "open");
    const nothing = !waiting.unsure_total && !proposals.length && !waiting.conflicts && !waiting.faults.length;
    return panel(
      "What waits for me",
      "waits",
      ...(total
        ? [
            this.#bar(finished.length, begun.length, total),
            this.#sources("Begun", begun, total),
            this.#sources("Untouched", untouched, total),
            this.#sources("Done", finished, total),
          ]
        : [h("p", { class: "p3c-quiet" }, "There is no source to code yet.")]),
      waiting.unsure_total > 0 && this.#unsure(start),
      proposals.length > 0 && this.#proposals(proposals),
      waiting.conflicts > 0 &&
        this.#fold(`Copies that differ (${waiting.conflicts})`, "Copies that differ", [
          h(
            "p",
            {},
            `Joining copies of the study left ${count(waiting.conflicts, "place")} where they differ. The command p3c check names them, and p3c settle chooses.`,
          ),
        ]),
      waiting.faults.length > 0 &&
        this.#fold(
          `Faults (${waiting.faults.length})`,
          "Faults",
          [list("Faults", waiting.faults, (fault) => [h("span", { class: "p3c-start-fault" }, say(fault))], { kept: this.#kept, first: 5 })],
          true,
        ),
      total > 0 && nothing && h("p", { class: "p3c-quiet" }, "No coding is flagged unsure, and nothing is proposed."),
    );
  }

  #bar(finished: number, begun: number, total: number): HTMLElement {
    const part = (number: number, tag: string) => h("i", { class: tag, style: `width:${(100 * number) / total}%` });
    return h(
      "div",
      { class: "p3c-start-bar", role: "img", "aria-label": `${finished} of ${count(total, "source")} done, ${begun} begun` },
      part(finished, "p3c-start-done"),
      part(begun, "p3c-start-begun"),
    );
  }

  #sources(name: string, rows: SourceRow[], total: number): HTMLElement {
    const of = `${name} (${rows.length.toLocaleString("en-GB")} of ${total.toLocaleString("en-GB")})`;
    if (!rows.length) return h("p", { class: "p3c-start-none" }, of);
    const { progress } = this.bench.model!;
    return this.#fold(of, name, [
      list(
        name,
        rows,
        (row) => {
          const share = progress.get(row.id)?.worked;
          return [
            line(
              `${name}/${row.key}`,
              row.title,
              () => this.bench.go(toText(row.key)),
              h("small", {}, [row.title !== row.key && row.key, row.programme, row.site].filter(Boolean).join(" · ")),
              h(
                "small",
                { class: "p3c-start-end" },
                name === "Begun" ? `${percent(share)} worked through` : row.mine ? count(row.mine, "coding") : "",
              ),
            ),
          ];
        },
        { kept: this.#kept },
      ),
    ]);
  }

  #unsure(start: Start): HTMLElement {
    const { model } = this.bench;
    const { unsure, unsure_total: total } = start.waiting;
    const rows = unsure.flatMap((row) => {
      const source = model!.study.sources.find((each) => each.id === row.source);
      return source ? [{ row, source }] : [];
    });
    return this.#fold(
      `Unsure, to discuss (${total.toLocaleString("en-GB")})`,
      "Unsure",
      [
        list(
          "Unsure",
          rows,
          ({ row, source }) => [
            line(
              `unsure/${row.id}`,
              model!.code(row.code)?.label ?? "a code that is gone",
              () => this.bench.go(toText(source.key, row)),
              h("small", {}, [source.key, row.coder].join(" · ")),
            ),
          ],
          { kept: this.#kept },
        ),
        total > unsure.length &&
          h("p", { class: "p3c-quiet" }, `The latest ${unsure.length} of ${total.toLocaleString("en-GB")} are listed.`),
      ],
      true,
    );
  }

  #proposals(rows: ProposalRow[]): HTMLElement {
    const { study } = this.bench.model!;
    const of = (row: ProposalRow) => {
      const code = row.code ? this.bench.model!.code(row.code)?.label : String(row.args.label ?? "");
      return `${row.change} ${code ? `‘${code}’` : "a code"}`;
    };
    return this.#fold(`Proposals for the codebook (${rows.length})`, "Proposals", [
      list(
        "Proposals",
        rows,
        (row) => [
          h(
            "div",
            { class: "p3c-start-said" },
            h("span", { dir: "auto" }, of(row)),
            h("small", {}, `by ${row.coder}: ${row.reason}`),
          ),
          row.coder === study.me &&
            study.writable &&
            button("Withdraw", () => this.does.withdraw(row), { "aria-label": `Withdraw: ${of(row)}`, "data-name": `withdraw/${row.id}` }),
        ],
        { kept: this.#kept, first: 5 },
      ),
    ]);
  }

  #fold(title: string, name: string, content: Child[], open = false): HTMLElement {
    const shown = this.#open.get(name) ?? open;
    return h(
      "details",
      {
        open: shown,
        class: "p3c-start-fold",
        ontoggle: (event: Event) => this.#open.set(name, (event.target as HTMLDetailsElement).open),
      },
      h("summary", { "data-name": `fold ${name}` }, h("h3", {}, title)),
      ...content,
    );
  }

  /** What changed since. */
  changed(start: Start): HTMLElement {
    const { others } = this.bench.model!;
    const since = start.since
      ? h("p", { class: "p3c-quiet", title: moment(start.since) }, `Since your last act, ${ago(start.since)}.`)
      : h("p", { class: "p3c-quiet" }, "You have not done anything here yet; this is what the others did.");
    if (!others)
      return panel(
        "What changed",
        "changed",
        h("p", { class: "p3c-quiet" }, "You are coding blind: what others did is not shown."),
        button("Show the others’ work", () => void this.bench.model!.showOthers(true), { "data-name": "others" }),
      );
    if (!start.happenings.length)
      return panel("What changed", "changed", since, h("p", {}, "Nobody else did anything."));
    const people = new Map<string, Deeds[]>();
    for (const each of start.deeds) people.set(each.actor, [...(people.get(each.actor) ?? []), each]);
    return panel(
      "What changed",
      "changed",
      since,
      ...[...people].slice(0, 5).map(([name, rows]) => h("p", {}, h("b", {}, name), ` ${deeds(rows)}.`)),
      people.size > 5 && h("p", {}, `And ${count(people.size - 5, "other")} did something.`),
      this.#fold("Act by act", "acts", [
        list("Acts of others", start.happenings, (each) => [this.#happened(each)], { first: 8, kept: this.#kept }),
      ]),
    );
  }

  #happened(each: Happening): HTMLElement {
    return h(
      "div",
      { class: "p3c-start-said" },
      h("span", { dir: "auto" }, h("b", {}, each.actor), ` ${done(each.verb, each.kind)}`),
      h("small", { title: moment(each.at) }, ago(each.at)),
    );
  }

  /** What the study holds. */
  totals(start: Start): HTMLElement {
    const { study } = this.bench.model!;
    const { totals } = start;
    const mine = study.sources.reduce((sum, row) => sum + row.mine, 0);
    const kinds = tally(study.sources.map((row) => row.kind.replace("_", " ") || "no kind"));
    const programmes = tally(study.sources.map((row) => row.programme || "no programme"));
    const rows: [string, string, string][] = [
      ["Sources", String(totals.sources), listed(kinds.map(([kind, n]) => `${n} ${kind}`))],
      [
        "Programmes",
        String(programmes.filter(([name]) => name !== "no programme").length),
        programmes.slice(0, 6).map(([name, n]) => `${name} ${n}`).join(", ") + (programmes.length > 6 ? `, and ${programmes.length - 6} more` : ""),
      ],
      ["Interviewees", String(totals.interviewees), ""],
      ["Codebooks", String(study.codebooks.length), `${totals.codes.toLocaleString("en-GB")} codes in use`],
      ["Codings", totals.codings.toLocaleString("en-GB"), this.bench.model!.others ? `${mine.toLocaleString("en-GB")} of them mine` : "mine alone: you code blind"],
      ["Memos", totals.memos.toLocaleString("en-GB"), ""],
      ["Coders", String(totals.coders), ""],
    ];
    return panel(
      "The study",
      "totals",
      h(
        "dl",
        { class: "p3c-start-totals" },
        ...rows.map(([name, number, more]) =>
          h("div", {}, h("dt", {}, name), h("dd", {}, h("b", {}, number), more && h("small", {}, ` ${more}`))),
        ),
      ),
    );
  }
}
