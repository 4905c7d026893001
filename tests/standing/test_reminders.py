"""Reminders about vouchers: who hears of what, when, once, and over whose head."""

from __future__ import annotations

from datetime import datetime, time, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from demonstration.clock import on
from demonstration.signing import countersigned
from notices.models import Notice
from notices.wording.messages import write_text
from tests.making import noon, voucher_story
from tests.people import log_in
from vouchers.applications.models import Recusal
from vouchers.assistance.plans.models import Milestone
from vouchers.awards.actions import countersign
from vouchers.standing.actions import judge_outdated, remind_of_vouchers
from vouchers.standing.models import Standing
from vouchers.standing.tasks import remind_of_vouchers as task

pytestmark = pytest.mark.django_db


def told_of(kind: str = "") -> list[tuple[str, str]]:
    """Who was told what, in the order in which it was written."""
    found = Notice.objects.filter(kind__startswith=f"standing-{kind}").order_by("created_at", "pk")
    return [(notice.kind.removeprefix("standing-"), notice.recipient.email) for notice in found]


def reminded() -> int:
    judge_outdated()
    return remind_of_vouchers()


class TestTurns:
    def test_who_lets_wait_is_reminded_then_a_coordinator_hears_of_it(self):
        told = voucher_story("plan submitted")
        coordinators = {one.email for one in told.cast.coordinators}
        with on(noon(-5)):
            assert reminded() == 0
        with on(noon(-4)):
            assert reminded() == 1
            assert reminded() == 0
        assert told_of() == [("overdue", told.officer.email)]
        with on(noon(-3)):
            assert reminded() == 0
        with on(noon(3)):
            assert reminded() == 1
        assert told_of()[0] == ("overdue", told.officer.email)
        assert {email for _kind, email in told_of()[1:]} == coordinators
        with on(noon(30)):
            assert reminded() == 0

    def test_who_may_counter_sign_is_reminded_until_somebody_did_and_the_partner_is_not(self):
        told = voucher_story("needs", by_both=False)
        award, (signs, recused) = told.voucher.award, told.cast.coordinators[:2]
        Recusal.objects.create(application=award.application, person=recused, reason="My sister.")
        with on(award.signature.signed_at + timedelta(days=8)):
            reminded()
            assert Standing.objects.get().task == "countersign"
            found = Notice.objects.filter(kind="standing-overdue", facts__task="countersign")
            hear = {notice.recipient for notice in found}
            assert signs in hear
            assert not hear & {recused, told.officer}
            notice = found[0]
            write_text(notice)
            assert "to counter-sign the agreement" in notice.body
            assert countersign(award, signing=countersigned(award, signs), by=signs)
            judge_outdated()
            assert Standing.objects.get().task == "write_plan"

    def test_the_next_turn_is_reminded_of_anew(self):
        told = voucher_story("plan submitted")
        with on(noon(-4)):
            reminded()
        told._approve_plan()
        with on(noon(20)):
            reminded()
        assert told_of("overdue") == [("overdue", told.officer.email)]

    def test_nobody_is_woken_before_the_morning_of_the_country(self):
        voucher_story("plan submitted")
        night = noon(-4).replace(hour=1)
        with on(night):
            assert reminded() == 0
        with on(night + timedelta(hours=8)):
            assert reminded() == 1


class TestMilestones:
    def test_before_on_and_after_its_day_and_then_over_heads(self):
        told = voucher_story("plan approved")
        due = Milestone.objects.order_by("due_on").first().due_on
        at = datetime.combine(due, time(12), noon(0).tzinfo)
        seen: list[tuple[int, list[str]]] = []
        for days in (-8, -7, -1, 0, 2, 3, 8, 15):
            before = Notice.objects.filter(kind__startswith="standing-").count()
            with on(at + timedelta(days=days)):
                reminded()
            new = told_of()[before:]
            seen.append((days, sorted({kind for kind, _email in new})))
        assert seen == [
            (-8, []),
            (-7, ["due"]),
            (-1, []),
            (0, ["due"]),
            (2, []),
            (3, ["late"]),
            (8, ["late"]),
            (15, ["late"]),
        ]
        late = [email for kind, email in told_of("late")]
        assert late[:2] == [told.manager.email, told.officer.email]
        assert set(late[2:]) == {one.email for one in told.cast.coordinators}

    def test_what_is_handed_in_is_reminded_of_no_more(self):
        voucher_story("handed in 0")
        due = Milestone.objects.order_by("due_on").first().due_on
        with on(datetime.combine(due, time(12), noon(0).tzinfo)):
            reminded()
        assert told_of("due") == []


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_a_mail_says_what_is_waited_for_since_when_and_leads_there(language):
    told = voucher_story("plan submitted")
    type(told.officer).objects.filter(pk=told.officer.pk).update(language=language)
    with on(noon(3)):
        reminded()
    notices = list(Notice.objects.filter(kind="standing-overdue"))
    assert len(notices) == 3
    for notice in notices:
        write_text(notice)
        assert told.voucher.reference in notice.body
        assert notice.url == told.voucher.get_absolute_url()
        assert "%(" not in notice.subject + notice.body


def test_the_task_judges_nothing_and_reminds():
    voucher_story("plan submitted")
    with on(noon(-4)):
        judge_outdated()
        assert task() == 1
        assert Standing.objects.get().reminded_for == Standing.objects.get().judged_for


def test_a_desk_says_which_cluster_is_late_and_why():
    told = voucher_story("plan submitted")
    late = reverse("dashboards:work", args=["late"])
    with on(noon(3)):
        judge_outdated()
        for who in (told.officer, told.cast.coordinators[0]):
            client = log_in(Client(), who)
            desk = client.get(reverse("dashboards:home")).content.decode()
            assert f'<a href="{late}">Late</a>' in desk
            assert f"Waiting for {told.voucher.country.partner} for 15 days" in desk
            assert told.voucher.get_absolute_url() in desk
        elsewhere = log_in(Client(), told.cast.officer("MA"))
        desk = elsewhere.get(reverse("dashboards:home")).content.decode()
        assert "Rien n’est en retard." in desk
        assert late not in desk
