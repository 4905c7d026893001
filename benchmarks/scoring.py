"""The ranking page as the served portal answers it, with 100 and with 10,000 applications.

    .venv/bin/python -m benchmarks.scoring [--sizes 100 10000] [--rounds 30]

Every application has three assessments. See `benchmarks.serving` for how it is served and measured.
Inside the portal, before, the ranking is computed and kept twice, and the statistics with their 1,000
resamples as the worker computes them. Nothing is asserted; docs/performance.md has the figures.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import time
from typing import Any

from .serving import (
    COORDINATOR,
    Portal,
    pages_of,
    portals,
    print_table,
    queries_of,
    session_of,
    tell,
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

    from accounts.models import User
    from conduct.models.owning import as_owner
    from demonstration.calls import set_up_countries
    from demonstration.cast import Cast
    from demonstration.many.scored import make_applications
    from vouchers.scoring.ranking.actions import store_ranking
    from vouchers.scoring.ranking.models import OutdatedRanking
    from vouchers.scoring.reliability.actions import compute_study
    from vouchers.scoring.reliability.models import RankingStudy

    cast = Cast()
    cast.make_staff()
    set_up_countries(cast.coordinators[0])
    call = make_applications(size, assessments=ASSESSMENTS)
    with as_owner() as connection, connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    kept = _seconds(lambda: store_ranking(call))
    OutdatedRanking.objects.create(call=call)
    again = _seconds(lambda: store_ranking(call))
    study = RankingStudy.objects.create(call=call, requested_by=cast.coordinators[0])
    studied = _seconds(lambda: compute_study(study.pk))
    study.refresh_from_db()
    if study.state != RankingStudy.State.READY:
        raise SystemExit(study.last_error)
    user = User.objects.get(email=COORDINATOR)
    TOTP.activate(user, generate_totp_secret())
    session = session_of(user)
    address = f"/scoring/{call.slug}/ranking/"
    tell(
        {
            "address": address,
            "session": session,
            "queries": {
                name: queries_of(session, f"{address}?{query}") for name, query in PAGES.items()
            },
            "seconds": {"kept": kept, "again": again, "studied": studied},
        }
    )


def _seconds(conduct: Any) -> float:
    start = time.perf_counter()
    conduct()
    return time.perf_counter() - start


# --- Outside --------------------------------------------------------------------------------------
def ranking_page(portal: Portal, name: str) -> tuple[str, str]:
    """The path of a page of the ranking, and the session of who asks for it."""
    return f"{portal.facts['address']}?{PAGES[name]}", portal.facts["session"]


def measure(sizes: list[int], rounds: int) -> None:
    with portals("scoring", sizes, port=PORT, worker=False) as served:
        print_table(served, asyncio.run(pages_of(served, PAGES, ranking_page, rounds)))
        for size, portal in served.items():
            seconds = portal.facts["seconds"]
            print(
                f"\n{size:,}: ranking computed and kept in {seconds['kept']:.1f} s, kept anew in "
                f"{seconds['again']:.1f} s; statistics with their resamples in "
                f"{seconds['studied']:.1f} s"
            )


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
