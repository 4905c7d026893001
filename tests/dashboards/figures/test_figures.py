"""A figure is its list: each number on a page is what the list behind it counts or sums."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from dashboards.figures.kinds import FIGURES
from tests.access.world import told_world
from tests.people import log_in, person
from vouchers.standing.actions import judge_outdated

pytestmark = pytest.mark.django_db

LINK = re.compile(
    r'<a class="figure-link[^"]*"\s+href="(?P<url>[^"]*)" data-figure="(?P<name>\w+)">'
    r'<data\s+value="(?P<value>[^"]*)"'
)
ROLES = ["coordinator", "officer", "officer elsewhere", "finance", "auditor", "assessor"]
PAGES = ["dashboards:home", "dashboards:overview"]


def told():
    world = told_world()
    judge_outdated()
    return world


def who(world, role):
    cast = world["told"].cast
    return {
        "coordinator": lambda: cast.coordinators[1],
        "officer": lambda: world["told"].officer,
        "officer elsewhere": lambda: cast.officer("MA"),
        "finance": lambda: cast.finance[0],
        "auditor": lambda: person(role="auditor"),
        "assessor": lambda: world["assignment"].assessor,
    }[role]()


def figures(client, url, query):
    """What a page shows: each figure with its address and its number; None where there is no page."""
    answer = client.get(url, query)
    if answer.status_code == 404:
        return None
    page = answer.content.decode()
    return {
        (found["name"], found["url"].replace("&amp;", "&")): Decimal(found["value"] or 0)
        for found in LINK.finditer(page)
    }


def counted(client, name, url):
    """The count of the list, or the total that the figure names."""
    answer = client.get(url)
    assert answer.status_code == 200, url
    figure = FIGURES[name]
    if not figure.total:
        assert not answer.context["filters"].form.errors, url
        return answer.context["page"].count
    sums = {one.total.key: one.value for one in answer.context["list_totals"]}
    return sums[figure.total] or 0


@pytest.mark.parametrize("role", ROLES)
def test_each_number_is_what_its_list_counts_or_sums(role):
    world = told()
    client = log_in(Client(), who(world, role))
    known = {}
    number = 0
    for page in PAGES:
        for query in ({"call": ""}, {"call": world["call"].slug}, {"country": "LB"}):
            shown = figures(client, reverse(page), query)
            for (name, url), value in (shown or {}).items():
                if (name, url) not in known:
                    known[name, url] = counted(client, name, url)
                assert value == known[name, url], f"{role}: {name} of {query} at {url}"
                number += 1
    assert number >= 2, "there is something to compare"


@pytest.mark.parametrize("page", PAGES)
def test_they_are_the_same_in_every_language(page):
    world = told()
    client = log_in(Client(), who(world, "coordinator"))
    english = figures(client, reverse(page), {"call": ""})
    for language in ("fr", "ar"):
        user = who(world, "coordinator")
        type(user).objects.filter(pk=user.pk).update(language=language)
        other = log_in(Client(), type(user).objects.get(pk=user.pk))
        assert figures(other, reverse(page), {"call": ""}) == english
    assert english


def test_a_period_narrows_what_happened_in_it():
    world = told()
    client = log_in(Client(), who(world, "coordinator"))
    query = {"since": "2020-01-01", "until": "2020-12-31"}
    shown = figures(client, reverse("dashboards:overview"), query)
    within = {key: value for key, value in shown.items() if "2020" in key[1]}
    assert {name for name, _url in within} == {
        "sent",
        "days_delivered",
        "milestones",
        "orders_paid",
    }
    for (name, url), value in within.items():
        assert value == counted(client, name, url) == 0


@pytest.mark.parametrize("role", [*ROLES, "administrator"])
def test_each_number_of_work_is_what_its_list_counts(role):
    world = told()
    user = person(role="administrator") if role == "administrator" else who(world, role)
    client = log_in(Client(), user)
    desk = client.get(reverse("dashboards:home")).context["desk"]
    kinds = [*desk.waits, *filter(None, [desk.late]), *desk.ahead, *desk.watched]
    listed = [kind for kind in kinds if kind.name]
    for kind in listed:
        answer = client.get(kind.url)
        assert answer.status_code == 200, kind.name
        assert answer.context["page"].count == kind.number, kind.name
        file = client.get(kind.url, {"export": "csv"})
        assert file.status_code == 200, kind.name
        b"".join(file.streaming_content if file.streaming else [file.content])
    assert listed


@pytest.mark.parametrize("role", [*ROLES, "administrator", "cluster"])
@pytest.mark.parametrize("page", PAGES)
def test_a_page_of_figures_costs_at_most_twenty_queries(role, page):
    world = told()
    others = {"administrator": lambda: person(role="administrator")}
    others["cluster"] = lambda: world["told"].manager
    client = log_in(Client(), others[role]() if role in others else who(world, role))
    client.get(reverse(page))
    with CaptureQueriesContext(connection) as asked:
        client.get(reverse(page))
    assert len(asked) <= 20, "\n".join(one["sql"][:200] for one in asked)


def test_work_that_somebody_does_not_have_is_not_there():
    world = told()
    client = log_in(Client(), who(world, "assessor"))
    assert client.get(reverse("dashboards:work", args=["claims-to-approve"])).status_code == 404
    assert client.get(reverse("dashboards:work", args=["nonsense"])).status_code == 404
