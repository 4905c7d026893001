"""PostgreSQL and Redis from wheels: shared, recovered after a crash, apart for each folder."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psycopg2
import pytest
import redis

from nextsociety import embedded

PROGRAM = """
import sys, time
from pathlib import Path
from nextsociety import embedded
embedded.LINGER_SECONDS = 0
print(embedded.database_url(Path(sys.argv[1])), embedded.redis_url(Path(sys.argv[1])), flush=True)
time.sleep(float(sys.argv[2]))
"""


@pytest.fixture
def use():
    """A function that starts a process which uses the engines of a folder for some seconds."""
    started, folders = [], []

    def start(folder: Path, seconds: float = 60):
        process = subprocess.Popen(
            [sys.executable, "-c", PROGRAM, str(folder), str(seconds)],
            stdout=subprocess.PIPE,
            text=True,
            cwd=Path(__file__).resolve().parent.parent.parent,
        )
        started.append(process)
        folders.append(folder)
        database, queue = process.stdout.readline().split()
        return process, database, queue

    yield start
    for process in started:
        process.kill()
        process.wait()
    for folder in folders:
        embedded.stop(folder)


def write(database, value):
    with psycopg2.connect(database) as connection, connection.cursor() as cursor:
        cursor.execute("CREATE TABLE IF NOT EXISTS kept (value text)")
        cursor.execute("INSERT INTO kept VALUES (%s)", [value])


def read(database):
    with psycopg2.connect(database) as connection, connection.cursor() as cursor:
        cursor.execute("SELECT value FROM kept")
        return [row[0] for row in cursor.fetchall()]


def client(queue):
    return redis.Redis.from_url(embedded.redis_py_url(queue))


def pid(folder):
    return int((folder / "postgres" / "postmaster.pid").read_text().splitlines()[0])


def test_processes_share_the_engines_of_a_folder_and_their_data_stay(use, tmp_path):
    _first, database, queue = use(tmp_path)
    write(database, "kept")
    client(queue).set("kept", "as well")
    _second, again, queue_again = use(tmp_path)
    assert (again, queue_again) == (database, queue)
    assert read(again) == ["kept"]
    assert client(queue_again).get("kept") == b"as well"


def test_two_folders_do_not_disturb_each_other(use, tmp_path):
    (tmp_path / "one").mkdir()
    (tmp_path / "two").mkdir()
    _process, one, _queue = use(tmp_path / "one")
    _process, two, _queue = use(tmp_path / "two")
    write(one, "one")
    write(two, "two")
    assert (read(one), read(two)) == (["one"], ["two"])


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
