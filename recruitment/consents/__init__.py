"""What applicants have been told and what they have agreed to: text version, language and time (C7)."""
