"""Tables of what was measured: scores, change, what is missing, joint displays, service use."""
