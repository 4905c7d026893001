"""What is worth a second look before a plan is sent or approved. Nothing here keeps it back."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from decimal import Decimal

from .parts import NOTHING, Content, PartOf, PlanTerms, Remark
from .totals import total_of


def warnings_of(content: Content, terms: PlanTerms, needs: Collection[str] = ()) -> list[Remark]:
    """What looks odd, row by row. `needs` are the keys of the needs that want an answer."""
    return [
        *_rates(content, terms),
        *_days(content),
        *_unused(content, terms),
        *_bare(content),
        *_targets(content, terms),
        *_needs(content, needs),
    ]


def _rates(content: Content, terms: PlanTerms) -> Iterator[Remark]:
    for line in content.lines:
        if line.rate is None or line.rate <= 0:
            continue
        usual = {"low": terms.rate_low, "high": terms.rate_high}
        if line.rate > terms.rate_high:
            yield Remark("rate_high", PartOf.LINES, line.key, "rate", usual)
        elif line.rate < terms.rate_low:
            yield Remark("rate_low", PartOf.LINES, line.key, "rate", usual)


def _days(content: Content) -> Iterator[Remark]:
    """Days of a milestone and of the lines that pay for days of it; where both are said."""
    for step in content.milestones:
        paid = [line.days for line in content.lines if line.milestone == step.key and line.days]
        total = sum(paid, Decimal(0))
        if paid and step.days is not None and total != step.days:
            facts = {"days": step.days, "lines": total}
            yield Remark("days_differ", PartOf.MILESTONES, step.key, "days", facts)


def _unused(content: Content, terms: PlanTerms) -> Iterator[Remark]:
    left = terms.amount - total_of(content)
    if content.lines and left > 0:
        yield Remark("unused", PartOf.LINES, facts={"left": left})


def _bare(content: Content) -> Iterator[Remark]:
    handed = {one.milestone for one in content.deliverables}
    for step in content.milestones:
        if step.key not in handed:
            yield Remark("nothing_handed_in", PartOf.MILESTONES, step.key, "title")
    served = {one.objective for one in content.activities}
    if content.activities:
        for objective in content.objectives:
            if objective.key not in served:
                yield Remark("nothing_done", PartOf.OBJECTIVES, objective.key, "text")


def _targets(content: Content, terms: PlanTerms) -> Iterator[Remark]:
    for result in content.results:
        if result.target is not None and result.target == (result.baseline or NOTHING):
            yield Remark("target_is_today", PartOf.RESULTS, result.key, "target")
        if result.due_on and result.due_on < terms.first_day:
            yield Remark("reached_before", PartOf.RESULTS, result.key, "due_on")


def _needs(content: Content, needs: Collection[str]) -> Iterator[Remark]:
    if not needs:
        return
    answered = {key for objective in content.objectives for key in objective.needs}
    for objective in content.objectives:
        if not set(objective.needs) & set(needs):
            yield Remark("answers_no_need", PartOf.OBJECTIVES, objective.key, "needs")
    if missing := [key for key in needs if key not in answered]:
        yield Remark("needs_unanswered", PartOf.OBJECTIVES, facts={"number": len(missing)})
