"""Reads of assignments and assessments, scoped to who asks."""

from .assignments import assignments_of, lacking_assessors, late_assignments

__all__ = ["assignments_of", "lacking_assessors", "late_assignments"]
