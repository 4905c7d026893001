"""Random people do random things about three vouchers, and no rule of assistance is broken.

In the ordinary run a few examples, always the same; `--hypothesis-profile=searching` tries 500 others.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from demonstration.clock import on
from tests.assistance.machine import moves
from tests.assistance.machine.acting import LONG_AGO
from tests.assistance.machine.world import a_world
from tests.calling import misfits

pytestmark = pytest.mark.django_db

# In the ordinary run, and where others are searched for: examples, and steps of each.
EXAMPLES = {"repeatable": (20, 40), "searching": (500, 50)}


class Assistance(moves.GoingOn, moves.Looking):
    """All moves together."""


def test_moves_call_each_other_as_they_are_written():
    assert misfits(Assistance, Path(moves.__file__).parent) == []


def test_random_people_break_no_rule():
    with on(timezone.now() - LONG_AGO):
        Assistance.world = a_world()
    Assistance.steps, Assistance.done, Assistance.refused = 0, Counter(), Counter()
    examples, steps = EXAMPLES[settings.get_current_profile_name()]
    run_state_machine_as_test(
        Assistance,
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
    assert Assistance.steps > examples * steps / 4
    assert len(Assistance.done) > 12, Assistance.done
    assert len(Assistance.refused) > 15, Assistance.refused
