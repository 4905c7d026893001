"""Addresses of later stages, each with its own story: a provider at work, a report, a survey.

What they answer is written down in `later.md`, as `table.md` is (`--write-table`).
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.urls import reverse

from clusters.models import Cluster, Representative
from demonstration.clock import noon, on
from tests.access.walking import addresses, visit, write_table, written_table
from tests.access.world import clients_of
from tests.assistance.delivery.session import logged
from tests.assistance.reports.test_pictures import words
from tests.assistance.reports.writing import photograph, report_of, returned
from tests.assistance.surveys.asked import asked
from tests.assistance.workroom.working import at_work
from tests.making import MA, voucher_story
from tests.people import person
from vouchers.assistance.delivery.actions import add_session_picture
from vouchers.assistance.plans.queries import milestones_in_force, plan_of
from vouchers.assistance.reports import actions as reports

pytestmark = pytest.mark.django_db

TABLE = Path(__file__).parent / "later.md"


def stranger() -> object:
    """Who acts for a cluster of another country."""
    found = person("stranger@example.org")
    cluster = Cluster.objects.create(
        country_id="MA", name=MA.name, slug="of-a-stranger", sector="leather"
    )
    Representative.objects.create(cluster=cluster, user=found, level="manager")
    return found


def working():
    """A contract, and the link of its provider, who logged a session."""
    told, link, address = at_work()
    session = logged(told)
    picture = add_session_picture(session, photograph(), alternative="Talk", by=told.officer)
    milestone = milestones_in_force(plan_of(told.voucher)).first()
    pks = {"withdraw": link.pk, "log_anew": session.pk, "hand_in": milestone.pk}
    pks |= {"pictures": session.pk, "picture": picture.pk, "remove_picture": picture.pk}
    secret = re.search(r"/work/([^/]+)/", address)[1]
    return told, lambda page: {"pk": pks.get(page, told.voucher.pk), "secret": secret}


def reported():
    """A report with a picture that was sent, and of which everybody may see all."""
    told = voucher_story("reported")
    returned(told)
    picture = reports.add_picture(told.voucher, photograph(), by=told.manager)
    words(told, picture)
    reports.submit_report(report_of(told), by=told.manager)
    files = dict.fromkeys(["file", "remove_file", "public_picture"], picture.pk)
    reports.say_what_is_public(told.voucher, ["story", "pictures"], by=told.manager)
    return told, lambda page: {
        "pk": files.get(page, told.voucher.pk),
        "version_number": 1,
        "key": "0b8f1c1e-0000-4000-8000-000000000001",
    }


def surveyed():
    """A voucher that was closed half a year ago, and the link by which its cluster answers now."""
    with on(noon(-180)):
        told = voucher_story("closed")
    survey, _link, address = asked(told)
    secret = re.search(r"/survey/([^/]+)/", address)[1]
    return told, lambda _page: {"pk": survey.pk, "secret": secret}


@pytest.mark.parametrize(
    ("room", "tell"),
    [
        ("workroom", working),
        ("contracts", working),
        ("final_reports", reported),
        ("surveys", surveyed),
    ],
)
def test_every_address_of_a_later_stage_answers_every_role_as_written(room, tell, request):
    told, known_to = tell()
    roles = clients_of(told, stranger=stranger(), assessor=person(role="assessor"))
    found = {}
    for address in addresses():
        if address.name.startswith(f"{room}:"):
            known = {"number": 1, **known_to(address.name.partition(":")[2])}
            named = {name: known[name] for name in address.parameters}
            url = reverse(address.name, kwargs=named)
            found[address.name] = {role: visit(one, url).word for role, one in roles.items()}
    written = written_table(TABLE) if TABLE.exists() else {}
    others = {name: row for name, row in written.items() if not name.startswith(f"{room}:")}
    if request.config.getoption("--write-table"):
        write_table(dict(sorted({**others, **found}.items())), TABLE)
        written = written_table(TABLE)
    assert found == {name: row for name, row in written.items() if name not in others}
