"""What the benchmarks share: portals of several sizes served at once, asked in turn, and a table.

Each size has a database of its own on the server of DATABASE_URL and MIGRATION_DATABASE_URL, whose role
may create databases (or on the embedded one), and is served by gunicorn with the settings of
production; all of it is dropped afterwards. Times are taken by the client over kept connections on
this machine: what the server takes, and the way to it. Sizes are asked in turn, so that a busy machine
troubles all alike.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median, quantiles
from typing import Any

import aiohttp
import psycopg2

from nextsociety import embedded

ROOT = Path(__file__).resolve().parent.parent
DATA = Path(os.environ.get("NEXTSOCIETY_DATA", ROOT / ".data")).resolve()
COORDINATOR = "coordinator@example.org"
# Asked before the counting begins, so that every process of the server has begun.
_WARMING = 3
_SECONDS_TO_START = 8


# --- Inside a portal ------------------------------------------------------------------------------
def session_of(user: Any) -> str:
    """The key of a session in which the person is logged in, with password and second factor."""
    from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [
        {"method": method, "at": time.time()} for method in ("password", "mfa")
    ]
    session[f"{AUTHENTICATION_METHODS_SESSION_KEY}_user"] = str(user.pk)
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


def tell(facts: dict[str, Any]) -> None:
    """Hand what was prepared to the process outside."""
    os.write(1, json.dumps(facts).encode())


# --- Outside: portals -----------------------------------------------------------------------------
@dataclass(frozen=True)
class Portal:
    """A served portal: its address, the URL of its database, and what its preparation told."""

    address: str
    database: str
    facts: dict[str, Any]


@contextmanager
def portals(
    benchmark: str, sizes: Sequence[int], *, port: int, options: Iterable[str] = (), worker: bool
) -> Iterator[dict[int, Portal]]:
    """The portals of each size while the context lasts, the largest with a worker where asked.

    `benchmark` is the module's name; run with `--prepare SIZE` and `options` it fills a database and
    tells its facts. Ports follow `port`.
    """
    server = os.environ.get("DATABASE_URL") or embedded.database_url(DATA)
    owner = os.environ.get("MIGRATION_DATABASE_URL") or embedded.owner_url(DATA)
    redis = os.environ.get("REDIS_URL") or embedded.redis_url(DATA)
    admin = psycopg2.connect(owner)
    admin.autocommit = True
    found: dict[int, Portal] = {}
    with admin.cursor() as cursor, ExitStack() as stack:

        def create(name: str, template: str = "template1") -> str:
            cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
            cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
            stack.callback(cursor.execute, f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
            return _url_of(server, name)

        empty = f"{benchmark}_empty"
        env = {**_production(create(empty), redis), "MIGRATION_DATABASE_URL": owner}
        _python("manage.py", "collectstatic", "--noinput", "--verbosity", "0", env=env)
        _python("manage.py", "migrate", "--verbosity", "0", env=env)
        for number, size in enumerate(sizes, start=1):
            database = create(f"{benchmark}_{size}", empty)
            env = _production(database, embedded.redis_database(redis, 10 + number))
            owners = {**env, "MIGRATION_DATABASE_URL": owner}
            prepare = ("-m", f"benchmarks.{benchmark}", "--prepare", str(size), *options)
            facts = json.loads(_python(*prepare, env=owners))
            host = f"127.0.0.1:{port + number}"
            _serve(stack, "gunicorn", "nextsociety.wsgi", "--bind", host, env=env)
            if worker and size == sizes[-1]:
                _serve(stack, "celery", "--app", "nextsociety", "--quiet", "worker", env=env)
            found[size] = Portal(f"http://{host}", database, facts)
            print(f"{size:,} applications are served", file=sys.stderr)
        time.sleep(_SECONDS_TO_START)
        print(f"load of the machine before: {os.getloadavg()[0]:.1f}, cores: {os.cpu_count()}")
        yield found
        print(f"load of the machine after: {os.getloadavg()[0]:.1f}")


def _production(database: str, redis: str) -> dict[str, str]:
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


def _python(*arguments: str, env: dict[str, str]) -> bytes:
    done = subprocess.run(
        [sys.executable, "-W", "ignore", *arguments],
        env=env,
        cwd=ROOT,
        check=True,
        stdout=subprocess.PIPE,
    )
    return done.stdout


def _serve(stack: ExitStack, *arguments: str, env: dict[str, str]) -> None:
    command = [sys.executable, "-W", "ignore", "-m", *arguments]
    quiet = ("--log-level" if "gunicorn" in arguments else "--loglevel", "error")
    process = subprocess.Popen([*command, *quiet], env=env, cwd=ROOT)
    stack.callback(process.wait)
    stack.callback(process.terminate)


def _url_of(server: str, database: str) -> str:
    address, question, options = server.partition("?")
    return f"{address.rpartition('/')[0]}/{database}{question}{options}"


# --- Outside: measuring ---------------------------------------------------------------------------
@dataclass
class Measured:
    """What a page of one size took (seconds, each time) and weighed (bytes, compressed)."""

    seconds: list[float] = field(default_factory=list)
    weight: int = 0

    @property
    def in_words(self) -> str:
        return told(self.seconds)


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


async def pages_of(
    served: dict[int, Portal],
    names: Iterable[str],
    page: Callable[[Portal, str], tuple[str, str]],
    rounds: int,
) -> dict[str, dict[int, Measured]]:
    """Ask for each page of each size in turn; `page` gives its path and the session, by its name."""
    measured = {name: {size: Measured() for size in served} for name in names}
    async with aiohttp.ClientSession(auto_decompress=False) as client:
        for turn in range(rounds + _WARMING):
            for name, sizes in measured.items():
                for size, portal in served.items():
                    path, session = page(portal, name)
                    start = time.perf_counter()
                    async with client.get(
                        f"{portal.address}{path}", headers=headers(session)
                    ) as answer:
                        body = await answer.read()
                        if answer.status != 200:
                            raise SystemExit(f"{path} answers {answer.status}")
                    if turn >= _WARMING:
                        sizes[size].seconds.append(time.perf_counter() - start)
                        sizes[size].weight = len(body)
    return measured


def print_table(served: dict[int, Portal], measured: dict[str, dict[int, Measured]]) -> None:
    """The pages as a table in Markdown; `facts` of a portal hold the `queries` of each."""
    sizes = list(served)
    heads = [f"{size:,}: median, p95" for size in sizes]
    columns = ["page", "queries", *heads, "largest / smallest", "weight"]
    print(f"\n| {' | '.join(columns)} |\n|{'---|' * len(columns)}")
    for name, by_size in measured.items():
        cells = [by_size[size].in_words for size in sizes]
        ratio = median(by_size[sizes[-1]].seconds) / median(by_size[sizes[0]].seconds)
        queries = max(portal.facts["queries"][name] for portal in served.values())
        weight = max(found.weight for found in by_size.values()) / 1000
        print(f"| {name} | {queries} | {' | '.join(cells)} | {ratio:.2f} | {weight:.1f} kB |")


def told(seconds: Sequence[float]) -> str:
    """Median and 95th percentile, in milliseconds."""
    return f"{median(seconds) * 1000:.0f}, {quantiles(seconds, n=20)[18] * 1000:.0f} ms"
