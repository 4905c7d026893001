"""What an officer types about a consultant."""

from .accounts import ProviderAccountForm, ProviderFilters, ProviderForm
from .facts import DistinctForm, ProviderFactsForm, ProviderFileForm

__all__ = [
    "DistinctForm",
    "ProviderAccountForm",
    "ProviderFactsForm",
    "ProviderFileForm",
    "ProviderFilters",
    "ProviderForm",
]
