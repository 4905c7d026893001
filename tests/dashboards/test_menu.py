"""The menu: on each page twice, once for wide windows and once for small ones."""

import pytest
from django.urls import set_script_prefix

from dashboards.panels.menu import MENU, menu_for
from tests.people import log_in, person

pytestmark = pytest.mark.django_db


def test_both_menus_mark_the_page_that_is_open_and_no_other(client):
    page = client.get("/clusters/").content.decode()
    assert page.count('<li><a href="/clusters/" aria-current="page">Clusters</a></li>') == 2
    assert page.count('<li><a href="/">Home</a></li>') == 2
    assert page.count('aria-current="page"') == 2


def test_the_menu_speaks_the_language_of_each_reader(client):
    """Only addresses are kept from one page to the next, never words."""
    for language, home in (("en", "Home"), ("fr", "Accueil"), ("ar", "الرئيسية")):
        log_in(client, person(role="coordinator", language=language))
        assert (
            client.get("/clusters/").content.decode().count(f'<li><a href="/">{home}</a></li>') == 2
        )


def test_addresses_are_below_where_the_portal_is_served():
    home = next(entry for entry in menu_for(person(role="auditor")) if entry is MENU[0])
    assert home.url == "/"
    try:
        set_script_prefix("/portal/")
        assert home.url == "/portal/"
    finally:
        set_script_prefix("/")
    assert home.url == "/"
