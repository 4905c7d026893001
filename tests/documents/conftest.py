"""A real Celery worker on the test's own database, Redis and files."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from documents.sealing.self_made import make_certificate
from tests.conftest import WITHOUT_DISK, url_of

HOLDER = "Seal of the tests"
ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture
def worker(tmp_path):
    """A function that starts a worker; all of them are stopped at the end of the test.

    With `slow_seconds`, rendering a document takes so long, with `slow_seal` sealing it, so that it can
    be killed in the middle. Its clock is so many seconds `ahead` of ours.
    """
    started = []

    def start(
        *, slow_seconds: float = 0, slow_seal: float = 0, ahead: float = 0
    ) -> subprocess.Popen:
        process = subprocess.Popen(
            [
                *(sys.executable, "-m", "celery", "--app", "tests.documents.working"),
                *("--quiet", "worker", "--pool", "solo", "--loglevel", "warning"),
                *("--without-gossip", "--without-mingle", "--without-heartbeat"),
            ],
            cwd=ROOT,
            env={
                **os.environ,
                "TESTING": "1",
                # They read every address: a third of its start. `make lint` makes them.
                "CELERY_SKIP_CHECKS": "1",
                "PGOPTIONS": WITHOUT_DISK,
                "DATABASE_URL": url_of(connection.settings_dict["NAME"]),
                "REDIS_URL": settings.REDIS_URL.partition("?")[0],
                "REDIS_DATABASE": settings.REDIS_URL.partition("virtual_host=")[2] or "0",
                "MEDIA_ROOT": str(settings.MEDIA_ROOT),
                "SEAL_CERTIFICATE": settings.SEAL_CERTIFICATE,
                "SLOW_SECONDS": str(slow_seconds),
                "SLOW_SEAL": str(slow_seal),
                "AHEAD": str(ahead),
                "MARK": str(tmp_path / "rendering"),
            },
        )
        started.append(process)
        return process

    yield start
    for process in started:
        if process.poll() is None and "COVERAGE_PROCESS_CONFIG" in os.environ:
            # What it ran is written down when it ends in order.
            process.terminate()
            with suppress(subprocess.TimeoutExpired):
                process.wait(20)
        if process.poll() is None:
            process.kill()
        process.wait()


@pytest.fixture
def rendering_mark(tmp_path):
    """The file that a worker touches when it has begun to make a document."""
    return tmp_path / "rendering"


@pytest.fixture(scope="session")
def self_made(tmp_path_factory):
    """The file of a certificate that vouches for itself: made once, and loaded once."""
    path = tmp_path_factory.mktemp("seal") / "seal.p12"
    make_certificate(path, HOLDER)
    return path


@pytest.fixture
def sealing(self_made, settings):
    """Letters are sealed; the file of the certificate."""
    settings.SEAL_CERTIFICATE = str(self_made)
    return self_made


def wait_for(condition, *, seconds: float = 120) -> None:
    """Wait until the condition holds; fail the test when it does not in time."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            pytest.fail("What was waited for did not come.")
        time.sleep(0.1)
