"""Summarising: from the unit over paraphrase and the two reductions to the back-check."""
