"""What the database refuses is told in sentences of the portal, never under a constraint's name."""

import pytest
from django.apps import apps
from django.db import models

from conduct.actions import Refused, constraints_of
from tests.making import voucher_story
from vouchers.payments.models import Claim, ExchangeRate

ROOMS = ("vouchers.payments.", "vouchers.assistance.")
CONSTRAINTS = [
    pytest.param(constraint, id=constraint.name)
    for model in apps.get_models()
    if model.__module__.startswith(ROOMS)
    for constraint in model._meta.constraints
]


@pytest.mark.parametrize("constraint", CONSTRAINTS)
def test_each_constraint_of_money_and_assistance_has_its_own_sentence(constraint):
    assert (
        constraint.violation_error_message != models.BaseConstraint.default_violation_error_message
    )
    assert constraint.name not in str(constraint.get_violation_error_message())


@pytest.mark.django_db
def test_a_constraint_without_a_sentence_is_not_named():
    told = voucher_story()
    bare = models.CheckConstraint(condition=models.Q(pk__gt=0), name="a_rate_is_positive")
    ordinary = ExchangeRate._meta.constraints
    ExchangeRate._meta.constraints = [bare]
    try:
        with pytest.raises(Refused) as refused, constraints_of(ExchangeRate):
            ExchangeRate.objects.create(
                currency="USD", month="2026-11", units_per_euro=-1, entered_by=told.manager
            )
    finally:
        ExchangeRate._meta.constraints = ordinary
    assert "a_rate_is_positive" not in str(refused.value)


def test_triggers_speak_too():
    assert all(str(sentence).endswith(".") for sentence in Claim.ENFORCED.values())
