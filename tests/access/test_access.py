"""Every address as every role: what is answered is written down in `table.md`."""

from __future__ import annotations

import pytest

from tests.access.everywhere import walked
from tests.access.walking import write_table, written_table
from tests.access.world import world

__all__ = ["world"]

pytestmark = pytest.mark.django_db

# By the provider's own link: it reads its own quote.
OWN_LINK = ("quotes:answer", "quotes:own_file", "quotes:terms_pdf")


def test_every_address_answers_every_role_as_written_and_shows_no_sealed_quote(world, request):
    walk = walked(world)
    found = {
        name: {role: answer.word for role, answer in answers.items()}
        for name, answers in walk.items()
    }
    if request.config.getoption("--write-table"):
        write_table(found)
    assert found == written_table()
    sealed = {name: answers for name, answers in walk.items() if name not in OWN_LINK}
    leaks = [
        (name, role, mark)
        for name, answers in sealed.items()
        for role, answer in answers.items()
        for mark in answer.told
    ]
    assert sum(map(len, sealed.values())) > 1500
    assert leaks == []


def test_nobody_outside_reaches_what_is_private():
    """Whatever the table says elsewhere: these cells may never open."""
    table = written_table()
    private = [
        name
        for name in table
        if name.startswith(
            (
                *("assistance:", "payments:", "scoring:", "applications:", "eligibility:"),
                *("batches:", "screening:"),
            )
        )
        or name in {"correspondence:thread", "correspondence:voucher_thread"}
    ]
    shut = {"login", "404", "403"}
    assert len(private) > 40
    assert {table[name]["visitor"] for name in private} <= {"login", "404", "401"}
    own_pages = {
        "scoring:ranking",
        "scoring:ranking_state",
        "scoring:export_csv",
        "scoring:export_xlsx",
        "applications:mine",
        "applications:export_mine",
        "applications:start",
        "payments:claim_list",
        "scoring:mine",
        "scoring:profile",
    }
    lists = {
        "applications:list",
        "applications:export",
        "scoring:list",
        "scoring:register",
        "scoring:register_export",
        "scoring:consensuses",
        # Another country's officer sees an empty page.
        "scoring:balance",
        "providers:list",
        "eligibility:waiting",
    }
    for name in set(private) - own_pages - lists:
        assert table[name]["cluster, other"] in shut, name
        assert table[name]["officer, other"] in shut, name
        assert table[name]["administrator"] in shut, name
