"""Pages of what is handed in."""
