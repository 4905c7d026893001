"""What the reader of numbers says: what was understood, and what is wrong, in the active language."""

from __future__ import annotations

from decimal import Decimal

from django.utils.formats import get_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from inputs.rules.currencies import places_of
from inputs.rules.marks import without_marks
from inputs.rules.numbers import MONEY, NotTheNumber, Shape, Wrong, number_or_none, written


def what_is_wrong(problem: NotTheNumber) -> str:
    """A sentence that says why a text is not the number that is asked for, and how to write it."""
    shape = problem.shape
    if problem.why is Wrong.UNCLEAR:
        return unclear_words() % dict(zip(("one", "other"), problem.meanings, strict=True))
    if problem.why is Wrong.LARGE:
        return _("This number is too large.")
    if problem.why is Wrong.PLACES and shape == MONEY:
        return _("An amount has at most two decimals.")
    if problem.why is Wrong.PLACES and shape.places:
        return ngettext(
            "At most %(places)s decimal, please.",
            "At most %(places)s decimals, please.",
            shape.places,
        ) % {"places": shape.places}
    if not shape.places:
        return _("This is not a whole number. Write it like 1234.")
    return _("This is not a number. Write it like 1234.50.")


def understood(text: str, shape: Shape) -> str:
    """What a text was read as, as a sentence; empty where nothing could be taken otherwise.

    `25` is 25 to everybody; `25,50` and `5.000` are not.
    """
    number = number_or_none(text, shape)
    if number is None or as_read(number, shape) == without_marks(text).strip(" "):
        return ""
    return read_words() % {"number": as_read(number, shape)}


def as_read(number: Decimal, shape: Shape) -> str:
    """A number as the active language writes it, grouped; money with its cents."""
    places = max(-int(number.normalize().as_tuple().exponent), 0)
    if (places and shape.places >= 2) or shape == MONEY:
        places = max(places, 2)
    return number_format(number, places, force_grouping=True)


def as_typed(number: Decimal, shape: Shape) -> str:
    """A number as a field holds it: with the decimal mark of the active language, not grouped."""
    return written(number, shape, decimal_mark=get_format("DECIMAL_SEPARATOR"))


def read_words() -> str:
    """What is before the number that was understood."""
    # Translators: beside a field, once "5.000" was typed: Read as 5,000.00
    return _("Read as %(number)s")


def unclear_words() -> str:
    """What is said of a number that can be read in two ways."""
    return _("This can be read in two ways. Write %(one)s or %(other)s.")


def sentence_on_decimals(currency: str) -> str:
    """How many decimals an amount in the currency has at most."""
    return ngettext(
        "An amount in %(currency)s has at most %(places)s decimal.",
        "An amount in %(currency)s has at most %(places)s decimals.",
        places_of(currency),
    ) % {"currency": currency, "places": places_of(currency)}
