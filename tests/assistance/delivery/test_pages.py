"""The pages of sessions: logged in any digits, whose turn it is, what is left, and the list as a file."""

import csv
import io
import re
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from tests.assistance.delivery.session import ago, logged, milestone_of, standing
from tests.making import MA, voucher_story
from tests.people import log_in, person
from vouchers.assistance.delivery import actions
from vouchers.assistance.delivery.models import Session
from vouchers.assistance.delivery.steps import session_steps
from vouchers.standing.actions import judge_outdated

pytestmark = pytest.mark.django_db


def address(told, name="log"):
    return reverse(f"delivery:{name}", args=[told.voucher.pk])


def typed(told, **other):
    return {
        "milestone": milestone_of(told).pk,
        "day": ago(1).isoformat(),
        "hours": "1.5",
        "activity": "Manual of procedures",
        "expert_name": "Nour Haddad",
        "expert_email": "nour@cedar.example",
        "place": "Beirut",
        "participants": "12",
        "women": "5",
        "young": "",
        "notes": "",
        **other,
    }


@pytest.mark.parametrize(
    ("language", "hours", "participants"),
    [("en", "1.5", "12"), ("fr", "1,5", "12"), ("ar", "١٫٥", "١٢"), ("ar", "1,50", "12")],
)
def test_hours_are_read_as_the_reader_writes_them(client, language, hours, participants):
    told = voucher_story("plan approved")
    User.objects.filter(pk=told.manager.pk).update(language=language)
    manager = User.objects.get(pk=told.manager.pk)
    answer = log_in(client, manager).post(
        address(told), typed(told, hours=hours, participants=participants)
    )
    assert answer.status_code == 302
    session = Session.objects.get()
    assert (session.hours, session.participants, session.young) == (Decimal("1.5"), 12, 0)
    assert session.logged_for == "cluster"


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"hours": "0"}, "between a quarter of an hour and 12 hours"),
        ({"hours": "0.3"}, "Hours are written in quarters"),
        ({"hours": "25"}, "between a quarter of an hour and 12 hours"),
        ({"hours": "8.5"}, "at most one day (8 hours)"),
        ({"day": "2020-01-01"}, "The voucher is valid from"),
        ({"day": ago(-3).isoformat()}, "still ahead"),
        ({"women": "13"}, "more women or young people than participants"),
        ({"participants": "-1"}, "greater than or equal to 0"),
        ({"place": ""}, "a place, or online"),
        ({"expert_email": "nour"}, "valid e"),
        ({"activity": "a\r\nb"}, "on one line"),
        ({"milestone": "999999"}, "not one of the available choices"),
    ],
)
def test_what_does_not_fit_stands_beside_its_field_and_nothing_typed_is_lost(
    client, wrong, sentence
):
    told = voucher_story("plan approved")
    page = log_in(client, told.officer).post(address(told), typed(told, **wrong))
    html = page.content.decode()
    assert page.status_code == 200
    assert sentence in html
    assert f'id="error_1_id_{next(iter(wrong))}"' in html
    assert 'value="nour@cedar.example"' in html or "expert_email" in wrong
    assert not Session.objects.exists()


def test_the_form_says_what_a_day_is_and_proposes_what_was_said_last(client):
    told = voucher_story("plan approved")
    logged(told, place="Tripoli")
    html = log_in(client, told.officer).get(address(told)).content.decode()
    assert "8 hours make one day of expertise" in html
    assert 'value="Tripoli"' in html
    assert "5 days planned" in html
    assert '<option value="nour@cedar.example">' in html


def test_strangers_find_no_way_in_and_who_only_reads_changes_nothing(client):
    told = voucher_story("plan approved")
    session = logged(told)
    pages = [address(told), address(told, "sessions"), session.get_absolute_url()]
    acts = [reverse(f"delivery:{name}", args=[session.pk]) for name in ("return", "withdraw")]
    confirm = reverse("delivery:confirm", args=[session.pk])
    log_in(client, told.cast.officer(MA.country))
    assert [client.get(page).status_code for page in pages + acts] == [404] * 5
    assert client.post(confirm).status_code == 404
    log_in(client, person(role="auditor"))
    assert [client.get(page).status_code for page in pages + acts] == [403, 200, 200, 403, 403]
    assert client.post(confirm).status_code == 403
    assert standing(session).state == "logged"


