"""Screens of the talent pools."""
