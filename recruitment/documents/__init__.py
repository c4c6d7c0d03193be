"""Applicants' files: let in, looked through, shown as pictures and text. No file of an applicant reaches a browser as it came."""