def test_a_manager_is_told_on_the_voucher_confirms_there_and_returns_with_a_reason(client):
    told = voucher_story("plan approved")
    first, second = logged(told), logged(told, 2)
    page = log_in(client, told.manager).get(told.voucher.get_absolute_url()).content.decode()
    assert "2 sessions wait to be confirmed" in page
    assert "To be confirmed by you" in page
    assert client.post(reverse("delivery:confirm", args=[first.pk])).status_code == 302
    sent = client.post(reverse("delivery:return", args=[second.pk]), {"reason": "Not held."})
    assert sent.status_code == 302
    assert (standing(first).state, standing(second).state) == ("confirmed", "returned")
    page = log_in(client, told.officer).get(told.voucher.get_absolute_url()).content.decode()
    assert "was returned: “Not held.”" in page
    anew = reverse("delivery:log_anew", args=[second.pk])
    assert "Not held." in client.get(anew).content.decode()
    client.post(anew, typed(told, day=ago(3).isoformat(), hours="2"))
    assert (standing(second).state, standing(second).hours) == ("logged", Decimal("2"))


def test_who_logged_waits_for_another_manager(client):
    told = voucher_story("plan approved")
    session = logged(told, by=told.manager)
    (step,) = session_steps(told.voucher, [session], told.manager)
    assert step.text.startswith("1 session waits to be confirmed, since ")
    assert step.whose == "a manager of the cluster"
    page = log_in(client, told.manager).get(told.voucher.get_absolute_url()).content.decode()
    assert "To be confirmed by you" not in page
    assert reverse("delivery:confirm", args=[session.pk]) not in page


def test_the_voucher_shows_what_is_left_in_days_and_in_euros(client):
    told = voucher_story("plan approved")
    logged(told, hours=Decimal("8"))
    session = logged(told, 2, hours=Decimal("4"))
    logged(told, 3, position=2, hours=Decimal("2"))
    actions.confirm_session(session, by=told.manager)
    page = log_in(client, told.officer).get(told.voucher.get_absolute_url()).content.decode()
    assert "Days of expertise that are left" in page
    text = re.sub(r"\s+", " ", re.sub(r">\s+<", "><", page))
    # Of 5 days and 3,000 EUR a day and a half is used: 900 EUR.
    row = "".join(f'<td class="number"><bdi>{days}</bdi></td>' for days in ("5", "0.5", "1", "3.5"))
    assert row in text
    assert "900.00" in text
    assert "2,100.00" in text


def test_the_list_is_narrowed_and_exported_as_it_is(client):
    told = voucher_story("plan approved")
    logged(told, hours=Decimal("1.25"))
    other = logged(told, 2, expert_name="Sami Azar", expert_email="sami@cedar.example")
    actions.withdraw_session(other, reason="A slip", by=told.officer)
    log_in(client, told.manager)
    page = client.get(address(told, "sessions")).content.decode()
    assert "Nour Haddad" in page
    assert "Sami Azar" in page
    narrowed = client.get(address(told, "sessions"), {"state": "logged"}).content.decode()
    assert "Sami Azar" not in narrowed
    sent = client.get(address(told, "sessions"), {"export": "csv", "state": "logged"})
    rows = list(csv.DictReader(io.StringIO(b"".join(sent).decode("utf-8-sig")), delimiter=","))
    assert [(row["hours"], row["expert_email"], row["state"]) for row in rows] == [
        ("1.25", "nour@cedar.example", "logged")
    ]
    sheet = client.get(address(told, "sessions"), {"export": "xlsx"})
    assert sheet["Content-Type"].startswith("application/vnd.openxml")


def test_pages_cost_the_same_however_many_sessions_there_are(client):
    told = voucher_story("plan approved")
    session = logged(told, hours=Decimal("1"))
    actions.confirm_session(session, by=told.manager)
    logged(told, hours=Decimal("1"))
    log_in(client, told.manager)
    pages = [told.voucher.get_absolute_url(), address(told, "sessions"), address(told)]
    for page in pages:
        client.get(page)
    counts = [queries_of(client, page) for page in pages]
    for day in range(2, 9):
        logged(told, day, hours=Decimal("1"))
    judge_outdated()
    assert [queries_of(client, page) for page in pages] == counts
    assert counts[1] <= 12


def queries_of(client, page):
    with CaptureQueriesContext(connection) as queries:
        client.get(page)
    return len(queries)
