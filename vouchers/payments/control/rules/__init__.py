"""What a controlled line comes to, and which duties are kept apart: pure, without a record."""
