"""A selection of 100 and of 10,000 ranked applications: proposed, read and approved, with its annex.

    .venv/bin/python -m benchmarks.selection [--sizes 100 10000] [--rounds 10]

Every application has two assessments; three countries have a third of them each. What is written once
(the proposal with a departure, its approval) and the pages before and after it are asked inside the
portal, with every middleware of production: seconds by the clock, and seconds of processor time of web
and database together, which other work on the machine does not change. Then the pages that stay are
asked of the served portal, as in `benchmarks.serving`. Nothing is asserted; docs/performance.md has the
figures.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from statistics import median
from typing import Any

from .serving import Portal, pages_of, portals, print_table, queries_of, session_of, tell

PORT = 8890
ASSESSMENTS = 2
PAGES = {
    "the selection": "",
    "page 50 of its list": "?page=50",
    "the annex of its minutes": "decisions.csv",
}


# --- Inside the portal ----------------------------------------------------------------------------
def prepare(size: int, rounds: int) -> None:
    """Fill the database of DATABASE_URL, conduct the selection; print as JSON what it took."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nextsociety.settings")
    django.setup()
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
    from django.urls import reverse

    from demonstration.calls import set_up_countries
    from demonstration.cast import Cast
    from demonstration.many.scored import make_applications
    from vouchers.awards.models import SelectionRound
    from vouchers.calls.models import Call
    from vouchers.scoring.ranking.actions import close_scoring, store_ranking

    cast = Cast()
    cast.make_staff()
    proposer, approver = cast.coordinators[:2]
    set_up_countries(proposer)
    call = make_applications(size, assessments=ASSESSMENTS)
    Call.objects.filter(pk=call.pk).update(deadline=call.opens_at + timedelta(days=1))
    call.refresh_from_db()
    _know_the_tables()
    close_scoring(call, by=proposer)
    store_ranking(call)
    _know_the_tables()
    for person in (proposer, approver):
        TOTP.activate(person, generate_totp_secret())
    by_proposer, by_approver = _Reader(session_of(proposer)), _Reader(session_of(approver))

    took = {}
    address = reverse("awards:propose", args=[call.slug])
    took["the page of a proposal"] = by_proposer.seconds(rounds, address)
    typed = _proposal_with_a_departure(call)
    took["proposing, with a departure"] = by_proposer.seconds(1, address, typed, answer=302)
    proposal = SelectionRound.objects.get(call=call)
    address = proposal.get_absolute_url()
    took["the proposal"] = by_approver.seconds(rounds, address)
    took["page 50 of its list"] = by_approver.seconds(rounds, f"{address}?page=50")
    when = (proposal.proposed_at + timedelta(days=2)).strftime("%Y-%m-%dT%H:%M")
    took["approving it"] = by_approver.seconds(
        1, f"{address}approve/", {"publish_at": when}, answer=302
    )
    took["the annex of its minutes"] = by_approver.seconds(rounds, f"{address}decisions.csv")
    tell(
        {
            "address": address,
            "session": by_approver.session,
            "queries": {
                name: queries_of(by_approver.session, f"{address}{rest}")
                for name, rest in PAGES.items()
            },
            "seconds": took,
        }
    )


