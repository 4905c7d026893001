"""Follow-up surveys: due, answered by link, read."""
