"""Amendments of an agreement: drawn up by a coordinator, signed by both sides, then in force."""
