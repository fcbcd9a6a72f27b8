/** The chains as lines of a text: pure, so that it can be tried alone. */

import type { ConfigurationRow, LinkRow } from "../../wire";

export interface ChainLine {
  configuration: string;
  /** The link that leads here from the line above; nothing at the beginning of a chain. */
  link: LinkRow | null;
  depth: number;
  /** Whether it stood further up already, with all that follows from it. */
  again: boolean;
}

const natural = new Intl.Collator("en", { numeric: true }).compare;

/** Every chain from its beginning, depth first; a circle ends where it comes back to what was said. */
export function chainLines(links: readonly LinkRow[], configurations: readonly Pick<ConfigurationRow, "id" | "key">[]): ChainLine[] {
  const keys = new Map(configurations.map((each) => [each.id, each.key]));
  const byKey = (a: string, b: string) => natural(keys.get(a)!, keys.get(b)!);
  const chained = links.filter((each) => each.relation === "outcome_becomes_context" && keys.has(each.configuration) && keys.has(each.other));
  const after = new Map<string, LinkRow[]>();
  for (const link of chained) after.set(link.configuration, [...(after.get(link.configuration) ?? []), link]);
  const led = new Set(chained.map((each) => each.other));
  const begins = [...after.keys()].sort((a, b) => Number(led.has(a)) - Number(led.has(b)) || byKey(a, b));
  const lines: ChainLine[] = [];
  const said = new Set<string>();
  const tell = (configuration: string, link: LinkRow | null, depth: number): void => {
    const again = said.has(configuration);
    said.add(configuration);
    lines.push({ configuration, link, depth, again });
    if (again) return;
    for (const next of (after.get(configuration) ?? []).sort((a, b) => byKey(a.other, b.other))) tell(next.other, next, depth + 1);
  };
  for (const first of begins) if (!said.has(first)) tell(first, null, 0);
  return lines;
}
