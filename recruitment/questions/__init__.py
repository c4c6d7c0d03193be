"""Screening questions: six kinds, one class each, and the linter for what may not be asked. An answer never rejects anybody (INV-25)."""
