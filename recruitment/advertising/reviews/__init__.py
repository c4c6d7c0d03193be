"""Asking a colleague about an ad before it goes out. A link names one person; nobody else opens it."""
