"""Screens from the recommendation to the closed case."""
