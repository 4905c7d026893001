"""Helping an assessor: seeing their pages as they see them, for a reason and for an hour."""
