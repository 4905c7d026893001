"""Sessions: logged, confirmed by another, returned, logged anew, taken back; within plan and day."""

from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from clusters.models import Representative
from conduct.actions import NotAllowed, OutOfOrder, Refused
from notices.models import Notice
from tests.assistance.delivery.session import ago, logged, milestone_of, said
from tests.making import MA, voucher_story
from tests.people import person
from vouchers.assistance.delivery import actions, queries
from vouchers.assistance.delivery.models import Session

pytestmark = pytest.mark.django_db

ONE = Decimal("1")
EIGHT = Decimal("8")


def in_force(**terms):
    return voucher_story("plan approved", **terms)


def editor_of(told):
    return Representative.objects.create(
        cluster=told.voucher.award.application.cluster, user=person(), level="editor"
    ).user


def test_an_officer_logs_for_the_provider_and_a_manager_of_the_cluster_confirms():
    told = in_force()
    session = logged(told)
    assert (session.state, session.logged_for, session.provider) == (
        "logged",
        "provider",
        told.provider,
    )
    assert session.voucher == told.voucher
    assert session.days == Decimal("0.5")
    told_of = Notice.objects.get(kind="session-logged")
    assert told_of.recipient == told.manager
    with pytest.raises(NotAllowed):
        actions.confirm_session(session, by=told.officer)
    session = actions.confirm_session(session, by=told.manager)
    assert (session.state, session.confirmed_by) == ("confirmed", told.manager)
    with pytest.raises(OutOfOrder):
        actions.return_session(session, reason="Too late", by=told.manager)


def test_a_session_that_is_sent_twice_is_logged_once():
    told = in_force()
    session = logged(told, hours=ONE)
    assert logged(told, hours=ONE) == session
    assert Notice.objects.filter(kind="session-logged").count() == 1
    # Another expert, another activity or another person who says so: another session.
    logged(told, hours=ONE, activity="Manual of procedures: second draft")
    logged(told, hours=ONE, expert_email="rami@cedar.example")
    logged(told, hours=ONE, by=told.manager)
    assert Session.objects.count() == 4


def test_who_logged_a_session_does_not_confirm_it():
    told = in_force()
    session = logged(told, by=told.manager)
    assert session.logged_for == "cluster"
    with pytest.raises(Refused, match="another manager of the cluster confirms"):
        actions.confirm_session(session, by=told.manager)
    with pytest.raises(IntegrityError, match="a_session_has_four_eyes"), transaction.atomic():
        Session.objects.filter(pk=session.pk).update(
            state="confirmed", confirmed_by=told.manager, confirmed_at=session.logged_at
        )
    second = Representative.objects.create(
        cluster=told.voucher.award.application.cluster, user=person(), level="manager"
    ).user
    assert actions.confirm_session(session, by=second).state == "confirmed"


def test_an_editor_logs_and_does_not_confirm_and_strangers_do_neither():
    told = in_force()
    editor = editor_of(told)
    session = logged(told, by=editor)
    for who in (editor, told.cast.coordinators[0], person(), told.cast.officer(MA.country)):
        with pytest.raises(NotAllowed):
            actions.confirm_session(session, by=who)
        with pytest.raises(NotAllowed):
            actions.return_session(session, reason="No", by=who)
    for who in (told.cast.coordinators[0], person(), told.cast.officer(MA.country)):
        with pytest.raises(NotAllowed):
            logged(told, 2, by=who)
        with pytest.raises(NotAllowed):
            actions.withdraw_session(session, reason="No", by=who)


def test_a_returned_session_counts_no_more_and_is_logged_anew():
    told = in_force()
    session = logged(told, hours=EIGHT)
    with pytest.raises(Refused, match="Say why"):
        actions.return_session(session, reason="  ", by=told.manager)
    session = actions.return_session(session, reason="It was two hours.", by=told.manager)
    assert Notice.objects.get(kind="session-returned").recipient == told.officer
    assert queries.hours_of_milestone(session.milestone) == 0
    with pytest.raises(OutOfOrder):
        actions.confirm_session(session, by=told.manager)
    other = milestone_of(told, 2)
    session = actions.log_session_anew(
        session, other, said(2, hours=Decimal("2"), women=0), by=told.officer
    )
    assert (session.state, session.hours, session.day) == ("logged", Decimal("2"), ago(2))
    assert (session.milestone, session.women, session.return_reason) == (
        other,
        0,
        "It was two hours.",
    )
    assert actions.confirm_session(session, by=told.manager).state == "confirmed"
    with pytest.raises(OutOfOrder):
        actions.log_session_anew(session, other, said(2), by=told.officer)


def test_what_stands_is_not_changed_but_by_logging_it_anew():
    told = in_force()
    session = logged(told)
    for change in (
        {"hours": ONE},
        {"day": ago(3)},
        {"expert_email": "other@cedar.example"},
        {"logged_by": told.manager},
    ):
        with pytest.raises(IntegrityError, match="stands, until it is returned"):
            with transaction.atomic():
                Session.objects.filter(pk=session.pk).update(**change)


def test_a_session_is_taken_back_with_a_reason_once_confirmed_by_a_manager_alone():
    told = in_force()
    first, second = logged(told), logged(told, 2)
    with pytest.raises(Refused, match="Say why"):
        actions.withdraw_session(first, reason="", by=told.officer)
    first = actions.withdraw_session(first, reason="It was another cluster.", by=told.officer)
    assert (first.state, first.withdrawn_by) == ("withdrawn", told.officer)
    actions.confirm_session(second, by=told.manager)
    with pytest.raises(NotAllowed):
        actions.withdraw_session(second, reason="A slip", by=told.officer)
    second = actions.withdraw_session(second, reason="A slip", by=told.manager)
    assert second.state == "withdrawn"
    assert Notice.objects.get(kind="session-withdrawn").recipient == told.officer
    assert queries.hours_of_milestone(milestone_of(told)) == 0
    with pytest.raises(OutOfOrder):
        actions.withdraw_session(second, reason="Again", by=told.manager)
