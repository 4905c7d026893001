"""A cluster is registered on a phone: what is wrong is found at once, and nothing typed is lost."""

from __future__ import annotations

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from clusters.models import Cluster
from tests.making import cast_of_all
from tests.people import person

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.browser,
]


def test_a_form_that_comes_back_begins_at_its_first_fault(visitor):
    cast_of_all()
    someone = visitor(person(), width=390)
    page = someone.open(reverse("clusters:register")).page
    page.fill("[name=name]", "Oil of Béja")
    page.fill("[name=established]", "2019")
    page.get_by_role("button", name="Register the cluster").click()
    # Neither the country nor the sector was given: the first of them is where one goes on.
    expect(page.locator("[name=country]")).to_be_focused()
    expect(page.locator("[name=country]")).to_be_in_viewport()
    expect(page.locator("[name=name]")).to_have_value("Oil of Béja")
    someone.check()
    page.select_option("[name=country]", "TN")
    page.get_by_role("button", name="Register the cluster").click()
    expect(page.locator("[name=sector]")).to_be_focused()
    page.fill("[name=sector]", "Olive oil")
    page.get_by_role("button", name="Register the cluster").click()
    expect(page.locator("h1")).to_have_text("Oil of Béja")
    assert Cluster.objects.get().established == 2019
    # Each fact that lacks leads to its field.
    page.get_by_role("link", name="legal form").click()
    expect(page.locator("#id_legal_form")).to_be_in_viewport()
    someone.check()
