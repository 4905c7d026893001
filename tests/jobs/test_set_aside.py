"""Work that fails again and again is set aside, shown, and tried again when somebody asks."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from jobs.actions.trouble import attempted, for_each, resting_keys
from jobs.kinds import Errand, kind_called, register_kind
from jobs.models import Trouble
from tests.people import person

pytestmark = pytest.mark.django_db

ONCE = Errand(slug="test_once", title="Test", queue="clock", max_attempts=3)
PATIENT = Errand(
    slug="test_patient",
    title="Test",
    queue="clock",
    max_attempts=2,
    patience=timedelta(minutes=1),
)
FOR_GOOD = Errand(
    slug="test_for_good",
    title="Test",
    queue="clock",
    max_attempts=2,
    retry_every=timedelta(minutes=5),
)
for _errand in (ONCE, PATIENT, FOR_GOOD):
    register_kind(_errand)


def breaks():
    raise ZeroDivisionError("no such thing")


def as_if_later(minutes=60):
    Trouble.objects.update(next_attempt_at=timezone.now() - timedelta(seconds=1))


def test_what_succeeds_leaves_nothing_behind():
    assert attempted("test_once", 7, lambda: "done") == "done"
    assert not Trouble.objects.exists()


def test_a_poison_record_is_set_aside_after_its_attempts_and_left_alone():
    for number in (1, 2, 3):
        assert attempted("test_once", 7, breaks) is None
        assert Trouble.objects.get().attempts == number
    trouble = Trouble.objects.get()
    assert trouble.set_aside_at
    assert trouble.last_error == "ZeroDivisionError: no such thing"
    assert list(ONCE.set_aside()) == [trouble]
    as_if_later()
    assert attempted("test_once", 7, lambda: pytest.fail("it was set aside")) is None
    assert resting_keys("test_once") == {"7"}
    # Asked to, it is tried anew, with all its attempts.
    ONCE.again(trouble)
    assert attempted("test_once", 7, lambda: "done") == "done"
    assert not Trouble.objects.exists()


def test_each_further_attempt_comes_later():
    attempted("test_patient", 7, breaks)
    assert attempted("test_patient", 7, lambda: pytest.fail("too early")) is None
    assert resting_keys("test_patient") == {"7"}
    as_if_later()
    assert resting_keys("test_patient") == set()
    assert attempted("test_patient", 7, lambda: "done") == "done"


def test_what_has_its_instant_is_tried_for_good_and_shown_meanwhile():
    attempted("test_for_good", 7, breaks)
    attempted("test_for_good", 7, breaks)
    assert FOR_GOOD.set_aside().count() == 1
    assert attempted("test_for_good", 7, lambda: pytest.fail("too early")) is None
    as_if_later()
    assert attempted("test_for_good", 7, lambda: "done") == "done"
    assert FOR_GOOD.set_aside().count() == 0


def test_a_record_at_which_every_worker_dies_is_set_aside_too():
    class Killed(BaseException):
        """As the end of the process: nothing can be written any more."""

    def dies():
        raise Killed

    for _number in range(3):
        with pytest.raises(Killed):
            attempted("test_once", 7, dies)
    assert attempted("test_once", 7, lambda: pytest.fail("it kills")) is None
    trouble = Trouble.objects.get()
    assert trouble.set_aside_at
    assert trouble.last_error == "The worker was killed at this."


def test_one_that_fails_stops_no_other():
    people = [person(), person(), person()]
    done = []

    def conduct(each):
        if each == people[1]:
            raise ZeroDivisionError
        done.append(each)
        return True

    assert for_each("test_once", people, conduct) == 2
    assert for_each("test_once", people, conduct) == 2
    assert done == [people[0], people[2]] * 2
    assert Trouble.objects.get().key == str(people[1].pk)
    assert kind_called("test_once") is ONCE
