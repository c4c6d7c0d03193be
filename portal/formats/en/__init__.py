"""English, as a Danish employer writes it."""
