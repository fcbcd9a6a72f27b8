"""Agreement between coders: coefficients, unitising, how sure they are."""
