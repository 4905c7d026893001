"""Assignments, declarations of conflicts, assessments with their scores, consensuses asked for."""

from .assessments import Assessment, Score
from .assignments import Assignment, ConflictKind
from .consensus import Consensus
from .profiles import AssessorProfile

__all__ = ["Assessment", "AssessorProfile", "Assignment", "ConflictKind", "Consensus", "Score"]
