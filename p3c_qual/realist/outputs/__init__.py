"""Tables and figures of the realist layer."""
