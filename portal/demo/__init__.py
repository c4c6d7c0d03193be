"""Conveniences that exist only while the demo is on: sign in with a click, read the mails that were sent."""
