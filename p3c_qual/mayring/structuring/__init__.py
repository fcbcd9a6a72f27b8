"""Structuring and explication: scales, framework matrix, types, outlines, doubtful passages."""
