"""Layouts written by people who know HTML and CSS: checked line by line, rendered in a sandbox, kept inside the ad's box."""
