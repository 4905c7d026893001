"""Lists and saving as the served portal answers them, with 100 to 100,000 applications.

    .venv/bin/python -m benchmarks.intake [--sizes 100 10000 100000] [--people 200] [--seconds 60]

See `benchmarks.serving` for how it is served and measured; the largest has a Celery worker too.
Nothing is asserted; docs/performance.md has the figures.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import time
from statistics import quantiles
from typing import Any

import aiohttp
import psycopg2

from .serving import (
    COORDINATOR,
    Portal,
    headers,
    pages_of,
    portals,
    print_table,
    queries_of,
    session_of,
    tell,
    told,
)

PORT = 8870
OFFICER = "officer.ma@example.org"
PAGES = {
    "all, coordinator": (COORDINATOR, ""),
    "all, officer": (OFFICER, ""),
    "search: a word in many names": (COORDINATOR, "text=cluster"),
    "search: two words": (COORDINATOR, "text=tunis+textile"),
    "search: a whole reference": (COORDINATOR, "text={reference}"),
    "search: nothing matches": (COORDINATOR, "text=nowhere"),
    "call": (COORDINATOR, "call={call}"),
    "country": (COORDINATOR, "country=TN"),
    "state": (COORDINATOR, "state=submitted"),
    "language": (COORDINATOR, "language=ar"),
    "sent between": (COORDINATOR, "sent_from={day}&sent_until={day}"),
    "three filters, officer": (OFFICER, "state=reserve&language=fr&call={past}"),
    "by name": (COORDINATOR, "sort=cluster"),
    "a later page": (COORDINATOR, "after={edge}"),
}


# --- Inside the portal: data, sessions, counts of queries ---------------------------------------
def prepare(size: int, people: int) -> None:
    """Fill the database of DATABASE_URL; print as JSON how to enter it."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nextsociety.settings")
    django.setup()
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

    from accounts.models import User
    from conduct.models.owning import as_owner
    from demonstration.many.years import make_intake
    from vouchers.applications.models import SENT, Application

    call = make_intake(size)
    with as_owner() as connection, connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    sent = Application.objects.filter(SENT).order_by("-submitted_at")
    middle = sent[size // 3]
    facts = {
        "reference": middle.reference,
        "call": call.pk,
        "past": middle.call_id,
        "day": middle.submitted_at.date().isoformat(),
        "edge": middle.pk,
    }
    sessions, queries = {}, {}
    for email in (COORDINATOR, OFFICER):
        user = User.objects.get(email=email)
        TOTP.activate(user, generate_totp_secret())
        sessions[email] = session_of(user)
    for name, (email, query) in PAGES.items():
        queries[name] = queries_of(sessions[email], f"/applications/?{query.format(**facts)}")
    drafts = call.applications.filter(state="draft").select_related("started_by").order_by("pk")
    asked = list(call.questions.filter(kind="long_text").values_list("pk", flat=True))
    writers = [
        {"session": session_of(draft.started_by), "application": draft.pk, "questions": asked}
        for draft in drafts[:people]
    ]
    tell({"facts": facts, "sessions": sessions, "queries": queries, "writers": writers})


# --- Outside: measuring ---------------------------------------------------------------------------
def list_page(portal: Portal, name: str) -> tuple[str, str]:
    """The path of a list, and the session of who asks for it."""
    email, query = PAGES[name]
    facts = portal.facts
    return f"/applications/?{query.format(**facts['facts'])}", facts["sessions"][email]


class Writer:
    """A representative who types in one draft: each save sends one answer, changed."""

    def __init__(self, facts: dict[str, Any], address: str, chance: random.Random) -> None:
        self.address = f"{address}/applications/{facts['application']}/save/"
        self.headers = headers(facts["session"])
        self.application = facts["application"]
        self.versions = dict.fromkeys(facts["questions"], 1)
        self.texts: dict[int, str] = {}
        self.chance = chance
        self.times: list[float] = []
        self.errors: list[str] = []

    async def save(self, client: aiohttp.ClientSession) -> None:
        question = self.chance.choice(list(self.versions))
        number = len(self.times) + 1
        text = f"Change {number} of {self.application}. " + "We grow with our members. " * number
        fields = {f"answer_{question}": text, f"seen_{question}": str(self.versions[question])}
        start = time.perf_counter()
        try:
            async with client.post(self.address, data=fields, headers=self.headers) as answer:
                await answer.read()
                if answer.status != 200:
                    self.errors.append(f"{answer.status}")
                    return
        except aiohttp.ClientError as error:
            self.errors.append(repr(error))
            return
        self.times.append(time.perf_counter() - start)
        self.versions[question] += 1
        self.texts[question] = text

    async def type(self, client: aiohttp.ClientSession, until: float) -> None:
        await asyncio.sleep(self.chance.uniform(0, 3))
        while time.monotonic() < until:
            await self.save(client)
            await asyncio.sleep(self.chance.uniform(2, 3))


async def saving_alone(served: dict[int, Portal], rounds: int) -> None:
    writers = {
        size: Writer(portal.facts["writers"][0], portal.address, random.Random(size))
        for size, portal in served.items()
    }
    async with aiohttp.ClientSession() as client:
        for _turn in range(rounds):
            for writer in writers.values():
                await writer.save(client)
    print(
        "\nSaving, one person: "
        + "; ".join(
            f"{size:,}: {told(writer.times)} ({len(writer.errors)} errors)"
            for size, writer in writers.items()
        )
    )


async def saving_together(portal: Portal, seconds: int) -> None:
    """All writers at once; then every last text is compared with what the database holds."""
    writers = [
        Writer(facts, portal.address, random.Random(number))
        # The first one was measured alone.
        for number, facts in enumerate(portal.facts["writers"][1:])
    ]
    connector = aiohttp.TCPConnector(limit=0)
    async with aiohttp.ClientSession(connector=connector) as client:
        until = time.monotonic() + seconds
        await asyncio.gather(*(writer.type(client, until) for writer in writers))
    times = sorted(took for writer in writers for took in writer.times)
    errors = [error for writer in writers for error in writer.errors]
    cuts = quantiles(times, n=100)
    lost = _lost(writers, portal.database)
    kept = sum(len(writer.texts) for writer in writers)
    print(
        f"\n{len(writers)} people, {seconds} s: {len(times)} saves, {len(errors)} errors "
        f"{sorted(set(errors))[:3]}; p50 {cuts[49] * 1000:.0f} ms, p95 {cuts[94] * 1000:.0f} ms, "
        f"p99 {cuts[98] * 1000:.0f} ms; {kept} last texts compared, {lost} differ"
    )


def _lost(writers: list[Writer], database: str) -> int:
    with psycopg2.connect(database) as connection, connection.cursor() as cursor:
        cursor.execute(
            "SELECT application_id, question_id, text FROM vouchers_answer"
            " WHERE application_id = ANY(%s)",
            ([writer.application for writer in writers],),
        )
        stand = {(application, question): text for application, question, text in cursor}
    return sum(
        stand.get((writer.application, question)) != text
        for writer in writers
        for question, text in writer.texts.items()
    )


def measure(sizes: list[int], people: int, seconds: int, rounds: int) -> None:
    # The one who is measured alone, and those who write at once.
    options = ("--people", str(people + 1))
    with portals("intake", sizes, port=PORT, options=options, worker=True) as served:
        print_table(served, asyncio.run(pages_of(served, PAGES, list_page, rounds)))
        asyncio.run(saving_alone(served, rounds))
        asyncio.run(saving_together(served[sizes[-1]], seconds))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[100, 10_000, 100_000])
    parser.add_argument("--people", type=int, default=200)
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--rounds", type=int, default=30)
    parser.add_argument("--prepare", type=int, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.prepare:
        prepare(chosen.prepare, chosen.people)
    else:
        measure(chosen.sizes, chosen.people, chosen.seconds, chosen.rounds)


if __name__ == "__main__":
    main()
