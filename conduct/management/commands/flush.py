"""Django's own `flush`, conducted by the role that owns the tables: no other may empty them."""

from __future__ import annotations

from typing import Any

from django.core.management import CommandError
from django.core.management.commands import flush
from psycopg2.errors import DeadlockDetected

from conduct.models.owning import as_owner

# Whoever reads a page meanwhile locks tables in another order; they are done the next time.
_ATTEMPTS = 5


class Command(flush.Command):
    def handle(self, **options: Any) -> None:
        with as_owner(options["database"]):
            for attempt in range(1, _ATTEMPTS + 1):
                try:
                    super().handle(**options)
                except CommandError as error:
                    if attempt == _ATTEMPTS or not _is_deadlock(error):
                        raise
                else:
                    return


def _is_deadlock(error: BaseException | None) -> bool:
    """Whether PostgreSQL ended a deadlock, as the cause of an error or the cause of that."""
    while error is not None:
        if isinstance(error, DeadlockDetected):
            return True
        error = error.__cause__
    return False
