"""The pages of quotes: the provider's by its link, and those of who opens, compares and chooses."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from demonstration.clock import on
from tests.links.linking import newest_code, proven
from tests.making import today_there
from tests.people import log_in
from tests.providers.quotes.asking import (
    MARKER,
    NAMES,
    asked_long_ago,
    asking,
    declare,
    judged,
    opened,
    quote_of,
    sent,
)
from vouchers.providers.quotes import actions
from vouchers.providers.quotes.models import Quote, QuoteLink
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


def address_of(asked, name=NAMES[0]):
    return reverse("quotes:answer", args=[asked.links[name]])


def seen_on(page):
    """The mark of the draft that a page shows."""
    return re.search(r'name="seen" value="([^"]*)"', page.content.decode())[1]


def by_own_link(asked, client, name=NAMES[0]):
    """The address of a provider's link, whose holder gave the code in this browser."""
    proven(address_of(asked, name), client)
    return address_of(asked, name)


def test_a_provider_saves_and_sends_by_its_link(client):
    asked = asking()
    url = by_own_link(asked, client)
    assert "Export plan" in client.get(url).content.decode()
    client.post(url, typed())
    assert states(asked) == ["draft"]
    seen = seen_on(client.get(url))
    page = client.post(url, typed(send="1", seen=seen), follow=True).content.decode()
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
    url = by_own_link(asked, client)
    page = client.post(url, typed(send="1", **wrong)).content.decode()
    assert sentence in page
    assert "We ask buyers first." in page
    assert states(asked) == []


# A line that has neither days nor a rate.
JOURNEY = {
    "form-TOTAL_FORMS": "2",
    "form-1-kind": "travel",
    "form-1-text": "Three journeys",
    "form-1-amount": "300",
}


def test_a_quote_with_a_line_without_days_is_read_again_by_its_link(client):
    asked = asking()
    url = by_own_link(asked, client)
    page = client.post(url, typed(**JOURNEY, send="1"), follow=True).content.decode()
    assert states(asked) == ["sent"]
    assert "Three journeys" in page
    assert "4,300.00" in page


def test_a_minute_late_is_said_and_the_draft_stays(client):
    asked = asked_long_ago()
    url = address_of(asked)
    with on(asked.terms.deadline + timedelta(minutes=1)):
        proven(url, client)
        page = client.post(url, typed(send="1")).content.decode()
    assert "The deadline was" in page
    assert "We ask buyers first." in page
    assert states(asked) == ["draft"]


def test_an_invented_link_opens_nothing(client):
    asked = asking()
    kept = QuoteLink.objects.get(invitation=asked.invitation(NAMES[0])).digest
    for secret in ("x", asked.links[NAMES[0]][:-1] + "_", kept):
        assert client.get(reverse("quotes:answer", args=[secret])).status_code == 404
    actions.withdraw_quote_invitation(asked.invitation(NAMES[0]), reason="x", by=asked.told.officer)
    assert client.get(by_own_link(asked, client)).status_code == 410


def test_a_link_that_is_passed_on_tells_nothing_and_writes_nothing(client):
    asked = asking()
    sent(asked, NAMES[0])
    secret = asked.links[NAMES[0]]
    for name in ("answer", "terms_pdf"):
        shown = client.get(reverse(f"quotes:{name}", args=[secret])).content.decode()
        assert "six digits" in shown
        assert "Export plan" not in shown
        assert MARKER not in shown
    for name in ("withdraw", "revise", "add_file"):
        client.post(reverse(f"quotes:{name}", args=[secret]))
    client.post(address_of(asked), typed(send="1"))
    assert states(asked) == ["sent"]


def test_what_was_typed_before_the_code_goes_on_after_it(client):
    asked = asking()
    client.post(address_of(asked), {"link_step": "send"})
    client.post(
        address_of(asked),
        typed(send="1", seen="", carried="1", link_step="try", link_code=newest_code()),
    )
    assert states(asked) == ["sent"]


def test_two_people_with_one_link_do_not_overwrite_each_other(client):
    asked = asking()
    url = by_own_link(asked, client)
    other = Client()
    proven(url, other)
    client.post(url, typed(seen="", approach="Mine."))
    refused = other.post(url, typed(seen="", approach="Theirs."))
    assert "in another window" in refused.content.decode()
    assert "Theirs." in refused.content.decode()
    with by_link(asked.links[NAMES[0]]):
        assert Quote.objects.get().approach == "Mine."
    other.post(url, typed(seen=seen_on(refused), approach="Theirs."))
    with by_link(asked.links[NAMES[0]]):
        assert Quote.objects.get().approach == "Theirs."


def test_a_link_works_for_three_months_after_the_deadline_also_after_an_extension(client):
    asked = asking()
    later = asked.terms.deadline + timedelta(days=30)
    actions.extend_deadline(asked.terms, deadline=later, reason="A holiday.", by=asked.told.officer)
    url = by_own_link(asked, client)
    with on(later + timedelta(days=89)):
        proven(url, client)
        assert client.get(url).status_code == 200
    with on(later + timedelta(days=91)):
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


def _seen_on(page):
    """What the form on the page carries of what was read."""
    return re.search(r'name="seen" value="([^"]*)"', page)[1]


def test_choosing_confirming_and_the_contract_have_their_pages():
    asked = judged()
    told, quote = asked.told, quote_of(asked, NAMES[1])
    manager, officer = log_in(Client(), told.manager), log_in(Client(), told.officer)
    url = reverse("quotes:choose", args=[asked.terms.pk, quote.pk])
    assert "Say why" in manager.get(url).content.decode()
    said = {"reason": "It knows the fairs."}
    page = manager.post(url, {**said, "seen": "4499.99"}).content.decode()
    assert "4,500.00 EUR now" in page
    assert "It knows the fairs." in page
    assert asked.fresh().state == "opened"
    manager.post(url, {**said, "seen": re.search(r'name="seen" value="([^"]*)"', page)[1]})
    answer = reverse("quotes:answer_choice", args=[asked.terms.pk])
    page = officer.get(answer).content.decode()
    assert "It knows the fairs." in page
    seen = _seen_on(page)
    # The choice was returned meanwhile, and another one made: that is read first.
    returned = asked.terms.choices.get()
    actions.answer_choice(
        returned, is_confirmed=False, answer="Why not the other?", by=told.officer
    )
    again = actions.choose_quote(asked.fresh(), quote, by=told.manager, reason="Its references.")
    page = officer.post(answer, {"decision": "yes", "answer": "", "seen": seen}).content.decode()
    assert "has chosen anew meanwhile" in page
    assert "Its references." in page
    assert asked.fresh().state == "chosen"
    assert _seen_on(page) == str(again.pk)
    officer.post(answer, {"decision": "yes", "answer": "", "seen": _seen_on(page)})
    assert asked.fresh().state == "decided"
    enter = reverse("contracts:enter", args=[told.voucher.pk])
    assert NAMES[1] in officer.get(enter).content.decode()
    assert officer.get(told.voucher.get_absolute_url()).status_code == 200
