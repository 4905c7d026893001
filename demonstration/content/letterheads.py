"""What the letters of the country partners bear: made-up streets and people."""

from __future__ import annotations

from typing import Any

from i18nfield.strings import LazyI18nString

_DIRECTOR = LazyI18nString({"en": "Director", "fr": "Directrice", "ar": "المديرة"})
_HEAD = LazyI18nString(
    {
        "en": "Head of the cluster programme",
        "fr": "Responsable du programme clusters",
        "ar": "مسؤول برنامج العناقيد",
    }
)

# By country, as `change_letterhead` takes them.
LETTERHEADS: dict[str, dict[str, Any]] = {
    "LB": {
        "street": "Cedar Street 12",
        "postcode": "1107",
        "town": "Beirut",
        "email": "letters@lb.example.org",
        "signatory": "Samia Rahal",
        "signatory_function": _DIRECTOR,
    },
    "MA": {
        "street": "3, rue des Orangers",
        "postcode": "20250",
        "town": "Casablanca",
        "email": "letters@ma.example.org",
        "signatory": "Othmane Bennis",
        "signatory_function": _HEAD,
    },
    "TN": {
        "street": "8, avenue du Jasmin",
        "postcode": "1002",
        "town": "Tunis",
        "email": "letters@tn.example.org",
        "signatory": "Hédi Mansouri",
        "signatory_function": _HEAD,
    },
}
