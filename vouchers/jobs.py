"""The background work of every room, gathered so that web and worker alike know it."""

from .assistance import jobs as assistance
from .awards import jobs as awards
from .correspondence import jobs as correspondence
from .eligibility import jobs as eligibility
from .scoring import jobs as scoring

__all__ = ["assistance", "awards", "correspondence", "eligibility", "scoring"]
