"""Every rule of the database against a statement that breaks it, as the portal's own role."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction
from django.test import override_settings

from conduct.models.states import Flow
from vouchers.books.models import LedgerEntry

from .rules import RULES
from .rules.statements import after, carried_to
from .world import told_world

DOCUMENT = Path(__file__).resolve().parent.parent.parent / "docs" / "integrity.md"
PREAMBLE = """# What the database refuses by itself

Each rule with a statement that tries to break it, and a part of PostgreSQL's answer. The statements
are run as `portal`, the role as which web, worker and beat work ([deployment.md](deployment.md)), by
`tests/integrity`, against a call that is decided, a voucher with a paid and a submitted claim, and a
call that is open; `:claim` is the id of a record of them, `:amount` what that claim is worth. Where a
line has several statements, the last is refused; those before lead up to it. `make integrity` writes
this page: a rule is a line in `tests/integrity/rules/`, its trigger mostly one of
`conduct/models/guards.py`.

Beside these, every table with states refuses a new row in any state but its first, and every step
that [states.md](states.md) does not draw.
"""


@pytest.fixture(scope="module")
def db(django_db_setup):
    """By this name pytest-django knows which tests need a test database, and makes one.

    Under another, these tests run alone would meet the database that the developer works with.
    Theirs opens a transaction for each test; here the world is told once.
    """


@pytest.fixture(scope="module")
def world(db, django_db_blocker, tmp_path_factory):
    """Told once: each statement is taken back before the next."""
    quick = override_settings(
        MEDIA_ROOT=tmp_path_factory.mktemp("files"),
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
    )
    with django_db_blocker.unblock(), quick, transaction.atomic():
        ids = told_world()
        (trigger,) = (one for one in LedgerEntry._meta.triggers if one.name == "append_only")
        yield {**ids, "append_only_trigger": Raw(trigger.get_pgid(LedgerEntry))}
        transaction.set_rollback(True)


class Raw(str):
    """A name that stands in a statement as it is."""


def run(statement, world):
    """Run the statement with the ids in their places, and what is checked at the end of a transaction."""
    for name, value in world.items():
        statement = statement.replace(f'"%({name})s"', str(value))
        statement = statement.replace(f"%({name})s", str(value))
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
        touched = cursor.rowcount
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        transaction.set_rollback(True)
    return touched


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: f"{rule.heading}: {rule.says}")
def test_the_portals_own_role_cannot_break(rule, world, django_db_blocker):
    with django_db_blocker.unblock():
        with connection.cursor() as cursor:
            cursor.execute("SELECT session_user, starts_with(current_database(), 'test_')")
            assert cursor.fetchone() == ("portal", True)
        with pytest.raises(DatabaseError) as refused:
            run(rule.statement, world)
    assert rule.answer in str(refused.value)


def flowing():
    return [model for model in apps.get_models() if isinstance(getattr(model, "FLOW", None), Flow)]


@pytest.mark.parametrize("model", flowing(), ids=lambda model: model.__name__)
def test_what_is_new_stands_in_its_first_state(model, world, django_db_blocker):
    state = model._meta.get_field("state")
    later = [value for value, _label in state.flatchoices if value != state.get_default()]
    for value in later:
        with django_db_blocker.unblock(), pytest.raises(DatabaseError, match="What is new is"):
            run(f"INSERT INTO {model._meta.db_table} (state) VALUES ('{value}')", world)


def test_an_ordinary_write_passes(world, django_db_blocker):
    """Else the statements above would prove nothing."""
    with django_db_blocker.unblock():
        assert run(after(*carried_to("approved")), world) == 1


def document() -> str:
    lines = [PREAMBLE]
    before = ""
    for rule in RULES:
        if rule.heading != before:
            before = rule.heading
            lines += [f"## {before}", "", "| rule | statement | answer |", "|---|---|---|"]
        statement = re.sub(r"%\((\w+)\)s", r":\1", rule.statement).replace("|", r"\|")
        lines.append(f"| {rule.says} | `{statement}` | {rule.answer} |")
        if rule is RULES[-1] or RULES[RULES.index(rule) + 1].heading != before:
            lines.append("")
    return "\n".join(lines)


def test_the_document_tells_just_these_rules(request):
    if request.config.getoption("write_table"):
        DOCUMENT.write_text(document())
    assert DOCUMENT.read_text() == document()
