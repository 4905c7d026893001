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
from .assistance.deliverables.models import (
    Deliverable,
    DeliverableFile,
    DeliverablePoint,
    PointAnswer,
)
from .assistance.delivery.models import Session, SessionPicture
from .assistance.needs.models import (
    Attendance,
    AttendanceCorrection,
    CalendarFeed,
    Meeting,
    MeetingSlot,
    Need,
    NeedRemark,
    NeedsRecord,
    NeedsSharing,
)
from .assistance.plans.models import (
    BudgetLine,
    DraftedPart,
    Milestone,
    Plan,
    PlanActivity,
    PlannedDeliverable,
    PlannedMilestone,
    PlannedResult,
    PlanObjective,
    PlanRemark,
    PlanVersion,
)
from .assistance.reports.models import (
    DraftedReportPart,
    FinalReport,
    PublicationConsent,
    ReportedIndicator,
    ReportFile,
    ReportPicture,
    ReportRemark,
    ReportReturn,
    ReportVersion,
)
from .assistance.surveys.models import (
    Survey,
    SurveyAnswer,
    SurveyDraft,
    SurveyedIndicator,
    SurveyLink,
)
from .assistance.workroom.models import WorkLink, WorkMail
from .awards.models import (
    Appeal,
    AppealMessage,
    Award,
    CeilingOverride,
    Comment,
    CounterSignature,
    Decision,
    DecisionScore,
    Feedback,
    ReservePlace,
    SelectionRound,
    Succession,
    Voucher,
)
from .books.models import (
    ClosedPeriod,
    EarlierMoney,
    LedgerAccount,
    LedgerEntry,
    LedgerHead,
    LedgerLeg,
    PeriodProposal,
)
from .calls.models import (
    Call,
    CallAmendment,
    CallIndicator,
    CountryQuota,
    Criterion,
    DeclarationClause,
    EligibilityRule,
    NeedTheme,
    PurchaseRules,
    Question,
    QuoteGround,
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
from .endings.amendments.models import AmendedArticle, Amendment, AmendmentSignature
from .endings.models import Ending, Extension, Suspension, UnusedWarning
from .payments.bank.models import (
    BankFile,
    BankStatement,
    CsvMapping,
    LineCharge,
    LineMatch,
    LineProposal,
    PaymentStatus,
    SetAside,
    StatementLine,
)
from .payments.batches.models import BankProfile, BatchFile, PayeeMail, PaymentBatch
from .payments.control.models import (
    ClaimApproval,
    Control,
    ControlChecklist,
    SentBack,
    SeparationPolicy,
)
from .payments.models import Claim, ExchangeRate, PaymentOrder, RateFile
from .payments.receipts.models import Receipt, ReceiptAnswer, ReceiptLink
from .payments.recoveries.models import Correction, CorrectionLine, Recovery
from .providers.contracts.models import Contract, ContractLine
from .providers.models import Provider, ProviderAccount
from .providers.quotes.models import (
    Derogation,
    InterestDeclaration,
    OpeningCall,
    Quote,
    QuoteChoice,
    QuoteFile,
    QuoteInvitation,
    QuoteLine,
    QuoteLink,
    QuoteMail,
    QuoteMark,
    QuoteOpening,
    QuoteRate,
    TermsGround,
    TermsMilestone,
    TermsOfReference,
)
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
from .screening.models import (
    HitDecision,
    ListedEntity,
    ListedName,
    SanctionsHit,
    SanctionsList,
    Screening,
)
from .standing.models import LightOverride, OutdatedStanding, Standing
