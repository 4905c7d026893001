"""The application's role: it reads and writes rows, and can do nothing else to the database."""

from __future__ import annotations

from uuid import uuid4

import pghistory
import pgtrigger
import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.db.utils import DatabaseError, ProgrammingError

from accounts.models import User
from conduct import checks
from conduct.actions import action
from conduct.models import owning
from tests.people import person

pytestmark = pytest.mark.django_db


def ask(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall()


def refused(statement):
    with pytest.raises(ProgrammingError, match=r"permission denied|must be owner"):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_the_tests_run_as_the_application():
    assert ask("SELECT session_user, current_user") == [("portal", "portal")]
    assert ask("SELECT DISTINCT tableowner FROM pg_tables WHERE schemaname = 'public'") == [
        ("portal_owner",)
    ]


def test_no_role_of_the_portal_is_a_superuser():
    mighty = "rolsuper OR rolcreaterole OR rolreplication OR rolbypassrls"
    roles = "FROM pg_roles WHERE rolname IN ('portal', 'portal_owner')"
    assert ask(f"SELECT count(*), bool_or({mighty}) {roles}") == [(2, False)]
    assert ask("SELECT pg_has_role('portal', 'portal_owner', 'MEMBER')") == [(False,)]


def test_its_queries_are_planned_and_not_compiled():
    assert ask("SHOW jit") == [("off",)]


def test_it_empties_and_references_no_table():
    tables = "FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'"
    assert ask(f"SELECT count(*) > 60 {tables}") == [(True,)]
    for right in ("TRUNCATE", "REFERENCES", "TRIGGER", "MAINTAIN"):
        assert ask(f"SELECT relname {tables} AND has_table_privilege(oid, %s)", right) == [], right


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE mine (number int)",
        "CREATE TEMPORARY TABLE mine (number int)",
        "CREATE FUNCTION mine() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        "CREATE SCHEMA mine",
        "ALTER TABLE vouchers_claim ADD COLUMN mine int",
        "ALTER TABLE vouchers_claim DISABLE TRIGGER ALL",
        "DROP TABLE vouchers_claim",
        "DROP FUNCTION _pgh_attach_context()",
        "GRANT portal_owner TO portal",
        "SET session_replication_role = replica",
        "SET ROLE portal_owner",
        "SET SESSION AUTHORIZATION portal_owner",
        "ALTER ROLE portal SUPERUSER",
        "CREATE ROLE mine",
    ],
)
def test_it_changes_no_table_function_or_role(statement):
    refused(statement)


def test_history_is_written_by_triggers_alone():
    tables = owning.tables_only_read()
    events = [model for model in apps.get_models() if issubclass(model, pghistory.models.Event)]
    assert len(tables) > 30
    assert {model._meta.db_table for model in events if model._meta.managed} < tables
    for table in sorted(tables):
        for right in ("INSERT", "UPDATE", "DELETE"):
            assert ask("SELECT has_table_privilege(%s, %s)", table, right) == [(False,)], table
        assert ask("SELECT has_table_privilege(%s, 'SELECT')", table) == [(True,)]
    someone = person("somebody@example.org")
    assert someone.events.count() > 0


def test_what_works_with_the_owners_rights_looks_nowhere_else():
    mighty = ask(
        "SELECT proname, proconfig FROM pg_proc WHERE prosecdef"
        " AND pronamespace = 'public'::regnamespace"
    )
    assert len(mighty) > 50
    assert {tuple(config or ()) for _name, config in mighty} == {
        ("search_path=pg_catalog, public, pg_temp",)
    }


def test_nobody_switches_a_trigger_off():
    someone = person("somebody@example.org")
    event = someone.events.first()
    with pytest.raises(DatabaseError, match="permission denied"):
        with pgtrigger.ignore(), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {event._meta.db_table}")
    before = someone.events.count()
    with pgtrigger.ignore():
        someone.full_name = "Another Name"
        someone.save()
    assert someone.events.count() == before + 1


@action("Name changed")
def rename(user, name, *, by=None, reason=""):
    user.full_name = name
    user.save(update_fields=["full_name"])


def contexts_of(user):
    found = user.events.order_by("pgh_id").filter(pgh_label="update")
    return [(event.pgh_context_id, event.pgh_context.metadata) for event in found]


@pytest.mark.django_db(transaction=True)
def test_what_a_transaction_told_stands_once_it_has_ended():
    someone = person("somebody@example.org")
    with pghistory.context(url="/some/page/"):
        rename(someone, "First", by=someone, reason="The first reason.")
        (first,) = contexts_of(someone)[-1:]
        rename(someone, "Second", by=someone)
    assert contexts_of(someone)[-2] == first
    assert first[1]["reason"] == "The first reason."
    second = contexts_of(someone)[-1]
    assert second[0] != first[0]
    assert second[1]["reason"] == ""


@pytest.mark.django_db(transaction=True)
def test_nobody_speaks_in_the_name_of_an_earlier_transaction():
    someone = person("somebody@example.org")
    told = str(uuid4())
    for name in ("First", "Second"):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT set_config('pghistory.context_id', %s, true)", [told])
            cursor.execute(
                "SELECT set_config('pghistory.context_metadata', %s, true)",
                [f'{{"reason": "{name}"}}'],
            )
            cursor.execute("UPDATE accounts_user SET full_name = %s", [name])
    first, second = contexts_of(someone)[-2:]
    assert (first[1]["reason"], second[1]["reason"]) == ("First", "Second")
    # Whose context a row is says the row itself: pointing to an earlier one is writing history.
    refused(f"UPDATE pghistory_context SET metadata = '{{}}' WHERE id = '{first[0]}'")


def test_within_a_transaction_the_context_may_grow(db):
    someone = person("somebody@example.org")
    with pghistory.context(first=1):
        User.objects.filter(pk=someone.pk).update(full_name="First")
        with pghistory.context(second=2):
            User.objects.filter(pk=someone.pk).update(full_name="Second")
    one, two = contexts_of(someone)[-2:]
    assert one == two
    assert one[1] == {"first": 1, "second": 2}


@pytest.mark.django_db(transaction=True)
def test_the_owner_migrates_and_empties():
    with owning.as_owner():
        assert ask("SELECT session_user") == [("portal_owner",)]
        with connection.cursor() as cursor:
            cursor.execute("CREATE TABLE nobody_granted_it ()")
    refused("SELECT * FROM nobody_granted_it")
    call_command("migrate", verbosity=0)
    assert ask("SELECT count(*) FROM nobody_granted_it") == [(0,)]
    with owning.as_owner(), connection.cursor() as cursor:
        cursor.execute("DROP TABLE nobody_granted_it")
    assert ask("SELECT session_user") == [("portal",)]


def test_no_transaction_is_left_behind_by_a_change_of_roles():
    with pytest.raises(RuntimeError, match="within a transaction"), owning.as_owner():
        pass


def test_production_migrates_as_the_owner_alone(settings):
    settings.PRODUCTION = True
    settings.OWNER_DATABASE = settings.DATABASES["default"]
    with pytest.raises(CommandError, match="Set MIGRATION_DATABASE_URL"):
        call_command("migrate", verbosity=0)


@pytest.mark.django_db(transaction=True)
def test_the_system_check_finds_a_role_that_may_too_much(monkeypatch):
    assert checks.check_rights(databases=["default"]) == []
    with owning.as_owner():
        assert checks.check_rights(databases=["default"]) == []
        monkeypatch.setattr(checks, "roles_are_apart", lambda: False)
        (error,) = checks.check_rights(databases=["default"])
    assert error.id == "conduct.E001"
