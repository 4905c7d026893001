"""What tests of providers do again and again."""

import pytest

from clusters.models import Country
from demonstration.content.accounts import bank_account
from tests.making import cast_of_all
from vouchers.providers.actions.accounts import (
    register_provider,
)

LEBANESE, MOROCCAN, TUNISIAN = (bank_account(code, 3) for code in ("LB", "MA", "TN"))


@pytest.fixture
def cast():
    return cast_of_all()


@pytest.fixture
def officer(cast):
    return cast.officer("LB")


def register(cast, country="LB", account=LEBANESE, **more):
    return register_provider(
        Country.objects.get(code=country),
        name=more.pop("name", "Cedar Consulting"),
        email=more.pop("email", "old@example.org"),
        bank_account=account,
        by=more.pop("by", cast.officer(country)),
        **more,
    )
