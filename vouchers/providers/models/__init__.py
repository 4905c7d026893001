"""The consultants of a country, their accounts, owners and links."""

from .accounts import ProviderAccount
from .links import ProviderLink
from .owners import BeneficialOwner
from .providers import DistinctProviders, Expertise, Provider, ProviderKind

__all__ = [
    "BeneficialOwner",
    "DistinctProviders",
    "Expertise",
    "Provider",
    "ProviderAccount",
    "ProviderKind",
    "ProviderLink",
]
