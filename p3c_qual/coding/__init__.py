"""Spans, codings, rounds, reading records."""
