"""Who scores what, and how: assignment, declaration, assessment, consensus, closing, support."""

from .assessing import Assessment, Score
from .assigning import AssessorProfile, Assignment, ConflictKind
from .consensus import Consensus, ConsensusMessage, ConsensusScore
from .exports import ScoreExport
from .places import Place, RankingChange, RankingRun, RankingStudy
from .rounds import ScoringRound
from .seeing import Sighting
from .workbooks import ReturnedWorkbook

__all__ = [
    "Assessment",
    "AssessorProfile",
    "Assignment",
    "ConflictKind",
    "Consensus",
    "ConsensusMessage",
    "ConsensusScore",
    "Place",
    "RankingChange",
    "RankingRun",
    "RankingStudy",
    "ReturnedWorkbook",
    "Score",
    "ScoreExport",
    "ScoringRound",
    "Sighting",
]
