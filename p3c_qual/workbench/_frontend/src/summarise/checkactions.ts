/** All that can be done in the back-check. */

import type { Action } from "../view";
import type { BackCheckPanel } from "./backcheck";

export function checkActions(panel: BackCheckPanel): Action[] {
  const action = (id: string, title: string, keys: string[], run: () => unknown): Action => ({ id, title, group: "Back-check", keys, run: () => void run() });
  return [
    action("check-draw", "Draw a sample …", [], () => panel.draw()),
    action("check-yes", "Represented by a category: yes", ["y"], () => panel.judge("yes")),
    action("check-partly", "Partly", ["p"], () => panel.judge("partly")),
    action("check-no", "No", ["n"], () => panel.judge("no")),
    action("check-remark", "Write the remark", ["r"], () => panel.writeRemark()),
    action("check-next", "Next unit of the sample", ["ArrowRight", "ArrowDown"], () => panel.step(1)),
    action("check-before", "Unit before", ["ArrowLeft", "ArrowUp"], () => panel.step(-1)),
    action("check-text", "Open the unit’s text", ["t"], () => panel.toText()),
  ];
}
