/** Theories by chain, and what the configurations that test one say: pure, so that it can be tried alone. */

import type { ConfigurationRow, ProfileRow, TheoryRow } from "../../wire";

const natural = new Intl.Collator("en", { numeric: true }).compare;

/** The theories by chain, each from its initial version on; versions of one number stand by their keys. */
export function chainsOf(theories: readonly TheoryRow[]): TheoryRow[][] {
  const known = new Map(theories.map((each) => [each.id, each]));
  const firstOf = (theory: TheoryRow): TheoryRow => {
    const seen = new Set([theory.id]);
    let first = theory;
    for (let before = known.get(first.supersedes); before && !seen.has(before.id); before = known.get(first.supersedes)) {
      seen.add(before.id);
      first = before;
    }
    return first;
  };
  const chains = new Map<string, TheoryRow[]>();
  for (const theory of theories) {
    const first = firstOf(theory).id;
    chains.set(first, [...(chains.get(first) ?? []), theory]);
  }
  const sorted = [...chains.values()].map((chain) => chain.sort((a, b) => a.version - b.version || natural(a.key, b.key)));
  return sorted.sort((a, b) => natural(a[0]!.key, b[0]!.key));
}

/** A theory as one sentence. */
export const sentenceOf = (theory: Pick<TheoryRow, "if_" | "then_" | "because">): string =>
  [theory.if_ && `If ${theory.if_}`, theory.then_ && `then ${theory.then_}`, theory.because && `because ${theory.because}`].filter(Boolean).join(", ");

/** Passages for and against a configuration, as its profile has them; a rival explanation contradicts nothing. */
export const speaks = (profile: ProfileRow): { forIt: number; against: number; rival: number } => ({
  forIt: profile.supports + profile.refines,
  against: profile.contradicts,
  rival: profile.rival,
});

/** The configurations that test a theory; those that do not stand any more come last. */
export const testsOf = (theory: string, configurations: readonly ConfigurationRow[]): ConfigurationRow[] =>
  configurations.filter((each) => each.theory === theory).sort((a, b) => Number(Boolean(a.state)) - Number(Boolean(b.state)) || natural(a.key, b.key));
