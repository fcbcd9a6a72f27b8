"""Realist evaluation: programme theories, context-mechanism-outcome configurations, evidence."""
