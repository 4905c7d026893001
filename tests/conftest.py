"""What all tests share: databases made quickly, private files, and the pieces of a real portal.

Databases are made by the owner of the tables; every test runs as the application's role, so that
nothing in the portal needs more rights than it has.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import subprocess
import sys
from contextlib import ExitStack
from dataclasses import replace
from itertools import count
from pathlib import Path
from unittest.mock import patch
from uuid import uuid4

import psycopg2
import pytest
from _pytest.runner import runtestprotocol
from django.conf import settings
from django.core.cache import caches
from django.test import TransactionTestCase
from django.utils import translation
from hypothesis import settings as hypothesis_settings
from rules.predicates import always_allow

from conduct.actions import queueing
from conduct.models.owning import as_owner
from documents import kinds
from nextsociety import caching
from nextsociety.celery import app as celery
from nextsociety.data_stack import with_room
from nextsociety.garbage import look_less_often
from tests import remembering

ROOT = Path(__file__).resolve().parent.parent

WITHOUT_DISK = "-c synchronous_commit=off"
# What takes minutes, the longest first.
LONGEST = (
    "tests/journeys/scores/test_deciding.py",
    "tests/access/test_absurd_inputs.py",
    "tests/journeys/test_looks.py",
    "tests/access/test_access.py",
    "tests/journeys/test_whole_life.py",
    "tests/journeys/",
    "tests/access/",
    "tests/documents/",
    "tests/test_translations.py",
    "tests/engines/",
    "tests/conduct/test_schema_dump.py",
    "tests/demonstration/",
    "tests/awards/",
    "tests/scoring/",
)

# The same examples in every run, so that none fails by chance; others are tried by
# --hypothesis-profile=searching.
hypothesis_settings.register_profile("repeatable", deadline=None, derandomize=True)
hypothesis_settings.register_profile("searching", deadline=None)
hypothesis_settings.load_profile("repeatable")


def pytest_addoption(parser):
    parser.addoption("--write-table", action="store_true", help="write tests/access/table.md anew")


def pytest_collection_modifyitems(items):
    """What takes longest comes first, so that no process waits at the end for another.

    A file is the work of one process (`--dist loadfile`): what its tests begin with is made once.
    """
    items.sort(key=lambda item: _turn(item.path.relative_to(ROOT).as_posix()))


def pytest_collection_finish():
    """Look for what nothing refers to any more less often: few tests leave much behind in cycles.

    Modules, models and the collected tests stay to the end, and need not be looked through again.
    """
    look_less_often()


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_protocol(item, nextitem):
    """Run each test as a request is answered: half of the stack below a page is pytest's own."""
    item.ihook.pytest_runtest_logstart(nodeid=item.nodeid, location=item.location)
    with_room(runtestprotocol, item, nextitem=nextitem)
    item.ihook.pytest_runtest_logfinish(nodeid=item.nodeid, location=item.location)
    return True


def _turn(file: str) -> int:
    return next((turn for turn, part in enumerate(LONGEST) if file.startswith(part)), len(LONGEST))


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix):
    """Copy each test database from one that `migrate` has made: the schema dump, and what came after.

    It is kept under the fingerprint of all migrations, so that a changed one makes another. That the
    dump makes what the migrations make is tested in tests/conduct/test_schema_dump.py.
    """
    settings.DATABASES["default"]["TEST"].update(TEMPLATE=_migrated_database(), MIGRATE=False)
    # What a test commits need not outlive the machine: nobody waits for the disk.
    settings.DATABASES["default"].setdefault("OPTIONS", {})["options"] = WITHOUT_DISK


@pytest.fixture(scope="session", autouse=True)
def quickly_emptied():
    """After a test that commits, only what it filled is emptied, where a superuser can be had."""
    if not remembering.is_possible():
        yield
        return
    with patch.object(TransactionTestCase, "_fixture_teardown", lambda test: remembering.empty()):
        yield


@pytest.fixture(scope="session")
def as_which_role():
    """The role as which this process works: the owner until (and after) the tests run."""
    with ExitStack() as owner:
        owner.enter_context(as_owner())
        yield owner


@pytest.fixture(scope="session")
def django_db_setup(as_which_role, django_db_setup):
    """Databases are made and dropped by their owner; between, everything is the application's."""
    as_which_role.close()
    yield
    as_which_role.enter_context(as_owner())


