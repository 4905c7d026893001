"""Sessions within the contract with the provider, and after its end only by an amendment."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from conduct.actions import Refused
from demonstration.clock import noon
from tests.assistance.delivery.session import ago, logged, milestone_of, said
from tests.assistance.plans.writing import amended, put_in_force
from tests.making import today_there
from tests.providers.quotes.asking import NAMES
from tests.providers.quotes.test_contracts import conclude, confirmed
from vouchers.assistance.delivery.models import Session
from vouchers.assistance.plans.queries import provider_of

pytestmark = pytest.mark.django_db


def contracted(starts, ends):
    """A plan in force for twelve days, and a contract from and to so many days ago."""
    asked = confirmed()
    asked.told.go("plan approved", starting=noon(-12), days=0)
    conclude(asked, signed_on=ago(starts), starts_on=ago(starts), ends_on=ago(ends))
    return asked.told


def test_a_session_lies_within_the_contract_and_names_its_provider():
    told = contracted(6, -30)
    assert provider_of(told.voucher).name == NAMES[1]
    with pytest.raises(Refused, match="contract with the provider starts on") as refused:
        logged(told, 7)
    assert refused.value.field == "day"
    assert logged(told, 6).provider.name == NAMES[1]


def test_after_the_end_of_the_contract_the_plan_is_amended_for_more_time_first():
    told = contracted(6, 3)
    assert logged(told, 3).state == "logged"
    with pytest.raises(Refused, match="For more time the plan must be amended first") as refused:
        logged(told, 2)
    assert refused.value.field == "day"
    amended(told, kind="budget")
    put_in_force(told)
    with pytest.raises(Refused, match="contract with the provider ends on"):
        logged(told, 2)
    amended(told, kind="extension", reason="The fair is later.")
    put_in_force(told)
    assert provider_of(told.voucher).name == NAMES[1]
    assert logged(told, 2).state == "logged"


@pytest.mark.parametrize("day", [7, 2])
def test_the_database_itself_holds_sessions_within_the_contract(day):
    told = contracted(6, 3)
    session = Session(
        voucher=told.voucher,
        milestone=milestone_of(told),
        provider=provider_of(told.voucher),
        logged_by=told.officer,
        logged_for="provider",
        logged_at=timezone.now(),
        **vars(said(day, hours=Decimal("1"))),
    )
    with pytest.raises(IntegrityError, match="within its contract"), transaction.atomic():
        session.save()
    session.day = today_there() - timedelta(days=4)
    session.save()
    assert Session.objects.count() == 1
