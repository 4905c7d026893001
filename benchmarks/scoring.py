"""The ranking page as the served portal answers it, with 100 and with 10,000 applications.

    .venv/bin/python -m benchmarks.scoring [--sizes 100 10000] [--rounds 30]

Every application has three assessments. As in `benchmarks.intake`: a database for each size on the
server of DATABASE_URL (or on the embedded one), served by gunicorn with the settings of production,
sizes measured in turn. Then, inside the portal, the ranking is computed and kept once more, and the
statistics with their 1,000 resamples as the worker computes them. Nothing is asserted;
docs/performance.md has the figures.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import sys
import time
from contextlib import ExitStack
from statistics import median
from typing import Any

import aiohttp
import psycopg2

from nextsociety import embedded

from .intake import (
    COORDINATOR,
    DATA,
    headers,
    production,
    python,
    queries_of,
    served,
    session_of,
    told,
    url_of,
)

PORT = 8880
ASSESSMENTS = 3
PAGES = {
    "first page": "country=LB",
    "second page": "country=LB&page=2",
    "last page": "country=LB&page=99999",
}


# --- Inside the portal ----------------------------------------------------------------------------
def prepare(size: int) -> None:
    """Fill the database of DATABASE_URL; print as JSON how to enter it and what computing took."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nextsociety.settings")
    django.setup()
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
    from django.db import connection

    from accounts.models import User
    from demonstration.bulk import make_applications
    from demonstration.calls import set_up_countries
    from demonstration.cast import Cast
    from vouchers.scoring.models import RankingChange, RankingStudy
    from vouchers.scoring.storing import keep_ranking
    from vouchers.scoring.studies import conduct_study

    cast = Cast()
    cast.make_staff()
    set_up_countries(cast.coordinators[0])
    call = make_applications(size, assessments=ASSESSMENTS)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    kept = _seconds(lambda: keep_ranking(call))
    RankingChange.objects.create(call=call)
    again = _seconds(lambda: keep_ranking(call))
    study = RankingStudy.objects.create(call=call, requested_by=cast.coordinators[0])
    studied = _seconds(lambda: conduct_study(study.pk))
    study.refresh_from_db()
    if study.state != RankingStudy.State.READY:
        raise SystemExit(study.last_error)
    user = User.objects.get(email=COORDINATOR)
    TOTP.activate(user, generate_totp_secret())
    session = session_of(user)
    address = f"/scoring/{call.slug}/ranking/"
    facts = {
        "address": address,
        "session": session,
        "queries": {
            name: queries_of(session, f"{address}?{query}") for name, query in PAGES.items()
        },
        "seconds": {"kept": kept, "again": again, "studied": studied},
    }
    os.write(1, json.dumps(facts).encode())


def _seconds(conduct: Any) -> float:
    start = time.perf_counter()
    conduct()
    return time.perf_counter() - start


# --- Outside --------------------------------------------------------------------------------------
async def ranking_pages(portals: dict[int, dict[str, Any]], rounds: int) -> None:
    """Each page of each size, in turn."""
    times: dict[tuple[str, int], list[float]] = {}
    async with aiohttp.ClientSession(auto_decompress=False) as client:
        for turn in range(rounds + 3):
            for name, query in PAGES.items():
                for size, portal in portals.items():
                    address = f"{portal['server']}{portal['address']}?{query}"
                    start = time.perf_counter()
                    async with client.get(address, headers=headers(portal["session"])) as answer:
                        await answer.read()
                        if answer.status != 200:
                            raise SystemExit(f"{address} answers {answer.status}")
                    if turn >= 3:
                        times.setdefault((name, size), []).append(time.perf_counter() - start)
    sizes = list(portals)
    heads = [f"{size:,}: median, p95" for size in sizes]
    columns = ["page", "queries", *heads, "largest / smallest"]
    print(f"\n| {' | '.join(columns)} |\n|{'---|' * len(columns)}")
    for name in PAGES:
        cells = [told(times[name, size]) for size in sizes]
        ratio = median(times[name, sizes[-1]]) / median(times[name, sizes[0]])
        queries = max(portal["queries"][name] for portal in portals.values())
        print(f"| {name} | {queries} | {' | '.join(cells)} | {ratio:.2f} |")


def measure(sizes: list[int], rounds: int) -> None:
    server = os.environ.get("DATABASE_URL") or embedded.database_url(DATA)
    redis = os.environ.get("REDIS_URL") or embedded.redis_url(DATA)
    admin = psycopg2.connect(server)
    admin.autocommit = True
    portals: dict[int, dict[str, Any]] = {}
    with admin.cursor() as cursor, ExitStack() as stack:

        def create(name: str, template: str = "template1") -> None:
            cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
            cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
            stack.callback(cursor.execute, f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

        create("scoring_empty")
        empty = production(url_of(server, "scoring_empty"), redis)
        python("manage.py", "collectstatic", "--noinput", "--verbosity", "0", env=empty)
        python("manage.py", "migrate", "--verbosity", "0", env=empty)
        for number, size in enumerate(sizes, start=1):
            create(f"scoring_{size}", "scoring_empty")
            env = production(
                url_of(server, f"scoring_{size}"), embedded.redis_database(redis, 10 + number)
            )
            portals[size] = json.loads(
                python("-m", "benchmarks.scoring", "--prepare", str(size), env=env)
            )
            portals[size]["server"] = f"http://127.0.0.1:{PORT + number}"
            bind = ("--bind", f"127.0.0.1:{PORT + number}")
            served(stack, "gunicorn", "nextsociety.wsgi", *bind, "--log-level", "error", env=env)
            print(f"{size:,} applications are served", file=sys.stderr)
        time.sleep(8)
        print(f"load of the machine before: {os.getloadavg()[0]:.1f}, cores: {os.cpu_count()}")
        asyncio.run(ranking_pages(portals, rounds))
        for size, portal in portals.items():
            seconds = portal["seconds"]
            print(
                f"\n{size:,}: ranking computed and kept in {seconds['kept']:.1f} s, kept anew in "
                f"{seconds['again']:.1f} s; statistics with their resamples in "
                f"{seconds['studied']:.1f} s"
            )
        print(f"load of the machine after: {os.getloadavg()[0]:.1f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[100, 10_000])
    parser.add_argument("--rounds", type=int, default=30)
    parser.add_argument("--prepare", type=int, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.prepare:
        prepare(chosen.prepare)
    else:
        measure(chosen.sizes, chosen.rounds)


if __name__ == "__main__":
    main()
