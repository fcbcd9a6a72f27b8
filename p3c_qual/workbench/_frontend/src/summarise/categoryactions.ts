/** All that can be done with categories of the second reduction. */

import type { Action } from "../view";
import type { CategoriesPanel } from "./categories";

export function categoryActions(panel: CategoriesPanel): Action[] {
  const action = (id: string, title: string, keys: string[], run: () => unknown): Action => ({ id, title, group: "Categories", keys, run: () => void run() });
  return [
    action("reduction-next", "Line below", ["ArrowDown"], () => panel.step(1)),
    action("reduction-before", "Line above", ["ArrowUp"], () => panel.step(-1)),
    action("reduction-open", "Show its units", ["ArrowRight"], () => panel.enter(true)),
    action("reduction-shut", "Hide its units", ["ArrowLeft"], () => panel.enter(false)),
    action("reduction-enter", "Show or hide its units; of a unit, open its text", ["Enter"], () => panel.enter()),
    action("reduction-choose", "Choose the category, or no longer", ["Space"], () => panel.toggle()),
    action("reduction-rename", "Rename the category …", ["r", "F2"], () => panel.rename()),
    action("reduction-merge", "Merge categories …", ["m"], () => panel.merge()),
    action("reduction-lift", "Lift categories into a more general one …", ["l"], () => panel.lift()),
    action("reduction-out", "Take categories out of the one above", ["o"], () => panel.out()),
    action("reduction-remove", "Remove an empty category", ["Delete"], () => panel.drop()),
    action("reduction-first", "First line", ["Home"], () => panel.step(-Infinity)),
    action("reduction-last", "Last line", ["End"], () => panel.step(Infinity)),
    action("reduction-codes", "Make codes of the categories …", ["c"], () => panel.codes()),
  ];
}
