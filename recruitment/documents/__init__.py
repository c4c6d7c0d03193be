"""Applicants' and staff's files: the gate, the private store, the scanner, and the pages that readers see instead of the file."""
