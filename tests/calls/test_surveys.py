"""Whether, when and what clusters are asked after their voucher is terms of the call."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from tests.calls.drafts import complete_draft, in_three
from tests.calls.test_watching import TYPED
from tests.people import log_in
from vouchers.calls import actions
from vouchers.calls.models import Call
from vouchers.calls.models.terms.surveys import SURVEY_TERMS

pytestmark = pytest.mark.django_db
SAID = {"first_survey_months": "3", "second_survey_months": "٩", "surveys_ask_markets": "on"}


def test_they_are_typed_with_the_rules_of_plans_and_taken_over_by_a_copy(client):
    cast, call = complete_draft()
    log_in(client, cast.coordinators[0])
    address = reverse("calls:plans", args=[call.slug])
    page = client.get(address).content.decode()
    assert all(f'name="{name}"' in page for name in SURVEY_TERMS)
    assert client.post(address, {**TYPED, **SAID}).status_code == 302
    call.refresh_from_db()
    said = [3, 9, False, False, True, False]
    assert [getattr(call, name) for name in SURVEY_TERMS] == said
    times = ("opens_at", "deadline", "decision_due", "assistance_starts", "assistance_ends")
    copy = actions.copy_call(
        call,
        by=cast.coordinators[0],
        slug="copy",
        year=call.year + 1,
        **{name: getattr(call, name) for name in times},
        name=in_three("A copy"),
    )
    assert [getattr(copy, name) for name in SURVEY_TERMS] == said


@pytest.mark.parametrize(
    ("first", "second", "field"),
    [
        ("6", "6", "second_survey_months"),
        ("", "12", "second_survey_months"),
        ("0", "12", "first_survey_months"),
        ("6", "61", "second_survey_months"),
        ("NaN", "", "first_survey_months"),
    ],
)
def test_what_cannot_be_is_said_beside_its_field_and_refused_by_the_database(
    client, first, second, field
):
    cast, call = complete_draft()
    log_in(client, cast.coordinators[0])
    months = {"first_survey_months": first, "second_survey_months": second}
    answer = client.post(reverse("calls:plans", args=[call.slug]), {**TYPED, **months})
    assert answer.status_code == 200
    assert field in answer.context["form"].errors
    if first != "NaN":
        stored = {name: int(value) if value else None for name, value in months.items()}
        with pytest.raises(IntegrityError), transaction.atomic():
            Call.objects.filter(pk=call.pk).update(**stored)


def test_without_months_nobody_is_asked(client):
    cast, call = complete_draft()
    log_in(client, cast.coordinators[0])
    assert client.post(reverse("calls:plans", args=[call.slug]), TYPED).status_code == 302
    call.refresh_from_db()
    assert (call.first_survey_months, call.second_survey_months) == (None, None)
