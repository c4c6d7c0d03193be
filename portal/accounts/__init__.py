"""Signing in: staff with password and a second factor or through their institution, applicants by e-mail code. No tables."""
