"""Production refuses to start with a setting that is missing or weak."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.cache import cache
from django.urls import reverse

from nextsociety.health import HEARTBEAT, note_heartbeat

ROOT = Path(__file__).resolve().parent.parent.parent
GOOD = {
    "SECRET_KEY": "q8Zr3_vWm1Kx7TbN0dYc5LhJ2sPfGa9UeRi6oXwVzQkMnBtCyDlE4jHg",
    "ALLOWED_HOSTS": "vouchers.example.org",
    "SITE_URL": "https://vouchers.example.org",
    "DATABASE_URL": "postgresql://nobody@nowhere/none",
    "REDIS_URL": "redis://nowhere",
    "EMAIL_HOST": "mail.example.org",
    "DEFAULT_FROM_EMAIL": "vouchers@example.org",
}
CHECK = (
    "import django; django.setup(); from django.conf import settings; print(settings.PRODUCTION)"
)


def start(**changes):
    """Load the settings as production does; the finished process."""
    variables = {**GOOD, **changes}
    return subprocess.run(
        [sys.executable, "-c", CHECK],
        cwd=ROOT,
        capture_output=True,
        text=True,
        env={
            "PATH": os.environ["PATH"],
            "DJANGO_SETTINGS_MODULE": "nextsociety.settings",
            **{name: value for name, value in variables.items() if value is not None},
        },
    )


def test_production_starts_with_all_it_needs():
    assert start().stdout.strip() == "True"


@pytest.mark.parametrize("name", sorted(GOOD))
def test_production_names_what_is_missing(name):
    refused = start(**{name: None})
    assert refused.returncode != 0
    assert f"Set the environment variable {name}" in refused.stderr


@pytest.mark.parametrize("key", ["short", "a" * 80])
def test_a_weak_key_is_refused(key):
    assert "SECRET_KEY is weak" in start(SECRET_KEY=key).stderr


@pytest.mark.django_db
def test_health_tells_which_part_fails(client):
    cache.delete(HEARTBEAT)
    answer = client.get(reverse("healthz"))
    assert answer.status_code == 503
    assert answer.json() == {"database": "ok", "redis": "ok", "worker": "failing"}
    note_heartbeat()
    answer = client.get(reverse("healthz"))
    assert (answer.status_code, answer.json()["worker"]) == (200, "ok")
    cache.delete(HEARTBEAT)
