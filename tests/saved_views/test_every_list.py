"""Every list that can be narrowed shows its saved views: above its rows, and where nothing matches."""

import re
from importlib import import_module
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import get_resolver

from lists.forms import ListFilters
from lists.views import ListPage

FOLDER = Path(settings.BASE_DIR) / "templates"
_INCLUDED = re.compile(r'{% include "([\w/]+\.html)"')


def lists_of(kind=ListPage):
    # Views are imported with the addresses.
    _known = get_resolver().url_patterns
    for one in kind.__subclasses__():
        yield one
        yield from lists_of(one)


def everything_in(name):
    """The text of a template with all that it includes."""
    text = (FOLDER / name).read_text()
    return text + "".join(everything_in(one) for one in _INCLUDED.findall(text))


def narrowed():
    import_module(settings.ROOT_URLCONF)
    found = {one.template for one in lists_of() if one.template}
    plain = {one.template for one in lists_of() if one.filter_class is ListFilters}
    # Some read their filters from links alone.
    return sorted(one for one in found - plain if "lists/_filters.html" in everything_in(one))


@pytest.mark.parametrize("template", narrowed())
def test_a_list_shows_saved_views_above_its_rows_and_where_there_are_none(template):
    text = everything_in(template)
    assert text.count("{% saved_views %}") >= 2, template
    # A script renews the list alone, and its views with it.
    assert text.index('id="list"') < text.index("lists/_summary.html")


def test_there_are_many():
    assert len(narrowed()) > 25
