"""The content app: what communications staff write and the public reads. Knows the domain, no other face."""
