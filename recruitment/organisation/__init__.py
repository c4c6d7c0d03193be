"""The employers: institutions, their tree of units, settings, data-protection profile, legal texts and code lists."""
