"""Lists and saving as the served portal answers them, with 100 to 100,000 applications.

    .venv/bin/python -m benchmarks.intake [--sizes 100 10000 100000] [--people 200] [--seconds 60]

Makes a database for each size on the server of DATABASE_URL (or on the embedded one) as a superuser,
serves each by gunicorn with the settings of production, runs a Celery worker, and drops all of it
afterwards. Times are taken by the client over kept connections on this machine: what the server
takes, and the way to it. Sizes are measured in turn, so that a busy machine troubles all alike.
Nothing is asserted; docs/performance.md has the figures.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import subprocess
import sys
import time
from contextlib import ExitStack
from pathlib import Path
from statistics import median, quantiles
from typing import Any

import aiohttp
import psycopg2

from nextsociety import embedded

ROOT = Path(__file__).resolve().parent.parent
DATA = Path(os.environ.get("NEXTSOCIETY_DATA", ROOT / ".data")).resolve()
PORT = 8870
COORDINATOR, OFFICER = "coordinator@example.org", "officer.ma@example.org"
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
    from django.db import connection

    from accounts.models import User
    from demonstration.intake import make_intake
    from vouchers.applications.models import SENT, Application

    call = make_intake(size)
    with connection.cursor() as cursor:
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
    told = {"facts": facts, "sessions": sessions, "queries": queries, "writers": writers}
    os.write(1, json.dumps(told).encode())


def session_of(user: Any) -> str:
    """The key of a session in which the person is logged in."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    return str(session.session_key)


def queries_of(session: str, address: str) -> int:
    """How many queries a page takes, for whoever is logged in with the session."""
    from django.conf import settings
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client()
    client.cookies[settings.SESSION_COOKIE_NAME] = session
    with CaptureQueriesContext(connection) as asked:
        page = client.get(address, secure=True, headers={"host": "localhost"})
    if page.status_code != 200:
        raise SystemExit(f"{address} answers {page.status_code}")
    return len(asked)


# --- Outside: servers ---------------------------------------------------------------------------
def production(database: str, redis: str) -> dict[str, str]:
    """The environment of a portal in production, on this machine's engines."""
    clean = {name: value for name, value in os.environ.items() if name not in {"DEMO", "TESTING"}}
    return {
        **clean,
        "SECRET_KEY": "benchmark-0123456789-abcdefghijklmnopqrstuvwxyz-ABCDEFGHIJ",
        "ALLOWED_HOSTS": "localhost",
        "SITE_URL": "https://localhost",
        "DATABASE_URL": database,
        "REDIS_URL": redis,
        "EMAIL_HOST": "localhost",
        "DEFAULT_FROM_EMAIL": "portal@localhost",
        "LOG_LEVEL": "WARNING",
        "DJANGO_SETTINGS_MODULE": "nextsociety.settings",
    }


def python(*arguments: str, env: dict[str, str]) -> bytes:
    done = subprocess.run(
        [sys.executable, "-W", "ignore", *arguments],
        env=env,
        cwd=ROOT,
        check=True,
        stdout=subprocess.PIPE,
    )
    return done.stdout


def served(stack: ExitStack, *arguments: str, env: dict[str, str]) -> None:
    process = subprocess.Popen(
        [sys.executable, "-W", "ignore", "-m", *arguments], env=env, cwd=ROOT
    )
    stack.callback(process.wait)
    stack.callback(process.terminate)


def url_of(server: str, database: str) -> str:
    address, question, options = server.partition("?")
    return f"{address.rpartition('/')[0]}/{database}{question}{options}"


# --- Outside: measuring -------------------------------------------------------------------------
def headers(session: str) -> dict[str, str]:
    """As a browser behind the proxy sends them."""
    token = "b" * 32
    return {
        "Host": "localhost",
        "X-Forwarded-Proto": "https",
        "Origin": "https://localhost",
        "Referer": "https://localhost/",
        "X-CSRFToken": token,
        "Accept-Encoding": "gzip",
        "Cookie": f"__Host-session={session}; csrftoken={token}",
    }


