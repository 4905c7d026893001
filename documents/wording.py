"""Dates, amounts and references as an official letter writes them, in three languages.

Digits are Western in Arabic too, as in the Maghreb and in official letters of the European Union:
an amount or a reference must read the same in every copy. Names of months and separators follow
the reader's country (CLDR): تشرين الثاني in Lebanon, نونبر in Morocco, نوفمبر in Tunisia.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from unicodedata import bidirectional
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError
from babel.core import get_global
from babel.dates import format_date, format_datetime
from babel.numbers import format_decimal
from django.utils.html import conditional_escape, format_html, format_html_join, linebreaks
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, get_language_bidi
from django.utils.translation import gettext as _

from accounts.wording import city_name
from conduct.queries.days import PROGRAMME_ZONE, day_of
from documents.rules.amounts import money_in_words
from documents.rules.long_words import pieces

# Where nobody names a country: British dates, French ones, and the Arabic of the standard.
_LANGUAGE_LOCALES = {"en": "en_GB", "fr": "fr", "ar": "ar"}
_ARABIC_NUMBERS = "ar_LB"
_HUNDREDTH = Decimal("0.01")
NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"

# A blank that French letters elide over, in a sentence that was filled with a name.
_ELIDED = re.compile(r"\b([dDlL]|[qQ]u)e (?=[aeiouyàâæéèêëîïôœûü])", re.IGNORECASE)
_CONTRACTED = (("de Le ", "du "), ("de Les ", "des "), ("à Le ", "au "), ("à Les ", "aux "))

_country: ContextVar[str | Callable[[], str]] = ContextVar("country", default="")
_REFERENCE = re.compile(r"\b[A-Z]{3}-\d{4}(?:-[A-Z]{2})?-\d{4}(?:-[A-Z]\d+)*\b")


@contextmanager
def for_readers_in(country: str | Callable[[], str]) -> Iterator[None]:
    """Write what is enclosed for readers in a country (ISO code; '' for none in particular).

    What has to be looked up is a function: it is called where the country matters, and only there.
    """
    token = _country.set(country)
    try:
        yield
    finally:
        _country.reset(token)


def current_locale() -> Locale:
    """The active language as the readers' country writes it."""
    language = (get_language() or "en")[:2]
    if language == "ar":
        country = _country.get()
        code = country if isinstance(country, str) else country()
        try:
            return Locale.parse(f"ar_{code}" if code else "ar")
        except (UnknownLocaleError, ValueError):
            pass
    return Locale.parse(_LANGUAGE_LOCALES.get(language, language))


def country_of_zone(name: str) -> str:
    """The country (ISO code) in which a time zone lies, by its IANA name; '' where nobody knows."""
    return get_global("zone_territories").get(name, "")


def day(value: str | date) -> str:
    """A date, or its ISO text, written out: 3 November 2026, 1er novembre. Empty for nothing."""
    if not value:
        return ""
    when, locale = _as_date(value), current_locale()
    is_french_first = locale.language == "fr" and when.day == 1
    return format_date(when, "d'er' MMMM y" if is_french_first else "d MMMM y", locale)


def month(value: str) -> str:
    """A month, given as YYYY-MM, written out: November 2026. Empty for nothing."""
    return (
        format_date(date.fromisoformat(f"{value}-01"), "LLLL y", current_locale()) if value else ""
    )


def city_of_zone(name: str) -> str:
    """The city whose clock a time zone keeps, in the active language."""
    return city_name(name, current_locale())


def instant(value: str | datetime, time_zone: str = PROGRAMME_ZONE.key) -> str:
    """An instant, or its ISO text, in the clock of `time_zone`, which it names by its city."""
    if not value:
        return ""
    moment = datetime.fromisoformat(value) if isinstance(value, str) else value
    locale = current_locale()
    zone = ZoneInfo(time_zone)
    local = moment.astimezone(zone)
    text = {
        "day": day(day_of(moment, zone)),
        "time": format_datetime(local, "HH:mm", locale=locale),
        "zone": "UTC" if time_zone == "UTC" else city_name(time_zone, locale),
    }
    if time_zone == "UTC":
        return _("%(day)s at %(time)s UTC") % text
    # Translators: a clock time with the city whose clock it is.
    return elided(_("%(day)s at %(time)s (%(zone)s time)") % text)


def number(value: str | int | Decimal, decimals: int | None = None) -> str:
    """A number with the language's separators; so many `decimals`, or up to six as needed."""
    pattern = "#,##0.######" if decimals is None else f"#,##0.{'0' * decimals}".rstrip(".")
    locale = current_locale()
    if locale.language == "ar":
        # As in each country of the programme, and as the pages write numbers: 5.000,00.
        locale = Locale.parse(_ARABIC_NUMBERS)
    text = format_decimal(Decimal(str(value)), pattern, locale, numbering_system="latn")
    # Not every font has the narrow space of French, and a wide one is right as well.
    return text.replace("\N{NARROW NO-BREAK SPACE}", NO_BREAK_SPACE)


def measure(value: str | int | Decimal) -> str:
    """Days, hours and the like: two digits behind the mark at most, rounded half up, no idle zeros."""
    return number(Decimal(str(value)).quantize(_HUNDREDTH, ROUND_HALF_UP))


def figures(value: str | int | Decimal) -> str:
    """The figures of an amount of money: 5,000.00, with a thousandth where there is one: 12.345."""
    exact = Decimal(str(value))
    return number(exact, max(2, -int(exact.normalize().as_tuple().exponent)))


