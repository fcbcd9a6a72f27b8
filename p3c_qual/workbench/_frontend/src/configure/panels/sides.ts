/** One mechanism over several contexts, side by side: pure, so that it can be tried alone. */

import type { ConfigurationRow, ElementRow } from "../../wire";

/** One configuration of a mechanism: in which context it led to what. */
export interface Side {
  configuration: ConfigurationRow;
  contexts: ElementRow[];
  outcomes: ElementRow[];
  /** Directions of its outcomes, each once. */
  directions: string[];
}

const natural = new Intl.Collator("en", { numeric: true }).compare;

/** The standing configurations of a mechanism, by programme. */
export function sidesOf(mechanism: string, configurations: readonly ConfigurationRow[], named: (programme: string) => string = (id) => id): Side[] {
  return configurations
    .filter((each) => each.mechanism === mechanism && !each.state)
    .sort((a, b) => natural(named(a.programme), named(b.programme)) || natural(a.key, b.key))
    .map((configuration) => {
      const outcomes = configuration.elements.filter((each) => each.role === "outcome");
      return {
        configuration,
        contexts: configuration.elements.filter((each) => each.role === "context"),
        outcomes,
        directions: [...new Set(outcomes.map((each) => each.direction).filter(Boolean))],
      };
    });
}

/** Whether the outcomes go different ways, over all of these; one without a direction says nothing. */
export const differs = (sides: readonly Side[]): boolean => new Set(sides.flatMap((each) => each.directions)).size > 1;

export { ARROWS } from "../words";
