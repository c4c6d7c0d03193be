"""Applications: from the accepted notice over the draft to the receipt, and what an applicant may do afterwards (C2)."""
