"""What the page shows on which a report is written, and what a browser sends of it."""
