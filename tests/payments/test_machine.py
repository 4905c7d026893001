"""Random people do random things about money, and after every step the books hold.

In the ordinary run a few examples, always the same; `--hypothesis-profile=searching` tries 200 others.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.calling import misfits
from tests.payments.ledger.making import voucher_and_offer
from tests.payments.machine import moves

pytestmark = pytest.mark.django_db

# In the ordinary run, and where others are searched for: examples, and steps of each.
EXAMPLES = {"repeatable": (6, 20), "searching": (200, 50)}


class Money(moves.GoingOn):
    """All moves together."""


def test_moves_call_each_other_as_they_are_written():
    assert misfits(Money, Path(moves.__file__).parent) == []


def test_random_people_leave_every_euro_where_it_belongs():
    Money.told, Money.offer = voucher_and_offer()
    Money.steps, Money.done, Money.refused = 0, Counter(), Counter()
    examples, steps = EXAMPLES[settings.get_current_profile_name()]
    run_state_machine_as_test(
        Money,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            suppress_health_check=list(HealthCheck),
            report_multiple_bugs=False,
            # To look for a shorter way to the same fault takes an hour; the steps are told as they were.
            phases=[Phase.generate],
        ),
    )
    # Where nearly all is refused, or nothing comes far, nothing is tried.
    assert Money.steps > examples * steps / 4
    assert len(Money.done) > 10, Money.done
    assert len(Money.refused) > 10, Money.refused
