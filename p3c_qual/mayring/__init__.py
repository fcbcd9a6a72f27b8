"""Mayring's qualitative content analysis, step by step."""
