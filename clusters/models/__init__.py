"""Who takes part: countries, their partners, clusters and the people who act for them."""

from .bank import BankAccount
from .clusters import (
    LEGAL_FIELDS,
    MISSION_FIELDS,
    NEEDED_FOR_APPLICATION,
    PROFILE_FIELDS,
    Cluster,
    TrackRecord,
)
from .countries import LETTERHEAD_FIELDS, Country, CountryPartner
from .growth import GrowthFigures
from .members import Member, MemberImport, MemberKind, MemberSize
from .pages import PagePart, PublicPage
from .representatives import (
    Representative,
    RepresentativeInvitation,
    RepresentativeLevel,
    RoleOfRepresentative,
)

__all__ = [
    "LEGAL_FIELDS",
    "LETTERHEAD_FIELDS",
    "MISSION_FIELDS",
    "NEEDED_FOR_APPLICATION",
    "PROFILE_FIELDS",
    "BankAccount",
    "Cluster",
    "Country",
    "CountryPartner",
    "GrowthFigures",
    "Member",
    "MemberImport",
    "MemberKind",
    "MemberSize",
    "PagePart",
    "PublicPage",
    "Representative",
    "RepresentativeInvitation",
    "RepresentativeLevel",
    "RoleOfRepresentative",
    "TrackRecord",
]
