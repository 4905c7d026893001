"""Sessions count those of their participants that the call asks for: forms, lists, files and sums."""

import csv
import io
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.models import User
from conduct.actions import Refused
from tests.assistance.delivery.session import logged, milestone_of, said
from tests.assistance.delivery.test_pages import typed
from tests.assistance.workroom.working import at_work
from tests.links.linking import proven
from tests.making import opening, voucher_story
from tests.people import log_in
from vouchers.assistance.delivery import actions
from vouchers.assistance.delivery.models import Session
from vouchers.calls.models import Call
from vouchers.calls.models.terms.counting import COUNTED
from vouchers.standing.actions import judge_outdated

pytestmark = pytest.mark.django_db

ASKED = {
    "count_women": "required",
    "count_young": "no",
    "count_from_smes": "optional",
    "count_from_universities": "optional",
}


def other_counts(call):
    Call.objects.filter(pk=call.pk).update(**ASKED)


other_counts.remembered_as = "other counts"


@pytest.fixture
def told():
    with opening(other_counts):
        return voucher_story("plan approved")


def counting(told, **other):
    return typed(told, **{"women": "5", "from_smes": "7", "from_universities": "", **other})


def test_the_form_shows_what_the_call_asks_for_and_nothing_else(client, told):
    page = log_in(client, told.officer).get(reverse("delivery:log", args=[told.voucher.pk]))
    form = page.context["form"]
    assert form.counted == ["women", "from_smes", "from_universities"]
    assert "young" not in form.fields
    assert [form.fields[name].required for name in form.counted] == [True, False, False]


def test_what_is_typed_of_them_is_kept_and_what_is_not_asked_is_left_out(client, told):
    address = reverse("delivery:log", args=[told.voucher.pk])
    assert log_in(client, told.officer).post(address, counting(told, young="3")).status_code == 302
    session = Session.objects.get()
    assert (session.women, session.young) == (5, None)
    assert (session.from_smes, session.from_universities) == (7, 0)


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"women": ""}, "women"),
        ({"women": "13"}, "women"),
        ({"from_smes": "13"}, "from_smes"),
        ({"from_universities": "13"}, "from_universities"),
        ({"from_universities": "-1"}, "from_universities"),
        ({"from_smes": "some"}, "from_smes"),
    ],
)
def test_a_wrong_count_is_said_beside_its_field_and_nothing_is_lost(
    client, told, language, wrong, field
):
    User.objects.filter(pk=told.officer.pk).update(language=language)
    client = log_in(client, User.objects.get(pk=told.officer.pk))
    answer = client.post(
        reverse("delivery:log", args=[told.voucher.pk]), counting(told, notes="As typed.", **wrong)
    )
    assert answer.status_code == 200
    assert language == answer.wsgi_request.LANGUAGE_CODE
    assert answer.context["form"].errors.keys() == {field}
    assert "As typed." in answer.content.decode()
    assert not Session.objects.exists()


def test_a_provider_counts_the_same_by_its_link():
    with opening(other_counts):
        told, _link, address = at_work()
    browser = proven(address)
    page = browser.get(f"{address}sessions/")
    assert page.context["form"].counted == ["women", "from_smes", "from_universities"]
    refused = browser.post(f"{address}sessions/", counting(told, women=""))
    assert refused.context["form"].errors.keys() == {"women"}
    assert browser.post(f"{address}sessions/", counting(told)).status_code == 302
    assert Session.objects.get().from_smes == 7


@pytest.mark.parametrize(
    ("counts", "sentence"),
    [
        ({"women": None}, "The call asks for this count"),
        ({"young": 3}, "does not ask for this count"),
        ({"from_smes": 13}, "more people from SMEs or universities than participants"),
    ],
)
def test_the_action_refuses_what_the_form_refuses(told, counts, sentence):
    with pytest.raises(Refused, match=sentence):
        logged(told, **{"young": None, **counts})


@pytest.mark.parametrize(
    "counts", [{"women": None}, {"young": 1}, {"from_smes": 13}, {"from_universities": 13}]
)
def test_so_does_the_database(told, counts):
    session = logged(told, young=None)
    session.pk, session.hours = None, Decimal("0.25")
    for name, value in counts.items():
        setattr(session, name, value)
    with pytest.raises(IntegrityError), transaction.atomic():
        session.save()


def test_list_file_and_sums_show_exactly_these(client, told):
    first = logged(told, 1, young=None, from_smes=4)
    logged(told, 2, young=None, women=6, from_smes=5, from_universities=2)
    gone = logged(told, 3, young=None)
    actions.withdraw_session(gone, reason="It was not held.", by=told.officer)
    client = log_in(client, told.officer)
    judge_outdated()
    listed = client.get(reverse("delivery:sessions", args=[told.voucher.pk])).content.decode()
    assert "People from SMEs: 4" in listed
    assert "Young people" not in listed
    assert "People from SMEs: 4" in client.get(first.get_absolute_url()).content.decode()
    answer = client.get(reverse("delivery:sessions", args=[told.voucher.pk]), {"export": "csv"})
    rows = list(csv.DictReader(io.StringIO(b"".join(answer).decode("utf-8-sig")), delimiter=","))
    assert [name for name in rows[0] if name in COUNTED] == [
        "women",
        "from_smes",
        "from_universities",
    ]
    assert [row["from_smes"] for row in rows if row["state"] != "withdrawn"] == ["4", "5"]
    page = client.get(told.voucher.get_absolute_url())
    assert page.context["counted"] == [
        ("Participants", 24),
        ("Women", 11),
        ("People from SMEs", 9),
        ("People from universities", 2),
    ]
    assert "Young people" not in page.content.decode()


def test_a_call_that_says_nothing_counts_women_and_young_people():
    told = voucher_story("plan approved")
    session = actions.log_session(milestone_of(told), said(), by=told.officer)
    assert (session.women, session.young, session.from_smes) == (5, 3, None)


def test_what_is_counted_is_fixed_once_the_call_is_open(told):
    call = told.voucher.award.application.call
    with pytest.raises(IntegrityError, match="what its sessions count"), transaction.atomic():
        Call.objects.filter(pk=call.pk).update(count_young="optional")
