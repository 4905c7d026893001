"""What the templates of every page share: menu, amounts, instants, states."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django import template
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.template.context import Context
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy, ngettext

from accounts.middleware import zone_called
from accounts.models import User
from conduct.queries import history
from conduct.queries.days import day_of
from conduct.queries.history import TimelineDay, TimelineEntry
from dashboards.history.permissions import may_search_history
from dashboards.panels.menu import menu_for
from dashboards.permissions import may_try_again
from documents.templatetags.wording import money
from documents.wording import comma, day, instant, number
from notices.queries import unseen_count
from vouchers.calls.wording.clocks import on_every_clock

register = template.Library()
register.filter("money", money)


@register.filter
def tone(record: Any) -> str:
    """The tone in which the state of a record is shown: waiting, good, bad or quiet."""
    return str(record.State(record.state).tone)


@register.filter
def programme_time(moment: datetime | None, zone: Any) -> SafeString | str:
    """An instant on the clock of a zone (its name, a Country or a User), which it names.

    Visitors, whose clock nobody knows, read those of all cities of the programme.
    """
    if moment is None:
        return ""
    name = zone if isinstance(zone, str) else getattr(zone, "time_zone", "")
    text = instant(moment, name) if name else on_every_clock(moment)
    return format_html('<time datetime="{}">{}</time>', moment.isoformat(), text)


@register.filter
def on_my_clock(moment: datetime | None, reader: Any) -> str:
    """An instant on the reader's own clock, which is not named: 17 November 2026, 10:05."""
    if moment is None:
        return ""
    zone = zone_called(getattr(reader, "time_zone", ""))
    return f"{day(day_of(moment, zone))}{comma()}{moment.astimezone(zone):%H:%M}"


@register.filter
def by_day(entries: Iterable[TimelineEntry], reader: Any) -> list[TimelineDay]:
    """A history as a page shows it: one line an action, under the days on the reader's clock."""
    return history.by_day(entries, zone_called(getattr(reader, "time_zone", "")))


@register.filter
def searched_history(entries: Any, reader: Any) -> str:
    """The address at which the reader searches the history of the record that a page is about.

    Empty for who searches none, and where the page does not say which record that is.
    """
    about = getattr(entries, "about", None)
    if about is None or not may_search_history.test(reader):
        return ""
    return reverse("dashboards:history_of", args=[about._meta.model_name, about.pk])


@register.simple_tag(takes_context=True)
def menu(context: Context) -> list[dict[str, Any]]:
    """The groups of the menu for whoever asks, with the current page marked; without a query."""
    request: HttpRequest = context["request"]
    # A page of an error may come before anybody knows who asks.
    person = getattr(request, "user", None) or AnonymousUser()
    groups = []
    for group in menu_for(person):
        entries = [
            {"label": entry.label, "url": entry.url, "current": entry.url == request.path}
            for entry in group.entries
        ]
        groups.append(
            {
                "label": group.label,
                "entries": entries,
                "current": any(entry["current"] for entry in entries),
            }
        )
    return groups


@register.simple_tag(takes_context=True)
def unseen_notices(context: Context) -> int:
    """How many notices the person has not read; 0 for visitors."""
    user = getattr(context["request"], "user", None)
    return unseen_count(user) if isinstance(user, User) else 0


_QUEUES = {
    "clock": gettext_lazy("Instants and reminders"),
    "mail": gettext_lazy("E-mail"),
    "letters": gettext_lazy("Letters and reports"),
    "heavy": gettext_lazy("Long computations and previews"),
}


@register.simple_tag
def queue_name(name: str) -> str:
    """What a queue of background work is called."""
    return str(_QUEUES.get(name, name))


@register.filter
def ago(seconds: int | None) -> str:
    """So many seconds in words; a dash where they are not known."""
    if seconds is None:
        return "–"
    if seconds < 120:
        return ngettext("%(number)s second", "%(number)s seconds", seconds) % {"number": seconds}
    minutes = seconds // 60
    if minutes < 120:
        return ngettext("%(number)s minute", "%(number)s minutes", minutes) % {"number": minutes}
    hours = minutes // 60
    if hours < 48:
        return ngettext("%(number)s hour", "%(number)s hours", hours) % {"number": hours}
    days = hours // 24
    return ngettext("%(count)s day", "%(count)s days", days) % {"count": number(days)}


@register.simple_tag
def is_demo() -> bool:
    """Whether these are demonstration data, which every page then says."""
    return settings.DEMO


@register.simple_tag(takes_context=True)
def demo_mails(context: Context) -> str:
    """Where the demonstration shows what it would have mailed, for those who may read it; else empty."""
    user = getattr(context.get("request"), "user", None)
    if not settings.DEMO or user is None or not user.is_authenticated:
        return ""
    return reverse("demonstration:mails") if may_try_again.test(user) else ""
