"""Pages of amendments: drawing one up, reading it, signing it for either side."""
