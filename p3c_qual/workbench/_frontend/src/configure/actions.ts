/** What can be done with configurations, each with its key. */

import type { Action } from "../view";
import { ROLES, type Role } from "./classes";
import type { ConfigurationsPanel } from "./configurations";

const KEYS: Record<Role, string> = { context: "c", resource: "r", reasoning: "t", outcome: "o", intervention: "i", actor: "a" };
const TITLES: Record<Role, string> = { context: "context", resource: "mechanism: resource", reasoning: "mechanism: reasoning (what people think)", outcome: "outcome", intervention: "intervention", actor: "actor" };
/** Cards that a page goes over. */
const PAGE = 5;

export function cardActions(panel: ConfigurationsPanel): Action[] {
  const group = (name: string) => (id: string, title: string, keys: string[], run: () => unknown): Action => ({ id: `con-${id}`, title, group: name, keys, run: () => void run() });
  const look = group("Configurations");
  const build = group("Build configurations");
  const on = (run: (row: NonNullable<ConfigurationsPanel["row"]>) => unknown) => () => {
    const { row } = panel;
    if (!row) panel.context.say("There is no card here yet; n makes one.");
    else if (!panel.comparing) run(row);
  };
  return [
    look("card-next", "Card below", ["ArrowDown"], () => panel.list.step(1)),
    look("card-before", "Card above", ["ArrowUp"], () => panel.list.step(-1)),
    look("page-next", "Some cards on", ["PageDown"], () => panel.list.step(PAGE)),
    look("page-before", "Some cards back", ["PageUp"], () => panel.list.step(-PAGE)),
    look("first", "First card", ["Home"], () => panel.list.edge(false)),
    look("last", "Last card", ["End"], () => panel.list.edge(true)),
    look("open", "Show the card in full, or small again", ["Enter"], () => panel.list.toggle()),
    look("mark", "Mark the card, to compare or merge", ["Space", "x"], () => panel.list.mark()),
    look("compare", "Compare the marked cards, or back", ["="], () => panel.compare()),
    look("escape", "Back from comparing, unmark, or close the card", ["Escape"], () => panel.escape()),
    look("same", "All with the same mechanism", ["w"], on((row) => (row.mechanism ? panel.sameMechanism(row.mechanism) : panel.context.say("No mechanism is named on this card; k names one.")))),
    look("find", "Find words on the cards", ["/", "f"], () => panel.search()),
    look("clear", "Clear all filters", ["0"], () => panel.clear()),
    look("filters", "Show or hide the filters", [], () => panel.toggleFilters()),
    look("strength", "Strength label on or off", ["Shift+s"], () => panel.toggleStrength()),
    build("new", "New configuration …", ["n"], () => panel.deeds.create()),
    build("rename", "Name of the card", ["e"], () => panel.writing.rename()),
    ...ROLES.map((role) => build(`add-${role}`, `Add ${TITLES[role]}`, [KEYS[role]], on((row) => panel.writing.addElement(row.id, role)))),
    build("passage", "Add a passage from a search …", ["q"], on((row) => panel.deeds.addPassage(row))),
    build("programme", "Its programme …", ["g"], on((row) => panel.deeds.programme(row))),
    build("theory", "The theory it tests …", ["y"], on((row) => panel.deeds.theory(row))),
    build("mechanism", "Its mechanism by name …", ["k"], on((row) => panel.deeds.mechanism(row))),
    build("activation", "How far the mechanism was set off …", ["b"], on((row) => panel.deeds.activation(row))),
    build("split", "Split …", ["s"], on((row) => panel.deeds.split(row))),
    build("merge", "Merge with others …", ["m"], on(() => panel.deeds.merge())),
    build("nest", "Part of a larger one …", ["p"], on((row) => panel.deeds.nest(row))),
    build("chain", "Its outcome becomes a context …", ["l"], on((row) => panel.deeds.chain(row))),
    build("aside", "Set aside, or take up again …", ["d"], on((row) => panel.deeds.aside(row))),
    build("remove", "Remove …", ["Delete"], on((row) => panel.deeds.remove(row))),
    build("menu", "All that can be done with the card …", [".", "ContextMenu"], on((row) => panel.deeds.menu(row))),
  ];
}
