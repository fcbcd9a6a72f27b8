/** Keys: how a press of keys is called, and whether a person's own bindings make sense. */

export interface Press {
  key: string;
  code: string;
  ctrlKey: boolean;
  altKey: boolean;
  shiftKey: boolean;
  metaKey: boolean;
}

/** What an action is called, and its keys. */
export interface Bound {
  title: string;
  keys: readonly string[];
}

const MODIFIERS = ["Ctrl", "Alt", "Shift", "Meta"];
const NAMED: Record<string, string> = { " ": "Space", "+": "Plus" };
const SPELLED: Record<string, string> = {
  control: "Ctrl",
  cmd: "Meta",
  command: "Meta",
  option: "Alt",
  esc: "Escape",
  del: "Delete",
  return: "Enter",
  up: "ArrowUp",
  down: "ArrowDown",
  left: "ArrowLeft",
  right: "ArrowRight",
};
const KEYS = [
  ...["Space", "Plus", "Enter", "Escape", "Tab", "Backspace", "Delete", "Insert", "Home", "End"],
  ...["PageUp", "PageDown", "ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight", "ContextMenu"],
  ...Array.from({ length: 12 }, (_, number) => `F${number + 1}`),
];
/** What browsers keep for themselves. */
const TAKEN = ["Mod+w", "Mod+t", "Mod+n", "Mod+Shift+n", "Mod+Shift+t", "Mod+Shift+w", "Mod+Tab"];

function onMac(): boolean {
  return /^(Mac|iP)/.test(globalThis.navigator?.platform ?? "");
}

/**
 * The name of a press, such as "Ctrl+Shift+z", "Alt+ArrowDown", "?" or "1".
 *
 * What is typed counts, whatever key it is on: "?" is "?" on every keyboard, and needs no Shift.
 */
export function keyName(event: Press): string {
  const { key, code, ctrlKey, altKey, shiftKey, metaKey } = event;
  const typed = Array.from(key).length === 1;
  let name = NAMED[key] ?? (typed ? key.toLowerCase() : key);
  const plain = /^(?:Key([A-Z])|Digit(\d))$/.exec(code);
  const foreign = typed && /\p{L}/u.test(key) && !/\p{Script=Latin}/u.test(key);
  const alone = altKey && !ctrlKey;
  // a keyboard without Latin letters, and Alt on a Mac, which types signs: the key's place counts
  if (plain && (foreign || (alone && (key === "Dead" || (typed && !/[\x21-\x7e]/.test(key))))))
    name = (plain[1] ?? plain[2])!.toLowerCase();
  const sign = typed && name === (NAMED[key] ?? key) && !/[\p{L}\s]/u.test(key);
  // AltGr is reported as both where a sign needs it
  const graph = sign && ctrlKey && altKey && !/\d/.test(key);
  const held = [ctrlKey && !graph, altKey && !graph, shiftKey && !sign, metaKey];
  return [...MODIFIERS.filter((_, index) => held[index]), name].join("+");
}

/** Bring a binding to the form that `keyName` gives, but for "Mod"; null if it is none. */
export function parse(binding: string): string | null {
  const parts = binding.trim().replace(/(^|\+)\s*\+$/, "$1Plus").split(/\s*\+\s*/);
  const spelled = parts.map((part) => SPELLED[part.toLowerCase()] ?? part);
  const held = new Set(spelled.slice(0, -1).map((part) => capital(part)));
  const last = spelled[spelled.length - 1] ?? "";
  const known = KEYS.find((key) => key.toLowerCase() === last.toLowerCase());
  const single = Array.from(last).length === 1 && last.trim() !== "";
  if (!known && !single) return null;
  // a capital alone means the letter with Shift
  if (single && held.size === 0 && last !== last.toLowerCase()) held.add("Shift");
  const order = ["Mod", ...MODIFIERS].filter((name) => held.delete(name));
  return held.size ? null : [...order, known ?? last.toLowerCase()].join("+");
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1).toLowerCase();
}

/** A binding as a press is named on this system: "Mod" is Ctrl, on a Mac Cmd. */
function resolved(binding: string, mac: boolean): string {
  const names = binding.split("+");
  if (names[0] !== "Mod") return binding;
  const held = new Set([...names.slice(1, -1), mac ? "Meta" : "Ctrl"]);
  return [...MODIFIERS.filter((name) => held.has(name)), names[names.length - 1]].join("+");
}

/** Whether a press is meant by a binding. */
export function matches(binding: string, event: Press, mac: boolean = onMac()): boolean {
  const known = parse(binding);
  return known !== null && resolved(known, mac) === keyName(event);
}

/** What is wrong with bindings, in plain words: no keys, keys of the browser, keys used twice. */
export function check(actions: readonly Bound[], mac: boolean = onMac()): string[] {
  const said: string[] = [];
  const users = new Map<string, string[]>();
  for (const { title, keys } of actions)
    for (const binding of keys) {
      const known = parse(binding);
      if (known === null)
        said.push(
          `“${binding}” for “${title}” is no key. Write it as Ctrl+Shift+z, Alt+ArrowDown, ? or 1.`,
        );
      else {
        const name = resolved(known, mac);
        if (TAKEN.some((taken) => resolved(taken, mac) === name))
          said.push(`“${binding}” for “${title}” is kept by the browser. Choose other keys.`);
        const others = users.get(name) ?? [];
        if (!others.includes(title)) users.set(name, [...others, title]);
      }
    }
  for (const [name, titles] of users)
    if (titles.length > 1) {
      const listed = titles.map((title) => `“${title}”`).join(" and ");
      said.push(`“${name}” is set for ${listed}. Give one of them other keys.`);
    }
  return said;
}
