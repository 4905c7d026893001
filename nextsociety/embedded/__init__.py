"""PostgreSQL and Redis from wheels, for machines without servers: demonstrations and tests.

Both live in one data folder and are shared by every process of the project that names it. A user
holds a shared lock on the folder for as long as it lives; the kernel drops the lock however the
process dies. A keeper waits until nobody holds it any more, then stops the servers. Left-overs of
a crash (stale sockets, process ids that belong to others now) are found and cleared at the start.

Only the standard library is imported, so that the keeper starts at once and stays small.
"""

from __future__ import annotations

import fcntl
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from . import places, postgres, redis_server
from .failing import EngineFailed

__all__ = [
    "EngineFailed",
    "database_url",
    "join",
    "keep",
    "owner_url",
    "redis_database",
    "redis_py_url",
    "redis_url",
    "stop",
]

# So long the keeper waits after the last user left: commands often follow one another.
LINGER_SECONDS = 5.0

_held: dict[Path, IO[str]] = {}


def database_url(data_dir: Path) -> str:
    """The embedded PostgreSQL of `data_dir`, started if need be, for the application's role.

    The URL is one for dj_database_url. The role reads and writes rows and can do no more.
    """
    return _url_for("portal", data_dir)


def owner_url(data_dir: Path) -> str:
    """The same database for the role that owns the tables and migrates them."""
    return _url_for("portal_owner", data_dir)


def _url_for(role: str, data_dir: Path) -> str:
    join(data_dir)
    return f"postgresql://{role}@/portal?host={places.socket_dir(data_dir)}"


def redis_url(data_dir: Path) -> str:
    """The embedded Redis of `data_dir`, started if need be; its URL for Celery."""
    join(data_dir)
    return f"redis+socket://{places.redis_socket(data_dir)}"


def redis_py_url(url: str) -> str:
    """The same Redis as redis-py spells it."""
    return url.replace("redis+socket://", "unix://").replace("virtual_host=", "db=")


def redis_database(url: str, number: int) -> str:
    """The URL of another database of the same Redis; 0 leaves it as it is."""
    if not number:
        return url
    if url.startswith("redis+socket://"):
        return f"{url}?virtual_host={number}"
    scheme, _separator, rest = url.partition("://")
    return f"{scheme}://{rest.partition('/')[0]}/{number}"


def join(data_dir: Path) -> None:
    """Use the engines of `data_dir` until this process ends; start them where they do not run.

    Raises EngineFailed, with what the engine itself said, when one of them does not come up.
    """
    if data_dir in _held:
        return
    data_dir.mkdir(parents=True, exist_ok=True)
    users = (data_dir / "users.lock").open("w")
    fcntl.flock(users, fcntl.LOCK_SH)
    with _exclusive(data_dir / "start.lock"):
        postgres.start(data_dir)
        postgres.make_roles(data_dir)
        redis_server.start(data_dir)
        _start_keeper(data_dir)
    _held[data_dir] = users


def keep(data_dir: Path) -> None:
    """Wait until nobody uses the engines of `data_dir`, then stop them. One keeper a folder."""
    with (
        (data_dir / "keeper.lock").open("w") as keeper,
        (data_dir / "users.lock").open("w") as users,
    ):
        try:
            fcntl.flock(keeper, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return
        while True:
            fcntl.flock(users, fcntl.LOCK_EX)
            fcntl.flock(users, fcntl.LOCK_UN)
            time.sleep(LINGER_SECONDS)
            with suppress(BlockingIOError):
                fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
        try:
            is_same = os.path.samestat(os.fstat(users.fileno()), (data_dir / "users.lock").stat())
        except FileNotFoundError:
            _end_of_removed(data_dir)
            return
        if not is_same:
            # The folder was removed and made anew: its engines have a keeper of their own.
            return
        stop(data_dir)
        # In this order: whoever waits for the engines then finds that they need a new keeper.
        fcntl.flock(keeper, fcntl.LOCK_UN)


def stop(data_dir: Path) -> None:
    """Stop both servers in order; what was written stays."""
    postgres.stop(data_dir)
    redis_server.stop(data_dir)


def _end_of_removed(data_dir: Path) -> None:
    for program, place in (
        ("PostgreSQL", places.postgres_socket(data_dir)),
        ("Redis", places.redis_socket(data_dir)),
    ):
        if places.answers(place):
            places.end_of_removed(program, place)


@contextmanager
def _exclusive(path: Path) -> Iterator[None]:
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _start_keeper(data_dir: Path) -> None:
    with (data_dir / "keeper.lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return
    # As a package of its own (`embedded`, not `nextsociety.embedded`), so that it does not load
    # Celery and the rest of the frame.
    package = Path(__file__).resolve().parent
    subprocess.Popen(
        [sys.executable, "-m", package.name, str(data_dir)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd="/",
        env={**os.environ, "PYTHONPATH": str(package.parent)},
        start_new_session=True,
    )
