"""What a script asks for in the background leaves no message on the page that is opened next."""

import pytest
from django.urls import reverse

from accounts.models import Role
from accounts.queries import people_holding
from tests.eligibility.asking import ask
from tests.eligibility.checking import filled
from tests.making import LB, open_story, voucher_story
from tests.people import log_in
from vouchers.eligibility import actions
from vouchers.eligibility.models import CheckDraft, Clarification
from vouchers.payments.models import Claim

pytestmark = pytest.mark.django_db

BY_HTMX = {"HX-Request": "true", "Accept": "*/*"}
BY_FETCH = {"Sec-Fetch-Dest": "empty", "Accept": "*/*"}
BY_OLDER_BROWSER = {"Accept": "application/json"}
BY_BUTTON = {"Sec-Fetch-Dest": "document", "Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}


def alerts_on(client, address):
    html = client.get(address, headers=BY_BUTTON).content.decode()
    return html.count('role="alert"') + html.count("alert-danger")


def test_autosaves_after_the_decision_are_dropped_and_the_next_page_says_nothing(client):
    story = open_story()
    application = story.apply(LB)
    log_in(client, story.cast.officer("LB"))
    address = reverse("eligibility:check", args=[application.pk])
    page = client.post(address, filled(application), headers=BY_BUTTON, follow=True)
    assert "The check is recorded" in page.content.decode()
    home = client.get("/", headers=BY_BUTTON).content.decode().count("alert-danger")
    for _ in range(5):
        late = client.post(
            reverse("eligibility:draft", args=[application.pk]),
            {**filled(application), "reason": "Typed as the page went."},
            headers={**BY_HTMX, "Referer": f"http://testserver{address}"},
        )
        assert late.status_code == 200
        assert "nothing more is saved" in late.content.decode()
    assert not CheckDraft.objects.exists()
    assert "This cannot be done now" not in client.get("/", headers=BY_BUTTON).content.decode()
    assert client.get("/", headers=BY_BUTTON).content.decode().count("alert-danger") == home


def test_what_a_cluster_types_after_a_clarification_ended_is_dropped_as_quietly(client):
    story = open_story()
    application = story.apply(LB)
    ask(application, story.cast.officer("LB"))
    asked = Clarification.objects.get()
    actions.end_clarification(asked, reason="Found it.", by=story.cast.officer("LB"))
    log_in(client, application.submitted_by)
    late = client.post(
        reverse("eligibility:save", args=[asked.pk]), {"reply": "Late."}, headers=BY_HTMX
    )
    assert late.status_code == 200
    assert "nothing more is saved" in late.content.decode()
    assert Clarification.objects.get().reply == ""
    assert not alerts_on(client, asked.get_absolute_url())


@pytest.mark.parametrize("headers", [BY_HTMX, BY_FETCH, BY_OLDER_BROWSER])
def test_any_refusal_of_a_script_is_a_bare_sentence_and_no_message(client, headers):
    voucher_story("claimed 0")
    claim = Claim.objects.get()
    log_in(client, a_coordinator())
    late = client.post(reverse("payments:approve", args=[claim.pk]), headers=headers)
    assert late.status_code == 409
    assert late["Content-Type"].startswith("text/plain")
    assert "This cannot be done now" in late.content.decode()
    assert "This cannot be done now" not in client.get(claim.get_absolute_url()).content.decode()
    # Who may not do it hears that, and no page is made for it.
    refused = client.post(reverse("payments:verify", args=[claim.pk]), headers=headers)
    assert refused.status_code == 403
    assert "<html" not in refused.content.decode()


def test_somebody_who_presses_a_button_is_told_on_the_page(client):
    voucher_story("claimed 0")
    claim = Claim.objects.get()
    log_in(client, a_coordinator())
    page = client.post(
        reverse("payments:approve", args=[claim.pk]),
        headers={**BY_BUTTON, "Referer": f"http://testserver{claim.get_absolute_url()}"},
        follow=True,
    )
    assert "This cannot be done now" in page.content.decode()


def a_coordinator():
    return people_holding(Role.COORDINATOR).first()
