"""Applications of the token's institutions. Who applied, and what they wrote, needs a scope of its own."""
