"""What the database refuses about the assistance."""
