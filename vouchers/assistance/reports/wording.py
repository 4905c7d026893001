"""What is said of final reports in words of the active language."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from documents.wording import number
from inputs.wording import what_is_wrong

from .rules.parts import PartOfReport, ReportProblem

# What pages and documents call the columns of a part.
LABELS: dict[tuple[int, str], Any] = {
    (PartOfReport.TOLD, "summary"): gettext_lazy("What the cluster did with the voucher"),
    (PartOfReport.TOLD, "story"): gettext_lazy("A story: one member for whom it made a difference"),
    (PartOfReport.BROUGHT, "results"): gettext_lazy("Results for the members"),
    (PartOfReport.BROUGHT, "lessons"): gettext_lazy("Lessons learnt"),
    (PartOfReport.BROUGHT, "members_reached"): gettext_lazy("Members reached"),
    (PartOfReport.BROUGHT, "women_reached"): gettext_lazy("of them, led by women"),
    (PartOfReport.INDICATORS, "value"): gettext_lazy("Reached"),
    (PartOfReport.INDICATORS, "note"): gettext_lazy("How it is known"),
    (PartOfReport.INDICATORS, "evidence"): gettext_lazy("Evidence"),
    (PartOfReport.PROVIDER, "satisfaction"): gettext_lazy("Satisfaction with the provider"),
    (PartOfReport.PROVIDER, "provider_words"): gettext_lazy(
        "In your words: what was good, what was not"
    ),
    (PartOfReport.PICTURES, "caption"): gettext_lazy("Caption"),
    (PartOfReport.PICTURES, "credit"): gettext_lazy("Who took it, and who may use it"),
    (PartOfReport.PICTURES, "alternative"): gettext_lazy(
        "What can be seen, for those who do not see it"
    ),
}
RATINGS = {
    1: gettext_lazy("1 – not at all satisfied"),
    2: gettext_lazy("2 – hardly satisfied"),
    3: gettext_lazy("3 – partly satisfied"),
    4: gettext_lazy("4 – satisfied"),
    5: gettext_lazy("5 – very satisfied"),
}
_SENTENCES: dict[str, Any] = {
    "missing": gettext_lazy("“%(column)s” is missing."),
    "too_long": gettext_lazy("“%(column)s” has more than %(most)s characters."),
    "negative": gettext_lazy("“%(column)s” cannot be below zero."),
    "too_large": gettext_lazy("This number is too large."),
    "more_than_all": gettext_lazy("No more than all the members reached."),
    "no_value": gettext_lazy("Write which value was reached of “%(name)s”, as a number."),
    "no_evidence": gettext_lazy("Say what shows the value of “%(name)s”, or attach it."),
    "no_rating": gettext_lazy("Say how satisfied you are with the provider."),
    "rating_range": gettext_lazy("Say how satisfied you are: 1 to 5."),
}


def sentence_of(problem: ReportProblem) -> str:
    """A problem in words."""
    if problem.code == "not_the_number":
        return what_is_wrong(problem.facts["wrong"])
    facts = {
        name: number(value) if isinstance(value, int | Decimal) else value
        for name, value in problem.facts.items()
    }
    column = str(LABELS.get((problem.part, problem.column), ""))
    return str(_SENTENCES[problem.code]) % {**facts, "column": column}


def placed_sentence(problem: ReportProblem, rows: dict[str, int]) -> str:
    """A problem with the number of its row, for a list of all of them; `rows` numbers the keys."""
    place = rows.get(problem.key)
    if place is None:
        return sentence_of(problem)
    return _("Row %(number)s: %(sentence)s") % {
        "number": number(place),
        "sentence": sentence_of(problem),
    }
