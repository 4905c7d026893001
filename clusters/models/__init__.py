"""Who takes part: countries, their partners, clusters and the people who act for them."""

from .clusters import NEEDED_FOR_APPLICATION, Cluster, TrackRecord
from .countries import Country, CountryPartner
from .representatives import Representative, RepresentativeLevel

__all__ = [
    "NEEDED_FOR_APPLICATION",
    "Cluster",
    "Country",
    "CountryPartner",
    "Representative",
    "RepresentativeLevel",
    "TrackRecord",
]
