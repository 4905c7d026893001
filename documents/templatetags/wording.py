"""The letters' wording as template filters: {{ facts.date|day }}, {{ facts.amount|money }}."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from django import template
from django.conf import settings
from django.utils.safestring import SafeString

from conduct.queries.days import day_of
from documents import wording

register = template.Library()

register.filter("day", wording.day)
register.filter("month", wording.month)
register.filter("instant", wording.instant)
register.filter("ltr", wording.isolated)
register.filter("in_words", wording.amount_in_words)
register.filter("as_written", wording.as_written)
register.filter("in_parts", wording.in_parts)
register.filter("own_words", wording.own_words)
register.filter("city_of_zone", wording.city_of_zone)
register.filter("references_whole", wording.references_whole)
register.filter("listed", wording.listed)
register.simple_tag(wording.comma)
register.simple_tag(wording.colon)
# The same without markup, for subjects and e-mails.
register.filter("plain_money", wording.amount_in_text)


@register.simple_tag
def funding_statement() -> str:
    """What stands beside the emblem today (settings.FUNDING); a letter freezes its own."""
    return wording.funding_statement(settings.FUNDING)


@register.filter
def decimal(value: str | int | Decimal | None, decimals: int | None = None) -> str:
    """A number with the language's separators; nothing where there is none."""
    return "" if value is None or value == "" else wording.number(value, decimals)


@register.filter
def measure(value: str | int | Decimal | None) -> str:
    """Days, hours or a count, to a hundredth; nothing where there is none."""
    return "" if value is None or value == "" else wording.measure(value)


@register.filter
def money(value: str, currency: str = "EUR") -> SafeString:
    """An amount that stays whole inside Arabic text."""
    return wording.isolated(wording.amount(value, currency)) if value != "" else SafeString("")


@register.filter
def day_there(moment: datetime | None, place: Any = None) -> str:
    """The day of an instant in a place that has a `zone`, or the programme's: 3 November 2026."""
    if moment is None:
        return ""
    return wording.day(day_of(moment, place.zone) if place else day_of(moment))
