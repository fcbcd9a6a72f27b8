/** What a panel of the Configure view is: one way to look at the realist layer of a study. */

import type { MountedPanel, Panel, PlainContext } from "../tabbed";
import type { TermRow } from "../wire";
import type { RealistStore } from "./store";

export type { MountedPanel };

/** A panel; `panels.ts` lists all there are. The store is loaded when it is mounted. */
export type ConfigurePanel = Panel<Context>;

/** What a panel is given, whatever view it is in. */
export interface PanelContext extends PlainContext {
  store: PanelStore;
}

/** Where a panel's acts go, and what tells it that something is different. */
export interface PanelStore {
  on(listener: () => void): () => void;
  act<T = unknown>(verb: string, args: Record<string, unknown>): Promise<T>;
  again?(ids: string[], rest?: boolean): Promise<void>;
  valuesOf?(property: string): TermRow[];
  label?(property: string, value: string): string;
}

/** What a panel of this view is given. */
export interface Context extends PanelContext {
  /** Theories, configurations and all that belongs to them, kept in step. */
  store: RealistStore;
}
