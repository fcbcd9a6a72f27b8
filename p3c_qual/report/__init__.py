"""The report model, quotes, and the HTML made from it."""
