"""Opening a personal link: who gets in, what everybody else is told, and what browsers are told."""

import logging
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from conduct.queries.history import timeline
from links.models import LinkCode
from links.rules.secrets import digest_of
from nextsociety.masking import MaskSecrets
from tests.links.linking import cast, linked, newest_code, officer, other_than, proven, sent
from vouchers.providers.actions.links import withdraw_provider_link
from vouchers.providers.models import Provider, ProviderLink

__all__ = ["cast", "linked", "officer"]

pytestmark = pytest.mark.django_db


def own(secret):
    return f"/assistance/providers/own/{secret}/"


# --- The code -----------------------------------------------------------------------------------
def test_a_new_browser_needs_the_code_that_the_holder_gets(linked):
    link, address = linked
    browser = Client()
    first = browser.get(address)
    assert "Cedar" not in first.content.decode().replace(link.name, "")
    assert "a…@cedar.example" in first.content.decode()
    assert not LinkCode.objects.exists()
    proven(address, browser)
    assert mail.outbox[-1].to == ["amal@cedar.example"]
    page = browser.get(address)
    assert page.status_code == 200
    assert "Bank account" in page.content.decode()


def test_nothing_of_the_provider_shows_before_the_code(linked):
    _link, address = linked
    said = Client().get(address).content.decode()
    assert "Bank account" not in said
    assert "amal@" not in said


def test_a_link_that_is_sent_on_opens_nothing_for_another_browser(linked):
    link, address = linked
    mine, forwarded = proven(address), Client()
    assert "Is it you?" in forwarded.get(address).content.decode()
    # The code of my browser is no use in theirs.
    mine.post(address, {"link_step": "send"})
    code = newest_code()
    answer = forwarded.post(address, {"link_step": "try", "link_code": code})
    assert answer.status_code == 422
    assert "Is it you?" in forwarded.get(address).content.decode()
    link.refresh_from_db()
    assert link.opened_at is not None


def test_a_code_is_typed_in_any_digits_and_works_once(linked):
    _link, address = linked
    browser = Client()
    browser.post(address, {"link_step": "send"})
    code = newest_code()
    eastern = code.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))
    typed = f"{eastern[:3]} {eastern[3:]}"
    assert browser.post(address, {"link_step": "try", "link_code": typed}).status_code == 302
    session = browser.session
    session["links"] = {}
    session.save()
    again = browser.post(address, {"link_step": "try", "link_code": code})
    assert "works no more" in again.content.decode()


def test_five_wrong_codes_end_a_code(linked):
    _link, address = linked
    browser = Client()
    browser.post(address, {"link_step": "send"})
    code = newest_code()
    for _each in range(5):
        wrong = browser.post(address, {"link_step": "try", "link_code": other_than(code)})
        assert wrong.status_code == 422
    assert "works no more" in wrong.content.decode()
    right = browser.post(address, {"link_step": "try", "link_code": code})
    assert right.status_code == 422


def test_codes_are_neither_sent_nor_tried_without_end(linked):
    _link, address = linked
    browsers = [Client() for _each in range(6)]
    statuses = [browser.post(address, {"link_step": "send"}).status_code for browser in browsers]
    assert statuses == [200] * 5 + [429]
    assert LinkCode.objects.count() == 5
    tried = [
        browsers[number % 5].post(address, {"link_step": "try", "link_code": "000000"}).status_code
        for number in range(16)
    ]
    assert tried[-1] == 429


def test_a_code_is_good_for_twenty_minutes(linked):
    _link, address = linked
    browser = Client()
    browser.post(address, {"link_step": "send"})
    code = newest_code()
    late = LinkCode.objects.get()
    copy = LinkCode.objects.create(
        link=late.link,
        email=late.email,
        language="en",
        seed=late.seed,
        expires_at=timezone.now() - timedelta(seconds=1),
    )
    session = browser.session
    session["link_codes"] = {late.link: copy.pk}
    session.save()
    answer = browser.post(address, {"link_step": "try", "link_code": code})
    assert "works no more" in answer.content.decode()


def test_a_browser_is_forgotten_after_some_hours(linked):
    link, address = linked
    browser = proven(address)
    session = browser.session
    session["links"] = {link.reference: (timezone.now() - timedelta(seconds=1)).isoformat()}
    session.save()
    assert "Is it you?" in browser.get(address).content.decode()


