"""Sessions within plan, voucher and the day of an expert: what does not fit is refused."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from conduct.actions import OutOfOrder, Refused
from tests.assistance.delivery.session import (
    ago,
    logged,
    milestone_of,
    said,
    standing,
    two_vouchers,
)
from tests.assistance.plans.writing import (
    MILESTONES,
    amended,
    changed,
    put_in_force,
    without_second_milestone,
)
from tests.endings.making import ended
from tests.making import today_there, voucher_story
from vouchers.assistance.delivery import actions, queries
from vouchers.assistance.delivery.models import Session
from vouchers.assistance.plans.models import PlanVersion
from vouchers.calls.models import Call

pytestmark = pytest.mark.django_db

ONE = Decimal("1")
EIGHT = Decimal("8")


def in_force(**terms):
    return voucher_story("plan approved", **terms)


def tolerating(told, per_cent):
    Call.objects.filter(pk=told.voucher.award.application.call_id).update(
        session_tolerance=per_cent
    )


@pytest.mark.parametrize(
    ("days", "other", "field", "sentence"),
    [
        (1, {"hours": Decimal("0")}, "hours", "between a quarter of an hour and 12 hours"),
        (1, {"hours": Decimal("0.3")}, "hours", "in quarters"),
        (1, {"hours": Decimal("25")}, "hours", "between a quarter of an hour and 12 hours"),
        (1, {"hours": Decimal("8.25")}, "hours", "one day (8 hours)"),
        (-1, {}, "day", "still ahead"),
        (13, {}, "day", "The plan is in force since"),
        (100, {}, "day", "The voucher is valid from"),
    ],
)
def test_what_does_not_fit_is_refused_beside_its_field(days, other, field, sentence):
    told = in_force()
    with pytest.raises(Refused) as refused:
        logged(told, days, **other)
    assert refused.value.field == field
    assert sentence in str(refused.value)
    assert not Session.objects.exists()


@pytest.mark.parametrize(
    ("other", "sentence"),
    [
        ({"women": 13}, "more women or young people"),
        ({"young": 13}, "more women or young people"),
        ({"place": " "}, "a place, or online"),
        ({"expert_email": ""}, None),
        ({"expert_name": "Nour\nHaddad"}, None),
        ({"activity": ""}, None),
    ],
)
def test_what_is_missing_or_contradicts_itself_is_refused(other, sentence):
    told = in_force()
    with pytest.raises((Refused, ValidationError), match=sentence):
        logged(told, **other)
    assert not Session.objects.exists()


def test_before_a_plan_is_in_force_nothing_is_logged():
    told = voucher_story("plan submitted")
    assert not queries.milestones_to_log(told.voucher).exists()


def test_the_plan_began_with_its_first_version():
    told = in_force()
    began = queries.plan_began_on(told.voucher.plan)
    draft = amended(told)
    assert draft.number == 2
    put_in_force(told)
    assert PlanVersion.objects.filter(state="in_force", number=2).exists()
    assert queries.plan_began_on(told.voucher.plan) == began == ago(12)
    assert logged(told, 12).state == "logged"


def test_sessions_of_a_milestone_stay_within_its_days_and_the_tolerance_of_the_call():
    told = in_force()
    for day in range(1, 6):
        logged(told, day, hours=EIGHT)
    with pytest.raises(Refused, match="All 5 planned days") as refused:
        logged(told, 6, hours=Decimal("0.25"))
    assert refused.value.field == "hours"
    tolerating(told, Decimal("12.5"))
    with pytest.raises(Refused, match=r"5 hours \(0\.63 days\) can still be logged"):
        logged(told, 6, hours=Decimal("5.25"))
    logged(told, 6, hours=Decimal("5"))
    assert logged(told, 7, position=2, hours=EIGHT).state == "logged"


def test_one_expert_works_one_day_a_day_over_all_vouchers_and_two_of_one_name_are_two():
    told = in_force()
    logged(told, hours=Decimal("5"))
    with pytest.raises(Refused, match=r"nour@cedar\.example 3 hours of this day are left"):
        # Whatever the name, and however the address is written.
        logged(told, expert_name="N. H.", expert_email="Nour@Cedar.example", hours=Decimal("3.25"))
    logged(told, position=2, hours=Decimal("3"))
    with pytest.raises(Refused, match="the whole of this day is logged"):
        logged(told, position=2, hours=Decimal("0.25"))
    twin = logged(told, position=2, expert_email="nour.haddad@atlas.example", hours=EIGHT)
    assert (twin.expert_name, twin.state) == ("Nour Haddad", "logged")


def test_the_database_refuses_what_the_action_would_not_see(monkeypatch):
    told = in_force()
    monkeypatch.setattr("vouchers.assistance.delivery.actions.logging._judge", lambda *_args: None)
    logged(told, hours=Decimal("5"))
    for days, other, sentence in (
        (1, {"hours": Decimal("3.25")}, "more than one day"),
        (-1, {}, "still ahead"),
        (13, {}, "was not in force yet"),
        (100, {}, "not valid on this day"),
        (2, {"hours": Decimal("0.3")}, "in quarters"),
        (2, {"hours": Decimal("12.25")}, "between a quarter|at most|less than or equal"),
    ):
        with pytest.raises((Refused, ValidationError), match=sentence):
            logged(told, days, **other)
    for day in (2, 3, 4, 5):
        logged(told, day, hours=EIGHT)
    with pytest.raises(Refused, match="more days than are planned"):
        logged(told, 6, hours=Decimal("3.25"))
    logged(told, 6, hours=Decimal("3"))


def test_a_milestone_that_an_amendment_removed_takes_no_session():
    told = in_force()
    second = milestone_of(told, 2)
    amended(told)
    without_second_milestone(told)
    put_in_force(told)
    with pytest.raises(Refused, match="An amendment took this milestone out") as refused:
        actions.log_session(second, said(), by=told.officer)
    assert refused.value.field == "milestone"
    assert second not in queries.milestones_to_log(told.voucher)
    # What the action would not see, the database does.
    session = Session(
        voucher=told.voucher,
        milestone=second,
        provider=told.provider,
        logged_by=told.officer,
        logged_for="provider",
        logged_at=timezone.now(),
        **vars(said()),
    )
    with pytest.raises(IntegrityError, match="of a milestone in force"), transaction.atomic():
        session.save()


def test_an_amendment_leaves_each_milestone_the_days_of_its_sessions():
    told = in_force()
    session = logged(told, position=2, hours=EIGHT)
    logged(told, 2, position=2, hours=Decimal("4"))
    amended(told)
    changed(told, MILESTONES, 1, days="1.25")
    with pytest.raises(Refused, match="More days are logged of a milestone"):
        put_in_force(told)
    newest = PlanVersion.objects.latest("number")
    assert newest.state in ("draft", "submitted")
    actions.withdraw_session(session, reason="A slip", by=told.officer)
    assert milestone_of(told, 2).days == 5


def test_two_vouchers_share_the_day_of_an_expert_and_no_session():
    one, other = two_vouchers()
    session = logged(one, hours=Decimal("6"))
    with pytest.raises(Refused, match="2 hours of this day are left"):
        logged(other, hours=Decimal("2.25"))
    logged(other, hours=Decimal("2"))
    actions.return_session(session, reason="Mend it", by=one.manager)
    with pytest.raises(Refused, match="of another voucher"):
        actions.log_session_anew(session, milestone_of(other), said(2), by=one.officer)
    assert standing(session).state == "returned"


def test_closed_vouchers_take_no_session():
    told = in_force()
    ended(told.voucher)
    with pytest.raises(OutOfOrder):
        logged(told)


def test_a_session_of_today_is_logged_today_and_not_tomorrow():
    told = in_force()
    assert logged(told, 0).day == today_there()
    with pytest.raises(Refused, match="still ahead"):
        logged(told, -1)


def test_what_was_said_last_is_proposed_the_next_time():
    told = in_force()
    assert queries.said_last(told.voucher, told.officer) == {}
    logged(told, place="Tripoli")
    assert queries.said_last(told.voucher, told.officer)["place"] == "Tripoli"
    assert queries.said_last(told.voucher, told.manager) == {}
