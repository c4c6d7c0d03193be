"""References: who may be asked, the applicant's yes to each, what was said (guide p. 18, C6)."""
