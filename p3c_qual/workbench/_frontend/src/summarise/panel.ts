/** What a panel of the Summarise view is: one thing a technique needs, beside its steps. */

import type { Model } from "../model";
import type { Action } from "../view";
import type { Workbench } from "../workbench";
import type { QuestionRow } from "../wire";

/** A panel; `panels.ts` lists all there are. */
export interface Panel {
  /** As it stands in an address; no slash and no @. */
  id: string;
  title: string;
  /** Whether it is of use to a research question. */
  suits(question: QuestionRow): boolean;
  /** All that can be done in one that is mounted, for the page of keys; left out, it is mounted for that. */
  actions?(mounted: any): Action[];
  mount(element: HTMLElement, context: Context): MountedPanel;
}

export interface MountedPanel {
  /** What can be done in it; single keys work in what has the class `p3c-keys`. */
  readonly actions?: Action[];
  /** Go to a place of its own, such as a row's id. */
  go?(place: string): void;
  /** The question is different: its step, its words, what it lacks. */
  refresh?(): void;
  /** Take the focus; without it the panel's first stop has it. */
  focus?(): void;
  dispose(): void;
}

/** What a panel is given. */
export interface Context {
  bench: Workbench;
  model: Model;
  /** The question as it is now. */
  readonly question: QuestionRow;
  /** Where in the panel to begin; empty for its beginning. */
  place: string;
  /** Note where in the panel the person is, so that a reload comes back there. */
  at(place: string): void;
  /** Be told which tables somebody wrote to; it ends with the panel. */
  touched(listener: (names: string[]) => void): void;
}
