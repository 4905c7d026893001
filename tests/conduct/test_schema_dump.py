"""The schema dump makes the same database as the migrations, and says when it no longer does."""

import re
import shutil
from io import StringIO

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.management import CommandError, call_command

from conduct.models.owning import application_role
from conduct.models.schema import dump
from conduct.models.schema.dump import Dump
from conduct.models.schema.making import another_database, dump_of
from conduct.models.schema.objects import differences, objects_of
from conduct.models.schema.restoring import restore

MAKE_IT_ANEW = "conduct/models/schema/schema.sql is older than the migrations: run make schema"


@pytest.fixture
def databases(request, django_db_setup, django_db_blocker):
    """Opens empty databases of this process; none of them is the one of the tests."""
    worker = getattr(request.config, "workerinput", {}).get("workerid", "alone")
    with django_db_blocker.unblock():
        yield lambda name: another_database(f"schema_{name}_{worker}")


@pytest.fixture
def changed_dump(tmp_path, monkeypatch):
    """The dump of this checkout, in a file that a test may change."""
    copied = tmp_path / "schema.sql"
    shutil.copy(dump.FILE, copied)
    monkeypatch.setattr(dump, "FILE", copied)
    return copied


def migrate(**options):
    told = StringIO()
    call_command("migrate", verbosity=1, interactive=False, stdout=told, **options)
    return told.getvalue()


def test_it_is_as_new_as_the_migrations():
    assert not Dump.read().differences(), MAKE_IT_ANEW


def test_it_makes_what_the_migrations_make_object_by_object(databases):
    with databases("migrated") as connection:
        migrate(from_migrations=True)
        migrated = objects_of(connection)
        written = dump_of(connection)
    with databases("restored") as connection:
        assert "Restored what" in migrate()
        restored = objects_of(connection)
        kinds = ContentType.objects.count()
    assert not differences(migrated, restored), MAKE_IT_ANEW
    assert written == dump.FILE.read_text(), MAKE_IT_ANEW
    # Of each kind there is something to compare.
    for one in (
        "table vouchers_claim",
        "column vouchers_claim.state",
        "sequence vouchers_claim_id_seq",
        "extension pg_trgm",
        "function folded(text)",
        f"row {kinds} of django_content_type",
        "row 1 of accounts_roleexclusion",
    ):
        assert one in restored
    assert f"{application_role()}=arwd" in restored["table vouchers_claim"]
    assert f"{application_role()}=r/" in restored["table pghistory_context"]
    for kind, least in {"constraint": 300, "index": 200, "trigger": 300, "function": 300}.items():
        assert sum(name.startswith(f"{kind} ") for name in restored) > least


def test_what_is_different_is_named():
    first = {"table a": "r", "index b": "one"}
    assert differences(first, {"table a": "r", "index b": "two"}) == ["index b: one / two"]
    assert differences(first, {"table a": "r"}) == ["index b: one / none"]


def test_a_database_with_tables_is_left_as_it_is(databases):
    with databases("begun") as connection:
        with connection.cursor() as cursor:
            cursor.execute("CREATE TABLE kept (id int)")
        before = objects_of(connection)
        assert not restore(connection, Dump.read())
        assert objects_of(connection) == before


def test_what_came_after_it_is_migrated(databases, changed_dump):
    """As where somebody has written a migration since: it runs on top of what was restored."""
    with databases("older") as connection:
        migrate()
        call_command("migrate", "sessions", "zero", verbosity=0)
        (line,) = [
            line
            for line in changed_dump.read_text().splitlines()
            if line.startswith("-- from sessions ")
        ]
        changed_dump.write_text(dump_of(connection).replace(f"{line}\n", ""))
    assert "sessions.0001_initial came after it." in Dump.read().differences()
    with databases("newer") as connection:
        told = migrate()
        assert "Restored what" in told
        assert "Applying sessions.0001_initial" in told
        assert "django_session" in connection.introspection.table_names()


def test_one_of_other_migrations_is_not_used(changed_dump):
    """Where a migration that it was made from was changed or taken away, the migrations are conducted."""
    text = changed_dump.read_text()
    changed_dump.write_text(
        re.sub(r"(-- from jobs 0001_initial) \w{16}", r"\1 0123456789abcdef", text)
    )
    assert "jobs.0001_initial was changed." in Dump.read().differences()
    assert not Dump.read().is_usable()
    changed_dump.write_text(text.replace("from jobs 0001_initial", "from jobs 0001_other"))
    told = ["jobs.0001_initial came after it.", "jobs.0001_other is no more."]
    assert [one for one in Dump.read().differences() if "jobs.0001" in one] == told
    assert not Dump.read().is_usable()
    changed_dump.unlink()
    assert not Dump.read().is_usable()
    with pytest.raises(CommandError, match="run make schema") as refused:
        call_command("dump_schema", check=True)
    assert "jobs.0001_initial came after it." in str(refused.value)
