"""The consultants of a country, their accounts, owners and links."""

from .accounts import ProviderAccount
from .files import ProviderFile
from .links import ProviderLink
from .owners import BeneficialOwner
from .providers import DistinctProviders, Expertise, Provider, ProviderKind
from .updates import ProviderUpdate

__all__ = [
    "BeneficialOwner",
    "DistinctProviders",
    "Expertise",
    "Provider",
    "ProviderAccount",
    "ProviderFile",
    "ProviderKind",
    "ProviderLink",
    "ProviderUpdate",
]
