"""What is checked in a thick description, by what it is about."""
