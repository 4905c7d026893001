"""A long list comes at once: all of it is counted and summed by a request of its own, exactly."""

import re
from decimal import Decimal

import pytest
from django.db import connection
from django.db.models import Count, Sum
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from dashboards.views.lists import VoucherList
from lists import queries as paging
from tests.lists.test_lists_of_money import lines_of
from tests.making import LB, MA, awarded
from tests.people import log_in, person
from vouchers.books.models import LedgerAccount
from vouchers.calls.models import Call

pytestmark = pytest.mark.django_db

VOUCHERS = reverse("dashboards:vouchers")
TRIAL = reverse("ledger:trial")
ALL = {"counted": "all"}


@pytest.fixture
def long(client, monkeypatch):
    """Two vouchers of 5,000 euro each in lists that are counted as far as one, for a coordinator."""
    story, awards = awarded(LB, MA)
    for award in awards:
        story.accept(award.application)
    monkeypatch.setattr(paging, "COUNTED", 1)
    log_in(client, story.cast.coordinators[0])
    return story


def sums_of(answer):
    return {one.total.key: one.value for one in answer.context["list_totals"]}


def asked(client, url, query):
    with CaptureQueriesContext(connection) as found:
        client.get(url, query)
    return [one["sql"] for one in found.captured_queries]


def test_a_long_list_is_counted_and_summed_no_further_than_a_page_can_wait(client, long):
    answer = client.get(VOUCHERS)
    assert len(answer.context["page"]) == 2
    assert "More than 1 in this list" in answer.content.decode()
    assert sums_of(answer) == {}
    # One statement counts and sums, and looks at no more than one beyond the limit.
    (sql,) = (sql for sql in asked(client, VOUCHERS, {}) if "SUM(" in sql)
    assert "LIMIT 2)" in sql
    (sql,) = (sql for sql in asked(client, VOUCHERS, ALL) if "SUM(" in sql)
    assert "LIMIT" not in sql


def test_all_is_counted_and_summed_where_the_link_or_the_script_asks(client, long):
    page = client.get(VOUCHERS, {"sort": "reference"}).content.decode()
    assert 'hx-get="?sort=reference&amp;counted=all"' in page
    assert 'href="?sort=reference&amp;counted=all"' in page
    answer = client.get(VOUCHERS, {"sort": "reference", **ALL})
    page = answer.content.decode()
    assert "2 in this list" in page
    assert sums_of(answer)["value"] == Decimal("10000.00")
    # What is asked for by a script asks for nothing more.
    assert "hx-trigger" not in re.search(r'<div id="in-all".*?>', page, re.DOTALL)[0]
    assert "Count" not in page.split('id="in-all"')[1].split("</div>")[0]


def test_a_short_list_says_all_at_once(client, long, monkeypatch):
    monkeypatch.setattr(paging, "COUNTED", 2)
    answer = client.get(VOUCHERS)
    assert sums_of(answer)["value"] == Decimal("10000.00")
    assert "counted=all" not in answer.content.decode()


def test_a_filter_counts_what_it_leaves(client, long):
    answer = client.get(VOUCHERS, {"country": "LB"})
    assert answer.context["page"].count == 1
    assert sums_of(answer)["value"] == Decimal("5000.00")
    assert "counted=all" not in answer.content.decode()


def test_a_list_without_sums_is_counted_by_its_link_alone(client, long):
    log_in(client, person(role="administrator"))
    url = reverse("accounts:people")
    page = client.get(url).content.decode()
    assert ">Count all</a>" in " ".join(page.split()).replace("> Count all", ">Count all")
    assert "hx-trigger" not in re.search(r'<div id="in-all".*?>', page, re.DOTALL)[0]
    answer = client.get(url, ALL)
    assert answer.context["page"].is_counted
    assert answer.context["page"].count > 1


def test_other_pages_and_files_do_not_count_again_and_files_hold_all(client, long, monkeypatch):
    monkeypatch.setattr(VoucherList, "size", 1)
    page = client.get(VOUCHERS, ALL).content.decode()
    hrefs = re.findall(r'href="(\?[^"]*(?:after|export)=[^"]*)"', page)
    assert hrefs
    assert not [href for href in hrefs if "counted" in href]
    lines = lines_of(client.get(VOUCHERS, {"export": "csv", **ALL}))
    assert len(lines) == 2


def test_what_counts_all_is_no_filter(client, long):
    answer = client.get(VOUCHERS, ALL)
    assert answer.context["filters"].left_out == []
    assert not answer.context["filters"].is_narrowing
    other = client.get(VOUCHERS, {"counted": "nonsense"})
    assert not other.context["page"].is_counted


def test_a_record_that_a_filter_doubles_counts_once(long):
    """A call has many applications: by a filter over these it comes once for each of them."""
    doubled = Call.objects.filter(applications__isnull=False)
    assert doubled.count() == 2
    budget = paging.Total("budget", "budget", Sum("budget"))
    for is_exact in (True, False):
        found = paging.window(
            doubled, ["pk"], None, among=doubled, size=5, totals=[budget], is_exact=is_exact
        )
        assert found.count == 1
        assert found.sums[0].value == doubled[0].budget
        assert (
            paging.window(doubled, ["pk"], None, among=doubled, size=5, is_exact=is_exact).count
            == 1
        )
    # What a total goes over raises no number of records.
    over = paging.Total("sent", "sent", Count("applications"))
    calls = Call.objects.all()
    assert (
        paging.window(calls, ["pk"], None, among=calls, size=5, totals=[over]).count
        == calls.count()
    )


def test_the_number_of_applications_follows_the_page_by_itself(client, long):
    page = client.get(reverse("applications:list")).content.decode()
    assert "hx-trigger" in re.search(r'<div id="in-all".*?>', page, re.DOTALL)[0]
    assert "2 applications" in client.get(reverse("applications:list"), ALL).content.decode()


def test_the_trial_balance_sums_many_accounts_after_the_page(client, long):
    answer = client.get(TRIAL)
    page = answer.content.decode()
    assert answer.context["sums"] == []
    assert 'hx-select-oob="#in-all-said:innerHTML,#in-all-sums,#trial-sums"' in page
    # Each kind of account has its row already, and keeps it.
    assert len(answer.context["awaited_sums"]) == len(LedgerAccount.Kind.values)
    answer = client.get(TRIAL, ALL)
    sums = {one["kind"]: one["balance"] for one in answer.context["sums"]}
    assert sums["committed"] == Decimal("10000.00")
    assert list(sums) == LedgerAccount.Kind.values
    assert answer.context["in_all"]["balance"] == 0
    only = client.get(TRIAL, {"kind": "committed", **ALL}).context
    assert [one["kind"] for one in only["sums"]] == ["committed"]
    assert 'id="trial-sums"' in answer.content.decode()
    assert 'id="in-all"' in answer.content.decode()
