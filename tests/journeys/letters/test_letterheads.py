"""An officer says on a telephone what the letters of the country bear."""

from __future__ import annotations

import pytest

from clusters.models import CountryPartner
from tests.clusters.test_pages import picture
from tests.making import open_story

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.browser,
]


@pytest.mark.parametrize("javascript", [True, False])
def test_an_officer_gives_the_letters_a_head(visitor, javascript):
    officer = open_story().cast.officer("LB")
    officer.language = "en"
    officer.save(update_fields=["language"])
    writer = visitor(officer, width=390, javascript=javascript)
    writer.open("/clusters/letterheads/").reads("no address yet").follow("Change Berytech")
    writer.fill(street="Cedar Street 12", town="Beirut", signatory="Rami Saliba")
    writer.fill(signatory_function_0="Director", signatory_function_2="المدير")
    writer.upload("logo", picture((300, 100))).press("Save the letterhead")
    writer.reads("Letters that are issued from now on bear it")
    assert CountryPartner.objects.get(country="LB").logo
    writer.open("/clusters/letterheads/").reads("Rami Saliba")
