"""The application form and its screening questions: six kinds, one class each. No answer ever rejects anyone (INV-25)."""
