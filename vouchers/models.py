"""The models of every room, gathered so that Django finds them under one app."""

from vouchers.awards.dossiers.models import Dossier
from vouchers.awards.proposals.models import Proposal

from .applications.models import (
    Answer,
    Application,
    Attachment,
    Recusal,
    SignedDeclaration,
)
from .assistance.models import Deliverable, FinalReport, Milestone, NeedsAssessment, Plan
from .assistance.needs.models import (
    Attendance,
    CalendarFeed,
    Meeting,
    MeetingSlot,
    Need,
    NeedRemark,
    NeedsRecord,
    NeedsSharing,
)
from .awards.models import (
    Appeal,
    AppealMessage,
    Award,
    Comment,
    Decision,
    DecisionScore,
    Feedback,
    ReservePlace,
    SelectionRound,
    Voucher,
)
from .calls.models import (
    Call,
    CallAmendment,
    CountryQuota,
    Criterion,
    DeclarationClause,
    EligibilityRule,
    NeedTheme,
    Question,
    Section,
)
from .correspondence.models import Message, PublicQuestion, ReadMark
from .eligibility.models import (
    CheckDraft,
    Clarification,
    ClarificationFile,
    ClarificationItem,
    ComparableText,
    Comparison,
    EligibilityCheck,
    Finding,
    PossibleDuplicate,
)
from .payments.models import Claim, ExchangeRate, LedgerEntry, PaymentOrder
from .providers.models import Provider, ProviderAccount
from .scoring.assessing.models import (
    Assessment,
    AssessorProfile,
    Assignment,
    Consensus,
    Score,
)
from .scoring.consensus.models import ConsensusMessage, ConsensusScore
from .scoring.exports.models import ScoreExport
from .scoring.offline.models import ReturnedWorkbook
from .scoring.ranking.models import OutdatedRanking, StoredPlace, StoredRanking
from .scoring.reliability.models import RankingStudy
from .scoring.rounds.models import ScoringRound
from .scoring.support.models import SupportSession

__all__ = [
    "Answer",
    "Appeal",
    "AppealMessage",
    "Application",
    "Assessment",
    "AssessorProfile",
    "Assignment",
    "Attachment",
    "Attendance",
    "Award",
    "CalendarFeed",
    "Call",
    "CallAmendment",
    "CheckDraft",
    "Claim",
    "Clarification",
    "ClarificationFile",
    "ClarificationItem",
    "Comment",
    "ComparableText",
    "Comparison",
    "Consensus",
    "ConsensusMessage",
    "ConsensusScore",
    "CountryQuota",
    "Criterion",
    "Decision",
    "DecisionScore",
    "DeclarationClause",
    "Deliverable",
    "Dossier",
    "EligibilityCheck",
    "EligibilityRule",
    "ExchangeRate",
    "Feedback",
    "FinalReport",
    "Finding",
    "LedgerEntry",
    "Meeting",
    "MeetingSlot",
    "Message",
    "Milestone",
    "Need",
    "NeedRemark",
    "NeedTheme",
    "NeedsAssessment",
    "NeedsRecord",
    "NeedsSharing",
    "OutdatedRanking",
    "PaymentOrder",
    "Plan",
    "PossibleDuplicate",
    "Proposal",
    "Provider",
    "ProviderAccount",
    "PublicQuestion",
    "Question",
    "RankingStudy",
    "ReadMark",
    "Recusal",
    "ReservePlace",
    "ReturnedWorkbook",
    "Score",
    "ScoreExport",
    "ScoringRound",
    "Section",
    "SelectionRound",
    "SignedDeclaration",
    "StoredPlace",
    "StoredRanking",
    "SupportSession",
    "Voucher",
]
