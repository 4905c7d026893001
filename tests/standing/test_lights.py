"""A light that is set by hand: by whom, for which reason, until when, and how it ends."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from conduct.actions import NotAllowed, OutOfOrder, Refused
from demonstration.clock import on
from tests.endings.making import ended
from tests.making import noon, today_there, voucher_story
from tests.people import log_in, person
from vouchers.applications.models import Recusal
from vouchers.standing.actions import judge_outdated, judged_now, lift_light, set_light
from vouchers.standing.models import LightOverride, Standing

pytestmark = pytest.mark.django_db
REASON = "The provider is ill; the cluster and we agreed on a new day."


@pytest.fixture
def told():
    return voucher_story("plan submitted")


def ahead(days: int):
    return today_there() + timedelta(days=days)


def set_by(told, who, **more):
    said = {"light": "green", "until": ahead(10), "reason": REASON, **more}
    return set_light(told.voucher, **said, by=who)


def shown(told) -> tuple[str, str]:
    found = judged_now(told.voucher)
    return found.light, found.judged_light


def whoever(told, name):
    return {
        "officer": told.officer,
        "coordinator": told.cast.coordinators[0],
        "manager": told.manager,
        "officer elsewhere": told.cast.officer("MA"),
        "finance": told.cast.finance[0],
        "assessor": told.cast.assessors[0],
        "stranger": person(),
    }[name]


@pytest.mark.parametrize("name", ["officer", "coordinator"])
def test_who_looks_after_a_voucher_sets_its_light_until_a_day(told, name):
    assert shown(told) == ("amber", "amber")
    set_by(told, whoever(told, name))
    assert shown(told) == ("green", "amber")
    with on(noon(10)):
        assert shown(told) == ("green", "red")
    with on(noon(11)):
        assert shown(told) == ("red", "red")


@pytest.mark.parametrize(
    "name", ["manager", "officer elsewhere", "finance", "assessor", "stranger"]
)
def test_nobody_else_does(told, client, name):
    who = whoever(told, name)
    with pytest.raises(NotAllowed):
        set_by(told, who)
    set_by(told, told.officer)
    with pytest.raises(NotAllowed):
        lift_light(told.voucher, by=who)
    log_in(client, who)
    address = reverse("standing:light", args=[told.voucher.pk])
    assert client.get(address).status_code in (403, 404)
    typed = {"light": "red", "until": ahead(3), "reason": REASON}
    assert client.post(address, typed).status_code in (403, 404)
    lifting = reverse("standing:lift", args=[told.voucher.pk])
    assert client.post(lifting).status_code in (403, 404)
    assert LightOverride.objects.get().lifted_at is None
    assert shown(told) == ("green", "amber")


def test_nor_an_officer_who_has_a_conflict_of_interest(told):
    Recusal.objects.create(
        application=told.voucher.award.application, person=told.officer, reason="My sister."
    )
    with pytest.raises(NotAllowed):
        set_by(told, told.officer)


@pytest.mark.parametrize("reason", ["", "  \n "])
def test_a_light_without_a_reason_is_refused(told, reason):
    with pytest.raises(Refused, match="Say why the light is set by hand"):
        set_by(told, told.officer, reason=reason)


@pytest.mark.parametrize("days", [-1, 93, 4000])
def test_so_is_a_day_that_is_past_or_that_nobody_would_wait_for(told, days):
    with pytest.raises(Refused, match="Choose a day from today to"):
        set_by(told, told.officer, until=ahead(days))
    for near in (0, 92):
        set_by(told, told.officer, until=ahead(near))


def test_a_voucher_that_ended_has_no_light(told):
    ended(told.voucher)
    with pytest.raises(OutOfOrder):
        set_by(told, told.officer)


def test_another_one_takes_the_place_of_the_first(told):
    first = set_by(told, told.officer)
    set_by(told, told.cast.coordinators[0], light="red")
    first.refresh_from_db()
    assert first.lifted_by == told.cast.coordinators[0]
    assert shown(told) == ("red", "amber")


def test_a_lifted_light_is_that_of_the_facts_again(told):
    set_by(told, told.officer)
    lift_light(told.voucher, by=told.officer)
    assert shown(told) == ("amber", "amber")
    with pytest.raises(Refused, match="not set by hand"):
        lift_light(told.voucher, by=told.officer)


def test_one_whose_day_is_past_cannot_be_lifted_but_replaced(told):
    set_by(told, told.officer, until=ahead(1))
    with on(noon(3)):
        with pytest.raises(Refused, match="not set by hand"):
            lift_light(told.voucher, by=told.officer)
        set_by(told, told.officer, until=ahead(5))
        assert shown(told)[0] == "green"


def test_lists_and_their_filters_follow_the_day_of_a_light(told, client):
    set_by(told, told.officer, until=ahead(2))
    log_in(client, told.officer)
    address = reverse("dashboards:vouchers", query={"light": "green"})
    assert told.voucher.reference in client.get(address).content.decode()
    with on(noon(3)):
        judge_outdated()
        assert Standing.objects.get().light == "red"
        log_in(client, told.officer)
        assert told.voucher.reference not in client.get(address).content.decode()


class TestPages:
    def test_it_is_set_read_by_the_cluster_and_lifted(self, told, client):
        log_in(client, told.officer)
        page = client.get(told.voucher.get_absolute_url())
        address = reverse("standing:light", args=[told.voucher.pk])
        assert address in page.content.decode()
        typed = {"light": "green", "until": ahead(10).isoformat(), "reason": REASON}
        assert client.post(address, typed)["Location"] == told.voucher.get_absolute_url()
        log_in(client, told.manager)
        page = client.get(told.voucher.get_absolute_url()).content.decode()
        assert "light-green" in page
        assert REASON in page
        assert str(told.officer) in page
        assert address not in page
        log_in(client, told.officer)
        client.post(reverse("standing:lift", args=[told.voucher.pk]))
        page = client.get(told.voucher.get_absolute_url()).content.decode()
        assert "light-amber" in page
        history = page[page.index("timeline-day") :]
        assert history.count("<strong>Light set by hand</strong>") == 1
        assert history.count("<strong>Light left to the facts again</strong>") == 1
        assert REASON in history
        assert REASON not in page.removesuffix(history)

    @pytest.mark.parametrize(
        ("wrong", "field"),
        [
            ({"reason": ""}, "reason"),
            ({"until": "2020-01-01"}, "until"),
            ({"until": "soon"}, "until"),
            ({"until": ""}, "until"),
            ({"light": "purple"}, "light"),
            ({"light": ""}, "light"),
        ],
    )
    def test_what_is_wrong_stands_beside_the_field_and_nothing_typed_is_lost(
        self, told, client, wrong, field
    ):
        log_in(client, told.officer)
        address = reverse("standing:light", args=[told.voucher.pk])
        typed = {"light": "red", "until": ahead(10).isoformat(), "reason": REASON, **wrong}
        answer = client.post(address, typed)
        assert answer.status_code == 200
        assert set(answer.context["form"].errors) == {field}
        assert typed["reason"] in answer.content.decode()
        assert not LightOverride.objects.exists()
