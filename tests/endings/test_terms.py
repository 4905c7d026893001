"""How vouchers end otherwise is a term of their call: typed with the rules of plans, and copied."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests.calls.drafts import complete_draft
from tests.calls.test_watching import TYPED
from tests.people import log_in
from vouchers.calls.actions import COPIED
from vouchers.calls.models.terms.endings import ENDING_TERMS

pytestmark = pytest.mark.django_db


def test_they_are_typed_with_the_rules_of_plans_and_copied(client):
    cast, call = complete_draft()
    log_in(client, cast.coordinators[0])
    address = reverse("calls:plans", args=[call.slug])
    page = client.get(address).content.decode()
    assert all(f'name="{name}"' in page for name in ENDING_TERMS)
    typed = {
        "extensions_most": "1",
        "extension_days_most": "٦٠",
        "extensions_to_coordinator": "on",
        "notice_days": "14",
        "claim_days_after_ending": "0",
        "unused_days": "90",
        "offers_again_after_ending": "on",
    }
    assert client.post(address, {**TYPED, **typed}).status_code == 302
    call.refresh_from_db()
    assert [getattr(call, name) for name in ENDING_TERMS] == [1, 60, True, 14, 0, 90, True]
    assert set(ENDING_TERMS) <= set(COPIED)


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("extensions_most", "21"),
        ("extension_days_most", "731"),
        ("notice_days", "-1"),
        ("notice_days", "2.5"),
        ("claim_days_after_ending", "many"),
        ("unused_days", "0"),
        ("unused_days", "9999"),
    ],
)
def test_what_is_no_number_of_days_is_refused_beside_its_field(client, name, typed):
    cast, call = complete_draft()
    log_in(client, cast.coordinators[0])
    answer = client.post(reverse("calls:plans", args=[call.slug]), {**TYPED, name: typed})
    assert answer.status_code == 200
    assert name in str(answer.context["form"].errors) or answer.context["form"].non_field_errors()
