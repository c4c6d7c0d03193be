"""Institutions, their units and workplaces, and the code lists: all of it public."""
