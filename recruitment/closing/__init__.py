"""Closing a case: the four points of the guide, the outcome, and opening it again."""
