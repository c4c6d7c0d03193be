"""HR's desk inside the Wagtail admin: cases, applications, setting up. No tables; every row is asked for through access."""
