"""Pages in Arabic name months as the letters to their reader do."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from accounts.models import User
from clusters.middleware import country_of
from documents import wording
from tests.making import LB, MA, awarded
from tests.people import log_in, person

pytestmark = pytest.mark.django_db

COUNTRIES = {"LB": LB, "MA": MA}


def manager_of(award):
    return award.application.cluster.representatives.get().user


def reading_arabic(user):
    User.objects.filter(pk=user.pk).update(language="ar")
    return log_in(Client(), User.objects.get(pk=user.pk))


@pytest.mark.parametrize("country", COUNTRIES)
def test_a_page_and_a_letter_name_the_month_alike(country):
    _story, (award,) = awarded(COUNTRIES[country])
    page = reading_arabic(manager_of(award)).get(reverse("awards:award", args=[award.pk]))
    with override("ar"), wording.for_readers_in(country):
        assert wording.day(award.accept_by) in page.content.decode()


def test_whose_words_a_reader_knows():
    _story, (award,) = awarded(LB)
    assert country_of(manager_of(award)) == "LB"
    assert country_of(person(role="officer", country="MA")) == "MA"
    elsewhere = person()
    assert country_of(elsewhere) == "BE"
    elsewhere.time_zone = "Africa/Tunis"
    assert country_of(elsewhere) == "TN"
    assert country_of(AnonymousUser()) == ""
