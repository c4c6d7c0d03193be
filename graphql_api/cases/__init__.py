"""Recruitment cases of the token's institutions."""
