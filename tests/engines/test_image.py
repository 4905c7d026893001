"""What goes into the image of Docker, and how compose hands over the password."""

from __future__ import annotations

import re
import subprocess
from fnmatch import fnmatch
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings

ROOT = Path(settings.BASE_DIR)


def is_in_image(path: str) -> bool:
    """Whether Docker sends the path: the last pattern that matches it, or a folder of it, decides."""
    sent = True
    for line in (ROOT / ".dockerignore").read_text().splitlines():
        pattern = line.strip()
        if not pattern or pattern.startswith("#"):
            continue
        back = pattern.startswith("!")
        pattern = pattern.removeprefix("!")
        parts = path.split("/")
        places = ["/".join(parts[: number + 1]) for number in range(len(parts))]
        if pattern.startswith("**/"):
            matches = any(fnmatch(part, pattern.removeprefix("**/")) for part in parts)
        else:
            matches = any(fnmatch(place, pattern) for place in places if "/" not in place)
        if matches:
            sent = back
    return sent


@pytest.mark.parametrize(
    "path",
    [
        *(".env", ".env.production", "nextsociety/.env", ".git/config", ".data/postgres/base/1"),
        *("dump.sql", "id_ed25519", ".venv/bin/python", "node_modules/x.js", "tests/conftest.py"),
        *("staticfiles/a.css", "accounts/__pycache__/models.pyc"),
    ],
)
def test_neither_secrets_nor_what_lies_about_get_into_the_image(path):
    assert not is_in_image(path)


def test_everything_that_the_portal_runs_on_gets_into_the_image():
    own = [
        Path(config.path).relative_to(ROOT)
        for config in apps.get_app_configs()
        if Path(config.path).is_relative_to(ROOT) and ".venv" not in config.path
    ]
    for folder in [*own, Path("nextsociety"), Path("templates"), Path("static"), Path("locale")]:
        files = subprocess.run(
            ["git", "ls-files", str(folder)], cwd=ROOT, capture_output=True, text=True, check=True
        ).stdout.split()
        assert files
        assert all(map(is_in_image, files)), folder


def test_everything_that_the_image_copies_is_sent():
    for copied in re.findall(r"^COPY (?!--)(.*) \S+$", (ROOT / "Dockerfile").read_text(), re.M):
        for path in copied.split():
            assert path == "." or is_in_image(path), path


def test_compose_writes_the_password_into_no_address():
    """A / or @ in it would be read as a part of the address."""
    compose = (ROOT / "docker-compose.yml").read_text()
    urls = re.findall(r"^\s+\w*_URL: (.*)$", compose, re.M)
    assert urls
    assert not [url for url in urls if "PASSWORD" in url]
    assert "DATABASE_PASSWORD: ${DATABASE_PASSWORD" in compose
