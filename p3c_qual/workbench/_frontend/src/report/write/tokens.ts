/** What an author's Markdown names, and how something is set in: pure, so that it can be tried alone. */

export interface Token {
  kind: string;
  name: string;
  label: string;
  start: number;
  end: number;
  /** Printed, and not only referred to. */
  setIn: boolean;
}

const TOKEN = /(!?)\[([^\]\n]*)\]\((quote|cmo|fact|source|table|figure):([^)\s]+)\)/g;
const WORD = /[\p{L}\p{N}_]+(?:[’'.-][\p{L}\p{N}_]+)*/gu;

/** What a text names, in its order; positions are those of the browser's strings. */
export function readTokens(text: string): Token[] {
  return [...text.matchAll(TOKEN)].map((found) => ({
    kind: found[3]!,
    name: found[4]!,
    label: found[2]!,
    start: found.index,
    end: found.index + found[0].length,
    setIn: found[1] === "!",
  }));
}

/** How many words of the author's own a text has. */
export function wordsIn(text: string): number {
  return text.replace(TOKEN, " ").match(WORD)?.length ?? 0;
}

/** A token as it is written. */
export function written(kind: string, name: string, label: string, setIn = false): string {
  return `${setIn ? "!" : ""}[${label.replace(/[[\]\n]/g, " ").trim()}](${kind}:${name})`;
}

/** Where something goes in, and what is put there. */
export interface Insertion {
  at: number;
  text: string;
}

/** Set something in on a line of its own, behind the paragraph the cursor is in: no sentence is torn. */
export function ownLine(text: string, cursor: number, token: string): Insertion {
  const line = text.lastIndexOf("\n", cursor - 1) + 1;
  const end = text.indexOf("\n", cursor) < 0 ? text.length : text.indexOf("\n", cursor);
  // at the beginning of a line it stands before it
  const at = cursor === line ? cursor : end;
  const [before, after] = [text.slice(0, at), text.slice(at)];
  const gap = (lines: string | undefined) => "\n".repeat(Math.max(0, 2 - (lines?.length ?? 0)));
  const lead = before.trim() ? gap(/\n*$/.exec(before)?.[0]) : "";
  const tail = after.trim() ? gap(/^\n*/.exec(after)?.[0]) : after ? "" : "\n\n";
  return { at, text: `${lead}${token}${tail}` };
}

/** Set something in within the sentence, with a space where one is needed. */
export function within(text: string, cursor: number, token: string): Insertion {
  const before = text.slice(0, cursor).at(-1) ?? "";
  const after = text.slice(cursor).at(0) ?? "";
  return { at: cursor, text: `${before && !/[\s(“‘]/.test(before) ? " " : ""}${token}${after && /[\p{L}\p{N}]/u.test(after) ? " " : ""}` };
}

const OF_A_WORD = /[\p{L}\p{N}\p{M}’']/u;

/** A range with the words whole that it begins and ends in, and no blanks at its ends. */
export function wholeWords(text: string, start: number, end: number): [number, number] {
  while (start < end && /\s/.test(text[start]!)) start++;
  while (end > start && /\s/.test(text[end - 1]!)) end--;
  while (start > 0 && OF_A_WORD.test(text[start]!) && OF_A_WORD.test(text[start - 1]!)) start--;
  while (end < text.length && OF_A_WORD.test(text[end - 1]!) && OF_A_WORD.test(text[end]!)) end++;
  return [start, end];
}

/** How many characters, as people count them, a piece of the browser's strings has. */
export const pointsOf = (text: string): number => Array.from(text).length;
