/** All that can be done with categories of the second reduction. */

import type { Action } from "../view";
import type { CategoriesPanel } from "./categories";

export function categoryActions(panel: CategoriesPanel): Action[] {
  const action = (id: string, title: string, keys: string[], run: () => unknown): Action => ({ id, title, group: "Categories", keys, run: () => void run() });
  return [
    action("category-next", "Line below", ["ArrowDown"], () => panel.step(1)),
    action("category-before", "Line above", ["ArrowUp"], () => panel.step(-1)),
    action("category-open", "Show its units", ["ArrowRight"], () => panel.enter(true)),
    action("category-shut", "Hide its units", ["ArrowLeft"], () => panel.enter(false)),
    action("category-enter", "Show or hide its units; of a unit, open its text", ["Enter"], () => panel.enter()),
    action("category-choose", "Choose the category, or no longer", ["Space"], () => panel.toggle()),
    action("category-rename", "Rename the category …", ["r", "F2"], () => panel.rename()),
    action("category-merge", "Merge categories …", ["m"], () => panel.merge()),
    action("category-lift", "Lift categories into a more general one …", ["l"], () => panel.lift()),
    action("category-out", "Take categories out of the one above", ["o"], () => panel.out()),
    action("category-codes", "Make codes of the categories …", ["c"], () => panel.codes()),
  ];
}
