"""What still waited when a voucher ended waits no more, however it ended."""

from __future__ import annotations

import pytest
from django.utils import translation
from icalendar import Calendar

from accounts.models import User
from dashboards.queries.worklist import worklist_of
from notices.models import Notice
from notices.wording.messages import write_text
from tests.assistance.needs.meeting import agreed, ahead, proposed
from tests.assistance.plans.writing import amended, newest, without_second_milestone
from tests.endings.making import agreed as agreed_to
from tests.endings.making import asked, coordinators, drawn_up, ended
from tests.endings.making import proposed as end_proposed
from tests.making import voucher_story
from tests.providers.quotes.asking import NAMES, asking
from vouchers.assistance.deliverables.queries import deliverables_to_accept
from vouchers.assistance.needs.models import Meeting
from vouchers.assistance.plans.actions import approve_for_partner, submit_version
from vouchers.assistance.plans.queries import versions_to_approve
from vouchers.assistance.reports.actions import accept_report_for_partner
from vouchers.assistance.reports.queries import reports_to_accept, reports_to_approve
from vouchers.awards.models import Voucher
from vouchers.calls.models import Call
from vouchers.endings.amendments.models import Amendment
from vouchers.endings.models import Extension
from vouchers.endings.queries import endings_to_decide, vouchers_to_wind_up
from vouchers.endings.tasks import watch_vouchers
from vouchers.payments import actions
from vouchers.providers.quotes.models import TermsOfReference

pytestmark = pytest.mark.django_db

ENDED = {
    "en": "The voucher has ended.",
    "fr": "Le bon a pris fin.",
    "ar": "انتهت القسيمة.",
}


def closed(told):
    """The reported voucher, closed by its officer."""
    actions.accept_report(told.voucher.final_report, by=told.officer)
    return Voucher.objects.get(pk=told.voucher.pk)


def test_more_time_of_a_closed_voucher_is_asked_for_no_more():
    told = voucher_story("reported")
    extension = agreed_to(told.voucher)
    amendment = drawn_up(told.voucher)
    closed(told)
    assert list(vouchers_to_wind_up()) == [told.voucher]
    # The amendment lapses by itself, the request with it.
    assert watch_vouchers() == 2
    assert Extension.objects.get(pk=extension.pk).state == "withdrawn"
    assert Amendment.objects.get(pk=amendment.pk).state == "lapsed"
    assert not vouchers_to_wind_up().exists()
    assert watch_vouchers() == 0


def test_while_a_voucher_goes_on_nothing_is_closed():
    told = voucher_story("reported")
    asked(told)
    agreed(told)
    assert watch_vouchers() == 0
    assert Extension.objects.get().state == "asked"


@pytest.mark.parametrize("ends", ["closed", "terminated"])
def test_a_meeting_ahead_is_cancelled_in_every_calendar(ends):
    told = voucher_story("reported" if ends == "closed" else "plan approved")
    meeting = agreed(told, ahead(40))
    open_one = proposed(told, ahead(50))
    ended(told.voucher) if ends == "terminated" else closed(told)
    watch_vouchers()
    meeting, open_one = (Meeting.objects.get(pk=one.pk) for one in (meeting, open_one))
    assert (meeting.state, open_one.state) == ("cancelled", "cancelled")
    assert (meeting.sequence, meeting.cancelled_by) == (1, None)
    assert meeting.cancel_reason == "The voucher has ended."
    told_of = Notice.objects.filter(kind="meeting-cancelled", recipient=told.manager)
    for reader in ("en", "fr", "ar"):
        with translation.override(reader):
            assert meeting.why_cancelled == ENDED[reader]
    # The one that had a time, and the one that had none.
    assert sorted(one.calendar_method for one in told_of) == ["", "CANCEL"]


def test_each_reads_in_their_own_language_why_a_meeting_is_cancelled():
    told = voucher_story("reported")
    meeting = agreed(told, ahead(40))
    User.objects.filter(pk=told.officer.pk).update(language="fr")
    User.objects.filter(pk=told.manager.pk).update(language="ar")
    closed(told)
    watch_vouchers()
    for person, language in ((told.officer, "fr"), (told.manager, "ar")):
        notice = Notice.objects.get(
            kind="meeting-cancelled", recipient=person, object_id=meeting.pk
        )
        write_text(notice)
        assert ENDED[language] in notice.body
        calendar = Calendar.from_ical(notice.calendar)
        assert ENDED[language] in str(calendar.walk("VEVENT")[0]["description"])


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_providers_read_why_in_the_language_in_which_they_were_asked(language):
    made = asking(language=language)
    ended(made.told.voucher)
    assert TermsOfReference.objects.get().end_reason == ENDED[language]


def test_providers_are_asked_for_quotes_no_more():
    made = asking()
    ended(made.told.voucher)
    terms = TermsOfReference.objects.get()
    assert (terms.state, terms.end_reason) == ("ended", "The voucher has ended.")
    assert terms.invitations.count() == len(NAMES)


def test_nobody_is_asked_to_decide_what_cannot_be_decided_any_more():
    told = voucher_story("accepted 0")
    amended(told)
    without_second_milestone(told)
    submit_version(newest(told), by=told.manager)
    officer = User.objects.get(pk=told.officer.pk)
    waits = {work.name for work in worklist_of(officer) if work.number}
    assert "plans" in waits
    ended(told.voucher)
    left = {work.name for work in worklist_of(officer) if work.number}
    assert "plans" not in left


def of_two_readers(until):
    """A voucher of a call in which a coordinator reads plans and reports after the officer."""
    told = voucher_story(until)
    Call.objects.update(plans_to_coordinator=True)
    return told


def plan_for_the_coordinator():
    told = of_two_readers("plan submitted")
    approve_for_partner(newest(told), by=told.officer)
    return told


def report_for_the_coordinator():
    told = of_two_readers("reported")
    accept_report_for_partner(told.voucher.final_report, by=told.officer)
    return told


# Whose desk asks for it, by which query, and how it comes to wait.
WAITING = {
    "deliverables": (
        deliverables_to_accept,
        "officer",
        lambda: voucher_story("accepted by cluster 0"),
    ),
    "plans": (versions_to_approve, "coordinator", plan_for_the_coordinator),
    "reports": (reports_to_accept, "officer", lambda: voucher_story("reported")),
    "reports that the partner has read": (
        reports_to_approve,
        "coordinator",
        report_for_the_coordinator,
    ),
}


@pytest.mark.parametrize("what", WAITING)
def test_nothing_of_an_ended_voucher_waits_for_whoever_accepts(what):
    waiting, role, make = WAITING[what]
    told = make()
    reader = told.officer if role == "officer" else coordinators()[1]
    reader = User.objects.get(pk=reader.pk)
    assert waiting(reader).count() == 1
    ended(told.voucher)
    assert not waiting(reader).exists()


def test_nor_on_an_early_end_of_a_voucher_that_was_closed():
    told = voucher_story("reported")
    end_proposed(told.voucher)
    other = coordinators()[1]
    assert endings_to_decide(other).exists()
    closed(told)
    assert not endings_to_decide(other).exists()
