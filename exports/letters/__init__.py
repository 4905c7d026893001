"""The files that a table becomes."""
