"""The pages of quotes: the provider's by its link, and those of who opens, compares and chooses."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from demonstration.clock import on
from tests.making import today_there
from tests.people import log_in
from tests.providers.quotes.asking import (
    NAMES,
    asked_long_ago,
    asking,
    declare,
    judged,
    opened,
    quote_of,
)
from vouchers.providers.quotes import actions
from vouchers.providers.quotes.models import Quote
from vouchers.providers.quotes.queries.sealing import by_link

pytestmark = pytest.mark.django_db


def typed(**more):
    return {
        "approach": "We ask buyers first.",
        "experience": "",
        "valid_until": (today_there() + timedelta(days=90)).isoformat(),
        "currency": "EUR",
        "form-TOTAL_FORMS": "1",
        "form-INITIAL_FORMS": "0",
        "form-MIN_NUM_FORMS": "1",
        "form-MAX_NUM_FORMS": "40",
        "form-0-kind": "days",
        "form-0-text": "Advice",
        "form-0-days": "10",
        "form-0-rate": "400",
        **more,
    }


def states(asked, name=NAMES[0]):
    with by_link(asked.links[name]):
        return list(Quote.objects.values_list("state", flat=True))


def test_a_provider_saves_and_sends_by_its_link(client):
    asked = asking()
    url = reverse("quotes:answer", args=[asked.links[NAMES[0]]])
    assert "Export plan" in client.get(url).content.decode()
    client.post(url, typed())
    assert states(asked) == ["draft"]
    page = client.post(url, typed(send="1"), follow=True).content.decode()
    assert states(asked) == ["sent"]
    assert "It is sealed" in page


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"currency": "USD"}, "not in USD"),
        ({"form-0-rate": "-400"}, "More than zero"),
        ({"form-0-kind": "travel"}, "Fill this in"),
    ],
)
def test_what_is_wrong_is_said_beside_it_and_what_was_typed_stays(client, wrong, sentence):
    asked = asking()
    url = reverse("quotes:answer", args=[asked.links[NAMES[0]]])
    page = client.post(url, typed(send="1", **wrong)).content.decode()
    assert sentence in page
    assert "We ask buyers first." in page
    assert states(asked) == []


def test_a_minute_late_is_said_and_the_draft_stays(client):
    asked = asked_long_ago()
    url = reverse("quotes:answer", args=[asked.links[NAMES[0]]])
    with on(asked.terms.deadline + timedelta(minutes=1)):
        page = client.post(url, typed(send="1")).content.decode()
    assert "The deadline was" in page
    assert "We ask buyers first." in page
    assert states(asked) == ["draft"]


def test_an_invented_link_opens_nothing(client):
    asked = asking()
    for secret in ("x", asked.links[NAMES[0]][:-1] + "_", asked.invitation(NAMES[0]).key.hex):
        assert client.get(reverse("quotes:answer", args=[secret])).status_code == 404
    actions.withdraw_invitation(asked.invitation(NAMES[0]), reason="x", by=asked.told.officer)
    url = reverse("quotes:answer", args=[asked.links[NAMES[0]]])
    assert client.get(url).status_code == 410


def test_who_compares_declares_first_then_reads(client):
    asked = opened()
    log_in(client, asked.told.manager)
    compare = reverse("quotes:compare", args=[asked.terms.pk])
    assert client.get(compare).url == reverse("quotes:interests", args=[asked.terms.pk])
    assert client.get(compare, follow=True).status_code == 200
    declare(asked, asked.told.manager)
    page = client.get(compare).content.decode()
    assert all(name in page for name in NAMES)
    assert client.get(reverse("quotes:compare_xlsx", args=[asked.terms.pk])).status_code == 200
    assert client.get(asked.terms.get_absolute_url()).status_code == 200


def test_choosing_confirming_and_the_contract_have_their_pages():
    asked = judged()
    told, quote = asked.told, quote_of(asked, NAMES[1])
    manager, officer = log_in(Client(), told.manager), log_in(Client(), told.officer)
    url = reverse("quotes:choose", args=[asked.terms.pk, quote.pk])
    assert "Say why" in manager.get(url).content.decode()
    manager.post(url, {"reason": "It knows the fairs."})
    answer = reverse("quotes:answer_choice", args=[asked.terms.pk])
    assert "It knows the fairs." in officer.get(answer).content.decode()
    officer.post(answer, {"decision": "yes", "answer": ""})
    assert asked.fresh().state == "decided"
    enter = reverse("contracts:enter", args=[told.voucher.pk])
    assert NAMES[1] in officer.get(enter).content.decode()
    assert officer.get(told.voucher.get_absolute_url()).status_code == 200
