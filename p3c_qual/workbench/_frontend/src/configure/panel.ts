/** What a panel of the Configure view is: one way to look at the realist layer of a study. */

import type { Model } from "../model";
import type { Action } from "../view";
import type { Workbench } from "../workbench";
import type { RealistStore } from "./store";

/** A panel; `panels.ts` lists all there are. */
export interface ConfigurePanel {
  /** As it stands in an address; no slash and no @. */
  id: string;
  title: string;
  /** All that can be done in one that is mounted, for the page of keys; left out, it is mounted for that. */
  actions?(mounted: any): Action[];
  /** The store is loaded when this is called. */
  mount(element: HTMLElement, context: Context): MountedPanel;
}

export interface MountedPanel {
  /** What can be done in it; single keys work in what has the class `p3c-keys`. */
  readonly actions?: Action[];
  /** Go to a place of its own, such as a row's key. */
  go?(place: string): void;
  /** Take the focus; without it the panel's first stop has it. */
  focus?(): void;
  dispose(): void;
}

/** What a panel is given. */
export interface Context {
  bench: Workbench;
  model: Model;
  /** Theories, configurations and all that belongs to them, kept in step. */
  store: RealistStore;
  /** Where in the panel to begin; empty for its beginning. */
  place: string;
  /** Note where in the panel the person is, so that a reload comes back there. */
  at(place: string): void;
  say(text: string): void;
  /** Open another panel of the view, at a place of its own. */
  open(panel: string, place?: string): void;
  /** Open a configuration by its id or key. */
  openCard(configuration: string): void;
  /** Open the Code view at a passage; `key` is that of the source. */
  openText(key: string, start?: number, end?: number): void;
  /** Whether something can be done here and it is known who works; asks, or says why not. */
  known(): Promise<boolean>;
}
