"""The letters of every room, gathered so that web and worker alike know their kinds."""

from vouchers.calls.letters import form as calls

from .applications import letters as applications
from .assistance import letters as assistance
from .assistance.needs.letters import records as needs
from .assistance.plans import letters as plans
from .assistance.reports import letters as final_reports
from .awards import letters as awards
from .awards.batches import letters as rounds
from .eligibility import letters as eligibility
from .endings import letters as endings
from .endings.amendments import letters as amendments
from .payments import letters as payments
from .payments.batches import letters as batches
from .payments.ledger import letters as ledger
from .payments.recoveries import letters as recoveries
from .providers.quotes import letters as quotes
from .scoring.assessing import letters as scoring

__all__ = [
    "amendments",
    "applications",
    "assistance",
    "awards",
    "batches",
    "calls",
    "eligibility",
    "endings",
    "final_reports",
    "ledger",
    "needs",
    "payments",
    "plans",
    "quotes",
    "recoveries",
    "rounds",
    "scoring",
]
