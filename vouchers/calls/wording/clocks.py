"""The clocks of the programme: in which a timetable is typed, and in which clusters read it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from babel.dates import format_datetime
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from conduct.queries.days import PROGRAMME_ZONE, day_of
from documents.wording import current_locale, day, listed

# The cities whose clocks every deadline shows (Rabat keeps the time of Casablanca).
CITIES: tuple[tuple[str | Promise, ZoneInfo], ...] = (
    (gettext_lazy("Beirut"), ZoneInfo("Asia/Beirut")),
    (gettext_lazy("Tunis"), ZoneInfo("Africa/Tunis")),
    (gettext_lazy("Rabat"), ZoneInfo("Africa/Casablanca")),
    (gettext_lazy("Brussels"), PROGRAMME_ZONE),
)


@dataclass(frozen=True)
class CityClock:
    """An instant as the clock of one city shows it."""

    city: str
    day: str
    time: str


def clocks(moment: datetime) -> list[CityClock]:
    """What the clocks of the four cities show at an instant, in the active language."""
    locale = current_locale()
    return [
        CityClock(
            city=str(city),
            day=day(day_of(moment, zone)),
            time=format_datetime(local, "HH:mm", locale=locale),
        )
        for city, zone in CITIES
        for local in [moment.astimezone(zone)]
    ]


def on_every_clock(moment: datetime) -> str:
    """An instant on the clocks of the four cities, in one line: each day once, with its times."""
    by_day: dict[str, list[str]] = {}
    for clock in clocks(moment):
        time = _("%(time)s in %(city)s") % {"time": clock.time, "city": clock.city}
        by_day.setdefault(clock.day, []).append(time)
    return "; ".join(listed([day, *times]) for day, times in by_day.items())


def time_left(moment: datetime, now: datetime) -> str:
    """How long it is until an instant, in days, hours or minutes; empty once it has passed."""
    minutes = int((moment - now).total_seconds() // 60)
    if moment <= now:
        return ""
    if minutes >= 48 * 60:
        days = minutes // (24 * 60)
        return ngettext("%(count)s day", "%(count)s days", days) % {"count": days}
    if minutes >= 60:
        hours = minutes // 60
        return ngettext("%(count)s hour", "%(count)s hours", hours) % {"count": hours}
    if minutes >= 1:
        return ngettext("%(count)s minute", "%(count)s minutes", minutes) % {"count": minutes}
    return _("less than a minute")