async def list_pages(portals: dict[int, dict[str, Any]], rounds: int) -> None:
    """Each page of each size, in turn."""
    times: dict[tuple[str, int], list[float]] = {}
    weights: dict[tuple[str, int], int] = {}
    async with aiohttp.ClientSession(auto_decompress=False) as client:
        for turn in range(rounds + 3):
            for name, (email, query) in PAGES.items():
                for size, portal in portals.items():
                    address = f"{portal['address']}/applications/?{query.format(**portal['facts'])}"
                    start = time.perf_counter()
                    async with client.get(
                        address, headers=headers(portal["sessions"][email])
                    ) as answer:
                        body = await answer.read()
                        if answer.status != 200:
                            raise SystemExit(f"{address} answers {answer.status}")
                    if turn >= 3:
                        times.setdefault((name, size), []).append(time.perf_counter() - start)
                        weights[name, size] = len(body)
    sizes = list(portals)
    heads = [f"{size:,}: median, p95" for size in sizes]
    columns = ["page", "queries", *heads, "largest / smallest", "weight"]
    print(f"\n| {' | '.join(columns)} |\n|{'---|' * len(columns)}")
    for name in PAGES:
        cells = [f"{told(times[name, size])}" for size in sizes]
        ratio = median(times[name, sizes[-1]]) / median(times[name, sizes[0]])
        queries = max(portal["queries"][name] for portal in portals.values())
        weight = max(weights[name, size] for size in sizes) / 1000
        print(f"| {name} | {queries} | {' | '.join(cells)} | {ratio:.2f} | {weight:.1f} kB |")


def told(seconds: list[float]) -> str:
    return f"{median(seconds) * 1000:.0f}, {quantiles(seconds, n=20)[18] * 1000:.0f} ms"


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


async def saving_alone(portals: dict[int, dict[str, Any]], rounds: int) -> None:
    writers = {
        size: Writer(portal["writers"][0], portal["address"], random.Random(size))
        for size, portal in portals.items()
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


async def saving_together(portal: dict[str, Any], database: str, seconds: int) -> None:
    """All writers at once; then every last text is compared with what the database holds."""
    writers = [
        Writer(facts, portal["address"], random.Random(number))
        # The first one was measured alone.
        for number, facts in enumerate(portal["writers"][1:])
    ]
    connector = aiohttp.TCPConnector(limit=0)
    async with aiohttp.ClientSession(connector=connector) as client:
        until = time.monotonic() + seconds
        await asyncio.gather(*(writer.type(client, until) for writer in writers))
    times = sorted(took for writer in writers for took in writer.times)
    errors = [error for writer in writers for error in writer.errors]
    cuts = quantiles(times, n=100)
    lost = _lost(writers, database)
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

        create("intake_empty")
        empty = production(url_of(server, "intake_empty"), redis)
        python("manage.py", "collectstatic", "--noinput", "--verbosity", "0", env=empty)
        python("manage.py", "migrate", "--verbosity", "0", env=empty)
        for number, size in enumerate(sizes, start=1):
            create(f"intake_{size}", "intake_empty")
            env = production(
                url_of(server, f"intake_{size}"), embedded.redis_database(redis, 10 + number)
            )
            # The one who is measured alone, and those who write at once.
            inside = ("--prepare", str(size), "--people", str(people + 1))
            portals[size] = json.loads(python("-m", "benchmarks.intake", *inside, env=env))
            portals[size]["address"] = f"http://127.0.0.1:{PORT + number}"
            bind = ("--bind", f"127.0.0.1:{PORT + number}")
            served(stack, "gunicorn", "nextsociety.wsgi", *bind, "--log-level", "error", env=env)
            worker = ("celery", "--app", "nextsociety", "--quiet", "worker", "--loglevel", "error")
            if size == sizes[-1]:
                served(stack, *worker, env=env)
            print(f"{size:,} applications are served", file=sys.stderr)
        time.sleep(8)
        print(f"load of the machine before: {os.getloadavg()[0]:.1f}, cores: {os.cpu_count()}")
        asyncio.run(list_pages(portals, rounds))
        asyncio.run(saving_alone(portals, rounds))
        largest = url_of(server, f"intake_{sizes[-1]}")
        asyncio.run(saving_together(portals[sizes[-1]], largest, seconds))
        print(f"load of the machine after: {os.getloadavg()[0]:.1f}")


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
