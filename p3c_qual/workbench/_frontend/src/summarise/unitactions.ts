/** All that can be done in the summarising table: each is a key, a line of the help and a command. */

import type { Action } from "../view";
import type { UnitsPanel } from "./units";

export function unitActions(panel: UnitsPanel): Action[] {
  const { grid, deeds } = panel;
  const made: Action[] = [];
  const group = (name: string, ...rows: [string, string, string[], () => unknown][]) => {
    for (const [id, title, keys, run] of rows) made.push({ id, title, group: name, keys, run: () => void run() });
  };
  group(
    "Table of units",
    ["row-next", "Row below", ["ArrowDown"], () => grid.step(1)],
    ["row-before", "Row above", ["ArrowUp"], () => grid.step(-1)],
    ["cell-right", "Cell to the right", ["ArrowRight"], () => grid.side(1)],
    ["cell-left", "Cell to the left", ["ArrowLeft"], () => grid.side(-1)],
    ["row-page", "A window further", ["PageDown"], () => grid.step(grid.page)],
    ["row-page-back", "A window back", ["PageUp"], () => grid.step(-grid.page)],
    ["row-first", "First row", ["Mod+Home", "Home"], () => grid.step(-grid.ids.length)],
    ["row-last", "Last row", ["Mod+End", "End"], () => grid.step(grid.ids.length)],
    ["row-choose", "Choose the row, or no longer", ["Space"], () => grid.toggle()],
    ["row-choose-next", "Choose on to the row below", ["Shift+ArrowDown"], () => grid.step(1, true)],
    ["row-choose-before", "Choose on to the row above", ["Shift+ArrowUp"], () => grid.step(-1, true)],
    ["row-choose-all", "Choose all rows that are shown", ["Mod+a"], () => grid.choose(grid.ids)],
    ["row-choose-none", "Choose none", ["Escape"], () => grid.choose([])],
    ["cell-write", "Write in the cell, or decide on it", ["Enter", "F2"], () => panel.enter()],
    ["row-search", "Search the rows", ["/", "Mod+f"], () => panel.filters.focus()],
    ["unit-text", "Open the row’s text", ["t", "Mod+Enter"], () => panel.toText()],
  );
  group(
    "Summarising",
    ["unit-copy", "Take the paraphrase as generalisation (Z2.3)", ["g", "Alt+g"], () => deeds.copy()],
    ["unit-rules", "Rules used for paraphrase and generalisation …", ["r", "Alt+r"], () => deeds.rules()],
    ["unit-drop", "Says nothing after all (Z1.1) …", ["x", "Alt+x"], () => deeds.drop()],
    ["unit-keep", "Keep (Z3.3)", ["k", "Alt+k"], () => deeds.keep()],
    ["unit-delete", "Delete by Z3.1 or Z3.2 …", ["d", "Delete"], () => deeds.remove()],
    ["unit-doubt", "Decide in doubt (Z3.4) …", ["i", "Alt+i"], () => deeds.doubt()],
    ["unit-bundle", "Bundle into a category (Z4) …", ["b", "Alt+b"], () => deeds.bundle()],
    ["unit-leave-over", "Leave over, with the reason …", ["o", "Alt+o"], () => deeds.leaveOver()],
    ["unit-undecide", "Take the last decision back", ["u", "Alt+u"], () => deeds.undecide()],
  );
  return made;
}
