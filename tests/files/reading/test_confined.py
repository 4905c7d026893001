"""What reads a stranger's file runs in a process of its own, and ends at its limits, alone."""

from __future__ import annotations

import resource
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest

from files.actions import confined
from files.actions.confined import MEGABYTE, GaveUp, Limits, run_confined
from files.reading import media
from files.reading.found import FileFault, Found
from tests.files import samples

LIMITS = Limits(cpu_seconds=20, wall_seconds=100)


def run(task, content, limits=LIMITS, **arguments):
    return run_confined(task, BytesIO(content), limits=limits, **arguments)


def look_at_pdf(content, limits=LIMITS):
    return run("look", content, limits, media_type=media.PDF)


@pytest.fixture
def own_memory():
    """The most memory that this process had (bytes); it may not grow by what a file unpacks to."""

    def most():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024

    before = most()
    yield
    assert most() - before < 40 * MEGABYTE


def test_a_file_is_told_and_drawn_elsewhere():
    assert run("inspect", samples.pdf()).facts == {"media_type": media.PDF}
    told = look_at_pdf(samples.pdf(pages=5))
    assert told.facts == {"pages": 5}
    assert [blob[:4] for blob in told.blobs] == [b"RIFF"] * 4


def test_what_is_found_comes_back():
    with pytest.raises(Found) as found:
        run("inspect", samples.wide_png(15_000, 9_000))
    assert found.value.finding is FileFault.PICTURE_PIXELS
    assert found.value.facts == {"width": 15_000, "height": 9_000}


def test_a_page_deflated_twice_ends_at_its_limits(own_memory):
    assert len(samples.DEFLATED_TWICE) < 3000
    with pytest.raises(Found):
        run("inspect", samples.DEFLATED_TWICE)
    few = replace(LIMITS, memory=400 * MEGABYTE, cpu_seconds=5)
    with pytest.raises(GaveUp) as gave_up:
        look_at_pdf(samples.DEFLATED_TWICE, few)
    assert gave_up.value.is_too_much


def test_many_drawings_are_drawn_within_the_limits_or_not_at_all(own_memory):
    assert len(samples.MANY_DRAWINGS) < 1000
    assert run("inspect", samples.MANY_DRAWINGS)
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    with suppress(GaveUp):
        assert look_at_pdf(samples.MANY_DRAWINGS).facts == {"pages": 1}
    spent = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - used.ru_utime
    assert spent < LIMITS.cpu_seconds + 2


def test_no_more_than_its_seconds_of_a_processor(own_memory):
    heavy = samples.drawn(samples.packed(b"q 0 0 m 9 9 l S Q\n", 20 * MEGABYTE), 1)
    with pytest.raises(GaveUp) as gave_up:
        look_at_pdf(heavy, replace(LIMITS, cpu_seconds=1))
    assert gave_up.value.is_too_much
    assert not gave_up.value.may_pass


def test_no_longer_than_its_time_on_the_clock():
    heavy = samples.drawn(samples.packed(b"q 0 0 m 9 9 l S Q\n", 20 * MEGABYTE), 1)
    started = time.monotonic()
    with pytest.raises(GaveUp) as gave_up:
        look_at_pdf(heavy, replace(LIMITS, wall_seconds=1))
    assert gave_up.value.may_pass
    assert time.monotonic() - started < 10


def test_no_more_than_its_memory():
    wide = samples.picture("PNG", (6000, 6000))
    few = replace(LIMITS, memory=200 * MEGABYTE)
    with pytest.raises(GaveUp) as gave_up:
        run("look", wide, few, media_type=media.PNG)
    assert gave_up.value.is_too_much
    assert run("look", wide, media_type=media.PNG).facts == {"width": 6000, "height": 6000}


def test_no_more_than_it_may_answer():
    with pytest.raises(GaveUp):
        look_at_pdf(samples.pdf(), replace(LIMITS, output=1000))


def test_what_breaks_down_breaks_down_alone():
    with pytest.raises(GaveUp) as gave_up:
        look_at_pdf(b"%PDF-1.7 nothing")
    assert not gave_up.value.is_too_much


def test_a_process_that_was_killed_is_followed_by_another():
    assert run("inspect", samples.pdf())
    for _time in range(2):
        confined._nursery._process.kill()
        confined._nursery._process.wait()
        assert run("inspect", samples.pdf()).facts == {"media_type": media.PDF}


def test_several_ask_at_once_and_none_waits_for_another():
    heavy = samples.drawn(samples.packed(b"q 0 0 m 9 9 l S Q\n", 20 * MEGABYTE), 1)
    with ThreadPoolExecutor(8) as people:
        slow = people.submit(look_at_pdf, heavy, replace(LIMITS, wall_seconds=15))
        quick = [people.submit(run, "inspect", samples.pdf(pages=n)) for n in range(1, 7)]
        assert all(one.result().facts == {"media_type": media.PDF} for one in quick)
        assert not slow.done()
        with suppress(GaveUp):
            slow.result()


def test_it_ends_with_whoever_asked(tmp_path):
    """Killed as by kill -9, the asking process leaves nobody behind."""
    program = (
        "from io import BytesIO; from files.actions import confined as c;"
        "from tests.files import samples;"
        "c.run_confined('inspect', BytesIO(samples.pdf()), limits=c.Limits(20, 60));"
        "print(c._nursery._process.pid, flush=True); import os, signal;"
        "os.kill(os.getpid(), signal.SIGKILL)"
    )
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    number = int(ran.stdout)
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline and _is_alive(number):
        time.sleep(0.1)
    assert not _is_alive(number)


def _is_alive(number):
    try:
        state = Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


def test_no_secret_is_handed_on(monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "s3cret")
    monkeypatch.setenv("DATABASE_URL", "postgres://…")
    assert not {"SECRET_KEY", "DATABASE_URL"} & confined._environment().keys()


def test_a_file_on_the_disk_stays_where_it_was_read_to(tmp_path):
    path = tmp_path / "a.pdf"
    path.write_bytes(samples.pdf())
    with path.open("r+b") as file:
        file.seek(7)
        assert run_confined("inspect", file, limits=LIMITS).facts == {"media_type": media.PDF}
        if Path("/proc/self/fd").exists():
            assert file.tell() == 7
            assert file.read(1) != b""


def photograph(width, height):
    """A small JPEG whose head says that it is large; decoders make the rest grey."""
    content = bytearray(samples.picture("JPEG", (200, 150)))
    marker = content.index(b"\xff\xc0")
    content[marker + 5 : marker + 9] = height.to_bytes(2, "big") + width.to_bytes(2, "big")
    return bytes(content)


def test_a_photograph_of_200_million_pixels_is_taken(own_memory):
    """Telephones take such; a JPEG is decoded at a fraction of its size."""
    few = replace(LIMITS, memory=400 * MEGABYTE)
    assert run("inspect", photograph(16_320, 12_240), few).facts == {"media_type": media.JPEG}
    told = run("look", photograph(16_320, 12_240), few, media_type=media.JPEG)
    assert told.facts == {"width": 16_320, "height": 12_240}
    with pytest.raises(Found):
        run("inspect", photograph(20_000, 20_000), few)
