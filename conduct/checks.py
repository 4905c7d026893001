"""What `manage.py check` says of the rights of the application's role, and of time zones."""

from __future__ import annotations

import zoneinfo
from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Error, Info
from django.db import connections
from tzdata import IANA_VERSION

from conduct.models.owning import owner_role, roles_are_apart

# By right, whether it has it in its own name or by being somebody who has.
_TOO_MUCH = """
    SELECT rolsuper OR rolbypassrls OR rolcreaterole OR rolreplication,
        EXISTS (
            SELECT FROM pg_class
            WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')
                AND (pg_has_role(relowner, 'USAGE') OR has_table_privilege(oid, 'TRUNCATE'))
        )
        OR has_schema_privilege('public', 'CREATE')
        OR has_database_privilege(current_database(), 'CREATE, TEMPORARY')
    FROM pg_roles WHERE rolname = current_user
"""


def check_rights(
    app_configs: Any = None, databases: Sequence[str] | None = None, **_options: Any
) -> list[CheckMessage]:
    """Errors where the role as which the portal works may do more than read and write rows."""
    found: list[CheckMessage] = []
    for alias in databases or []:
        if connections[alias].settings_dict["USER"] == owner_role() and roles_are_apart():
            continue  # `migrate` is at work.
        with connections[alias].cursor() as cursor:
            cursor.execute(_TOO_MUCH)
            mighty, owns = cursor.fetchone()
        if mighty or owns:
            found.append(
                Error(
                    "The portal works as a role of PostgreSQL that may change or empty its tables.",
                    hint="Make the roles with nextsociety/roles.sql (see docs/deployment.md).",
                    id="conduct.E001",
                )
            )
    return found


def check_pinned_time_zones(**_options: Any) -> list[CheckMessage]:
    """System check: an error where a process reads time zones from its machine."""
    if not zoneinfo.TZPATH:
        return []
    return [
        Error(
            f"Time zones are read from this machine, not from IANA {IANA_VERSION} (package tzdata).",
            hint="nextsociety/settings/ calls zoneinfo.reset_tzpath; something called it again.",
            id="conduct.E001",
        )
    ]


def state_time_zones(**_options: Any) -> list[CheckMessage]:
    """System check of a deployment: which release of the IANA data rules every clock."""
    return [Info(f"Time zones follow IANA {IANA_VERSION} (package tzdata).", id="conduct.I001")]
