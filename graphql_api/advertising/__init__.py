"""Job postings: what everybody may see of the ads that are live now."""
