"""Days are counted on the calendar of a country or of the programme, by the pinned time zones."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import zoneinfo
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.core.checks import run_checks
from django.utils import timezone
from tzdata import IANA_VERSION

from conduct.forms import EndField
from conduct.queries.days import day_of, end_of, iso_day_of, start_of, today
from vouchers.calls.forms.fields import ProgrammeEndField, ProgrammeTimeField

ROOT = Path(__file__).resolve().parent.parent.parent
BEIRUT, CASABLANCA = ZoneInfo("Asia/Beirut"), ZoneInfo("Africa/Casablanca")
ROOMS = sorted(path.parent.name for path in ROOT.glob("*/__init__.py"))
# What takes a day from the clock of whoever runs or reads: conduct/queries/days.py alone may.
FROM_SOME_CLOCK = re.compile(r"localdate\(|date\.today\(|\.date\(\)|datetime\.now\(|__date\b")
DAY_OF_AN_INSTANT = re.compile(r"""(_at|_until|last_login)\|date:["'](SHORT_)?DATE_FORMAT""")


def test_morocco_keeps_utc_since_september_2026():
    noon = datetime(2026, 12, 18, 12, tzinfo=UTC)
    assert noon.astimezone(CASABLANCA).isoformat() == "2026-12-18T12:00:00+00:00"


def test_every_process_reads_the_pinned_time_zones():
    """Also where the machine, or its environment, offers others."""
    script = (
        "import django; django.setup(); import zoneinfo, datetime as d;"
        "noon = d.datetime(2026, 12, 18, 12, tzinfo=d.UTC);"
        "print(zoneinfo.TZPATH, noon.astimezone(zoneinfo.ZoneInfo('Africa/Casablanca')).hour)"
    )
    variables = {
        "DJANGO_SETTINGS_MODULE": "nextsociety.settings",
        "TESTING": "1",
        "PYTHONTZPATH": "/usr/share/zoneinfo",
    }
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=ROOT,
        env={**os.environ, **variables},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "() 12"


def test_the_check_of_a_deployment_names_the_release():
    found = {message.id: message.msg for message in run_checks(include_deployment_checks=True)}
    assert found["conduct.I001"] == f"Time zones follow IANA {IANA_VERSION} (package tzdata)."
    assert "conduct.E001" not in found


def test_a_process_that_reads_the_machines_zones_does_not_start():
    zoneinfo.reset_tzpath(to=("/usr/share/zoneinfo",))
    try:
        assert [message.id for message in run_checks() if message.level >= 40] == ["conduct.E001"]
    finally:
        zoneinfo.reset_tzpath(to=())


def test_the_day_of_an_instant_is_a_question_of_the_zone():
    sent = datetime(2026, 11, 27, 22, 30, tzinfo=UTC)
    assert day_of(sent, BEIRUT) == date(2026, 11, 28)
    assert day_of(sent) == date(2026, 11, 27)
    assert iso_day_of(sent, BEIRUT) == "2026-11-28"
    assert iso_day_of(None) == ""


def test_today_is_not_asked_of_the_reader(monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: datetime(2026, 11, 27, 22, 30, tzinfo=UTC))
    with timezone.override(ZoneInfo("Pacific/Auckland")):
        assert (today(), today(BEIRUT)) == (date(2026, 11, 27), date(2026, 11, 28))


def test_a_day_that_ends_in_a_repeated_hour_ends_with_the_second_one():
    ends = end_of(date(2027, 10, 30), BEIRUT)
    assert ends.astimezone(UTC) == datetime(2027, 10, 30, 21, 59, 59, tzinfo=UTC)
    assert start_of(date(2027, 10, 31), BEIRUT) == datetime(2027, 10, 30, 22, tzinfo=UTC)


def test_a_day_that_begins_where_the_clock_jumps_begins_with_the_jump():
    assert start_of(date(2027, 3, 28), BEIRUT) == datetime(2027, 3, 27, 22, tzinfo=UTC)


@pytest.mark.parametrize(
    ("typed", "ends"),
    [
        ("2027-03-31T23:59", datetime(2027, 3, 31, 21, 59, 59, tzinfo=UTC)),
        ("2027-03-31T18:00", datetime(2027, 3, 31, 16, tzinfo=UTC)),
        ("2027-03-31 23:59:00", datetime(2027, 3, 31, 21, 59, 59, tzinfo=UTC)),
    ],
)
def test_an_end_typed_as_2359_lasts_until_the_next_day(typed, ends):
    assert ProgrammeEndField().clean(typed) == ends


def test_an_opening_typed_as_2359_stays():
    opens = ProgrammeTimeField().clean("2027-03-31T23:59")
    assert opens == datetime(2027, 3, 31, 21, 59, tzinfo=UTC)


def test_an_end_that_was_not_touched_has_not_changed():
    field = ProgrammeEndField()
    standing = datetime(2027, 3, 31, 21, 59, 59, tzinfo=UTC)
    assert field.has_changed(standing, "2027-03-31T23:59") is False
    assert field.has_changed(standing, "2027-03-31T23:58") is True
    assert field.has_changed(standing, "") is True


def test_an_end_in_the_repeated_hour_of_beirut_is_taken():
    with timezone.override(BEIRUT):
        assert EndField().clean("2027-10-30T23:59").astimezone(UTC).isoformat() == (
            "2027-10-30T21:59:59+00:00"
        )


def sources():
    for room in ROOMS:
        if room not in ("tests", "benchmarks"):
            yield from (
                path for path in (ROOT / room).rglob("*.py") if "migrations" not in path.parts
            )


def test_no_rule_takes_its_day_from_some_clock():
    offending = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in sources()
        if path != ROOT / "conduct" / "queries" / "days.py"
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if FROM_SOME_CLOCK.search(line) and "typed.date()" not in line
    ]
    assert offending == []


def test_no_test_depends_on_the_hour_at_which_it_runs():
    """Late in the evening of UTC it is tomorrow in Beirut: `today_there` is what tests want."""
    asking = [
        str(path.relative_to(ROOT))
        for path in (ROOT / "tests").rglob("*.py")
        if "timezone.localdate(" in path.read_text() and path.name != "test_days.py"
    ]
    assert asking == []


def test_no_page_shows_the_day_of_an_instant_on_the_readers_clock():
    offending = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in (ROOT / "templates").rglob("*.*")
        for number, line in enumerate(path.read_text().splitlines(), 1)
        for found in DAY_OF_AN_INSTANT.finditer(line)
        if not line[: found.end(1)].endswith("valid_until")
    ]
    assert offending == []
