/** The realist layer as this window knows it, kept in step with the store. */

import type { Model } from "../model";
import { Refused } from "../server";
import type {
  ConfigurationRow,
  Delta,
  ElementRow,
  EvidenceRow,
  InferenceRow,
  LinkRow,
  MechanismRow,
  RealistState,
  RegularityRow,
  SearchRow,
  TermRow,
  TheoryRow,
} from "../wire";

/** What is different: which configurations, null for any of them; whether anything beside them. */
export interface RealistChange {
  configurations: string[] | null;
  rest: boolean;
}

/** Tables whose rows stand beside the cards. */
export const TABLES = ["theory", "mechanism", "link", "regularity", "instance", "inference", "negative_search"];
/** More than these are asked for with everything. */
const MOST = 100;

const held = new WeakMap<Model, RealistStore>();

/** The realist layer of a study, one for each window. */
export function realistOf(model: Model): RealistStore {
  const found = held.get(model) ?? new RealistStore(model);
  held.set(model, found);
  return found;
}

export class RealistStore {
  loaded = false;
  terms: Record<string, TermRow[]> = {};
  readonly theories = new Map<string, TheoryRow>();
  readonly mechanisms = new Map<string, MechanismRow>();
  readonly configurations = new Map<string, ConfigurationRow>();
  readonly links = new Map<string, LinkRow>();
  readonly regularities = new Map<string, RegularityRow>();
  readonly inferences = new Map<string, InferenceRow>();
  readonly searches = new Map<string, SearchRow>();
  #linksOf: Map<string, LinkRow[]> | null = null;
  #listeners = new Set<(change: RealistChange) => void>();
  #loading: Promise<void> | null = null;
  #wanted = new Set<string>();
  #rest = false;
  #asking = false;

  constructor(readonly model: Model) {
    model.on("delta", (delta) => this.#heard(delta));
    // all was loaded anew, or what the rows name is called otherwise
    const again = () => {
      if (this.loaded) void this.load(true).catch(() => undefined);
    };
    model.on("study", again);
    model.on("sources", again);
  }

  on(listener: (change: RealistChange) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #tell(change: RealistChange): void {
    for (const listener of [...this.#listeners]) listener(change);
  }

  /** Have everything at hand. */
  load(anew = false): Promise<void> {
    if (this.loaded && !anew) return Promise.resolve();
    this.#loading ??= this.#load().finally(() => {
      this.#loading = null;
    });
    return this.#loading;
  }

  async #load(): Promise<void> {
    const state = await this.#get();
    const rows = state.configurations;
    put(this.configurations, rows);
    this.#take(state);
    this.loaded = true;
    this.#tell({ configurations: null, rest: true });
  }

