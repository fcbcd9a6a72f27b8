"""A thick description as files, in and out: forms in YAML, sections in Markdown."""
