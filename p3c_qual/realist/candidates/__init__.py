"""Passages that may hold a configuration, ranked; a person decides."""
