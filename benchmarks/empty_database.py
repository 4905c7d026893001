"""What an empty database costs, in processor time: from the schema dump, and from the migrations.

    make migrations-check

Counted are the command and the processes of the embedded PostgreSQL that served it, so that a busy
machine says nearly what a quiet one does. Fails where `migrate`, as everybody runs it, takes more than
MOST_SECONDS.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import psycopg2

from benchmarks.serving import DATA
from nextsociety import embedded

MOST_SECONDS = 10.0

_NAME = "measured_empty"


def main() -> None:
    """Measure both ways and say so; exits with 1 where `migrate` takes too long."""
    took = _measured()
    _measured("--from-migrations")
    if took > MOST_SECONDS:
        sys.exit(f"An empty database shall take {MOST_SECONDS:.0f} s at most: run make schema?")


def _measured(*options: str) -> float:
    """The processor seconds of one `migrate` of an empty database, Django's and PostgreSQL's; printed."""
    with closing(psycopg2.connect(embedded.owner_url(DATA))) as connection:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(f"DROP DATABASE IF EXISTS {_NAME}")
            cursor.execute(f"CREATE DATABASE {_NAME}")
            cursor.execute("SELECT pg_backend_pid()")
            server = _parent(cursor.fetchone()[0])
            of_server, clock = _seconds_of_ended_children(server), time.monotonic()
            of_django = _migrate(*options)
            of_server = _seconds_of_ended_children(server) - of_server
            clock = time.monotonic() - clock
            cursor.execute(f"DROP DATABASE {_NAME}")
    command = " ".join(["manage.py migrate", *options])
    print(
        f"{command:35} {of_django + of_server:5.1f} s of processor time (Django {of_django:.1f},"
        f" PostgreSQL {of_server:.1f}), {clock:.0f} s by the clock at a load of {os.getloadavg()[0]:.1f}"
    )
    return of_django + of_server


def _migrate(*options: str) -> float:
    """Migrate the empty database; the processor seconds of Django."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    addresses = {
        "DATABASE_URL": embedded.database_url(DATA).replace("/portal?", f"/{_NAME}?"),
        "MIGRATION_DATABASE_URL": embedded.owner_url(DATA),
    }
    subprocess.run(
        [sys.executable, "manage.py", "migrate", "--verbosity", "0", *options],
        check=True,
        env={**os.environ, **addresses, "TESTING": "1"},
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def _parent(process: int) -> int:
    return int(_stat(process)[1])


def _seconds_of_ended_children(process: int) -> float:
    """User and system seconds of the children of a process that have ended."""
    user, system = _stat(process)[13:15]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


def _stat(process: int) -> list[str]:
    """The fields of /proc/…/stat from the state on; the name before them may hold blanks."""
    return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()


if __name__ == "__main__":
    main()
