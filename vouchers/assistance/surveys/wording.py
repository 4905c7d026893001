"""What is said of surveys in words of the active language."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from documents.wording import number
from inputs.wording import what_is_wrong

from .rules.asking import WORDS, SurveyProblem

# What pages and files call the questions of a call.
LABELS: dict[str, Any] = {
    "jobs_created": _("Jobs created at the members since the voucher"),
    "turnover_change": _("Change of the members’ turnover since the voucher (per cent)"),
    "new_markets": _("New markets (countries) reached since the voucher"),
    "members": _("Members of the cluster today"),
    WORDS: _("In your words: what became of it"),
}
VALUE_LABEL = pgettext_lazy("value of an indicator", "Today")
NOTE_LABEL = _("How it is known")
STANDINGS = {
    "open": pgettext_lazy("survey", "open"),
    "answered": pgettext_lazy("survey", "answered"),
    "missed": pgettext_lazy("survey", "not answered"),
}
_SENTENCES: dict[str, Any] = {
    "missing": _("“%(column)s” is missing."),
    "too_long": _("“%(column)s” has more than %(most)s characters."),
    "negative": _("“%(column)s” cannot be below zero."),
    "too_large": _("This number is too large."),
    "no_value": _("Write which value “%(name)s” has today, as a number."),
    "all_at_most": _("A turnover falls by 100 percent at most."),
}


def label_of(name: str) -> str:
    """What the field of this name is called."""
    if name.startswith("value_"):
        return str(VALUE_LABEL)
    return str(NOTE_LABEL if name.startswith("note_") else LABELS[name])


def sentence_of(problem: SurveyProblem) -> str:
    """A problem in words."""
    if problem.code == "not_the_number":
        return what_is_wrong(problem.facts["wrong"])
    facts = {
        name: number(value) if isinstance(value, int | Decimal) else value
        for name, value in problem.facts.items()
    }
    return str(_SENTENCES[problem.code]) % {**facts, "column": label_of(problem.name)}
