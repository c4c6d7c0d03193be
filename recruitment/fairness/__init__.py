"""Fair treatment: facts and hearings, priority claims, access to one's own papers, reasons in writing (guide p. 16, 18)."""
