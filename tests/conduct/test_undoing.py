"""What an action put on the disk goes when the action fails, and stays when it does not."""

from __future__ import annotations

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from conduct.actions import Refused, action

pytestmark = pytest.mark.django_db


def store(name):
    return default_storage.save(name, ContentFile(name.encode()))


@action("Stores")
def stores(name, *, fails=False):
    store(name)
    if fails:
        raise Refused("No.")


@action("Stores several")
def stores_several(*, fails=False):
    stores("inner.txt")
    with pytest.raises(Refused):
        stores("refused.txt", fails=True)
    store("outer.txt")
    if fails:
        raise Refused("No.")


def stored():
    return set(default_storage.listdir("")[1])


def test_what_stands_stays():
    stores_several()
    assert stored() == {"inner.txt", "outer.txt"}


def test_what_fails_leaves_nothing_not_even_of_what_had_succeeded_within():
    with pytest.raises(Refused, match="No"):
        stores_several(fails=True)
    assert stored() == set()


def test_outside_an_action_nothing_is_undone():
    store("alone.txt")
    with pytest.raises(Refused):
        stores("other.txt", fails=True)
    assert stored() == {"alone.txt"}
