"""Screens for references, hearings, priority claims, access to papers and written reasons."""
