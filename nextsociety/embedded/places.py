"""Where the embedded engines lie, and who may reach what."""

from __future__ import annotations

import hashlib
import os
import pwd
import signal
import socket
import struct
import tempfile
import time
from importlib.util import find_spec
from pathlib import Path

from .failing import EngineFailed

UNPRIVILEGED = "nobody"
END_SECONDS = 30.0


def as_root() -> bool:
    return os.geteuid() == 0


def postgres_account() -> tuple[int, int]:
    """User and group id under which PostgreSQL runs: it refuses to run as root."""
    if not as_root():
        return os.getuid(), os.getgid()
    account = pwd.getpwnam(UNPRIVILEGED)
    return account.pw_uid, account.pw_gid


def socket_dir(data_dir: Path) -> Path:
    """A short folder of our own: a socket's path has 107 bytes at most, a checkout may be deep."""
    return temporary() / f"nextsociety-{os.getuid()}-{_fingerprint(data_dir)}"


def temporary() -> Path:
    """Return /tmp, whatever TMPDIR says: it may be long, private, or another one in another terminal."""
    usual = Path("/tmp")  # noqa: S108 (folders below it are made for one account)
    return usual if os.access(usual, os.W_OK | os.X_OK) else Path(tempfile.gettempdir())


def postgres_socket(data_dir: Path) -> Path:
    return socket_dir(data_dir) / ".s.PGSQL.5432"


def redis_socket(data_dir: Path) -> Path:
    return socket_dir(data_dir) / "redis.sock"


def postgres_data(data_dir: Path) -> Path:
    """Where the tables lie: in `data_dir`, by a link where another account must reach them."""
    return (data_dir / "postgres").resolve()


def public_dir(data_dir: Path) -> Path:
    """A folder that an unprivileged account can reach, for a project below a private home."""
    path = Path("/var/lib") / f"nextsociety-{_fingerprint(data_dir)}"
    path.mkdir(exist_ok=True)
    path.chmod(0o755)
    return path


def prepare_socket_dir(data_dir: Path) -> None:
    """Only its owner may enter: who can reach the sockets can read the data."""
    path = socket_dir(data_dir)
    path.mkdir(mode=0o700, exist_ok=True)
    owner = postgres_account()
    if path.is_symlink() or path.stat().st_uid not in (os.getuid(), owner[0]):
        raise EngineFailed(f"{path} belongs to somebody else: remove it.")
    if as_root():
        os.chown(path, *owner)


def package(name: str) -> Path:
    """The folder of an installed package."""
    spec = find_spec(name)
    if spec is None or not spec.submodule_search_locations:
        raise EngineFailed(
            f"The package {name} is not installed: either the packages are not up to date (make demo "
            "installs them), or there is no wheel for this machine. DATABASE_URL and REDIS_URL name "
            "servers of your own."
        )
    return Path(spec.submodule_search_locations[0])


def open_to_all(path: Path) -> bool:
    """Whether any account may reach `path` and read it."""
    return path.stat().st_mode & 0o004 != 0 and reachable_by_all(path.parent)


def reachable_by_all(path: Path) -> bool:
    """Whether any account may enter the folder `path`."""
    real = path.resolve()
    return all(place.stat().st_mode & 0o001 for place in (real, *real.parents))


def answers(place: Path) -> bool:
    """Whether a server listens on the socket; the file alone proves nothing after a crash."""
    with socket.socket(socket.AF_UNIX) as connection:
        connection.settimeout(5)
        try:
            connection.connect(str(place))
        except OSError:
            return False
    return True


def end_of_removed(program: str, place: Path) -> None:
    """End the `program` that listens on the socket for a folder that was removed while it ran.

    Nothing of the folder is left to stop it by. Raises EngineFailed.
    """
    with socket.socket(socket.AF_UNIX) as connection:
        connection.connect(str(place))
        peer = connection.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, 12)
    os.kill(struct.unpack("3i", peer)[0], signal.SIGINT)
    deadline = time.monotonic() + END_SECONDS
    while answers(place):
        if time.monotonic() > deadline:
            raise EngineFailed(f"{program} still runs for a folder that was removed.")
        time.sleep(0.05)


def _fingerprint(data_dir: Path) -> str:
    """What tells the folders of one checkout from those of another."""
    return hashlib.sha256(str(data_dir).encode()).hexdigest()[:12]
