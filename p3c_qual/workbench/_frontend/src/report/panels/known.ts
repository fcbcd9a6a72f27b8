/** Quotes that are named by their keys alone, told by whose they are and how they begin. */

import type { QuoteRow, QuoteState } from "../../wire";
import type { ReportContext } from "../panel";
import { short } from "./words";

export class KnownQuotes {
  #rows = new Map<string, QuoteRow>();
  #asked: unknown = null;

  constructor(private readonly context: ReportContext) {}

  /** Have the quotes of the report at hand, once for each state of a panel; `here` is told when they are. */
  look(state: unknown, here: () => void): void {
    if (state === this.#asked) return;
    this.#asked = state;
    this.context.store.get<QuoteState>("quotes").then(
      ({ quotes }) => {
        this.#rows = new Map(quotes.map((each) => [each.key, each]));
        here();
      },
      // without them it is only not seen which quote is meant
      () => undefined,
    );
  }

  /** Whose it is. */
  who(key: string): string {
    const quote = this.#rows.get(key);
    return quote ? (quote.reference || quote.who || quote.source_key).replace(/^\((.*)\)$/, "$1") : "";
  }

  /** Whose it is, and its words in short. */
  said(key: string): string {
    const quote = this.#rows.get(key);
    return quote ? `${this.who(key)} “${short(quote.printed, 60)}”` : "";
  }
}