def _know_the_tables() -> None:
    """As autovacuum would within a minute or two of such a load."""
    from conduct.models.owning import as_owner

    with as_owner() as connection, connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def _proposal_with_a_departure(call: Any) -> dict[str, str]:
    """What a coordinator types who follows the ranking but for one application far behind."""
    from vouchers.awards.queries.edges import edges_of
    from vouchers.scoring.ranking.actions import shown_ranking
    from vouchers.scoring.ranking.models import StoredPlace

    quotas = [*call.quotas.select_related("country__partner")]
    last = StoredPlace.objects.filter(call=call).order_by("-position").first()
    if last is None:
        raise SystemExit("The call has no ranking yet.")
    departs, reason = "reserve", "It was scored on an old annex."
    typed = {
        "participants": "Maya",
        "remarks": "",
        "form-TOTAL_FORMS": "1",
        "form-INITIAL_FORMS": "0",
        "form-0-reference": last.application.reference,
        "form-0-outcome": departs,
        "form-0-reason": reason,
    }
    for quota in quotas:
        typed[f"vote_{quota.country_id}"] = "By show of hands."
    for edge in edges_of(shown_ranking(call, quotas), quotas):
        for place in edge.places:
            typed[f"outcome_{place.application_id}"] = place.suggested
            typed[f"reason_{place.application_id}"] = ""
    if (shown := f"outcome_{last.application_id}") in typed:
        # Of so small a call every application is on the page itself.
        typed |= {shown: departs, f"reason_{last.application_id}": reason}
        typed["form-TOTAL_FORMS"] = "0"
    return typed


@dataclass
class _Reader:
    """Somebody logged in with a session, who asks inside the portal."""

    session: str
    client: Any = field(init=False)

    def __post_init__(self) -> None:
        from django.conf import settings
        from django.test import Client

        self.client = Client()
        self.client.cookies[settings.SESSION_COOKIE_NAME] = self.session

    def seconds(
        self, times: int, address: str, typed: dict[str, str] | None = None, answer: int = 200
    ) -> list[float]:
        """Seconds by the clock, and of the processor: medians where it is asked several times."""
        found = [_measured(lambda: self._ask(address, typed, answer)) for _ in range(times)]
        return [median(clock for clock, _ in found), median(busy for _, busy in found)]

    def _ask(self, address: str, typed: dict[str, str] | None, expected: int) -> None:
        how: dict[str, Any] = {"secure": True, "headers": {"host": "localhost"}}
        ask: Callable[..., Any] = self.client.get if typed is None else self.client.post
        given = ask(address, **how) if typed is None else ask(address, typed, **how)
        if given.status_code != expected:
            raise SystemExit(f"{address} answers {given.status_code}")
        if given.streaming:
            b"".join(given.streaming_content)


def _measured(conduct: Callable[[], None]) -> tuple[float, float]:
    """Seconds by the clock, and of processor time in this process and its server of PostgreSQL."""
    start, busy = time.perf_counter(), time.process_time() + _busy_in_the_database()
    conduct()
    done = time.process_time() + _busy_in_the_database()
    return time.perf_counter() - start, done - busy


def _busy_in_the_database() -> float:
    """Seconds of processor time that the server of this connection has taken, on this machine."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        [pid] = cursor.fetchone()
    after_its_name = Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2].split()
    return (int(after_its_name[11]) + int(after_its_name[12])) / os.sysconf("SC_CLK_TCK")


# --- Outside --------------------------------------------------------------------------------------
def page_of(portal: Portal, name: str) -> tuple[str, str]:
    """The path of a page of the selection, and the session of who asks for it."""
    return f"{portal.facts['address']}{PAGES[name]}", portal.facts["session"]


def measure(sizes: list[int], rounds: int) -> None:
    options = ("--rounds", str(rounds))
    with portals("selection", sizes, port=PORT, options=options, worker=False) as served:
        heads = [f"{size:,}: clock, processor" for size in sizes]
        print(f"\n| asked inside | {' | '.join(heads)} |\n|{'---|' * (len(sizes) + 1)}")
        for name in served[sizes[0]].facts["seconds"]:
            taken = [portal.facts["seconds"][name] for portal in served.values()]
            cells = [f"{clock:.2f}, {busy:.2f} s" for clock, busy in taken]
            print(f"| {name} | {' | '.join(cells)} |")
        print_table(served, asyncio.run(pages_of(served, PAGES, page_of, rounds)))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[100, 10_000])
    parser.add_argument("--rounds", type=int, default=10)
    parser.add_argument("--prepare", type=int, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.prepare:
        prepare(chosen.prepare, chosen.rounds)
    else:
        measure(chosen.sizes, chosen.rounds)


if __name__ == "__main__":
    main()
