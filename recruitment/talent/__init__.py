"""Talent pools: people who have said yes to being kept and to being written to (guide p. 19 and 23; C7, C9, GRD-26)."""