  #get(more: { cards?: number } = {}): Promise<RealistState> {
    const { model } = this;
    return model.server.get<RealistState>("realist", { study: model.path, others: model.others, ...more });
  }

  #take(state: RealistState): void {
    this.terms = state.terms;
    put(this.theories, state.theories);
    put(this.mechanisms, state.mechanisms);
    put(this.links, state.links);
    put(this.regularities, state.regularities);
    put(this.inferences, state.inferences);
    put(this.searches, state.searches);
    this.#linksOf = null;
    const { study } = this.model;
    // what happened while it was on its way is asked for once more
    study.cursor = Math.min(study.cursor, state.cursor);
  }

  // what there is

  /** A configuration by its id or key. */
  configuration(name: string): ConfigurationRow | undefined {
    return this.configurations.get(name) ?? [...this.configurations.values()].find((each) => each.key === name);
  }

  element(id: string): { element: ElementRow; configuration: ConfigurationRow } | undefined {
    for (const configuration of this.configurations.values()) {
      const element = configuration.elements.find((each) => each.id === id);
      if (element) return { element, configuration };
    }
    return undefined;
  }

  /** The values a property can have. */
  valuesOf(property: string): TermRow[] {
    return this.terms[property] ?? [];
  }

  /** How a value of a property is called; empty where there is none. */
  label(property: string, value: string): string {
    return value && (this.valuesOf(property).find((each) => each.id === value)?.label ?? value);
  }

  /** The links a configuration stands in, either way. */
  linksOf(configuration: string): LinkRow[] {
    if (!this.#linksOf) {
      this.#linksOf = new Map();
      for (const link of this.links.values())
        for (const end of [link.configuration, link.other]) this.#linksOf.set(end, [...(this.#linksOf.get(end) ?? []), link]);
    }
    return this.#linksOf.get(configuration) ?? [];
  }

  /** What speaks for or against, wherever it is. */
  evidenceOf(configuration: string, element = ""): EvidenceRow[] {
    return (this.configurations.get(configuration)?.evidence ?? []).filter((each) => each.element === element);
  }

  programme(id: string): string {
    return this.label("programmes", id);
  }

  theory(id: string): string {
    const row = this.theories.get(id);
    return row ? row.label || row.key : "";
  }

  mechanism(id: string): string {
    const row = this.mechanisms.get(id);
    return row ? row.label || row.key : "";
  }

  // what happens

  /** Ask for some configurations once more, or for what stands beside them, as where somebody else has changed them. */
  async again(ids: string[], rest = false): Promise<void> {
    for (const id of ids) this.#wanted.add(id);
    this.#rest ||= rest;
    this.#again();
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

  /** Change fields of a row that a person sees; what somebody changed since is refused as stale. */
  edit(verb: string, name: string, row: object, fields: Record<string, string>): Promise<unknown> {
    const seen = row as Record<string, unknown>;
    const was = Object.fromEntries(Object.keys(fields).map((field) => [field, said(seen[field])]));
    return this.act(verb, { [name]: seen.id, fields, was });
  }

  /** Wait until what is known to be different is here. */
  async settled(): Promise<void> {
    while (this.#running) await this.#running.catch(() => undefined);
  }

  #running: Promise<void> | null = null;

  #heard(delta: Delta): void {
    if (!this.loaded) return;
    for (const id of delta.claims) this.#wanted.add(id);
    this.#rest ||= delta.touched.some((name) => TABLES.includes(name));
    if (this.#wanted.size || this.#rest) this.#again();
  }

  #again(): void {
    if (this.#asking) return;
    this.#asking = true;
    this.#running = this.#ask().finally(() => {
      this.#asking = false;
      this.#running = null;
    });
    // who asked while the last answer was told is answered too; what did not come is asked for
    // again at the next look for changes
    this.#running.then(
      () => (this.#wanted.size || this.#rest) && this.#again(),
      () => undefined,
    );
  }

  async #ask(): Promise<void> {
    const { model } = this;
    while (this.#wanted.size || this.#rest) {
      const ids = [...this.#wanted];
      const rest = this.#rest;
      this.#wanted.clear();
      this.#rest = false;
      if (ids.length > MOST) {
        await this.load(true);
        continue;
      }
      const asked = Promise.all([
        ids.length ? model.server.get<ConfigurationRow[]>("configurations", { study: model.path, others: model.others, ids: ids.join(",") }) : [],
        rest ? this.#get({ cards: 0 }) : null,
      ]);
      const [rows, state] = await asked.catch((error) => {
        for (const id of ids) this.#wanted.add(id);
        this.#rest ||= rest;
        throw error;
      });
      merge(this.configurations, ids, rows);
      if (state) this.#take(state);
      this.#tell({ configurations: ids, rest });
    }
  }
}

/** A value as `was` names it: a yes is "yes", a no is empty. */
function said(value: unknown): string {
  return typeof value === "boolean" ? (value ? "yes" : "") : String(value ?? "");
}

/** Put rows in place of all there were. */
export function put<T extends { id: string }>(map: Map<string, T>, rows: readonly T[]): void {
  map.clear();
  for (const row of rows) map.set(row.id, row);
}

/** Bring some rows up to date in their places; those that were asked for and did not come are gone. */
export function merge<T extends { id: string }>(map: Map<string, T>, asked: readonly string[], rows: readonly T[]): void {
  const came = new Set(rows.map((row) => row.id));
  for (const id of asked) if (!came.has(id)) map.delete(id);
  for (const row of rows) map.set(row.id, row);
}
