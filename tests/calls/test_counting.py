"""Whom sessions count is a term of the call: set with the rules of plans, copied with the call."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.models import User
from conduct.actions import OutOfOrder
from tests.calls.drafts import complete_draft, in_three
from tests.calls.test_watching import TYPED
from tests.people import log_in
from vouchers.calls import actions
from vouchers.calls.models import Call
from vouchers.calls.models.terms.counting import COUNTS

pytestmark = pytest.mark.django_db
ASKED = {
    "count_women": "required",
    "count_young": "no",
    "count_from_smes": "optional",
    "count_from_universities": "required",
}


def standing(call):
    return {name: getattr(call, name) for name in COUNTS}


def test_they_are_set_with_the_rules_of_plans(client):
    cast, call = complete_draft()
    log_in(client, cast.coordinators[0])
    address = reverse("calls:plans", args=[call.slug])
    page = client.get(address).content.decode()
    assert all(f'name="{name}"' in page for name in COUNTS)
    assert "Sessions count: Young people under 35" in page
    assert client.post(address, {**TYPED, **ASKED}).status_code == 302
    call.refresh_from_db()
    assert standing(call) == ASKED
    assert call.counted == ["women", "from_smes", "from_universities"]
    # What is not said stays as it is.
    assert client.post(address, TYPED).status_code == 302
    call.refresh_from_db()
    assert standing(call) == ASKED


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_another_answer_is_refused_beside_its_field(client, language):
    cast, call = complete_draft()
    User.objects.filter(pk=cast.coordinators[0].pk).update(language=language)
    client = log_in(client, User.objects.get(pk=cast.coordinators[0].pk))
    typed = {**TYPED, "count_women": "sometimes"}
    answer = client.post(reverse("calls:plans", args=[call.slug]), typed)
    assert set(answer.context["form"].errors) == {"count_women"}
    with pytest.raises(IntegrityError), transaction.atomic():
        Call.objects.filter(pk=call.pk).update(count_women="maybe")


def test_they_are_fixed_once_the_call_is_open():
    cast, call = complete_draft()
    by = cast.coordinators[0]
    actions.update_call(call, by=by, **ASKED)
    call = actions.open_call(call, by=by)
    with pytest.raises(OutOfOrder):
        actions.update_call(call, by=by, count_women="no")
    for name in COUNTS:
        other = "no" if getattr(call, name) != "no" else "required"
        with pytest.raises(IntegrityError), transaction.atomic():
            Call.objects.filter(pk=call.pk).update(**{name: other})


def test_a_copy_takes_them_over():
    cast, source = complete_draft()
    by = cast.coordinators[0]
    source = actions.update_call(source, by=by, **ASKED)
    times = ("opens_at", "deadline", "assistance_starts", "assistance_ends", "decision_due")
    copy = actions.copy_call(
        source,
        by=by,
        **{name: getattr(source, name) for name in times},
        year=2027,
        slug="second",
        name=in_three("Second"),
    )
    assert standing(copy) == ASKED
