"""Theories, configurations, their elements, evidence and links: made, changed and taken away."""
