"""The pages of meetings: who finds them, on which clock they ask, and what they cost."""

from datetime import UTC, datetime

import pytest
from django.db import connection
from django.urls import reverse

from demonstration.clock import on
from tests.assistance.needs.meeting import agreed, ahead, proposed, standing
from tests.making import MA, voucher_story
from tests.people import log_in, person
from vouchers.assistance.needs.models import Meeting
from vouchers.standing.actions import judge_outdated

pytestmark = pytest.mark.django_db


def test_another_country_and_who_only_reads_find_no_way_in(client):
    told = voucher_story()
    meeting = proposed(told)
    slot = meeting.slots.earliest("starts_at")
    pages = [reverse(f"needs:{name}", args=[meeting.pk]) for name in ("meeting", "times", "cancel")]
    agree = reverse("needs:agree", args=[slot.pk])
    log_in(client, told.cast.officer(MA.country))
    assert [client.get(page).status_code for page in pages] == [404, 404, 404]
    assert client.post(agree).status_code == 404
    log_in(client, person(role="auditor"))
    assert [client.get(page).status_code for page in pages] == [200, 403, 403]
    assert client.post(agree).status_code == 403
    assert standing(meeting).state == "proposed"


@pytest.mark.parametrize(
    ("zone", "typed", "sentence"),
    [
        # Lebanon puts its clocks forward at midnight, and back at midnight.
        ("Asia/Beirut", "2027-03-28T00:30", "does not exist on this day"),
        ("Asia/Beirut", "2027-10-30T23:30", "comes twice on this day"),
        # Morocco left its summer time for Ramadan.
        ("Africa/Casablanca", "2026-02-15T02:30", "comes twice on this day"),
        ("Africa/Casablanca", "2026-03-22T02:30", "does not exist on this day"),
    ],
)
def test_an_hour_that_the_clock_skips_or_repeats_is_refused_beside_it(
    client, zone, typed, sentence
):
    told = voucher_story()
    told.officer.time_zone = zone
    told.officer.save()
    with on(datetime(int(typed[:4]), 1, 10, 9, tzinfo=UTC)):
        page = log_in(client, told.officer).post(
            reverse("needs:propose", args=[told.voucher.pk]), form(typed)
        )
    assert page.status_code == 200, page.headers
    html = page.content.decode()
    assert sentence in html
    assert 'id="error_1_id_form-0-starts_at"' in html
    assert f'value="{typed}"' in html
    assert not Meeting.objects.exists()


def test_a_meeting_is_proposed_on_the_clock_that_its_page_names(client):
    told = voucher_story()
    told.officer.time_zone = "Africa/Tunis"
    told.officer.save()
    address = reverse("needs:propose", args=[told.voucher.pk])
    with on(datetime(2027, 1, 10, 9, tzinfo=UTC)):
        page = log_in(client, told.officer).get(address)
        assert "On the clock of Tunis." in page.content.decode()
        client.post(address, form("2027-02-01T10:00", title="Besoins"))
    meeting = Meeting.objects.get()
    assert meeting.slots.get().starts_at == datetime(2027, 2, 1, 9, tzinfo=UTC)


def test_a_title_on_two_lines_is_refused_with_a_sentence(client):
    told = voucher_story()
    page = log_in(client, told.officer).post(
        reverse("needs:propose", args=[told.voucher.pk]),
        form("2027-12-01T10:00", title="Needs\r\nATTENDEE:mailto:x@example.org"),
    )
    assert "Write it on one line" in page.content.decode()
    assert not Meeting.objects.exists()


def test_a_link_without_its_beginning_is_read_as_a_safe_one(client):
    told = voucher_story()
    address = reverse("needs:propose", args=[told.voucher.pk])
    answer = log_in(client, told.officer).post(
        address, form("2027-12-01T10:00", link="meet.example.org/needs")
    )
    meeting = Meeting.objects.get()
    assert answer.url == meeting.get_absolute_url()
    assert meeting.link == "https://meet.example.org/needs"


def form(*times, title="First meeting", link=""):
    return {
        "title": title,
        "place": "Rabat",
        "link": link,
        "agenda": "",
        "minutes": "60",
        "form-TOTAL_FORMS": str(max(3, len(times))),
        "form-INITIAL_FORMS": "0",
        "form-MIN_NUM_FORMS": "0",
        "form-MAX_NUM_FORMS": "10",
        **{f"form-{at}-starts_at": time for at, time in enumerate(times)},
    }


def test_whose_turn_it_is_stands_on_the_voucher_and_on_the_worklist(client):
    told = voucher_story()
    meeting = proposed(told, by=told.manager)
    officers_page = log_in(client, told.officer).get(told.voucher.get_absolute_url())
    assert "Choose a time for “First meeting”" in officers_page.content.decode()
    assert meeting.get_absolute_url() in client.get(reverse("dashboards:home")).content.decode()
    own_page = log_in(client, told.manager).get(told.voucher.get_absolute_url()).content.decode()
    assert "Waiting for" in own_page
    assert "Choose a time" not in own_page


def test_the_pages_of_a_meeting_take_the_same_queries_however_many_there_are(
    client, django_assert_max_num_queries
):
    told = voucher_story()
    log_in(client, told.manager)
    agreed(told, ahead(3))
    pages = [told.voucher.get_absolute_url(), reverse("needs:calendar")]
    for page in pages:
        client.get(page)
    counts = [queries_of(client, page) for page in pages]
    for day in range(5, 12):
        agreed(told, ahead(day))
    judge_outdated()
    assert [queries_of(client, page) for page in pages] == counts


def queries_of(client, page):
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as queries:
        assert client.get(page).status_code == 200
    return len(queries)
