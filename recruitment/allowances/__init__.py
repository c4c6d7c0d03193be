"""How much somebody may still ask of the portal: buckets that fill by the second. Knows keys and points, not whose they are."""
