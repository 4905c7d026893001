"""What is said of plans in words of the active language. Amounts are EUR."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from documents.wording import day, figures
from inputs.rules.numbers import SHARE
from inputs.wording import as_read, what_is_wrong

from .models import BudgetLine
from .rules.parts import PartOf, Remark

# What pages and documents call the columns of a part.
LABELS: dict[tuple[int, str], Any] = {
    (PartOf.FRAME, "aim"): gettext_lazy("What the voucher will change"),
    (PartOf.FRAME, "provider"): gettext_lazy("Provider"),
    (PartOf.OBJECTIVES, "text"): gettext_lazy("Objective"),
    (PartOf.OBJECTIVES, "needs"): gettext_lazy("Needs that it answers"),
    (PartOf.ACTIVITIES, "title"): gettext_lazy("Activity"),
    (PartOf.ACTIVITIES, "objective"): gettext_lazy("For the objective"),
    (PartOf.MILESTONES, "title"): gettext_lazy("What is reached"),
    (PartOf.MILESTONES, "due_on"): gettext_lazy("Due on"),
    (PartOf.MILESTONES, "days"): gettext_lazy("Days of expertise"),
    (PartOf.MILESTONES, "who"): gettext_lazy("Who does it"),
    (PartOf.DELIVERABLES, "title"): gettext_lazy("What is handed in"),
    (PartOf.DELIVERABLES, "milestone"): gettext_lazy("For the milestone"),
    (PartOf.LINES, "kind"): gettext_lazy("Kind"),
    (PartOf.LINES, "text"): gettext_lazy("What for"),
    (PartOf.LINES, "milestone"): gettext_lazy("For the milestone"),
    (PartOf.LINES, "days"): gettext_lazy("Days"),
    (PartOf.LINES, "rate"): gettext_lazy("Rate per day (EUR)"),
    (PartOf.LINES, "amount"): gettext_lazy("Amount (EUR)"),
    (PartOf.RESULTS, "code"): gettext_lazy("Indicator of the call"),
    (PartOf.RESULTS, "name"): gettext_lazy("Indicator"),
    (PartOf.RESULTS, "unit"): gettext_lazy("Unit"),
    (PartOf.RESULTS, "baseline"): gettext_lazy("Today"),
    (PartOf.RESULTS, "target"): gettext_lazy("Target"),
    (PartOf.RESULTS, "due_on"): gettext_lazy("Reached by"),
}

_SENTENCES: dict[str, Any] = {
    # What keeps a plan from being sent.
    "missing": gettext_lazy("“%(column)s” is missing."),
    "too_long": gettext_lazy("“%(column)s” has more than %(most)s characters."),
    "no_day": gettext_lazy("This is not a day. Write it like 31/12/2026."),
    "no_objective": gettext_lazy("Write at least one objective."),
    "no_milestone": gettext_lazy("The plan has no milestone."),
    "no_result": gettext_lazy("Say at least one result by which success can be measured."),
    "before_voucher": gettext_lazy(
        "“%(title)s” is due outside the validity of the voucher, which begins on %(first)s."
    ),
    "after_voucher": gettext_lazy(
        "“%(title)s” is due outside the validity of the voucher, which ends on %(last)s."
    ),
    "not_positive": gettext_lazy("“%(column)s” must be more than zero."),
    "no_quarters": gettext_lazy(
        "Days are planned in quarters (two hours): write 0.25, 0.5, 0.75, 1 and so on."
    ),
    "too_many_days": gettext_lazy("More than %(most)s days cannot be planned."),
    "too_large": gettext_lazy("This number is too large."),
    "no_line": gettext_lazy("No line of the budget pays for “%(title)s”."),
    "above_voucher": gettext_lazy(
        "The lines add up to %(total)s EUR; the voucher is worth %(amount)s EUR."
    ),
    "twice": gettext_lazy("This indicator stands in the plan already."),
    "claimed_is_gone": gettext_lazy(
        "“%(title)s” cannot be taken out: %(claimed)s EUR of it are claimed."
    ),
    "accepted_is_gone": gettext_lazy(
        "“%(title)s” cannot be taken out: it is delivered and accepted."
    ),
    "below_claimed": gettext_lazy(
        "“%(title)s” cannot be worth less than the %(claimed)s EUR that are claimed of it."
    ),
    # What is worth a second look.
    "rate_high": gettext_lazy(
        "This rate is above what is usual in this call (%(low)s to %(high)s EUR a day)."
    ),
    "rate_low": gettext_lazy(
        "This rate is below what is usual in this call (%(low)s to %(high)s EUR a day)."
    ),
    "days_differ": gettext_lazy("The milestone has %(days)s days, its lines pay for %(lines)s."),
    "unused": gettext_lazy("%(left)s EUR of the voucher are not planned."),
    "nothing_handed_in": gettext_lazy("Nothing is handed in for this milestone."),
    "nothing_done": gettext_lazy("No activity serves this objective."),
    "target_is_today": gettext_lazy("The target is what there is today."),
    "reached_before": gettext_lazy("This day comes before the voucher begins."),
    "answers_no_need": gettext_lazy("This objective answers none of the needs."),
}


def sentence_of(remark: Remark) -> str:
    """A remark in words."""
    if remark.code == "not_the_number":
        return what_is_wrong(remark.facts["wrong"])
    if remark.code == "needs_unanswered":
        number = int(remark.facts["number"])
        return ngettext(
            "%(number)s need is answered by no objective.",
            "%(number)s needs are answered by no objective.",
            number,
        ) % {"number": number}
    facts = {name: _said(name, value) for name, value in remark.facts.items()}
    column = str(LABELS.get((remark.part, remark.column), ""))
    return str(_SENTENCES[remark.code]) % {**facts, "column": column}


def _said(name: str, value: Any) -> str:
    if name in ("first", "last"):
        return day(value)
    if name == "most":
        return str(value)
    if isinstance(value, Decimal):
        return as_read(value, SHARE) if name in ("days", "lines") else figures(value)
    return str(value)


def placed_sentence(remark: Remark, rows: dict[str, int]) -> str:
    """A remark with the number of its row, for a list of all of them; `rows` numbers the keys."""
    place = rows.get(remark.key)
    if place is None:
        return sentence_of(remark)
    return _("Row %(number)s: %(sentence)s") % {
        "number": place,
        "sentence": sentence_of(remark),
    }


def kind_of_line(kind: str) -> str:
    """What pages call a kind of budget line; empty for one that is unknown."""
    kinds = {value: str(label) for value, label in BudgetLine.Kind.choices}
    return kinds.get(kind, "")


def sentences_of(remarks: Iterable[Remark]) -> list[str]:
    """All remarks in words."""
    return [sentence_of(remark) for remark in remarks]
