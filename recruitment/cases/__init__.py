"""Recruitment cases: the frame around everything, with job profile, contacts, rounds and their lifecycle (C1)."""
