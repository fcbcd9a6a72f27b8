"""A qualitative analysis workbench for realist evaluation and thick description."""
