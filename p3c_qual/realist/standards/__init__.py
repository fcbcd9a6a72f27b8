"""The RAMESES II standards, filled in as far as a study holds them."""
