"""Ads and where they are published: block vocabulary, media, publications with period and cost, tracking of sources."""
