/** What can be done where a report is written, each with its key. */

import type { Action } from "../../view";
import type { WritePanel } from "./panel";

/** Lines that a page goes over. */
const PAGE = 8;

export function writeActions(panel: WritePanel): Action[] {
  const group = (name: string) => (id: string, title: string, keys: string[], run: () => unknown): Action => ({ id: `rep-${id}`, title, group: name, keys, run: () => void run() });
  const move = group("Write: moving about");
  const take = group("Write: from the material into the text");
  const order = group("Write: the sections");
  const item = (run: (each: NonNullable<WritePanel["item"]>) => unknown) => () => {
    const found = panel.item;
    // nothing is done to a section by a key that was meant for another pane
    if (panel.pane === "sections") panel.context.say(`That is for the material; ${panel.keyOf("rep-material")} goes there.`);
    else if (found) run(found);
    else panel.context.say("There is nothing in the material here.");
  };
  const section = (run: () => unknown) => () => {
    if (panel.pane === "material") panel.context.say(`That is for the sections; ${panel.keyOf("rep-sections")} goes there.`);
    else void run();
  };
  return [
    move("next", "Section or passage below", ["ArrowDown"], () => panel.lines.step(1)),
    move("before", "Section or passage above", ["ArrowUp"], () => panel.lines.step(-1)),
    move("page-next", "Some on", ["PageDown"], () => panel.lines.step(PAGE)),
    move("page-before", "Some back", ["PageUp"], () => panel.lines.step(-PAGE)),
    move("first", "The first one", ["Home"], () => panel.lines.edge(false)),
    move("last", "The last one", ["End"], () => panel.lines.edge(true)),
    move("pane-next", "From the sections to the text, the material, and round", ["F6"], () => panel.turnPane(1)),
    move("pane-before", "The other way round", ["Shift+F6"], () => panel.turnPane(-1)),
    move("text", "To the text, where the cursor is", ["Escape", "w"], () => panel.editor.focus()),
    move("material", "To the material", ["Alt+m"], () => panel.focusMaterial()),
    move("sections", "To the sections", ["Alt+s"], () => panel.focusOutline()),
    move("save", "Save now; it is saved by itself all the same", ["Mod+s"], () => panel.editor.save()),
    move("mode", "The text, side by side with the preview, the preview", ["v"], () => panel.editor.turnMode()),
    take("enter", "Write the section; set the passage in", ["Enter"], () => panel.enter()),
    take("quote", "Quote: set it in on a line of its own", ["q", "i"], item((each) => panel.setIn(each, panel.pane))),
    take("refer", "Reference: name it in the sentence", ["r"], item((each) => panel.refer(each, panel.pane))),
    take("open", "Open the text, or the card", ["o"], item((each) => panel.openItem(each))),
    take("find", "Find words in the material", ["/", "f"], () => panel.findWords()),
    take("kind-next", "Next kind of material", ["]"], () => panel.material.next(1)),
    take("kind-before", "Kind of material before", ["["], () => panel.material.next(-1)),
    order("menu", "All that can be done with the section …", [".", "ContextMenu"], () => panel.arranging.menu(panel.outline.lines.at)),
    order("leave", "Leave it out, or put it back", ["x"], section(() => panel.arranging.leave())),
    order("merge", "Merge it into another …", ["m"], section(() => panel.arranging.merge())),
    order("up", "Move it up", ["Alt+ArrowUp"], section(() => panel.arranging.move(-1))),
    order("down", "Move it down", ["Alt+ArrowDown"], section(() => panel.arranging.move(1))),
    order("under", "Put it under another …", ["u"], section(() => panel.arranging.under())),
    order("rename", "Call it otherwise …", ["e", "F2"], section(() => panel.arranging.rename())),
    order("checked", "Checked", ["c"], section(() => panel.arranging.checked())),
    order("add", "Add a section, a vignette, a composite story …", ["n"], () => panel.arranging.add()),
    order("remove", "Take it away, or put it back as it was …", ["Delete"], section(() => panel.arranging.remove())),
  ];
}
