"""Everything that must happen after a commit waits here: rows are the truth, the broker only carries their numbers."""
