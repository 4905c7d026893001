"""Lists and the page of a voucher as the served portal answers them, with 100 and 20,000 vouchers.

    .venv/bin/python -m benchmarks.assistance [--sizes 100 20000] [--rounds 25]

The demonstration is told, and its vouchers are copied with all that is theirs (demonstration/many/
vouchers.py). See `benchmarks.serving` for how it is served and measured. Nothing is asserted;
docs/performance.md has the figures.
"""

from __future__ import annotations

import argparse
import asyncio
import os
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

PORT = 8900
OFFICER, FINANCE, MANAGER, ANYBODY = "officer.lb@example.org", "finance@example.org", "manager", ""
PAGES = {
    "vouchers, coordinator": (COORDINATOR, "/vouchers/"),
    "vouchers, officer": (OFFICER, "/vouchers/"),
    "late ones": (COORDINATOR, "/vouchers/?light=red"),
    "whose turn: the cluster": (COORDINATOR, "/vouchers/?turn=cluster"),
    "stage: delivery": (OFFICER, "/vouchers/?stage=delivery"),
    "search: a word": (COORDINATOR, "/vouchers/?text=cluster"),
    "search: a whole reference": (COORDINATOR, "/vouchers/?text={reference}"),
    "by name": (COORDINATOR, "/vouchers/?sort=cluster"),
    "by reference": (COORDINATOR, "/vouchers/?sort=reference"),
    "longest waiting first": (COORDINATOR, "/vouchers/?sort=waiting"),
    "a later page": (COORDINATOR, "/vouchers/?after={edge}"),
    "the voucher, coordinator": (COORDINATOR, "/vouchers/{voucher}/"),
    "the voucher, manager": (MANAGER, "/vouchers/{voucher}/"),
    "its sessions": (MANAGER, "/assistance/{voucher}/sessions/"),
    "surveys": (COORDINATOR, "/assistance/surveys/"),
    "surveys that wait": (COORDINATOR, "/assistance/surveys/?standing=open"),
    "claims": (COORDINATOR, "/payments/"),
    "messages about vouchers": (OFFICER, "/correspondence/vouchers/"),
    "home, coordinator": (COORDINATOR, "/"),
    "home, officer": (OFFICER, "/"),
    "home, manager": (MANAGER, "/"),
    "public results": (ANYBODY, "/results/"),
    "overview": (COORDINATOR, "/overview/"),
}


# --- Inside the portal ----------------------------------------------------------------------------
def prepare(size: int) -> None:
    """Fill the database of DATABASE_URL; print as JSON how to enter it."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nextsociety.settings")
    django.setup()
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

    from accounts.models import User
    from conduct.models.owning import as_owner
    from demonstration import plot
    from demonstration.many.vouchers import multiply_vouchers
    from vouchers.assistance.delivery.models import Session
    from vouchers.awards.models import Voucher
    from vouchers.awards.queries import acts_for

    plot.tell(lambda _made, _part: None)
    fullest = Session.objects.order_by("-pk").select_related("voucher__award")[0].voucher
    number = multiply_vouchers(size)
    with as_owner() as connection, connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    middle = Voucher.objects.order_by("-issued_at", "-pk")[number // 2]
    facts = {"voucher": fullest.pk, "reference": middle.reference, "edge": middle.pk}
    people = {email: User.objects.get(email=email) for email in (COORDINATOR, OFFICER)}
    people[MANAGER] = acts_for(fullest)[0]
    sessions = {ANYBODY: ""}
    for name, person in people.items():
        TOTP.activate(person, generate_totp_secret())
        sessions[name] = session_of(person)
    queries = {
        name: queries_of(sessions[who], path.format(**facts)) for name, (who, path) in PAGES.items()
    }
    tell({"facts": facts, "sessions": sessions, "queries": queries, "vouchers": number})


# --- Outside --------------------------------------------------------------------------------------
def page_of(portal: Portal, name: str) -> tuple[str, str]:
    """The path of a page, and the session of who asks for it."""
    who, path = PAGES[name]
    facts: dict[str, Any] = portal.facts
    return path.format(**facts["facts"]), facts["sessions"][who]


def measure(sizes: list[int], rounds: int) -> None:
    with portals("assistance", sizes, port=PORT, worker=False) as served:
        for size, portal in served.items():
            print(f"{size:,}: {portal.facts['vouchers']:,} vouchers")
        print_table(served, asyncio.run(pages_of(served, PAGES, page_of, rounds)))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[100, 20_000])
    parser.add_argument("--rounds", type=int, default=25)
    parser.add_argument("--prepare", type=int, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.prepare:
        prepare(chosen.prepare)
    else:
        measure(chosen.sizes, chosen.rounds)


if __name__ == "__main__":
    main()
