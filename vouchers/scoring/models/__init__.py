"""Who scores what, and how: assignment, declaration, assessment, consensus, closing."""

from .assessing import Assessment, Score
from .assigning import AssessorProfile, Assignment, ConflictKind
from .consensus import Consensus, ConsensusMessage, ConsensusScore
from .rounds import ScoringRound

__all__ = [
    "Assessment",
    "AssessorProfile",
    "Assignment",
    "ConflictKind",
    "Consensus",
    "ConsensusMessage",
    "ConsensusScore",
    "Score",
    "ScoringRound",
]
