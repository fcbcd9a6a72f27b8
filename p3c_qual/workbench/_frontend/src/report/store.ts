/** The reports of a study as this window knows them, kept in step with the store. */

import type { Model } from "../model";
import { Refused, type Server } from "../server";
import type { AboutRow, Delta, ReportOutline, SectionState } from "../wire";

/** What is different: names of tables, as the store has them. */
export interface ReportChange {
  touched: string[];
}

/** What a report is about, as acts and addresses name it: one of them at most. */
export interface About {
  programme: string;
  site: string;
  country: string;
}

/** Tables whose rows a report is made of. */
export const TABLES = ["section", "quote", "kept_name", "answer", "citation", "fact", "contrast", "instrument", "response", "aggregate", "joint"];
/** What a section's material is made of, beside these. */
const MATERIAL = ["coding", "code", "codebook", "paraphrase", "reduction", "programme", "site", "participant", "consent", "source"];
const STUDY: AboutRow = { kind: "study", id: "", key: "", label: "The study as a whole", country: "", programme: "" };

type Values = Parameters<Server["get"]>[1];

const held = new WeakMap<Model, ReportStore>();

/** The reports of a study, one for each window. */
export function reportOf(model: Model): ReportStore {
  const found = held.get(model) ?? new ReportStore(model);
  held.set(model, found);
  return found;
}

/** How what a report is about stands in an address. */
export function nameOfAbout(row: AboutRow): string {
  const key = encodeURIComponent(row.key);
  return row.kind === "programme" ? key : row.kind === "study" ? "study:" : `${row.kind}:${key}`;
}

/** As acts and addresses name it. */
export function aboutOf(row: AboutRow): About {
  return { programme: "", site: "", country: "", ...(row.kind === "study" ? {} : { [row.kind]: row.key }) };
}

export class ReportStore {
  /** All that a report can be about. */
  abouts: AboutRow[] = [];
  row: AboutRow = STUDY;
  /** The section that was open last, by the name of what the report is about. */
  readonly lastSections = new Map<string, string>();
  #listed = false;
  #outlines = new Map<string, ReportOutline>();
  #sections = new Map<string, SectionState>();
  #listeners = new Set<(change: ReportChange) => void>();
  /** Counts what was told to be different: what was asked for before is not kept. */
  #turn = 0;
  #heardOf = new Set<string>();
  #running: Promise<void> | null = null;

  constructor(readonly model: Model) {
    model.on("delta", (delta) => this.#heard(delta));
    model.on("study", () => this.#anew(["study", ...TABLES]));
  }

  on(listener: (change: ReportChange) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** What the report is about, as acts name it. */
  get about(): About {
    return aboutOf(this.row);
  }

  /** The outline of the report, once it is loaded. */
  get outline(): ReportOutline | undefined {
    return this.#outlines.get(nameOfAbout(this.row));
  }

  /** What an address names; the first, where it names none. */
  find(name: string): AboutRow | undefined {
    if (!name) return this.abouts[0];
    return this.abouts.find((each) => nameOfAbout(each) === name || each.id === name);
  }

  /** Know what there is to write on. */
  async list(): Promise<void> {
    if (this.#listed) return;
    this.abouts = await this.get<AboutRow[]>("reports", {}, STUDY);
    this.#listed = true;
  }

  /** Go to the report on something. */
  async open(row: AboutRow): Promise<void> {
    this.row = row;
    const name = nameOfAbout(row);
    if (this.#outlines.has(name)) return;
    const turn = this.#turn;
    const outline = await this.get<ReportOutline>("report", {}, row);
    if (turn === this.#turn) this.#outlines.set(name, outline);
    else await this.open(row);
  }

  /** A section with its text and as much of its material; `before` is what is known of it where only texts are different. */
  async section(key: string, limit: number, before: SectionState | null = null): Promise<SectionState> {
    const name = `${nameOfAbout(this.row)}/${key}/${limit}`;
    const known = this.#sections.get(name);
    if (known) return known;
    const turn = this.#turn;
    const section = await this.get<SectionState>(`section/${encodeURIComponent(key)}`, { limit: before ? 1 : limit });
    if (before) Object.assign(section, { material: before.material, left: before.left });
    if (turn === this.#turn) this.#sections.set(name, section);
    return section;
  }

  /** Ask the server something on the report. */
  get<T>(address: string, more: Values = {}, row = this.row): Promise<T> {
    const { path, others, server } = this.model;
    const about = Object.fromEntries(Object.entries(aboutOf(row)).filter(([, value]) => value));
    return server.get<T>(address, { study: path, others, ...about, ...more });
  }

  /** Ask for everything once more. */
  async again(): Promise<void> {
    this.#anew([...TABLES]);
    await this.settled();
  }

  /** Do something; what it gave, or a `Refused` is thrown, which whoever did it says. */
  async act<T = unknown>(verb: string, args: Record<string, unknown>): Promise<T> {
    const answer = await this.model.do(verb, args).catch((error) => {
      if (error instanceof Refused) error.said = true;
      throw error;
    });
    await this.settled();
    return answer.result as T;
  }

  /** Wait until what is known to be different is here. */
  async settled(): Promise<void> {
    while (this.#running) await this.#running.catch(() => undefined);
  }

  #heard(delta: Delta): void {
    const touched = delta.touched.filter((name) => TABLES.includes(name) || MATERIAL.includes(name));
    if (delta.codings.length || delta.gone.length) touched.push("coding");
    if (delta.claims.length) touched.push("configuration");
    if (delta.sources) touched.push("source");
    if (touched.length) this.#anew(touched);
  }

  #anew(touched: string[]): void {
    this.#turn++;
    this.#sections.clear();
    if (touched.includes("study")) this.#listed = false;
    for (const name of this.#outlines.keys()) if (name !== nameOfAbout(this.row)) this.#outlines.delete(name);
    for (const name of touched) this.#heardOf.add(name);
    if (this.outline && !this.#running)
      this.#running = this.#ask().finally(() => {
        this.#running = null;
      });
  }

  /** Have the outline anew, as often as something else is told meanwhile; what did not come is asked for at the next change. */
  async #ask(): Promise<void> {
    while (this.#heardOf.size) {
      const touched = [...this.#heardOf];
      this.#heardOf.clear();
      const { row } = this;
      const outline = await this.get<ReportOutline>("report", {}, row).catch((error) => {
        for (const name of touched) this.#heardOf.add(name);
        throw error;
      });
      this.#outlines.set(nameOfAbout(row), outline);
      for (const listener of [...this.#listeners]) listener({ touched });
    }
  }
}
