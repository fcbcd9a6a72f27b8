/** What a page gives to the code that keeps and sends acts, and a server that answers when told to. */

import { vi } from "vitest";
import type { Answer, CodingRow, Delta, Fault, SourceText, StudyState } from "../src/wire";

/** What a tab keeps over a reload. */
export class Storage {
  [slot: string]: unknown;
  getItem(slot: string): string | null {
    return Object.hasOwn(this, slot) ? (this[slot] as string) : null;
  }
  setItem(slot: string, value: string): void {
    this[slot] = value;
  }
  removeItem(slot: string): void {
    delete this[slot];
  }
}

/** Give the code a page with a tab's storage; `reloaded` makes the page forget its queues. */
export function page(kept = new Storage()): { kept: Storage; local: Storage; reloaded(): void; faults: unknown[] } {
  const faults: unknown[] = [];
  const local = new Storage();
  vi.stubGlobal("sessionStorage", kept);
  vi.stubGlobal("localStorage", local);
  vi.stubGlobal("window", globalThis);
  vi.stubGlobal("document", { hidden: false, addEventListener() {}, removeEventListener() {} });
  vi.stubGlobal("addEventListener", () => undefined);
  vi.stubGlobal("removeEventListener", () => undefined);
  vi.stubGlobal("reportError", (error: unknown) => faults.push(error));
  const here = (globalThis as { p3cQueues?: Set<string> }).p3cQueues;
  return { kept, local, reloaded: () => here?.clear(), faults };
}

/** Let everything that is ready to happen do so. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 30; turn++) await Promise.resolve();
}

export const fault = (code = "invalid", what = "it cannot be"): Fault => ({
  code,
  what,
  where: "",
  valid: [],
  nearest: "",
  do: "",
});

export const delta = (cursor: number, more: Partial<Delta> = {}): Delta => ({
  cursor,
  reset: false,
  codings: [],
  gone: [],
  memos: [],
  readings: [],
  codes: null,
  codebooks: null,
  proposals: null,
  sources: null,
  counts: null,
  progress: null,
  coders: null,
  questions: null,
  units: [],
  reductions: [],
  checks: [],
  touched: [],
  claims: [],
  asked: [],
  acts: [],
  ...more,
});

export const answer = (result: unknown = null, rows = delta(1)): Answer => ({
  ok: true,
  cursor: rows.cursor,
  result,
  rows,
});

export const coding = (id: string, source: string, coder = "anna"): CodingRow => ({
  id,
  source,
  start: 0,
  end: 3,
  code: "c",
  coder,
  round: "main",
  question: "",
  important: false,
  unsure: false,
  origin: "",
  memos: 0,
});

export const study = (cursor: number, title = "A study"): StudyState => ({
  path: "s",
  title,
  cursor,
  me: "anna",
  writable: true,
  banners: [],
  codebooks: [],
  codes: [],
  proposals: [],
  questions: [],
  sources: [],
  coders: ["anna", "ben"],
  counts: {},
  desk: {},
});

export const source = (id: string, cursor: number, codings: CodingRow[] = []): SourceText => ({
  id,
  key: id.toUpperCase(),
  title: id,
  language: "en",
  text: `The words of ${id}.`,
  fault: null,
  turns: { start: [], end: [], speaker: [], role: [], time: [] },
  sentences: { start: [], end: [] },
  pages: { start: [], end: [] },
  codings,
  memos: [],
  readings: [],
  recording: false,
  cursor,
});
