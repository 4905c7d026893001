"""Production refuses to start with a setting that is missing or weak."""

from __future__ import annotations

import atexit
import os
import shutil
import subprocess
import sys
import tempfile
from functools import lru_cache
from pathlib import Path

import pytest
from django.conf import settings

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


@lru_cache
def clean_checkout():
    """This checkout without a .env that lies in it: production would read it."""
    folder = Path(tempfile.mkdtemp(prefix="checkout-"))
    atexit.register(shutil.rmtree, folder)
    shutil.copytree(ROOT / "nextsociety", folder / "nextsociety")
    for name in (*settings.INSTALLED_APPS, "templates", "static", "locale", "node_modules"):
        if (ROOT / name).is_dir() and not (folder / name).exists():
            (folder / name).symlink_to(ROOT / name)
    return folder


def start(check=CHECK, *, checkout=None, **changes):
    """Load the settings as production does; the finished process."""
    variables = {**GOOD, **changes}
    checkout = checkout or clean_checkout()
    return subprocess.run(
        [sys.executable, "-c", check],
        cwd=checkout,
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


def setting(name, **changes):
    """What a setting becomes, as text."""
    told = start(f"from django.conf import settings; print(settings.{name})", **changes)
    assert told.returncode == 0, told.stderr
    return told.stdout.strip()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"DEBUG": "1"}, "DEBUG=1 shows secrets"),
        ({"SITE_URL": "http://vouchers.example.org"}, "with https://"),
        ({"SITE_URL": "vouchers.example.org"}, "with https://"),
        ({"SITE_URL": "https://vouchers.example.org/portal"}, "must end with the host"),
        ({"SITE_URL": "https://elsewhere.example.org"}, "not among ALLOWED_HOSTS"),
        ({"ALLOWED_HOSTS": " , "}, "not among ALLOWED_HOSTS"),
        ({"DATABASE_URL": "postgresql://portal:a/b@host/portal"}, "%2F"),
        ({"DATABASE_URL": "host/portal"}, "DATABASE_URL cannot be read"),
    ],
)
def test_production_refuses_what_cannot_be_meant(changes, sentence):
    refused = start(**changes)
    assert refused.returncode != 0
    assert sentence in refused.stderr.splitlines()[-1]


def test_blanks_in_a_list_of_hosts_belong_to_no_name():
    hosts = setting("ALLOWED_HOSTS", ALLOWED_HOSTS=" a.example.org, vouchers.example.org ,")
    assert hosts == "['a.example.org', 'vouchers.example.org']"


@pytest.mark.parametrize("password", ["p/q@r", "a:b#c?d%41", "50% of €"])
def test_a_password_of_any_signs_reaches_the_database(password):
    url = "postgresql://portal@database/portal"
    found = setting(
        "DATABASES['default']['PASSWORD']", DATABASE_URL=url, DATABASE_PASSWORD=password
    )
    assert found == password
    assert setting("DATABASES['default']['HOST']", DATABASE_URL=url) == "database"


def test_an_address_that_cannot_be_read_does_not_show_its_password():
    refused = start(DATABASE_URL="postgresql://portal:secret/1@host/portal")
    assert refused.stderr.splitlines()[-1].startswith("django.core.exceptions.ImproperlyConfigured")
    assert "secret" not in refused.stderr


@pytest.fixture
def checkout_with_env(tmp_path):
    """A checkout whose .env is that of production."""
    shutil.copytree(ROOT / "nextsociety", tmp_path / "nextsociety")
    lines = [f"{name}={value}" for name, value in GOOD.items()]
    (tmp_path / ".env").write_text("\n".join([*lines, "DEBUG=1", ""]))
    return tmp_path


@pytest.mark.parametrize("which", ["DEMO", "TESTING"])
def test_env_of_production_reaches_neither_demonstration_nor_tests(checkout_with_env, which):
    check = (
        "from nextsociety import settings as s;"
        "print(s.PRODUCTION, s.DEBUG, s.EMAIL_HOST, s.EMAIL_BACKEND, s.ALLOWED_HOSTS, s.SITE_URL)"
    )
    # The engines are named, so that none are started here.
    only = {"DATABASE_URL": "postgresql://none@none/none", "REDIS_URL": "redis://none"}
    nothing = dict.fromkeys(set(GOOD) - set(only))
    told = start(check, checkout=checkout_with_env, **{**nothing, **only, which: "1"}).stdout
    assert told.startswith("False False  django.core.mail.backends.filebased.EmailBackend")
    assert "localhost" in told
    assert "example.org" not in told


def test_env_serves_production(checkout_with_env):
    told = start(
        "from nextsociety import settings",
        checkout=checkout_with_env,
        **dict.fromkeys(GOOD),
    )
    assert "DEBUG=1 shows secrets" in told.stderr


def test_a_demonstration_sends_no_mail_even_where_the_environment_names_a_server():
    backend = setting("EMAIL_BACKEND", DEMO="1")
    assert backend == "django.core.mail.backends.filebased.EmailBackend"
