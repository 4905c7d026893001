"""What rooms above tell of an application is known in every process, also where no page is served."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from vouchers.applications.models import Application
from vouchers.applications.steps import application_step

ROOT = Path(settings.BASE_DIR)
TOLD_ABOVE = ["refused", "reserve", "selected", "submitted"]
# As each process begins. A worker may skip the checks, which read every address.
BEGINNINGS = {
    "worker": "from nextsociety.celery import app; app.loader.import_default_modules()",
    "command": "import django; django.setup()",
}
ENVIRONMENT = {
    "DJANGO_SETTINGS_MODULE": "nextsociety.settings",
    "TESTING": "1",
    "CELERY_SKIP_CHECKS": "1",
}
PRINTS = """
import json, sys
from vouchers.applications import steps
print(json.dumps([sorted(map(str, steps._TELLERS)), "vouchers.urls" in sys.modules]))
"""


@pytest.mark.parametrize("process", BEGINNINGS)
def test_every_process_knows_whose_turn_it_is(process):
    done = subprocess.run(
        [sys.executable, "-c", f"{BEGINNINGS[process]}\n{PRINTS}"],
        cwd=ROOT,
        env={**os.environ, **ENVIRONMENT},
        capture_output=True,
        text=True,
        check=True,
    )
    told, has_addresses = json.loads(done.stdout)
    assert told == TOLD_ABOVE
    assert has_addresses is False


def test_addresses_import_no_teller():
    assert "steps" not in (ROOT / "vouchers" / "urls.py").read_text()


def test_a_state_that_nobody_above_tells_has_words_of_its_own():
    told = {
        state: application_step(Application(state=state), None).text
        for state in Application.State
        if state not in (*TOLD_ABOVE, "draft")
    }
    assert len(told) == 3
    assert all(told.values())
