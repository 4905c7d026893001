"""What an officer types about a consultant."""

from .accounts import ProviderAccountForm, ProviderFilters, ProviderForm
from .facts import DistinctForm, ProviderFactsForm

__all__ = [
    "DistinctForm",
    "ProviderAccountForm",
    "ProviderFactsForm",
    "ProviderFilters",
    "ProviderForm",
]
