/** What can be said of a span in the tray: its direction, how direct it is, whose element it voices. */

import type { RealistStore } from "../configure/store";
import { ask } from "../dialog";
import { h } from "../dom";
import { type Entry, openMenu } from "../menu";
import type { ConfigurationRow } from "../wire";
import { type Chip, NAMES, rerole, ROLES, type Tray, voicing, without } from "./linkrows";

/** Properties of a span, which are lists of their own, and how they are asked for. */
const SAID = [
  ["direction", "Direction"],
  ["evidence_role", "What it does to the claim"],
  ["directness", "Directness"],
  ["elicited", "How it came up"],
] as const;

export interface Around {
  tray: Tray;
  into: ConfigurationRow | undefined;
  store: RealistStore;
  put(chips: Chip[]): void;
  /** The chip as it is drawn now. */
  chip(): Element | null;
  show(chip: Chip): void;
  back(): void;
}

/** Open the menu of a chip; what has several values opens another. */
export function chipMenu(root: HTMLElement, at: Element, id: string, around: Around): void {
  const { store, put } = around;
  const { chips } = around.tray;
  const chip = chips.find((each) => each.id === id);
  if (!chip) return;
  const patch = (change: Partial<Chip>) => put(chips.map((each) => (each.id === id ? { ...each, ...change } : each)));
  const choose = (title: string, entries: Entry[]) => openMenu(root, around.chip() ?? at, title, entries);
  const tick = (on: boolean, label: string) => `${on ? "✓ " : ""}${label}`;
  const voices = voicesFor(chip, around);
  const asked = SAID.filter(([name]) => name !== "direction" || (chip.role === "outcome" && !chip.voice));
  openMenu(root, at, NAMES[chip.role], [
    ...asked.map(([name, label]) => ({
      label: `${label}: ${store.label(name, chip[name]).toLowerCase() || "not said"} …`,
      run: () =>
        choose(label, [
          ...store.valuesOf(name).map((term) => ({ label: tick(chip[name] === term.id, term.label), run: () => patch({ [name]: term.id }) })),
          ...(name === "evidence_role" ? [] : [{ label: tick(!chip[name], "Not said"), run: () => patch({ [name]: "" }) }]),
        ]),
    })),
    { label: tick(chip.absent, "Said not to be there"), run: () => patch({ absent: !chip.absent }) },
    {
      label: "Another voice of …",
      disabled: !voices.length && !chip.voice,
      run: () =>
        choose("Another voice of", [
          ...voices.map((each) => ({ label: tick(chip.voice === each.id, each.words), run: () => put(voicing(chips, id, each.id)) })),
          { label: tick(!chip.voice, "None: an element of its own"), run: () => put(voicing(chips, id, "")) },
        ]),
    },
    { label: "In my own words …", disabled: Boolean(chip.voice), run: () => void write(root, chip, patch, around.back) },
    { label: "Another role …", run: () => choose("Role", ROLES.map((role) => ({ label: tick(chip.role === role, NAMES[role]), run: () => put(rerole(chips, id, role)) }))) },
    { label: "Show in the text", run: () => around.show(chip) },
    { label: "Take out", key: "Del", run: () => put(without(chips, id)) },
  ]);
}

/** The elements that a span may be one more voice of. */
function voicesFor(chip: Chip, { tray, into }: Around): { id: string; words: string }[] {
  const there = (into?.elements ?? []).filter((each) => each.role === chip.role);
  const said = (id: string) => into?.evidence.find((each) => each.element === id)?.quote ?? "";
  const inTray = tray.chips.filter((each) => each.role === chip.role && each.id !== chip.id && !each.voice);
  return [
    ...there.map((each) => ({ id: each.id, words: `${into!.key}: ${shorten(each.text || said(each.id) || "no words yet")}` })),
    ...inTray.map((each) => ({ id: each.id, words: shorten(each.text || each.quote) })),
  ];
}

async function write(root: HTMLElement, chip: Chip, patch: (change: Partial<Chip>) => void, back: () => void): Promise<void> {
  await ask(
    root,
    {
      title: `${NAMES[chip.role]} in your own words`,
      text: [h("blockquote", { dir: "auto" }, chip.quote)],
      fields: [{ name: "text", label: "Words", value: chip.text, lines: 2, help: "Empty: the quote speaks for itself." }],
      ok: "Take them",
    },
    ({ text }) => patch({ text: text ?? "" }),
  );
  back();
}

function shorten(words: string): string {
  return words.length > 70 ? `${words.slice(0, 68)} …` : words;
}