def _migrated_database() -> str:
    made_from = [
        ROOT / "requirements.txt",
        ROOT / "conduct" / "models" / "owning.py",
        Path(remembering.__file__),
        *sorted(ROOT.glob("conduct/models/schema/*")),
        *sorted(ROOT.glob("*/migrations/*.py")),
    ]
    digest = hashlib.sha256(b"".join(path.read_bytes() for path in made_from if path.is_file()))
    name = f"migrated_{digest.hexdigest()[:16]}"
    settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
    with (settings.DATA_DIR / "template.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        connection = psycopg2.connect(settings.MIGRATION_DATABASE_URL or settings.DATABASE_URL)
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT datname FROM pg_database WHERE datname LIKE 'migrated_%'"
                " AND pg_get_userbyid(datdba) = current_user"
            )
            known = {row[0] for row in cursor.fetchall()}
            if name not in known:
                for old in known:
                    cursor.execute(f'DROP DATABASE "{old}"')
                cursor.execute(f'CREATE DATABASE "{name}_unfinished"')
                _migrate(f"{name}_unfinished")
                remembering.install(f"{name}_unfinished")
                cursor.execute(f'ALTER DATABASE "{name}_unfinished" RENAME TO "{name}"')
        connection.close()
    return name


def _migrate(database: str) -> None:
    subprocess.run(
        [sys.executable, "manage.py", "migrate", "--verbosity", "0"],
        check=True,
        cwd=ROOT,
        env={
            **os.environ,
            "TESTING": "1",
            "DATABASE_URL": url_of(database),
            "MIGRATION_DATABASE_URL": settings.MIGRATION_DATABASE_URL,
        },
    )


def url_of(database: str) -> str:
    """The URL of another database on the server that the tests use, for the application's role."""
    address, question, options = settings.DATABASE_URL.partition("?")
    server = address.rpartition("/")[0]
    return f"{server}/{database}{question}{options}"


@pytest.fixture(scope="session")
def folders_of_files(tmp_path_factory):
    """Where the private files of every test lie, each in the next folder.

    pytest's own numbering reads all folders of before to find the next: 13 s for 4,800 tests.
    """
    below = tmp_path_factory.mktemp("files")
    return (below / str(number) for number in count())


@pytest.fixture(autouse=True)
def private_files(settings, folders_of_files):
    """Files of each test lie in a folder of their own."""
    settings.MEDIA_ROOT = next(folders_of_files)
    settings.MEDIA_ROOT.mkdir()


@pytest.fixture(autouse=True)
def quick_passwords(request, settings):
    """Argon2 is slow on purpose; only what tests passwords themselves pays for it."""
    if "accounts" not in str(request.path):
        settings.PASSWORD_HASHERS = [
            "django.contrib.auth.hashers.MD5PasswordHasher",
            *settings.PASSWORD_HASHERS,
        ]


@pytest.fixture(autouse=True)
def nothing_from_before(request):
    """Neither a Redis that was slow in a test before, nor the tasks that tests before have queued.

    Redis keeps these even from one run to the next: a worker would work through them first.
    """
    queueing._rests_until = 0.0
    caching._rests_until.clear()
    if "worker" in request.fixturenames:
        forget_tasks()


def forget_tasks() -> None:
    """Take every task from the queues of this process, and what dead workers had taken of them."""
    with celery.connection_for_write() as broker, broker.channel() as channel:
        for queue in celery.amqp.queues:
            channel.queue_purge(queue)
        channel.client.delete(
            channel.unacked_key, channel.unacked_index_key, channel.unacked_mutex_key
        )


@pytest.fixture(autouse=True)
def english():
    """A page in another language leaves it active for whatever runs next in the thread."""
    translation.activate("en")
    yield
    translation.activate("en")


@pytest.fixture(autouse=True)
def no_attempts_yet(monkeypatch):
    """Rate limits count in the cache, which outlives a test: each test counts for itself.

    The settings give the threads of a live server, whose caches are made later, the same prefix. The
    cache is never cleared, since other test processes (and Celery) live in the same Redis.
    """
    prefix = uuid4().hex
    monkeypatch.setattr(caches["default"], "key_prefix", prefix)
    monkeypatch.setitem(settings.CACHES["default"], "KEY_PREFIX", prefix)


@pytest.fixture
def letters_for_all(monkeypatch):
    """Award letters that tests issue about no award go to whoever is told of them."""
    award = kinds.kind("award")
    monkeypatch.setitem(kinds._KINDS, award.slug, replace(award, may_read=always_allow))
