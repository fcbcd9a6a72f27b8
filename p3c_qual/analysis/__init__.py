"""Frequencies, retrieval, search, listings."""
