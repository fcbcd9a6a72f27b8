/** A view of a study: what the workbench shows in its main area. */

import type { Workbench } from "./workbench";

export interface View {
  id: string;
  title: string;
  /** Show it; `place` is the rest of an address, such as a source's key. Returns what takes it away. */
  mount(element: HTMLElement, bench: Workbench, place: string): Mounted;
}

export interface Mounted {
  /** Go to another place of the same view. */
  go(place: string): void;
  actions: Action[];
  dispose(): void;
}

/** Something that can be done: a key, a button, a command of JupyterLab. */
export interface Action {
  id: string;
  title: string;
  group: string;
  /** Default keys; the first is shown. */
  keys: string[];
  run(): void;
}
