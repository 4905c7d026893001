"""No address of payments answers to who is not logged in, and what is taken back says who did it."""

import pytest
from django.urls import reverse

from tests.payments.making import claim
from tests.people import log_in
from vouchers.payments import actions
from vouchers.payments.models import Claim
from vouchers.payments.urls import urlpatterns

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("pattern", urlpatterns, ids=lambda pattern: pattern.name)
def test_a_stranger_is_asked_to_log_in(client, delivered, milestone, pattern):
    found = claim(milestone, delivered.manager)
    known = {"pk": found.pk, "number": 1}
    named = {name: known[name] for name in pattern.pattern.converters}
    address = reverse(f"payments:{pattern.name}", kwargs=named)
    for ask in (client.get, client.post):
        answer = ask(address)
        assert answer.status_code == 302
        assert answer.url.startswith(reverse("account_login"))
    assert Claim.objects.get().state == "submitted"


def test_the_page_to_reverse_an_approval_is_for_who_may(client, delivered, milestone):
    found = claim(milestone, delivered.manager)
    actions.verify_claim(found, by=delivered.officer)
    approver, other = delivered.cast.coordinators[:2]
    actions.approve_claim(found, by=approver)
    address = reverse("payments:reverse", args=[found.pk])
    log_in(client, other)
    assert client.get(address).status_code == 200
    log_in(client, delivered.officer)
    assert client.get(address).status_code == 403


def test_history_names_who_withdrew_a_claim(delivered, milestone):
    found = claim(milestone, delivered.manager)
    actions.withdraw_claim(found, by=delivered.manager, reason="The wrong file.")
    event = Claim.pgh_event_models["update"].objects.get(pgh_obj=found, state="withdrawn")
    told = event.pgh_context.metadata
    assert told["action"] == "withdraw_claim"
    assert told["user"] == delivered.manager.pk
    assert told["reason"] == "The wrong file."
