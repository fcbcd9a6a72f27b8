/** A passage cut into pieces by the words that led to it: pure, so that it can be tried alone. */

import { Offsets } from "../../core/offsets";
import { pieces } from "../../core/pieces";

export interface Cue {
  start: number;
  end: number;
  kind: string;
}

/** The passage in pieces that follow one another; kinds are those of the cues over the piece. */
export function cuedPieces(text: string, cues: readonly Cue[]): { text: string; kinds: string[] }[] {
  const offsets = new Offsets(text);
  const at = (place: number) => Math.max(0, Math.min(place, offsets.length));
  const spans = cues.map((cue, i) => ({ id: String(i), start: at(cue.start), end: at(cue.end) }));
  return pieces(0, offsets.length, spans).map((piece) => ({
    text: text.slice(offsets.toUtf16(piece.start), offsets.toUtf16(piece.end)),
    kinds: [...new Set(piece.ids.map((id) => cues[Number(id)]!.kind))],
  }));
}

/** What a word was taken for. */
export const CUES: Record<string, string> = {
  context: "context",
  response: "response",
  change: "change",
  cause: "cause",
  aim: "aim",
  person: "who acts",
  clause: "clause",
};
