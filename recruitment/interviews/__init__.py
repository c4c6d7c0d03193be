"""Interviews: rounds with panel and guide, times that nobody can book twice, invitations, what was said, and tests.

It stands above applications and assessments and moves their rows through their own doors; neither knows of it.
"""