def test_what_was_typed_goes_on_once_the_code_is_given(linked):
    _link, address = linked
    browser = Client()
    asked = browser.post(address, {"note": "a\nb <c>", "days": ["1", "2"]}).content.decode()
    assert "a\nb &lt;c&gt;</textarea>" in asked
    assert asked.count('name="days"') == 2
    browser.post(address, {"link_step": "send", "note": "x", "carried": "1"})
    answer = browser.post(
        address, {"link_step": "try", "link_code": newest_code(), "carried": "1", "note": "x"}
    )
    # It reached the page itself, which here takes no form.
    assert answer.status_code == 405


# --- Ended --------------------------------------------------------------------------------------
def test_an_expired_link_says_so(linked):
    link, address = linked
    browser = proven(address)
    ProviderLink.objects.filter(pk=link.pk).update(expires_at=timezone.now())
    answer = browser.get(address)
    assert (answer.status_code, "It has expired" in answer.content.decode()) == (410, True)


def test_a_withdrawn_link_ends_in_browsers_that_were_in(linked, officer):
    link, address = linked
    browser = proven(address)
    withdraw_provider_link(link, by=officer)
    answer = browser.get(address)
    assert (answer.status_code, "It was withdrawn" in answer.content.decode()) == (410, True)
    assert browser.post(address, {"link_step": "send"}).status_code == 410


def test_a_link_that_was_sent_anew_points_to_the_newer_one(linked, officer):
    link, address = linked
    browser = proven(address)
    newer, again = sent(link.provider, officer)
    old = browser.get(address)
    assert (old.status_code, "A newer link" in old.content.decode()) == (410, True)
    # Another row: the browser shows anew whose it is.
    assert "Is it you?" in browser.get(again).content.decode()
    assert ProviderLink.objects.filter(replaced_at=None).get() == newer


@pytest.mark.parametrize(
    ("language", "says"),
    [("en", "We do not know this link"), ("fr", 'lang="fr"'), ("ar", 'dir="rtl"')],
)
def test_an_unknown_link_is_told_in_the_browsers_language(linked, language, says):
    _link, address = linked
    answer = Client().get(address[:-2] + "x/", headers={"accept-language": language})
    assert (answer.status_code, says in answer.content.decode()) == (404, True)


@pytest.mark.parametrize("typed", ["x" * 43, "é" * 20, "%00", "a" * 4000, "' OR 1=1"])
def test_what_is_no_secret_opens_nothing(linked, typed):
    assert Client().get(own(typed)).status_code == 404


def test_a_digest_is_no_secret(linked):
    link, _address = linked
    assert Client().get(own(link.digest)).status_code == 404


def test_trying_links_is_slowed_down_and_then_tells_nothing_of_any(linked):
    _link, address = linked
    browser = Client()
    statuses = [browser.get(own(f"{'x' * 40}{number}")).status_code for number in range(21)]
    assert statuses == [404] * 20 + [429]
    assert browser.get(address).status_code == 429


# --- What browsers and logs are told ------------------------------------------------------------
def test_no_answer_is_kept_found_or_told(linked):
    _link, address = linked
    for path in (address, address[:-2] + "x/"):
        answer = Client().get(path)
        assert "no-store" in answer["Cache-Control"]
        # Another site hears the name of the portal at most; see links.views.pages.unlisted.
        assert answer["Referrer-Policy"] == "strict-origin"
        assert "noindex" in answer["X-Robots-Tag"]


def test_the_page_speaks_the_language_of_the_link_until_another_is_chosen(cast, officer, linked):
    _link, address = sent(Provider.objects.get(), officer, language="ar")
    browser = Client()
    assert 'dir="rtl"' in browser.get(address).content.decode()
    browser.post("/language/", {"language": "fr", "next": address})
    assert 'lang="fr"' in browser.get(address).content.decode()


def test_the_secret_stands_in_the_mail_alone(linked, officer, client, caplog):
    link, address = linked
    secret = address.rstrip("/").rpartition("/")[2]
    assert len(secret) == 43
    assert link.digest == digest_of(secret)
    assert link.seed == ""
    assert "seed" not in {field.name for field in ProviderLink.pgh_event_model._meta.fields}
    withdraw_provider_link(link, by=officer)
    with caplog.at_level(logging.INFO):
        Client().get(address)
    line = next(record for record in caplog.records if "Gone" in record.getMessage())
    MaskSecrets().filter(line)
    assert secret not in line.getMessage()
    assert "/providers/own/…/" in line.getMessage()


def test_history_says_by_link_and_for_whom(linked):
    link, address = linked
    proven(address).get(address)
    opened = timeline(link)[0]
    assert (opened.action, str(opened.who)) == (
        "Personal link opened",
        "Cedar Consulting, by a personal link",
    )
    assert opened.who == link
