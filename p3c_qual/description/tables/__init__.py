"""Tables of a thick description, one noun a module."""
