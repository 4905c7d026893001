"""A coordinator lets a report be made every month, looks at the first, and its officer reads it."""

from __future__ import annotations

import re

import pytest
from django.core import mail
from django.urls import reverse

from notices.models import Notice
from notices.tasks import send_notice
from reports.models import ReportSchedule
from reports.queries import to_make_now
from reports.wording import period_in_words
from tests.making import voucher_story
from tests.reports.making import call_of
from tests.reports.scheduling import fall_due, files_made

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.browser,
]


def test_a_report_is_set_looked_at_issued_and_read(visitor):
    told = voucher_story("paid 0")
    coordinator = told.cast.coordinators[0]
    at_the_desk = visitor(coordinator)
    at_the_desk.open(reverse("reports:list")).follow("Reports on a schedule")
    at_the_desk.follow("New schedule")
    at_the_desk.choose("kind", "progress").choose("call", call_of(told).slug)
    at_the_desk.choose("country", "LB").fill(due_day=0)
    at_the_desk.page.get_by_label(str(told.officer)).check()
    at_the_desk.press("Set the schedule").reads("greater than or equal to 1")
    at_the_desk.fill(due_day=31).press("Set the schedule")
    at_the_desk.reads("What comes next").reads("In a month without this day, its last one counts.")
    schedule = ReportSchedule.objects.get()
    newest = to_make_now(schedule)
    at_the_desk.press(f"Make {period_in_words(newest.first, newest.last)} now")
    (run,) = fall_due()
    at_the_desk.open(reverse("reports:schedule", args=[schedule.pk]))
    at_the_desk.page.locator("main tbody th a").last.click()
    at_the_desk.page.wait_for_url(re.compile(f".*{run.get_absolute_url()}$"))
    at_the_desk.check()
    at_the_desk.reads("This is a preview").press("Issue it and tell who hears of it")
    files_made(run)
    notice = Notice.objects.get(kind="scheduled-report-made")
    send_notice(str(notice.pk))
    link = re.search(r"https?://[^/\s]+(/reports/\S+/)", mail.outbox[-1].body)[1]
    at_home = visitor(told.officer, width=390)
    at_home.open(link).reads("Where it stands in the ledger")
    at_home.open(reverse("reports:schedule", args=[schedule.pk])).reads(str(told.officer))
