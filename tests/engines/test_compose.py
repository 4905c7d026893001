"""docker-compose.yml hands each service what it needs of the database, and no more."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

import pytest
import yaml

ROOT = Path(__file__).resolve().parent.parent.parent
SERVICES = yaml.safe_load((ROOT / "docker-compose.yml").read_text())["services"]
PORTAL = sorted(name for name in SERVICES if "build" in SERVICES[name] and name != "migrate")


def test_web_beat_and_every_worker_are_looked_at():
    assert {"web", "beat"} < set(PORTAL)
    assert any(name.startswith("worker") for name in PORTAL)


@pytest.mark.parametrize("name", PORTAL)
def test_the_portal_knows_its_own_role_alone(name):
    environment = SERVICES[name]["environment"]
    assert urlsplit(environment["DATABASE_URL"]).username == "portal"
    assert environment["DATABASE_PASSWORD"].startswith("${DATABASE_PASSWORD")
    assert not [variable for variable in environment if variable.startswith("MIGRATION")]
    # They stand in .env, which the service reads: taken out again.
    assert environment["POSTGRES_PASSWORD"] == environment["OWNER_PASSWORD"] == ""
    assert SERVICES[name]["depends_on"]["migrate"] == {
        "condition": "service_completed_successfully"
    }


def test_migrations_alone_are_conducted_by_the_owner():
    migrate = SERVICES["migrate"]
    assert "manage.py migrate" in migrate["command"]
    assert urlsplit(migrate["environment"]["MIGRATION_DATABASE_URL"]).username == "portal_owner"
    assert migrate["environment"]["MIGRATION_DATABASE_PASSWORD"].startswith("${OWNER_PASSWORD")
    assert [name for name in SERVICES if "migrate" in str(SERVICES[name].get("command"))] == [
        "migrate"
    ]


def test_no_password_stands_in_an_address():
    """One with a slash or an @ would break it."""
    for service in SERVICES.values():
        for name, value in (service.get("environment") or {}).items():
            if name.endswith("DATABASE_URL"):
                assert urlsplit(value).password is None


def test_the_database_makes_the_roles_when_it_is_empty():
    database = SERVICES["database"]
    folder = "/docker-entrypoint-initdb.d/"
    assert any(folder in volume for volume in database["volumes"])
    assert set(database["environment"]) == {
        "POSTGRES_PASSWORD",
        "OWNER_PASSWORD",
        "DATABASE_PASSWORD",
    }
    for volume in database["volumes"]:
        source = volume.split(":")[0]
        if source.startswith("./"):
            assert (ROOT / source).is_file(), source