def amount(value: str | int | Decimal, currency: str = "EUR") -> str:
    """An amount of money with its currency's code: 5,000.00 EUR."""
    return f"{figures(value)}{NO_BREAK_SPACE}{currency}"


def amount_in_text(value: str | int | Decimal, currency: str = "EUR") -> str:
    """The same for sentences without markup, kept whole where they run from right to left."""
    return kept_whole(amount(value, currency))


def rate(units_per_euro: str | Decimal, currency: str) -> str:
    """An exchange rate for sentences without markup: 1 EUR = 3.4404 TND."""
    return kept_whole(f"1 EUR = {number(units_per_euro)} {currency}")


def kept_whole(text: str) -> str:
    """Text from left to right that stays whole in a sentence without markup (U+2066 … U+2069)."""
    isolate, end = "\N{LEFT-TO-RIGHT ISOLATE}", "\N{POP DIRECTIONAL ISOLATE}"
    return f"{isolate}{text}{end}" if get_language_bidi() else text


def in_its_direction(text: str) -> str:
    """A title in a sentence without markup, apart where it runs the other way (U+2068 … U+2069)."""
    runs_across = (direction(text) == "rtl") is not get_language_bidi()
    apart, end = "\N{FIRST STRONG ISOLATE}", "\N{POP DIRECTIONAL ISOLATE}"
    return f"{apart}{text}{end}" if runs_across else text


def elided(sentence: str) -> str:
    """A sentence that was filled with a name, as French says it: d’Athènes, du Caire."""
    if (get_language() or "")[:2] != "fr":
        return sentence
    for apart, together in _CONTRACTED:
        sentence = sentence.replace(apart, together)
    return _ELIDED.sub("\\1’", sentence)


def references_whole(sentence: str) -> SafeString:
    """A sentence in which no reference (SUV-2026-LB-0001-C1) breaks at its hyphens in Arabic.

    There the hyphen at which one breaks would stand before it.
    """
    if not get_language_bidi():
        return conditional_escape(sentence)
    return mark_safe(  # noqa: S308 - what comes in is escaped first
        _REFERENCE.sub(r'<bdi class="whole" dir="ltr">\g<0></bdi>', conditional_escape(sentence))
    )


def comma() -> str:
    """What stands between the items of a list in the active language; Arabic has its own."""
    return "، " if get_language_bidi() else ", "


def colon() -> str:
    """What stands between a label and what it names; French keeps it off the label, unbroken."""
    return "\N{NO-BREAK SPACE}: " if (get_language() or "").startswith("fr") else ": "


def listed(parts: Iterable[object]) -> str:
    """Names or values, one beside the other, in the active language."""
    return comma().join(map(str, parts))


def amount_in_words(value: str | int | Decimal, currency: str = "EUR") -> str:
    """An amount in words: five thousand euros; cents where there are any.

    Raises ValueError for a negative amount, or one that is no whole number of cents.
    """
    return money_in_words(Decimal(str(value)), currency, (get_language() or "en")[:2])


def funding_statement(funding: str) -> str:
    """What stands beside the emblem, as the Union asks: `funded` by it, or `co-funded`."""
    if funding == "co-funded":
        return _("Co-funded by the European Union")
    return _("Funded by the European Union")


def isolated(text: object) -> SafeString:
    """Text that runs from left to right whatever surrounds it: references, amounts, IBANs.

    A reference stays on one line in Arabic (see `references_whole`).
    """
    if get_language_bidi() and _REFERENCE.fullmatch(str(text)):
        return format_html('<bdi class="whole" dir="ltr">{}</bdi>', text)
    return format_html('<bdi dir="ltr">{}</bdi>', _breakable(text))


def direction(text: str) -> str:
    """Which way a text runs, by its first letter: rtl for Arabic, ltr otherwise."""
    for character in text:
        kind = bidirectional(character)
        if kind in ("R", "AL"):
            return "rtl"
        if kind == "L":
            return "ltr"
    return "ltr"


def as_written(name: object) -> SafeString:
    """A name or another text of one line that keeps its own direction inside any other."""
    return format_html('<bdi dir="{}">{}</bdi>', direction(str(name)), _breakable(name))


def _breakable(text: object) -> object:
    """The text, with places for a break in words that no line and no column can hold."""
    if isinstance(text, SafeString):
        return text
    found = pieces(str(text))
    return (
        text
        if len(found) == 1
        else format_html_join(mark_safe("<wbr>"), "{}", ((one,) for one in found))
    )


def in_parts(record: object) -> SafeString:
    """What a record is called, such as «SUV-2026-LB-0007 · QOOT»: each part has its own direction."""
    parts = ((part,) for part in str(record).split(" · "))
    # One box, since cells of tables lay out their children on a telephone.
    return format_html("<span>{}</span>", format_html_join(" · ", "<bdi>{}</bdi>", parts))


def own_words(text: str) -> SafeString:
    """What a person wrote, with its paragraphs and its own direction."""
    paragraphs = mark_safe(linebreaks(text, autoescape=True))  # noqa: S308 (escaped here)
    return format_html('<div class="own-words" dir="{}">{}</div>', direction(text), paragraphs)


def _as_date(value: str | date) -> date:
    if isinstance(value, datetime):
        raise TypeError("An instant has a day only in a zone: see conduct.queries.days.day_of.")
    return value if isinstance(value, date) else date.fromisoformat(value)
