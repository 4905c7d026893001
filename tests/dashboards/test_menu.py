"""The menu: few words for many pages, each page once, and each of them there for who sees it."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse, set_script_prefix

from dashboards.panels.menu import FEW, MENU, menu_for
from tests.making import cast_of_all
from tests.people import log_in, person

pytestmark = pytest.mark.django_db

ROLES = ["coordinator", "finance", "auditor", "administrator", "assessor"]


@pytest.mark.parametrize("role", ROLES)
def test_each_page_of_the_menu_is_there_and_stands_in_it_once(client, role):
    cast_of_all()
    user = person(role=role)
    log_in(client, user)
    groups = menu_for(user)
    names = [entry.url_name for group in groups for entry in group.entries]
    assert len(names) == len(set(names))
    for name in names:
        assert client.get(reverse(name)).status_code == 200, name


def test_a_coordinator_finds_few_words_and_somebody_with_few_pages_no_groups():
    groups = menu_for(person(role="coordinator"))
    assert len(groups) <= FEW
    assert sum(len(group.entries) for group in groups) > 2 * FEW
    assert [group.label for group in menu_for(person())] == [""]


def test_groups_are_details_that_close_one_another_and_mark_where_one_is(client):
    log_in(client, person(role="coordinator"))
    page = client.get(reverse("dashboards:vouchers")).content.decode()
    assert page.count('<details class="menu-group" name="menu">') == len(
        [group for group in menu_for(person(role="coordinator")) if group.label]
    )
    assert re.search(r'<summary class="is-current">Assistance</summary>', page)


def test_the_menu_costs_no_query():
    user = person(role="coordinator")
    menu_for(user)
    with CaptureQueriesContext(connection) as asked:
        assert menu_for(user)
    assert len(asked) == 0
    assert MENU


def test_addresses_are_below_where_the_portal_is_served():
    """Where an entry leads is looked up once for each place, as it stands on every page."""
    home = next(iter(menu_for(person(role="auditor")))).entries[0]
    assert home.url == "/"
    try:
        set_script_prefix("/portal/")
        assert home.url == "/portal/"
    finally:
        set_script_prefix("/")
    assert home.url == "/"


@pytest.mark.parametrize(
    ("language", "home"), [("en", "Home"), ("fr", "Accueil"), ("ar", "الرئيسية")]
)
def test_the_menu_speaks_the_language_of_its_reader(client, language, home):
    log_in(client, person(role="coordinator", language=language))
    assert home in client.get(reverse("clusters:directory")).content.decode()
