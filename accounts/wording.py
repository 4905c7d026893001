"""Time zones as people know them: by country and city, in the active language.

The names are CLDR's; which zones there are, and the largest city of each, says `zone.tab` of the IANA
database (the package tzdata, whose data the portal's clocks follow).
"""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache
from importlib.resources import files
from zoneinfo import ZoneInfo

from babel import Locale
from babel.core import get_global
from django.utils.translation import get_language

from inputs.rules.folding import folded

# Zones of a country that keep the same clock on all of these days are one to who chooses (2026 to 2028:
# what was before is history, and no rule reaches further).
_DAYS = [
    datetime(year, month, day, 12, tzinfo=UTC)
    for year in (2026, 2027, 2028)
    for month in range(1, 13)
    for day in (1, 15)
]


def city_name(name: str, locale: Locale) -> str:
    """The city of a time zone (its IANA name), as the language writes it.

    CLDR knows some zones by a former name: Asia/Kolkata by Asia/Calcutta.
    """
    for known_as in (name, *_names_of(name)):
        if city := locale.time_zones.get(known_as, {}).get("city"):
            return str(city)
    return name.rpartition("/")[2].replace("_", " ")


def zone_name(name: str, locale: Locale) -> str:
    """A time zone by country and city, "Morocco (Casablanca)"; by its city where it has no country."""
    city = city_name(name, locale)
    country = locale.territories.get(get_global("zone_territories").get(_current(name), ""), "")
    return f"{country} ({city})" if country and folded(country) != folded(city) else city


def zones_by_name() -> list[tuple[str, str]]:
    """Every time zone of the world once for each country: its IANA name and its name, in order."""
    locale = Locale.parse((get_language() or "en")[:2])
    named = [(name, zone_name(name, locale)) for name in _different_zones()]
    return sorted(named, key=lambda zone: folded(zone[1]))


@cache
def _different_zones() -> tuple[str, ...]:
    """The IANA names, of each country one for each clock that it keeps: that of its largest city."""
    found: dict[tuple[object, ...], str] = {}
    table = files("tzdata").joinpath("zoneinfo/zone.tab").read_text("utf-8")
    for line in table.splitlines():
        if line and not line.startswith("#"):
            country, _where, name, *_about = line.split("\t")
            zone = ZoneInfo(name)
            found.setdefault((country, *(day.astimezone(zone).utcoffset() for day in _DAYS)), name)
    return tuple(found.values())


def _current(name: str) -> str:
    return str(get_global("zone_aliases").get(name, name))


@cache
def _names_of(name: str) -> tuple[str, ...]:
    """All names under which a zone is known today, or was."""
    aliases, current = get_global("zone_aliases"), _current(name)
    return (current, *(old for old, new in aliases.items() if new == current))
