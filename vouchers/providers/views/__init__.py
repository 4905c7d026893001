"""Pages about consultants."""
