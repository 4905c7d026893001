"""The public results cost the same however many reports are published."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from demonstration.clock import noon, on
from demonstration.content.accounts import bank_account
from demonstration.content.banks import BICS
from demonstration.story import VoucherStory
from tests.making import LB, LB_SECOND, awarded
from vouchers.assistance.reports import actions
from vouchers.assistance.reports.models import PublicationConsent
from vouchers.assistance.reports.queries import report_of
from vouchers.providers.actions.accounts import register_provider, verify_provider_account

pytestmark = pytest.mark.django_db


def two_closed():
    """Two vouchers of one country, both closed; nothing of their reports is public."""
    story, awards = awarded(LB, LB_SECOND)
    with on(noon(-20)):
        provider = register_provider(
            awards[0].application.country,
            name="Cedar Consulting",
            bank_account=bank_account("LB", 77),
            bic=BICS["LB"],
            town="Beirut",
            by=story.cast.officer("LB"),
        )
        verify_provider_account(provider.accounts.get(), by=story.cast.coordinators[1])
    with on(noon(-14)):
        issued = [story.accept(award.application) for award in awards]
    told = [
        VoucherStory(story.cast, voucher, facts, provider, "EUR")
        for voucher, facts in zip(issued, (LB, LB_SECOND), strict=True)
    ]
    for one in told:
        one.go("closed", starting=noon(-12), days=0)
    return told


def asked():
    """The page, and how many queries it took."""
    client, address = Client(), reverse("dashboards:results")
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        page = client.get(address)
    return page.content.decode(), len(queries)


def test_another_published_report_costs_no_query_more():
    first, second = two_closed()
    stories = [report_of(one.voucher).version.story for one in (first, second)]
    actions.say_what_is_public(first.voucher, PublicationConsent.Kind.values, by=first.manager)
    html, few = asked()
    assert html.count(stories[0]) == 1
    actions.say_what_is_public(second.voucher, PublicationConsent.Kind.values, by=second.manager)
    html, many = asked()
    assert html.count(stories[0]) + html.count(stories[1]) >= 2
    assert many == few <= 12
