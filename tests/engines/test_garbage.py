"""Processes of the portal look for garbage less often, and not among what they have loaded."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from tests.conftest import ROOT

SAY = "\nimport gc\nprint(gc.isenabled(), gc.get_threshold(), gc.get_freeze_count())"


@pytest.mark.parametrize(
    "program",
    [
        "import nextsociety.wsgi",
        "import nextsociety.celery\n"
        "from celery import signals\n"
        "signals.worker_process_init.send(sender=None)",
    ],
    ids=["web", "worker"],
)
def test_what_is_loaded_is_not_looked_through_again(program):
    said = subprocess.run(
        [sys.executable, "-c", program + SAY],
        cwd=ROOT,
        env={**os.environ, "TESTING": "1"},
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert said.startswith("True (10000, 20, 20) ")
    assert int(said.split()[-1]) > 50_000
