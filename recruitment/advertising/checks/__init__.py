"""Looks over an ad while it is written. Knows words and facts only: no page, no table, no clock of its own."""
