/** All that can be done in the Code view: each is a key, a button and a command. */

import { ask } from "../dialog";
import type { Action } from "../view";
import { LEVELS } from "./cursor";
import { explicate } from "./explicate";
import { codingMenu } from "./mouse";
import type { CodeView } from "./view";

export function codeActions(view: CodeView): Action[] {
  const { cursor } = view;
  const made: Action[] = [];
  const group = (name: string, ...rows: [string, string, string[], () => unknown][]) => {
    for (const [id, title, keys, run] of rows)
      made.push({ id, title, group: name, keys, run: () => void run() });
  };
  group(
    "Move",
    ["next", "Next unit", ["ArrowDown", "j"], () => cursor.step(1)],
    ["previous", "Unit before", ["ArrowUp", "k"], () => cursor.step(-1)],
    ["finer", "Finer unit", ["ArrowRight"], () => cursor.finer(1)],
    ["coarser", "Coarser unit", ["ArrowLeft"], () => cursor.finer(-1)],
    ["level", "Change the unit: turn, sentence, word", ["u"], () => cursor.setLevel(LEVELS[(LEVELS.indexOf(cursor.level) + 1) % 3]!)],
    ["extend", "Extend by a unit", ["Shift+ArrowDown"], () => cursor.extend(1)],
    ["shrink", "Shorten by a unit", ["Shift+ArrowUp"], () => cursor.extend(-1)],
    ["extend-word", "Extend by a word", ["Shift+ArrowRight"], () => cursor.extendByWord(1)],
    ["shrink-word", "Shorten by a word", ["Shift+ArrowLeft"], () => cursor.extendByWord(-1)],
    ["next-uncoded", "Next uncoded unit", ["n"], () => view.deeds.uncoded(1)],
    ["previous-uncoded", "Uncoded unit before", ["p"], () => view.deeds.uncoded(-1)],
    ["line", "Go to a line …", ["g"], () => goToLine(view)],
    ["leave", "Mark nothing", ["Escape"], () => {
      view.text.choose([]);
      document.getSelection()?.removeAllRanges();
      cursor.clear();
    }],
  );
  group(
    "Code",
    ["code", "Code what is marked …", ["Enter", "c"], () => view.deeds.choose()],
    ["repeat", "Give the last code again", ["."], () => view.deeds.lastCode && view.deeds.give(view.deeds.lastCode)],
    ["paraphrase", "Paraphrase the unit or the words, for a summarising …", ["z"], () => view.paraphrasing.begin()],
    ["in-vivo", "In-vivo code: a code of these words", ["v"], () => view.deeds.inVivo()],
    ["explicate", "Explicate the words: explain a doubtful passage …", ["e"], () => explicate(view)],
    ...Array.from({ length: 9 }, (_, i): [string, string, string[], () => unknown] => [
      `pin-${i + 1}`,
      `Give the code pinned to ${i + 1}`,
      [`${i + 1}`],
      () => view.givePinned(i + 1),
    ]),
  );
  group(
    "Link",
    ["link-context", "Context: put the words into the link tray", ["Shift+c"], () => view.linking.take("context")],
    ["link-resource", "Resource, of a mechanism: into the tray", ["Shift+r"], () => view.linking.take("resource")],
    ["link-reasoning", "Reasoning (thinking), of a mechanism: into the tray", ["Shift+t"], () => view.linking.take("reasoning")],
    ["link-outcome", "Outcome: into the tray", ["Shift+o"], () => view.linking.take("outcome")],
    ["link-intervention", "Intervention: into the tray", ["Shift+i"], () => view.linking.take("intervention")],
    ["link-actor", "Actor: into the tray", ["Shift+a"], () => view.linking.take("actor")],
    ["link", "Link the tray: one configuration at once", ["Shift+Enter", "Mod+Enter"], () => view.linking.link()],
    ["link-into", "Add the tray to a configuration …", ["Shift+l"], () => view.linking.aim()],
    ["link-tray", "Go to the tray", ["Shift+y"], () => view.linking.focus()],
    ["link-show", "Show what is linked, or not", ["Shift+e"], () => view.linking.linked.toggle()],
    ["link-open", "Open the configuration that is linked here", ["Shift+g"], () => view.linking.linked.openHere()],
  );
  group(
    "Codings here",
    ["cycle", "Go through the codings here", ["Space"], () => view.deeds.cycle(1)],
    ["cycle-back", "Go through them backwards", ["Shift+Space"], () => view.deeds.cycle(-1)],
    ["recode", "Another code for the chosen coding …", ["r"], () => view.deeds.recode()],
    ["memo", "Memo on the coding or the words …", ["m"], () => view.deeds.memo()],
    ["important", "Important", ["i"], () => view.deeds.flag("important")],
    ["unsure", "Unsure, discuss", ["d"], () => view.deeds.flag("unsure")],
    ["remove", "Remove the chosen coding", ["Delete", "Backspace"], () => view.deeds.remove()],
    ["end-later", "Its end one word later", ["Alt+ArrowRight"], () => view.deeds.nudge("end", 1)],
    ["end-earlier", "Its end one word earlier", ["Alt+ArrowLeft"], () => view.deeds.nudge("end", -1)],
    ["start-later", "Its start one word later", ["Alt+Shift+ArrowRight"], () => view.deeds.nudge("start", 1)],
    ["start-earlier", "Its start one word earlier", ["Alt+Shift+ArrowLeft"], () => view.deeds.nudge("start", -1)],
    ["copy", "Copy the quote with its citation", ["y"], () => view.copy()],
    ["menu", "What can be done with the coding", ["ContextMenu", "Shift+F10"], () => {
      const [id] = view.text.chosen;
      const chip = id && view.text.chipOf(id);
      codingMenu(view, chip || view.text.element);
    }],
  );
  group(
    "Source",
    ["pass", "Nothing here, next", ["x"], () => view.deeds.pass()],
    ["done", "Source done, or not done yet", ["Shift+d"], () => view.deeds.done()],
    ["case-memo", "Memo on the case …", ["Shift+m"], () => view.deeds.caseMemo()],
    ["next-source", "Next source", ["]"], () => view.nextSource(1)],
    ["previous-source", "Source before", ["["], () => view.nextSource(-1)],
    ["play", "Play the recording from here, or stop", ["t"], () => view.play()],
    ["askers", "Let interviewer’s words be coded, or not", [], () => {
      cursor.letAskers(!cursor.askers);
      view.bench.say(cursor.askers ? "Interviewer’s words can be coded now." : "Interviewer’s words are context again.");
    }],
    ["print-html", "Coded transcript as a page", [], () => view.print("html")],
    ["print-docx", "Coded transcript for Word", [], () => view.print("docx")],
    ["print-pdf", "Coded transcript as PDF", [], () => view.print("pdf")],
  );
  group(
    "View",
    ["others", "Show or hide the codings of others", ["o"], () => view.others()],
    ["only", "Show only the chosen code, or all", ["h"], () => view.showOnly(view.isOnly ? null : view.tree.chosen || null)],
    ["find", "Find words …", ["f"], () => view.aside("find")],
    ["hit", "Next hit", ["F3"], () => view.find.next(1)],
    ["hit-before", "Hit before", ["Shift+F3"], () => view.find.next(-1)],
    ["codes", "Search the codes", ["/"], () => view.reach("codes")],
    ["sources", "Search the sources", ["l"], () => view.reach("sources")],
    ["segments", "Segments of the chosen code", ["s"], () => view.showSegments()],
    ["memos", "Memos", ["Shift+n"], () => view.aside("memos")],
    ["left", "Show or hide codes and sources", [], () => view.toggleLeft()],
    ["right", "Show or hide the pane beside the text", [], () => view.aside(view.asideOpen ? null : "code")],
    ["larger", "Larger text", ["Plus", "="], () => view.scale(1)],
    ["smaller", "Smaller text", ["-"], () => view.scale(-1)],
    ["pane", "Next pane", ["F6"], () => view.pane(1)],
    ["pane-back", "Pane before", ["Shift+F6"], () => view.pane(-1)],
  );
  return made;
}

function goToLine(view: CodeView): Promise<boolean> {
  return ask(
    view.bench.root,
    { title: "Go to a line", fields: [{ name: "line", label: "Line", required: true }], ok: "Go" },
    ({ line }) => {
      const number = Number(line);
      if (!Number.isInteger(number) || number < 1) throw "A line is a whole number from 1.";
      view.goToLine(number);
    },
  );
}
