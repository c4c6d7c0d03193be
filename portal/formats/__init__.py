"""How dates, times and numbers are written: `FORMAT_MODULE_PATH`. Django's own Danish writes 12:00 and 05.03.2026."""
