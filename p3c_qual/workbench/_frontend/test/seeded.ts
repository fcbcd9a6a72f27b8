/** Numbers that look random and are the same on every run. */

export class Seeded {
  constructor(private state: number) {}

  /** A number from 0 up to, not including, 1. */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  /** A whole number from `low` to `high`, both included. */
  whole(low: number, high: number): number {
    return low + Math.floor(this.next() * (high - low + 1));
  }

  pick<T>(from: ArrayLike<T>): T {
    return from[this.whole(0, from.length - 1)];
  }

  /** A text of so many of these pieces. */
  text(pieces: readonly string[], count: number): string {
    return Array.from({ length: count }, () => this.pick(pieces)).join("");
  }
}

/** Run a check with many seeds; a failure names its seed. */
export function forSeeds(count: number, check: (random: Seeded) => void): void {
  for (let seed = 1; seed <= count; seed += 1) {
    try {
      check(new Seeded(seed));
    } catch (error) {
      throw new Error(`seed ${seed}: ${error instanceof Error ? error.message : error}`, {
        cause: error,
      });
    }
  }
}
