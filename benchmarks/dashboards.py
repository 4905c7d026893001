"""What desks and dashboards cost beside an empty page of the same layout, with much in the database.

    make demo    # once, for its data; Ctrl-C when it is up
    DEMO=1 .venv/bin/python -m benchmarks.dashboards [--applications 100000] [--vouchers 20000]

The demonstration's database is copied, its vouchers are multiplied with all that is theirs and the books
(`demonstration/many/vouchers.py`), and a call of so many applications is added, each with three
assessments (`demonstration/many/scored.py`); the copy is dropped afterwards. Told are processor times of
one request, of Python and of the PostgreSQL process that served it, since the machine may be busy: the
least of RUNS for Python, the mean for PostgreSQL. Nothing is asserted; see docs/performance.md.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import psycopg2

from nextsociety import embedded

from .serving import DATA, ROOT

RUNS = 10
ASSESSMENTS = 3
_NAME = "measured_dashboards"
_KILO = 1000
ROLES = (
    *("coordinator", "officer.lb", "finance", "auditor", "administrator", "assessor"),
    "qoot-cluster",
)
SEARCHES = ("lb-0007", "solar", "water bey", "5000,00")


# --- Inside ---------------------------------------------------------------------------------------
def fill_and_measure(applications: int, vouchers: int) -> None:
    """Fill the database of DATABASE_URL and print what its pages cost."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nextsociety.settings")
    django.setup()
    from django.conf import settings

    from conduct.models.owning import as_owner
    from demonstration.many.scored import make_applications
    from demonstration.many.vouchers import multiply_vouchers
    from vouchers.applications.models import Application
    from vouchers.awards.models import Voucher
    from vouchers.books.models import LedgerLeg
    from vouchers.scoring.assessing.models import Assessment
    from vouchers.standing.actions import judge_outdated

    settings.ALLOWED_HOSTS = ["*"]
    settings.ROOT_URLCONF = "benchmarks.empty_pages"
    if vouchers:
        multiply_vouchers(vouchers, with_books=True)
    if applications:
        make_applications(applications, assessments=ASSESSMENTS)
    judge_outdated()
    with as_owner() as connection, connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    models = (Application, Assessment, Voucher, LedgerLeg)
    told = (f"{model.objects.count():,} {model._meta.verbose_name_plural}" for model in models)
    print(" · ".join(map(str, told)), flush=True)
    _pages()
    _searches()
    _file()


def _pages() -> None:
    columns = ("page", "queries", "Python, ms", "PostgreSQL, ms", "both, of an empty page", "kB")
    print(f"\n| {' | '.join(columns)} |\n|{'---|' * len(columns)}")
    for role in ROLES:
        client = _client(f"{role}@example.org")
        empty = sum(_cost(client, "/empty/")[:2])
        for name, path in (("empty", "/empty/"), ("home", "/"), ("overview", "/overview/")):
            if client.get(path).status_code != 200:
                continue
            python, postgres, queries, size = _cost(client, path)
            times = f"{(python + postgres) / empty:.1f} ×"
            print(
                f"| {name}, {role} | {queries} | {python:.1f} | {postgres:.1f} | {times}"
                f" | {size / _KILO:.1f} |",
                flush=True,
            )


def _searches() -> None:
    print("\n| search as one types, coordinator | queries | Python, ms | PostgreSQL, ms |")
    print("|---|---|---|---|")
    client = _client("coordinator@example.org")
    for typed in SEARCHES:
        python, postgres, queries, _size = _cost(client, f"/search/?q={typed}")
        print(f"| {typed} | {queries} | {python:.1f} | {postgres:.1f} |", flush=True)


def _file() -> None:
    """Every sent application as CSV: how long, how many rows, and how much memory over idle."""
    import gc

    client = _client("coordinator@example.org")
    client.get("/applications/")
    gc.collect()
    idle = most = _resident()
    begun, rows = time.process_time(), 0
    answer = client.get("/applications/?export=csv")
    if answer.status_code != 200:
        print(f"CSV: answers {answer.status_code} (a worker makes long files)")
        return
    for part in answer.streaming_content if answer.streaming else [answer.content]:
        rows += part.count(b"\n")
        most = max(most, _resident())
    print(
        f"\nCSV of {rows:,} rows: {time.process_time() - begun:.1f} s of processor time, at most"
        f" {(most - idle) / _KILO:.1f} MB over the {idle / _KILO:.0f} MB of the idle process"
    )


def _cost(client: Any, path: str) -> tuple[float, float, int, int]:
    """Milliseconds of Python and of PostgreSQL, queries, and bytes of one request."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client.get(path)
    with CaptureQueriesContext(connection) as asked:
        page = client.get(path)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        server = Path(f"/proc/{cursor.fetchone()[0]}/schedstat")
    best, before = float("inf"), _nanoseconds(server)
    for _run in range(RUNS):
        begun = time.process_time()
        client.get(path)
        best = min(best, time.process_time() - begun)
    postgres = (_nanoseconds(server) - before) / RUNS / 1e6
    return best * 1000, postgres, len(asked), len(page.content)


def _nanoseconds(process: Path) -> int:
    """How long a process has run on a processor; 0 where it is on another machine."""
    return int(process.read_text().split()[0]) if process.exists() else 0


def _client(email: str) -> Any:
    from django.test import Client

    from accounts.models import User

    client = Client()
    backend = "allauth.account.auth_backends.AuthenticationBackend"
    client.force_login(User.objects.get(email=email), backend=backend)
    return client


def _resident() -> float:
    """Memory of this process, kB."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / _KILO


# --- Outside --------------------------------------------------------------------------------------
def measure(options: list[str]) -> None:
    """Copy the demonstration's database, let it be filled and measured, and drop it."""
    server, owner = embedded.database_url(DATA), embedded.owner_url(DATA)
    admin = psycopg2.connect(owner)
    admin.autocommit = True
    env = {**os.environ, "DEMO": "1", "DATABASE_URL": server.replace("/portal?", f"/{_NAME}?")}
    env["MIGRATION_DATABASE_URL"] = owner.replace("/portal?", f"/{_NAME}?")
    with admin.cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {_NAME} WITH (FORCE)")
        cursor.execute(f"CREATE DATABASE {_NAME} TEMPLATE portal")
        print(f"load before: {os.getloadavg()[0]:.1f}, cores: {os.cpu_count()}", flush=True)
        try:
            command = [sys.executable, "-W", "ignore", "-m", "benchmarks.dashboards", "--inside"]
            subprocess.run([*command, *options], check=True, env=env, cwd=ROOT)
        finally:
            cursor.execute(f"DROP DATABASE IF EXISTS {_NAME} WITH (FORCE)")
    print(f"load after: {os.getloadavg()[0]:.1f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--applications", type=int, default=100_000)
    parser.add_argument("--vouchers", type=int, default=20_000)
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.inside:
        fill_and_measure(chosen.applications, chosen.vouchers)
    else:
        sizes = {"--applications": chosen.applications, "--vouchers": chosen.vouchers}
        measure([str(part) for pair in sizes.items() for part in pair])


if __name__ == "__main__":
    main()
