"""Sums, readings, warnings and comparisons of plans hold for any plan."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from vouchers.assistance.plans.rules.comparing import RowFate, compared
from vouchers.assistance.plans.rules.judging import Bound, in_quarters, problems_of
from vouchers.assistance.plans.rules.parts import (
    Activity,
    AimedResult,
    Content,
    CostLine,
    Handed,
    Objective,
    PartOf,
    PlannedStep,
    PlanTerms,
)
from vouchers.assistance.plans.rules.reading import content_of, filled, typed_parts
from vouchers.assistance.plans.rules.totals import (
    amount_of,
    amounts_by_kind,
    days_of,
    total_of,
    worth_of_days,
)
from vouchers.assistance.plans.rules.warnings import warnings_of

FIRST = date(2026, 6, 1)
TERMS = PlanTerms(
    Decimal("5000.00"), FIRST, FIRST + timedelta(days=200), Decimal(150), Decimal(600)
)
words = st.text(alphabet="abc éعربي0", min_size=1, max_size=12).map(str.strip).filter(bool)
keys = st.integers(0, 2**128 - 1).map(lambda number: str(UUID(int=number)))
quarters = st.integers(1, 200).map(lambda count: count * Decimal("0.25"))
money = st.integers(1, 10**7).map(lambda cents: Decimal(cents) / 100)
within = st.integers(0, 200).map(lambda days: FIRST + timedelta(days=days))


@st.composite
def contents(draw):
    """Any plan that could be sent, but for its sum."""
    names = iter(draw(st.lists(keys, unique=True, min_size=24, max_size=24)))
    objectives = [
        Objective(next(names), draw(words), ("1",)) for _one in range(draw(st.integers(1, 3)))
    ]
    steps = [
        PlannedStep(next(names), draw(words), draw(within), draw(quarters), draw(words))
        for _one in range(draw(st.integers(1, 4)))
    ]
    lines = []
    for milestone in [*steps, *draw(st.lists(st.sampled_from(steps), max_size=4))]:
        key, text = next(names), draw(words)
        if draw(st.booleans()):
            days, rate = draw(quarters), draw(money)
            worth = worth_of_days(days, rate)
            lines.append(CostLine(key, "days", text, milestone.key, days, rate, worth))
        else:
            kind = draw(st.sampled_from(["fixed", "travel", "other"]))
            lines.append(CostLine(key, kind, text, milestone.key, amount=draw(money)))
    return Content(
        draw(words),
        draw(st.none() | st.integers(1, 99)),
        objectives,
        [Activity(next(names), draw(words), objectives[0].key)],
        steps,
        [Handed(next(names), draw(words), step.key) for step in steps],
        lines,
        [AimedResult(next(names), "", draw(words), "", Decimal(0), draw(money), draw(within))],
    )


@given(contents())
def test_what_is_typed_of_a_plan_is_read_as_the_same_plan(content):
    typed = typed_parts(content)
    assert content_of(typed) == (content, [])
    assert all(filled(rows) == rows for rows in typed.values())


@given(contents())
def test_sums_by_milestone_and_by_kind_are_the_whole(content):
    by_milestone = sum(amount_of(content, step.key) for step in content.milestones)
    assert by_milestone == total_of(content) == sum(amounts_by_kind(content).values())
    assert days_of(content) == sum(step.days for step in content.milestones)


@given(quarters, money)
def test_days_times_rate_is_off_by_half_a_cent_at_most(days, rate):
    assert abs(worth_of_days(days, rate) - days * rate) <= Decimal("0.005")
    assert in_quarters(days)
    assert not in_quarters(days + Decimal("0.05"))


@given(contents())
def test_only_the_sum_keeps_a_whole_plan_from_being_sent(content):
    found = [problem.code for problem in problems_of(content, TERMS)]
    assert found == (["above_voucher"] if total_of(content) > TERMS.amount else [])


@given(contents())
def test_a_warning_names_a_row_of_its_part(content):
    for warning in warnings_of(content, TERMS, ["1", "2"]):
        known = {row.key for row in content.rows(warning.part)} | {""}
        assert warning.key in known
    rates = {line.key for line in content.lines if line.rate and line.rate > TERMS.rate_high}
    warned = {w.key for w in warnings_of(content, TERMS) if w.code == "rate_high"}
    assert rates == warned


@given(contents())
def test_a_plan_beside_itself_has_no_change(content):
    assert all(part.is_same for part in compared(content, content))


@given(contents(), contents())
def test_each_row_of_both_versions_stands_once_beside_the_other(old, new):
    for part in compared(old, new)[1:]:
        assert [row.new for row in part.rows if row.new] == new.rows(part.part)
        assert [row.old for row in part.rows if row.old] == old.rows(part.part)


@given(contents(), st.data())
def test_what_was_taken_out_and_changed_is_found_where_it_stood(content, data):
    lines = list(content.lines)
    gone = lines.pop(data.draw(st.integers(0, len(lines) - 1)))
    new = Content(**{**vars(content), "lines": lines})
    if lines:
        lines[0] = CostLine(**{**vars(lines[0]), "text": "another text"})
    rows = next(part for part in compared(content, new) if part.part == PartOf.LINES).rows
    assert [row.old for row in rows] == content.lines
    assert [row.old for row in rows if row.change is RowFate.REMOVED] == [gone]
    changed = [row for row in rows if row.change is RowFate.CHANGED]
    assert [row.columns for row in changed] == [{"text"}] * len(changed)
    assert len(changed) == bool(lines)


@given(contents(), money)
def test_an_amendment_keeps_what_is_claimed(content, claimed):
    step = content.milestones[0]
    bound = [Bound(step.key, step.title, claimed, is_accepted=True)]
    kept = {problem.code for problem in problems_of(content, TERMS, bound)}
    assert ("below_claimed" in kept) == (amount_of(content, step.key) < claimed)
    others = [line for line in content.lines if line.milestone != step.key]
    without = Content(**{**vars(content), "milestones": content.milestones[1:], "lines": others})
    assert "claimed_is_gone" in {problem.code for problem in problems_of(without, TERMS, bound)}


@given(st.lists(within, min_size=1, max_size=6))
def test_the_picture_has_a_row_for_each_milestone_and_none_ends_before_it_begins(days):
    from vouchers.assistance.plans.panels import plan_gantt

    picture = plan_gantt([(f"{day}", day) for day in days], starts=FIRST)
    assert len(picture.rows) == len(days)
    ends = sorted(days)
    assert all(one <= other for one, other in pairwise(ends))
