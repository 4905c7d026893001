"""A French cluster on a telephone and an officer who reads Arabic find a time, and it is moved."""

from __future__ import annotations

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from accounts.models import User
from tests.assistance.needs.meeting import ahead, entries_sent_to
from tests.making import voucher_story
from vouchers.assistance.needs.models import Meeting

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.browser,
]
SUBMIT = "main form[data-guard] .form-buttons button.btn-primary"


def typed(moment, person):
    """An instant as the person types it, on their own clock."""
    return moment.astimezone(ZoneInfo(person.time_zone)).strftime("%Y-%m-%dT%H:%M")


def send(someone):
    with someone.page.expect_navigation():
        someone.page.locator(SUBMIT).first.click()
    someone.check()


def fits(someone):
    """Nothing reaches over the edge of the screen."""
    wide = someone.page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert wide <= 0, someone.page.url


def test_a_time_is_found_on_a_telephone_and_moved_in_arabic(visitor):
    told = voucher_story()
    User.objects.filter(pk=told.officer.pk).update(language="ar")
    User.objects.filter(pk=told.manager.pk).update(language="fr", time_zone="Africa/Tunis")
    officer, manager = (User.objects.get(pk=each.pk) for each in (told.officer, told.manager))
    partner = visitor(officer)
    partner.open(reverse("needs:propose", args=[told.voucher.pk]))
    partner.fill(title="الاجتماع الأول: احتياجات التجمّع", place="بيروت", minutes="90")
    for row, days in enumerate((3, 4)):
        partner.fill(**{f"form__{row}__starts_at": typed(ahead(days), officer)})
    send(partner)
    fits(partner)

    cluster = visitor(manager, width=390)
    meeting = Meeting.objects.get()
    cluster.open(told.voucher.get_absolute_url())
    fits(cluster)
    cluster.open(meeting.get_absolute_url())
    fits(cluster)
    # The same instant on the cluster's own clock.
    local = ahead(3).astimezone(ZoneInfo("Africa/Tunis"))
    cluster.reads(f"{local:%H:%M}")
    with cluster.page.expect_navigation():
        cluster.page.locator("#times form button").first.click()
    cluster.check()
    meeting.refresh_from_db()
    assert (meeting.state, meeting.starts_at) == ("agreed", ahead(3))

    partner.open(reverse("needs:move", args=[meeting.pk]))
    partner.fill(starts_at=typed(ahead(6), officer), reason="عطل في الكهرباء")
    send(partner)
    fits(partner)
    cluster.open(reverse("needs:calendar"))
    with cluster.page.expect_navigation():
        cluster.page.locator("main aside form button").click()
    cluster.check()
    fits(cluster)
    cluster.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    cluster.page.locator("[data-copies]").click()
    expect(cluster.page.locator("#calendar-copied")).not_to_be_empty()
    copied = cluster.page.evaluate("navigator.clipboard.readText()")
    assert copied == cluster.page.locator("#calendar-address").input_value()
    entries = entries_sent_to(manager)
    assert [(method, event["SEQUENCE"]) for method, event in entries] == [
        ("REQUEST", 0),
        ("REQUEST", 1),
    ]
    assert entries[-1][1]["DTEND"].dt - ahead(6) == timedelta(minutes=90)
