"""Forgetting on time: drafts now, everything else when its policy says so."""
