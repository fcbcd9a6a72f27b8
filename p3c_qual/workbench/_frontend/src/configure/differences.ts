/** What is different between texts that stand side by side, word by word. */

import { foldText } from "../core/fold";

/** A piece of a text, and whether it is in this one and not in all of the others. */
export interface Piece {
  text: string;
  own: boolean;
}

const WORD = /[\p{L}\p{N}]+(?:['’-][\p{L}\p{N}]+)*/gu;

/** The words of a text, each once, folded. */
function words(text: string): Set<string> {
  return new Set((text.match(WORD) ?? []).map(foldText));
}

export interface Side {
  pieces: Piece[];
}

/**
 * Texts side by side, with the words marked that not all of them have.
 *
 * Texts that have no word in common are different as a whole, so that nothing in them is marked;
 * an empty one is compared with nothing.
 */
export function sideBySide(texts: readonly string[]): { sides: Side[]; alike: "same" | "partly" | "different" | "" } {
  const said = texts.map(words);
  const full = said.filter((each) => each.size);
  if (full.length < 2) return { sides: texts.map(plain), alike: full.length && texts.length > 1 ? "different" : "" };
  const [first, ...rest] = full;
  const common = new Set([...first!].filter((word) => rest.every((each) => each.has(word))));
  if (full.length === texts.length && full.every((each) => each.size === common.size)) return { sides: texts.map(plain), alike: "same" };
  if (!common.size) return { sides: texts.map(plain), alike: "different" };
  return { sides: texts.map((text) => ({ pieces: cut(text, common) })), alike: "partly" };
}

const plain = (text: string): Side => ({ pieces: text ? [{ text, own: false }] : [] });

/** A text in pieces by whether their words are common; what stands between words goes with the piece before it. */
function cut(text: string, common: ReadonlySet<string>): Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  const put = (part: string, own: boolean) => {
    const last = pieces.at(-1);
    if (last && last.own === own) last.text += part;
    else if (part) pieces.push({ text: part, own });
  };
  for (const match of text.matchAll(WORD)) {
    const own = !common.has(foldText(match[0]));
    const between = text.slice(at, match.index);
    // two own words in a row are marked as one
    if (between) put(between, own && /^\s+$/.test(between) && Boolean(pieces.at(-1)?.own));
    put(match[0], own);
    at = match.index + match[0].length;
  }
  if (at < text.length) put(text.slice(at), false);
  return pieces;
}
