"""Processes that use the engines of a folder."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import psycopg2
import pytest
import redis

from nextsociety import embedded

ROOT = Path(__file__).resolve().parent.parent.parent
PROGRAM = """
import sys, time
from pathlib import Path
from nextsociety import embedded
print(embedded.owner_url(Path(sys.argv[1])), embedded.redis_url(Path(sys.argv[1])), flush=True)
time.sleep(float(sys.argv[2]))
"""


@pytest.fixture
def use():
    """A function that starts a process which uses the engines of a folder for some seconds."""
    started, folders = [], []

    def start(folder: Path, seconds: float = 60, *, checkout: Path = ROOT, **variables: str):
        process = subprocess.Popen(
            [sys.executable, "-c", PROGRAM, str(folder), str(seconds)],
            stdout=subprocess.PIPE,
            text=True,
            cwd=checkout,
            env={**os.environ, **variables},
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
        forget(folder)


def forget(folder):
    """Remove what lies elsewhere for a folder that the account of PostgreSQL cannot reach."""
    place = folder / "postgres"
    if place.is_symlink():
        # The keeper may be stopping the server at this instant, which takes its own files away.
        shutil.rmtree(place.resolve().parent, ignore_errors=True)
        place.unlink(missing_ok=True)


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
