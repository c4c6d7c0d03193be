"""Figures. The same functions answer here and in the workbench."""
