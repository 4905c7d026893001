"""Of days and instants a prepared statement holds what is a fixed span from now, and nothing else."""

from calendar import monthrange
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db.models import F, Value
from django.utils import timezone

from accounts.models import User
from conduct.queries import days, prepared
from conduct.queries.counting import keys_of
from conduct.queries.prepared import statement, written

pytestmark = pytest.mark.django_db
NOW = timezone.now()


@pytest.fixture(autouse=True)
def anew():
    """Nothing is written yet, and the clock stands still."""
    prepared.forget()
    with time_machine.travel(NOW, tick=False):
        yield
    prepared.forget()


def add_months(day, months):
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return day.replace(year=year, month=month + 1, day=min(day.day, monthrange(year, month + 1)[1]))


def working_days(day, number):
    while number:
        day += timedelta(days=1)
        number -= day.weekday() < 5
    return day


# What of a day is no fixed span from the instant that it is.
OF_THE_CALENDAR = {
    "the year": lambda: days.today().year,
    "a month in words": lambda: f"{days.today():%Y-%m}",
    "the first of the month": lambda: days.today().replace(day=1),
    "Monday": lambda: days.today() - timedelta(days=days.today().weekday()),
    "this hour": lambda: days.now().replace(minute=0, second=0, microsecond=0),
    "midnight": lambda: days.start_of(days.today()),
    "the end of the day": lambda: days.end_of(days.today()),
    "the day in Beirut": lambda: days.today(ZoneInfo("Asia/Beirut")),
    "the day in Tunis": lambda: days.today(ZoneInfo("Africa/Tunis")),
    **{
        f"{number} months on": lambda number=number: add_months(days.today(), number)
        for number in (*range(-24, 0), *range(1, 25))
    },
    **{
        f"{number} working days on": lambda number=number: working_days(days.today(), number)
        for number in range(1, 31)
    },
    **{
        f"the day {hours} hours on": lambda hours=hours: days.day_of(
            days.now() + timedelta(hours=hours)
        )
        for hours in (-720, -24, -3, -1, 1, 3, 24, 720)
    },
}


def test_what_moves_with_the_calendar_is_written_each_time():
    for name, bound in OF_THE_CALENDAR.items():

        def read(_reader, bound=bound):
            return keys_of(User.objects.alias(bound=Value(bound())).filter(bound=F("bound")))

        for moment in (NOW, NOW + timedelta(days=45, hours=7)):
            with time_machine.travel(moment, tick=False):
                assert statement(name, read, None) == written(read(None)), name
    kept = [key[0] for key, found in prepared._WRITTEN.items() if found is not None]
    assert not kept, "these are no fixed span from now"


def test_a_span_from_now_is_moved_with_the_instant():
    def read(_reader):
        return keys_of(
            User.objects.filter(
                date_joined__lt=days.now() - timedelta(days=30, hours=5),
                date_joined__date__gt=days.today() + timedelta(days=7),
            )
        )

    for hours in range(0, 24 * 400, 377):
        with time_machine.travel(NOW + timedelta(hours=hours), tick=False):
            assert statement("span", read, None) == written(read(None))
    assert None not in prepared._WRITTEN.values()
