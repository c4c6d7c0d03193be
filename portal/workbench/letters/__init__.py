"""Screens about letters: sendings to many, the log of a case, writing to one, tasks, and the library of templates."""
