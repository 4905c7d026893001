"""Building a call: who contracts and pays, how many quotes, on what grounds one is chosen."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from tests.calls.drafts import complete_draft, draft_of, typed
from tests.making import cast_of_all, voucher_story
from tests.people import log_in
from vouchers.calls import actions
from vouchers.calls.models import Call, PurchaseRules
from vouchers.calls.queries.checklist import problems_before_opening

pytestmark = pytest.mark.django_db


def rows(*grounds, use="a", quotes_required=2):
    sent = {
        "use": use,
        "quotes_required": quotes_required,
        "form-TOTAL_FORMS": len(grounds),
        "form-INITIAL_FORMS": 0,
    }
    for at, (kind, name, weight) in enumerate(grounds):
        sent |= typed(f"form-{at}-name", name)
        sent |= {f"form-{at}-kind": kind, f"form-{at}-weight": weight}
    return sent


def address_of(call):
    return reverse("calls:purchases", args=[call.slug])


def test_a_draft_begins_with_the_usual_grounds():
    call = draft_of(cast_of_all().coordinators[0])
    assert (call.purchase_rules.use, call.purchase_rules.quotes_required) == ("b", 3)
    assert [(str(one), one.weight) for one in call.quote_grounds.all()] == [
        ("Price", Decimal(40)),
        ("Experience", Decimal(30)),
        ("Approach", Decimal(30)),
    ]
    assert call.quote_grounds.first().name.data.keys() >= {"en", "fr", "ar"}


def test_a_coordinator_says_how_the_assistance_is_bought(client):
    cast, call = complete_draft()
    log_in(client, cast.coordinators[0])
    answer = client.post(
        address_of(call), rows(("marked", "Team", "70"), ("price", "Price", "30,0"))
    )
    assert answer.url == reverse("calls:build", args=[call.slug])
    call = Call.objects.get(pk=call.pk)
    assert (call.purchase_rules.use, call.purchase_rules.quotes_required) == ("a", 2)
    assert [(one.kind, str(one), one.weight) for one in call.quote_grounds.all()] == [
        ("marked", "Team", Decimal(70)),
        ("price", "Price", Decimal(30)),
    ]
    assert problems_before_opening(call) == []


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        (
            rows(("price", "One", "50"), ("price", "Two", "50")),
            "The price is one ground, not two.",
        ),
        (rows(("marked", "Team", "0")), "greater than or equal to 0.01"),
        (rows(("marked", "Team", "100"), quotes_required=0), "greater than or equal to 1"),
        (rows(("marked", "Team", "100"), quotes_required=21), "less than or equal to 20"),
    ],
)
def test_what_cannot_be_is_refused_and_stays_typed(client, sent, sentence):
    cast, call = complete_draft()
    log_in(client, cast.coordinators[0])
    page = client.post(address_of(call), sent).content.decode()
    assert sentence in page
    assert sent["form-0-name_0"] in page
    assert Call.objects.get(pk=call.pk).purchase_rules.use == "b"
    assert call.quote_grounds.count() == 3


def test_weights_that_do_not_add_up_keep_the_call_from_opening(client):
    cast, call = complete_draft()
    log_in(client, cast.coordinators[0])
    client.post(address_of(call), rows(("marked", "Team", "60"), ("price", "Price", "30")))
    assert problems_before_opening(Call.objects.get(pk=call.pk)) == [
        "The weights of the grounds of choice add up to 90, not to 100."
    ]


def test_a_copy_buys_alike():
    cast, source = complete_draft()
    coordinator = cast.coordinators[0]
    actions.set_purchase_rules(
        source,
        [{"kind": "price", "name": "Cost", "weight": Decimal(100)}],
        by=coordinator,
        use="c",
        quotes_required=5,
    )
    dates = {
        name: getattr(source, name)
        for name in ("opens_at", "questions_until", "deadline", "decision_due")
    } | {"assistance_starts": source.assistance_starts, "assistance_ends": source.assistance_ends}
    copy = actions.copy_call(
        Call.objects.get(pk=source.pk), by=coordinator, slug="second", year=2027, **dates
    )
    assert (copy.purchase_rules.use, copy.purchase_rules.quotes_required) == ("c", 5)
    assert [(str(one), one.weight) for one in copy.quote_grounds.all()] == [("Cost", Decimal(100))]


def test_at_least_one_is_asked():
    call = draft_of(cast_of_all().coordinators[0])
    with pytest.raises(IntegrityError, match="at_least_one_provider"), transaction.atomic():
        PurchaseRules.objects.filter(call=call).update(quotes_required=0)


def test_the_euro_is_always_among_the_currencies(client):
    cast, call = complete_draft()
    log_in(client, cast.coordinators[0])
    with pytest.raises(IntegrityError, match="always_be_in_euros"), transaction.atomic():
        PurchaseRules.objects.filter(call=call).update(quote_currencies=["TND"])
    sent = rows(("marked", "Team", "70"), ("price", "Price", "30")) | {"quote_currencies": ["USD"]}
    client.post(address_of(call), sent)
    assert PurchaseRules.objects.get(call=call).quote_currencies == ["EUR", "USD"]


def test_the_rules_of_an_open_call_stand():
    call = voucher_story().voucher.award.application.call
    with pytest.raises(IntegrityError, match="is fixed"), transaction.atomic():
        PurchaseRules.objects.filter(call=call).update(quotes_required=1)
    with pytest.raises(IntegrityError, match="is fixed"), transaction.atomic():
        call.quote_grounds.all().delete()
