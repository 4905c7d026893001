"""The consultants of the demonstration: none of them exists, and each name says so."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from decimal import Decimal
from typing import Any


@dataclass(frozen=True)
class ProviderWords:
    """A consultant: where it works, on what it advises, and for how much a day (EUR)."""

    country: str
    called: str
    town: str
    contact: str
    expertise: tuple[str, ...]
    languages: tuple[str, ...]
    rate_from: str
    rate_to: str

    @property
    def name(self) -> str:
        """Its name, marked."""
        return f"{self.called} (demonstration)"

    @property
    def registration_number(self) -> str:
        """A number that no register has."""
        return f"DEMO-{self.country}-{zlib.crc32(self.called.encode()) % 100_000:05d}"

    @property
    def facts(self) -> dict[str, Any]:
        """What `describe_provider` keeps besides the name."""
        return {
            "town": self.town,
            "contact": self.contact,
            "expertise": list(self.expertise),
            "languages": list(self.languages),
            "countries_served": [self.country],
            "rate_from": Decimal(self.rate_from),
            "rate_to": Decimal(self.rate_to),
        }


PROVIDERS = (
    ProviderWords(
        "LB",
        "Cedar Consulting",
        "Beirut",
        "Rania Haddad",
        ("governance", "innovation"),
        ("en", "ar", "fr"),
        "400",
        "480",
    ),
    ProviderWords(
        "LB",
        "Litani Advisory",
        "Beirut",
        "Karim Sour",
        ("internationalisation", "finance"),
        ("en", "ar"),
        "400",
        "470",
    ),
    ProviderWords(
        "LB",
        "Byblos Partners",
        "Jbeil",
        "Joe Aoun",
        ("communication", "digital"),
        ("en", "fr"),
        "340",
        "420",
    ),
    ProviderWords(
        "MA",
        "Atlas Conseil",
        "Marrakech",
        "Salma Berrada",
        ("services", "innovation"),
        ("fr", "ar"),
        "380",
        "450",
    ),
    ProviderWords(
        "MA",
        "Rif Stratégie",
        "Tanger",
        "Adil Benkirane",
        ("services", "communication", "finance"),
        ("fr", "ar", "en"),
        "400",
        "460",
    ),
    ProviderWords(
        "MA",
        "Tadla Export",
        "Béni Mellal",
        "Yassine Tahiri",
        ("internationalisation",),
        ("fr", "ar"),
        "320",
        "400",
    ),
    ProviderWords(
        "TN",
        "Carthage Conseil",
        "Tunis",
        "Anis Gharbi",
        ("digital", "innovation"),
        ("fr", "ar"),
        "380",
        "450",
    ),
    ProviderWords(
        "TN",
        "Medjerda Conseil",
        "Béja",
        "Olfa Hammami",
        ("communication", "internationalisation"),
        ("ar", "fr"),
        "360",
        "430",
    ),
    ProviderWords(
        "TN",
        "Zaghouan Expertise",
        "Zaghouan",
        "Slim Ferjani",
        ("finance", "digital"),
        ("fr",),
        "320",
        "380",
    ),
)
