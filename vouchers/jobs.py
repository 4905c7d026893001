"""The background work of every room, gathered so that web and worker alike know it."""

from .assistance.surveys import jobs as surveys
from .assistance.workroom import jobs as workroom
from .awards import jobs as awards
from .correspondence import jobs as correspondence
from .eligibility import jobs as eligibility
from .endings import jobs as endings
from .payments.batches import jobs as batches
from .payments.receipts import jobs as receipts
from .payments.recoveries import jobs as recoveries
from .providers import jobs as providers
from .providers.quotes import jobs as quotes
from .scoring.assessing import jobs as assessing
from .scoring.ranking import jobs as ranking
from .scoring.reliability import jobs as reliability
from .screening import jobs as screening
from .standing import jobs as standing

__all__ = [
    "assessing",
    "awards",
    "batches",
    "correspondence",
    "eligibility",
    "endings",
    "providers",
    "quotes",
    "ranking",
    "receipts",
    "recoveries",
    "reliability",
    "screening",
    "standing",
    "surveys",
    "workroom",
]
