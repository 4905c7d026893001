"""What people type and paste, made clean: numbers, codes, days, names. Knows no record and no page."""
