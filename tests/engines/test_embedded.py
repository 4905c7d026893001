"""The embedded engines of a folder: shared, kept apart, recovered, ended after their last user."""

from __future__ import annotations

import os
import shutil
import signal
import time
from contextlib import suppress
from pathlib import Path

import psycopg2
import pytest

from nextsociety import embedded
from nextsociety.embedded import places
from tests.engines.using import client, pid, read, use, write

__all__ = ["use"]


def test_processes_share_the_engines_of_a_folder_and_their_data_stay(use, tmp_path):
    _first, database, queue = use(tmp_path)
    write(database, "kept")
    client(queue).set("kept", "as well")
    _second, again, queue_again = use(tmp_path)
    assert (again, queue_again) == (database, queue)
    assert read(again) == ["kept"]
    assert client(queue_again).get("kept") == b"as well"


def test_the_portal_gets_a_role_that_owns_nothing(use, tmp_path):
    _process, owner, _queue = use(tmp_path)
    write(owner, "kept")
    portal = owner.replace("portal_owner@", "portal@")
    with psycopg2.connect(portal) as connection, connection.cursor() as cursor:
        cursor.execute(
            "SELECT rolname, rolsuper, rolcreatedb, rolcreaterole FROM pg_roles"
            " WHERE rolname IN (current_user, %s) ORDER BY rolname",
            ["portal_owner"],
        )
        # The tests make databases of their own.
        assert cursor.fetchall() == [
            ("portal", False, False, False),
            ("portal_owner", False, True, False),
        ]
        with pytest.raises(psycopg2.errors.InsufficientPrivilege):
            cursor.execute("CREATE TABLE mine ()")
    with pytest.raises(psycopg2.errors.InsufficientPrivilege):
        read(portal)


def test_two_folders_do_not_disturb_each_other(use, tmp_path):
    (tmp_path / "one").mkdir()
    (tmp_path / "two").mkdir()
    _process, one, _queue = use(tmp_path / "one")
    _process, two, _queue = use(tmp_path / "two")
    write(one, "one")
    write(two, "two")
    assert (read(one), read(two)) == (["one"], ["two"])


def test_a_folder_that_was_removed_and_made_anew_gets_engines_of_its_own(use, tmp_path):
    folder = tmp_path / "checkout"
    folder.mkdir()
    user, database, queue = use(folder)
    write(database, "of the folder before")
    client(queue).set("kept", "before")
    # As whoever removes a checkout while its engines linger, and clones it again.
    shutil.rmtree(folder)
    folder.mkdir()
    _another, database, queue = use(folder)
    user.kill()
    write(database, "of this one")
    assert read(database) == ["of this one"]
    assert client(queue).get("kept") is None
    # The keeper of the folder before has had its time, and leaves these alone.
    time.sleep(embedded.LINGER_SECONDS + 1)
    assert read(database) == ["of this one"]


def test_the_engines_of_a_folder_that_was_removed_end_with_their_last_user(use, tmp_path):
    folder = tmp_path / "checkout"
    folder.mkdir()
    user, _database, _queue = use(folder)
    # Whoever ends them must be there first, however busy the machine is.
    deadline = time.monotonic() + 60
    while not is_kept(folder) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert is_kept(folder)
    shutil.rmtree(folder)
    user.kill()
    user.wait()
    sockets = (places.postgres_socket(folder), places.redis_socket(folder))
    deadline = time.monotonic() + 40
    while any(map(places.answers, sockets)) and time.monotonic() < deadline:
        time.sleep(0.2)
    assert not any(map(places.answers, sockets))


def test_killed_servers_are_recovered_with_what_was_committed(use, tmp_path):
    user, database, queue = use(tmp_path)
    write(database, "committed")
    client(queue).set("queued", "task")
    time.sleep(1.2)  # Redis writes to disk every second.
    redis_pid = client(queue).info("server")["process_id"]
    user.kill()
    user.wait()
    os.kill(pid(tmp_path), signal.SIGKILL)
    os.kill(redis_pid, signal.SIGKILL)
    _user, database, queue = use(tmp_path)
    assert read(database) == ["committed"]
    assert client(queue).get("queued") == b"task"


def test_a_process_id_that_is_somebody_elses_now_is_no_server(use, tmp_path):
    user, database, _queue = use(tmp_path)
    write(database, "kept")
    mark = tmp_path / "postgres" / "postmaster.pid"
    lines = mark.read_text().splitlines()
    user.kill()
    user.wait()
    embedded.stop(tmp_path)
    mark.write_text("\n".join([str(os.getpid()), *lines[1:]]) + "\n")
    _user, database, _queue = use(tmp_path)
    assert read(database) == ["kept"]


def test_the_servers_stop_after_their_last_user(use, tmp_path):
    user, database, _queue = use(tmp_path)
    write(database, "kept")
    server = pid(tmp_path)
    user.kill()
    user.wait()
    deadline = time.monotonic() + 20
    while Path(f"/proc/{server}/exe").exists() and time.monotonic() < deadline:
        time.sleep(0.2)
    assert not (tmp_path / "postgres" / "postmaster.pid").exists()


def test_the_keeper_stays_small(use, tmp_path):
    """It loads neither Celery nor Django."""
    use(tmp_path)
    deadline = time.monotonic() + 10
    while not (keepers := keepers_of(tmp_path)) and time.monotonic() < deadline:
        time.sleep(0.1)
    [keeper] = keepers
    assert "celery" not in (Path("/proc") / keeper / "maps").read_text()
    size = int((Path("/proc") / keeper / "statm").read_text().split()[1]) * os.sysconf(
        "SC_PAGE_SIZE"
    )
    assert size < 40 * 1024 * 1024


def keepers_of(folder):
    words = {path.parent.name: path for path in Path("/proc").glob("[0-9]*/cmdline")}
    found = []
    for number, path in words.items():
        try:
            command = path.read_bytes().split(b"\0")
        except OSError:
            continue
        if b"embedded" in command and str(folder).encode() in command:
            found.append(number)
    return found


def _targets(links):
    """What the process has open; a file may be closed between the listing and the look."""
    for link in links:
        with suppress(FileNotFoundError):
            yield str(link.readlink())


def is_kept(folder):
    """Whether a keeper has opened the locks of the folder."""
    opened = [link for pid in keepers_of(folder) for link in Path(f"/proc/{pid}/fd").iterdir()]
    return str(folder / "users.lock") in set(_targets(opened))


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("redis+socket:///x/redis.sock", "redis+socket:///x/redis.sock?virtual_host=3"),
        ("redis://host:6379/0", "redis://host:6379/3"),
        ("redis://host:6379", "redis://host:6379/3"),
    ],
)
def test_another_database_of_the_same_redis(url, expected):
    assert embedded.redis_database(url, 3) == expected
    assert embedded.redis_database(url, 0) == url
