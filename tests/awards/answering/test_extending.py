"""More time to accept: with a reason, later only, told by letter and mail; reminders follow it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from conduct.actions import NotAllowed, OutOfOrder, Refused
from conduct.queries.days import today
from demonstration.clock import noon, on
from demonstration.signing import signed
from documents.models import Document
from notices.models import Notice
from tests.making import awarded
from tests.people import log_in, person
from vouchers.awards import actions
from vouchers.awards.models import Award, AwardExtension

pytestmark = pytest.mark.django_db
WHY = "The general assembly meets next week."


@pytest.fixture
def coordinator():
    return person(role="coordinator")


def address_of(award):
    return reverse("awards:extend", args=[award.pk])


def extended(award, by, days=10, reason=WHY):
    return actions.extend_award(
        award, until=award.accept_by + timedelta(days=days), reason=reason, by=by
    )


def test_a_coordinator_gives_more_time_and_everybody_reads_why(client, award, coordinator):
    log_in(client, coordinator)
    assert address_of(award) in client.get(award.get_absolute_url()).content.decode()
    until = award.accept_by + timedelta(days=10)
    answer = client.post(address_of(award), {"until": until.isoformat(), "reason": WHY})
    assert answer["Location"] == award.get_absolute_url()
    assert Award.objects.get().accept_by == until
    log_in(client, award.application.submitted_by)
    assert WHY in client.get(award.get_absolute_url()).content.decode()
    told = Notice.objects.filter(kind="award-extended")
    assert award.application.submitted_by in {notice.recipient for notice in told}
    assert {notice.facts["reason"] for notice in told} == {WHY}
    assert all(notice.documents.get().facts["accept_by"] == until.isoformat() for notice in told)


def test_the_new_letter_replaces_the_one_before_and_says_so(award, coordinator):
    was = award.accept_by
    before = Document.objects.get(kind="award", language="en")
    extended(award, coordinator)
    letters = Document.objects.filter(kind="award", language="en")
    assert letters.count() == 2
    before.refresh_from_db()
    assert before.validity == Document.Validity.SUPERSEDED
    assert letters.exclude(pk=before.pk).get().facts["moved_from"] == was.isoformat()


def test_what_could_not_be_accepted_any_more_is_accepted_in_the_new_time(award, coordinator):
    manager = award.application.submitted_by
    extended(award, coordinator, days=30)
    with on(noon(20)):
        assert not actions.lapse_award(award, by=None)
        assert actions.accept_award(award, signing=signed(award, manager), by=manager)


def test_it_lapses_after_the_new_day(award, coordinator):
    extended(award, coordinator, days=3)
    with on(noon(30)):
        assert actions.lapse_award(award, by=None)


@pytest.mark.parametrize(
    ("days", "reason", "field"),
    [(0, WHY, "until"), (-1, WHY, "until"), (900, WHY, "until"), (5, " ", "reason")],
)
def test_what_is_no_extension_is_refused_beside_its_field(
    client, award, coordinator, days, reason, field
):
    with pytest.raises(Refused) as refused:
        extended(award, coordinator, days=days, reason=reason)
    assert refused.value.field == field
    log_in(client, coordinator)
    until = (award.accept_by + timedelta(days=days)).isoformat()
    page = client.post(address_of(award), {"until": until, "reason": reason})
    assert page.context["form"].errors[field]
    assert until in page.content.decode()
    assert not AwardExtension.objects.exists()


def test_a_day_that_has_passed_is_refused(award, coordinator):
    with on(noon(20)), pytest.raises(Refused, match="passed"):
        extended(award, coordinator, days=1)


def test_only_coordinators_without_a_conflict_give_more_time(client):
    story, (award,) = awarded()
    for somebody in (
        story.cast.officer("LB"),
        award.application.submitted_by,
        story.cast.finance[0],
    ):
        with pytest.raises(NotAllowed):
            extended(award, somebody)
        log_in(client, somebody)
        assert client.get(address_of(award)).status_code == 403
        assert address_of(award) not in client.get(award.get_absolute_url()).content.decode()


def test_what_was_answered_is_given_no_time(award, coordinator):
    actions.decline_award(award, reason="We merge.", by=award.application.submitted_by)
    with pytest.raises(OutOfOrder):
        extended(award, coordinator)


def test_the_database_moves_the_day_by_an_extension_alone(award, coordinator):
    later = award.accept_by + timedelta(days=4)
    for day in (later, award.accept_by - timedelta(days=1)):
        with pytest.raises(IntegrityError, match="moved by an extension"), transaction.atomic():
            Award.objects.filter(pk=award.pk).update(accept_by=day)


def reminded(award):
    return sorted(Notice.objects.filter(kind="award-reminder").values_list("key", flat=True))


def test_reminders_come_once_each_and_again_for_a_new_day(award, coordinator):
    day = award.accept_by
    for left, reminders in ((9, 0), (7, 1), (6, 1), (2, 2), (1, 2)):
        with on(noon((day - today()).days - left)):
            actions.remind_of_offers()
        assert len(reminded(award)) == reminders
    with on(noon((day - today()).days - 1)):
        made = extended(award, coordinator, days=20)
        actions.remind_of_offers()
    assert len(reminded(award)) == 2
    with on(noon((made.until - today()).days - 7)):
        actions.remind_of_offers()
        actions.remind_of_offers()
    assert len(reminded(award)) == 3


def test_nobody_is_reminded_of_what_is_answered(award):
    actions.decline_award(award, reason="We merge.", by=award.application.submitted_by)
    with on(noon((award.accept_by - today()).days - 2)):
        assert actions.remind_of_offers() == 0


def test_a_new_day_within_the_reminders_own_time_is_not_reminded_at_once(award, coordinator):
    left = (award.accept_by - today()).days
    with on(noon(left - 8)):
        actions.remind_of_offers()
    with on(noon(left)):
        extended(award, coordinator, days=5)
        assert actions.remind_of_offers() == 0
    with on(noon(left + 3)):
        assert actions.remind_of_offers() == 1
