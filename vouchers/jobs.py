"""The background work of every room, gathered so that web and worker alike know it."""

from .awards import jobs as awards
from .correspondence import jobs as correspondence
from .eligibility import jobs as eligibility
from .providers import jobs as providers
from .scoring import jobs as scoring

__all__ = ["awards", "correspondence", "eligibility", "providers", "scoring"]
