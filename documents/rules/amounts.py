"""Amounts of money in words, in three languages, as an official letter writes them.

Whole numbers of English and French are num2words’ own; its currency mode is never used, which writes
rials for euros in Arabic. What is counted is named here, reviewed word by word
(tests/documents/test_amounts_in_words.py). Pure: no Django, no models.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from num2words import num2words

from .arabic_numbers import AND, Counted, counted_in_arabic


@dataclass(frozen=True)
class _Latin:
    """A unit of money in English or French."""

    one: str
    many: str
    is_feminine: bool = False


@dataclass(frozen=True)
class _Money:
    """A currency in one language: its unit, and the part of it that `decimals` places count."""

    unit: _Latin | Counted
    part: _Latin | Counted
    decimals: int = 2


_CENT = Counted("سنت واحد", "سنتان", "سنتات", "سنتًا", "سنت")
_CENTIME = Counted("سنتيم واحد", "سنتيمان", "سنتيمات", "سنتيمًا", "سنتيم")

_CURRENCIES: dict[str, dict[str, _Money]] = {
    "en": {
        "EUR": _Money(_Latin("euro", "euros"), _Latin("cent", "cents")),
        "USD": _Money(_Latin("US dollar", "US dollars"), _Latin("cent", "cents")),
        "LBP": _Money(_Latin("Lebanese pound", "Lebanese pounds"), _Latin("piastre", "piastres")),
        "MAD": _Money(_Latin("Moroccan dirham", "Moroccan dirhams"), _Latin("centime", "centimes")),
        "TND": _Money(
            _Latin("Tunisian dinar", "Tunisian dinars"), _Latin("millime", "millimes"), 3
        ),
    },
    "fr": {
        "EUR": _Money(_Latin("euro", "euros"), _Latin("centime", "centimes")),
        "USD": _Money(
            _Latin("dollar des États-Unis", "dollars des États-Unis"), _Latin("cent", "cents")
        ),
        "LBP": _Money(
            _Latin("livre libanaise", "livres libanaises", is_feminine=True),
            _Latin("piastre", "piastres", is_feminine=True),
        ),
        "MAD": _Money(
            _Latin("dirham marocain", "dirhams marocains"), _Latin("centime", "centimes")
        ),
        "TND": _Money(
            _Latin("dinar tunisien", "dinars tunisiens"), _Latin("millime", "millimes"), 3
        ),
    },
    "ar": {
        # As CLDR and the Union’s own texts: the name of the euro has no plural.
        "EUR": _Money(Counted("يورو واحد", "يوروان", "يورو", "يورو", "يورو"), _CENT),
        "USD": _Money(
            Counted(
                "دولار أمريكي واحد",
                "دولاران أمريكيان",
                "دولارات أمريكية",
                "دولارًا أمريكيًا",
                "دولار أمريكي",
            ),
            _CENT,
        ),
        "LBP": _Money(
            Counted(
                "ليرة لبنانية واحدة",
                "ليرتان لبنانيتان",
                "ليرات لبنانية",
                "ليرة لبنانية",
                "ليرة لبنانية",
                is_feminine=True,
            ),
            Counted("قرش واحد", "قرشان", "قروش", "قرشًا", "قرش"),
        ),
        "MAD": _Money(
            Counted(
                "درهم مغربي واحد",
                "درهمان مغربيان",
                "دراهم مغربية",
                "درهمًا مغربيًا",
                "درهم مغربي",
            ),
            _CENTIME,
        ),
        "TND": _Money(
            Counted(
                "دينار تونسي واحد",
                "ديناران تونسيان",
                "دنانير تونسية",
                "دينارًا تونسيًا",
                "دينار تونسي",
            ),
            Counted("مليم واحد", "مليمان", "مليمات", "مليمًا", "مليم"),
            3,
        ),
    },
}
_AND = {"en": " and ", "fr": " et ", "ar": AND}
_LAST_ONE = re.compile(r"\bun$")


def money_in_words(value: Decimal, currency: str, language: str) -> str:
    """«five thousand euros and ten cents»; of less than one unit, the cents alone.

    Raises ValueError for a negative amount and for a part that the currency has not (half a cent),
    KeyError for a currency or a language that nobody has reviewed.
    """
    money = _CURRENCIES[language][currency]
    parts = value.scaleb(money.decimals)
    if value < 0 or parts != parts.to_integral_value():
        raise ValueError(f"{value} {currency} is not written in words.")
    units, rest = divmod(int(parts), 10**money.decimals)
    if not rest:
        return _counted(units, money.unit, language)
    small = _counted(rest, money.part, language)
    if not units:
        return small
    return f"{_counted(units, money.unit, language)}{_AND[language]}{small}"


def _counted(number: int, noun: _Latin | Counted, language: str) -> str:
    if isinstance(noun, Counted):
        return counted_in_arabic(number, noun)
    words = num2words(number, lang=language)
    if language != "fr":
        return f"{words} {noun.one if number == 1 else noun.many}"
    if noun.is_feminine:
        words = _LAST_ONE.sub("une", words)
    if number and number % 1_000_000 == 0:
        # Million is a noun in French: un million d’euros, deux millions de dinars.
        return f"{words} {'d’' if noun.many[0] in 'aeiou' else 'de '}{noun.many}"
    return f"{words} {noun.one if number < 2 else noun.many}"
