"""Searches for negative cases: where a claim should have held and did not."""
