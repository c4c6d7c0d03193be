"""What happened and who saw what: append-only, written in the same transaction as the deed."""
