"""What the page shows on which a survey is answered, and what a browser sends of it."""
