"""What keeps a plan from being sent, row by row; and what an amendment may not take away."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from .parts import NOTHING, Content, CostLine, PartOf, PlannedStep, PlanTerms, Remark
from .totals import amount_of, total_of

QUARTER = Decimal("0.25")
MOST_DAYS = Decimal(999)
MOST_MONEY = Decimal(10) ** 10
LINE_KINDS = ("days", "fixed", "travel", "other")
# The longest text that a column bears, in characters.
LONGEST = {"text": 300, "title": 200, "who": 200, "name": 300, "unit": 60}


@dataclass(frozen=True)
class Bound:
    """A milestone of the plan in force that is claimed (EUR) or delivered: an amendment keeps it."""

    key: str
    title: str
    claimed: Decimal
    is_accepted: bool
    # Per cent that the call bears above the plan.
    tolerance: Decimal = Decimal(0)

    def bears(self, amount: Decimal) -> bool:
        """Whether what is claimed stands where the milestone is worth `amount` (EUR)."""
        return self.claimed <= most_of(amount, self.tolerance)


def most_of(amount: Decimal, tolerance: Decimal) -> Decimal:
    """What can be claimed of a milestone worth `amount` (EUR), the call bearing `tolerance` per cent."""
    return (amount * (100 + tolerance) / 100).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)


def problems_of(content: Content, terms: PlanTerms, bound: Iterable[Bound] = ()) -> list[Remark]:
    """All that must be mended before the plan can be sent."""
    return [
        *_of_frame(content),
        *_of_objectives(content),
        *_of_milestones(content, terms),
        *_of_deliverables(content),
        *_of_lines(content, terms),
        *_of_results(content),
        *_of_what_is_bound(content, bound),
    ]


def in_quarters(days: Decimal) -> bool:
    """Whether days are planned in quarters (two hours of a day of eight): 0.25, 0.5, 1.75."""
    return days % QUARTER == 0


def _missing(part: PartOf, key: str, **columns: object) -> Iterator[Remark]:
    for column, value in columns.items():
        if value is None or value == "":
            yield Remark("missing", part, key, column)
        elif isinstance(value, str) and len(value) > LONGEST.get(column, 5000):
            yield Remark("too_long", part, key, column, {"most": LONGEST[column]})


def _of_frame(content: Content) -> Iterator[Remark]:
    yield from _missing(PartOf.FRAME, "", aim=content.aim)


def _of_objectives(content: Content) -> Iterator[Remark]:
    if not content.objectives:
        yield Remark("no_objective", PartOf.OBJECTIVES)
    for objective in content.objectives:
        if not objective.text:
            yield Remark("missing", PartOf.OBJECTIVES, objective.key, "text")
    for activity in content.activities:
        yield from _missing(PartOf.ACTIVITIES, activity.key, title=activity.title)


def _of_milestones(content: Content, terms: PlanTerms) -> Iterator[Remark]:
    part = PartOf.MILESTONES
    if not content.milestones:
        yield Remark("no_milestone", part)
    for step in content.milestones:
        yield from _missing(part, step.key, title=step.title, due_on=step.due_on, days=step.days)
        if len(step.who) > LONGEST["who"]:
            yield Remark("too_long", part, step.key, "who", {"most": LONGEST["who"]})
        if step.due_on and step.due_on < terms.first_day:
            yield Remark("before_voucher", part, step.key, "due_on", _named(step, terms))
        if step.due_on and step.due_on > terms.last_day:
            yield Remark("after_voucher", part, step.key, "due_on", _named(step, terms))
        yield from _wrong_days(part, step.key, step.days)
        if amount_of(content, step.key) <= 0:
            yield Remark("no_line", part, step.key, "title", {"title": step.title})


def _named(step: PlannedStep, terms: PlanTerms) -> dict[str, object]:
    return {"title": step.title, "first": terms.first_day, "last": terms.last_day}


def _wrong_days(part: PartOf, key: str, days: Decimal | None) -> Iterator[Remark]:
    if days is None:
        return
    if days <= 0:
        yield Remark("not_positive", part, key, "days")
    elif days > MOST_DAYS:
        yield Remark("too_many_days", part, key, "days", {"most": MOST_DAYS})
    elif not in_quarters(days):
        yield Remark("no_quarters", part, key, "days")


def _of_deliverables(content: Content) -> Iterator[Remark]:
    known = {step.key for step in content.milestones}
    for handed in content.deliverables:
        milestone = handed.milestone if handed.milestone in known else ""
        yield from _missing(
            PartOf.DELIVERABLES, handed.key, title=handed.title, milestone=milestone
        )


def _of_lines(content: Content, terms: PlanTerms) -> Iterator[Remark]:
    part = PartOf.LINES
    known = {step.key for step in content.milestones}
    for line in content.lines:
        milestone = line.milestone if line.milestone in known else ""
        yield from _missing(part, line.key, text=line.text, milestone=milestone)
        yield from _wrong_amount(line)
    if total_of(content) > terms.amount:
        yield Remark(
            "above_voucher", part, facts={"total": total_of(content), "amount": terms.amount}
        )


def _wrong_amount(line: CostLine) -> Iterator[Remark]:
    part = PartOf.LINES
    if line.kind not in LINE_KINDS:
        yield Remark("missing", part, line.key, "kind")
    elif line.kind == "days":
        yield from _missing(part, line.key, days=line.days, rate=line.rate)
        yield from _wrong_days(part, line.key, line.days)
        if line.rate is not None and line.rate <= 0:
            yield Remark("not_positive", part, line.key, "rate")
    else:
        yield from _missing(part, line.key, amount=line.amount)
        if line.amount is not None and line.amount <= 0:
            yield Remark("not_positive", part, line.key, "amount")
    if max(line.rate or NOTHING, line.amount or NOTHING) >= MOST_MONEY:
        yield Remark("too_large", part, line.key, "rate" if line.rate else "amount")


def _of_results(content: Content) -> Iterator[Remark]:
    part = PartOf.RESULTS
    if not content.results:
        yield Remark("no_result", part)
    seen: set[str] = set()
    for result in content.results:
        yield from _missing(
            part,
            result.key,
            name=result.name,
            baseline=result.baseline,
            target=result.target,
            due_on=result.due_on,
        )
        if len(result.unit) > LONGEST["unit"]:
            yield Remark("too_long", part, result.key, "unit", {"most": LONGEST["unit"]})
        if result.code and result.code in seen:
            yield Remark("twice", part, result.key, "code")
        seen.add(result.code)


def _of_what_is_bound(content: Content, bound: Iterable[Bound]) -> Iterator[Remark]:
    known = {step.key for step in content.milestones}
    for one in bound:
        facts = {"title": one.title, "claimed": one.claimed}
        if one.key not in known and (one.claimed or one.is_accepted):
            code = "claimed_is_gone" if one.claimed else "accepted_is_gone"
            yield Remark(code, PartOf.MILESTONES, facts=facts)
        elif one.key in known and not one.bears(amount_of(content, one.key)):
            yield Remark("below_claimed", PartOf.MILESTONES, one.key, "title", facts)


def without_repeats(remarks: Sequence[Remark]) -> list[Remark]:
    """One remark for each cell: that a number is missing goes without saying where it is none."""
    said: set[tuple[PartOf, str, str]] = set()
    kept = []
    for remark in remarks:
        place = (remark.part, remark.key, remark.column)
        if remark.column and place in said:
            continue
        said.add(place)
        kept.append(remark)
    return kept
