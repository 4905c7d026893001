"""Where a voucher stands, as lists and pages show it, follows from what happened to it."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from demonstration.clock import on
from tests.assistance.delivery.session import logged
from tests.making import LB, MA, awarded, noon, today_there, voucher_story
from tests.people import log_in
from tests.providers.quotes import in_dinars
from tests.providers.quotes.asking import answered, begun, judged, opened, quote_of
from vouchers.assistance.deliverables.actions import return_deliverable
from vouchers.awards.queries import vouchers_visible_to
from vouchers.calls.models import Call
from vouchers.payments.actions import correct_rate
from vouchers.providers.quotes import actions as quotes
from vouchers.providers.quotes.models import QuoteRate
from vouchers.standing.actions import judge, judge_outdated, judged_now, judging
from vouchers.standing.models import OutdatedStanding, Standing
from vouchers.standing.queries.facts import facts_of
from vouchers.standing.rules import turns_of
from vouchers.standing.tasks import judge_vouchers

pytestmark = pytest.mark.django_db


def chosen():
    asked = judged()
    quote = quote_of(asked, "Byblos Export Partners")
    quotes.choose_quote(asked.terms, quote, reason="They know the fair.", by=asked.told.manager)
    asked.fresh()
    return asked


def decided():
    asked = chosen()
    choice = asked.terms.choices.get()
    quotes.answer_choice(choice, is_confirmed=True, answer="", by=asked.told.officer)
    asked.fresh()
    return asked


def partner_of(told) -> str:
    return str(told.voucher.country.partner)


def standing() -> Standing:
    judge_outdated()
    return Standing.objects.get()


@pytest.mark.parametrize(
    ("until", "stage", "party", "task"),
    [
        ("", "needs", "partner", "record_needs"),
        ("needs", "plan", "cluster", "write_plan"),
        ("plan submitted", "plan", "partner", "approve_plan"),
        ("plan approved", "delivery", "cluster", "deliver"),
        ("handed in 0", "delivery", "cluster", "accept"),
        ("accepted by cluster 0", "delivery", "partner", "accept"),
        ("accepted 0", "delivery", "cluster", "claim"),
        ("claimed 0", "delivery", "partner", "verify_claim"),
        ("verified 0", "delivery", "coordinator", "approve_claim"),
        ("approved 0", "delivery", "finance", "order_payment"),
        ("ordered 0", "delivery", "finance", "record_payment"),
        ("reported", "report", "partner", "accept_report"),
        ("closed", "closed", "", ""),
    ],
)
def test_each_step_of_its_life_changes_where_it_stands(until, stage, party, task):
    voucher_story(until)
    found = standing()
    assert (found.stage, found.party, found.task) == (stage, party, task)
    assert not OutdatedStanding.objects.exists()


def test_what_nobody_touches_is_judged_anew_on_another_day():
    voucher_story("plan submitted")
    with on(noon(-12)):
        assert standing().light == "green"
    with on(noon(-3)):
        found = standing()
        assert (found.light, [one["cause"] for one in found.reasons]) == ("amber", ["waiting"])
    with on(noon(5)):
        assert standing().light == "red"


@pytest.mark.parametrize(
    ("tell", "party", "task", "days_ago"),
    [
        (begun, "cluster", "ask_for_quotes", 0),
        (answered, "cluster", "open_quotes", 1),
        (opened, "cluster", "choose_quote", 0),
        (chosen, "partner", "confirm_choice", 0),
        (decided, "partner", "enter_contract", 0),
    ],
)
def test_quotes_are_waited_for(tell, party, task, days_ago):
    asked = tell()
    judge_outdated()
    found = facts_of([asked.told.voucher.pk])[asked.told.voucher.pk]
    turns = [one for one in turns_of(found) if one.task != "record_needs"]
    assert [(one.party, one.task, found.days_since(one.since)) for one in turns] == [
        (party, task, days_ago)
    ]


def test_quotes_wait_for_finance_while_a_rate_is_awaited(client):
    asked = in_dinars.opened(in_dinars.answered())
    finance = asked.told.cast.finance[0]
    waiting = {"record_needs", "enter_rate"}
    assert _waited_for(asked.told.voucher) == waiting
    desk = reverse("dashboards:work", args=["missing-rates"])
    log_in(client, finance)
    assert "TND" in client.get(desk).content.decode()
    in_dinars.of_its_month(asked)
    assert _waited_for(asked.told.voucher) == {"record_needs", "choose_quote"}
    assert "TND" not in client.get(desk).content.decode()
    correct_rate(
        QuoteRate.objects.get().rate, units_per_euro=Decimal("3.5"), reason="A slip.", by=finance
    )
    assert _waited_for(asked.told.voucher) == waiting


def _waited_for(voucher):
    """What is waited for, where the change was noted."""
    assert [one.voucher_id for one in OutdatedStanding.objects.distinct("voucher")] == [voucher.pk]
    judge_outdated()
    return {str(one.task) for one in turns_of(facts_of([voucher.pk])[voucher.pk])}


def test_what_is_returned_is_waited_for_since_it_was_returned():
    told = voucher_story("handed in 0")
    return_deliverable(told._deliverable(0), reason="A page is missing.", by=told.manager)
    found = standing()
    assert (found.party, found.task) == ("cluster", "deliver")
    assert found.since == today_there()


def test_the_limits_are_those_of_the_call():
    told = voucher_story("plan submitted")
    assert standing().light == "amber"
    Call.objects.update(days_of_a_turn=12)
    judge([told.voucher.pk])
    assert Standing.objects.get().light == "green"
    Call.objects.update(days_of_a_turn=5)
    judge([told.voucher.pk])
    assert Standing.objects.get().light == "red"


def test_a_page_judges_only_what_changed():
    told = voucher_story("plan submitted")
    judge_outdated()
    voucher = vouchers_visible_to(told.officer).get()
    with CaptureQueriesContext(connection) as queries:
        judged_now(voucher)
    assert len(queries) == 1
    told._approve_plan()
    assert judged_now(told.voucher).task == "deliver"


def test_judging_two_takes_no_more_queries_than_judging_one():
    story, awards = awarded(LB, MA)
    with on(noon(-14)):
        keys = [story.accept(award.application).pk for award in awards]
    with CaptureQueriesContext(connection) as one:
        judge(keys[:1])
    with CaptureQueriesContext(connection) as two:
        judge(keys)
    assert len(two) == len(one)
    assert Standing.objects.count() == 2


class TestList:
    def rows(self, client, **address) -> str:
        return client.get(reverse("dashboards:vouchers", query=address)).content.decode()

    def test_it_says_whose_turn_it_is_and_for_how_long(self, client):
        told = voucher_story("plan submitted")
        log_in(client, told.officer)
        page = self.rows(client)
        assert f"<bdi>{partner_of(told)}</bdi>" in page
        assert "(12 days)" in page
        assert f"Waiting for {partner_of(told)} for 12 days" in page

    @pytest.mark.parametrize(
        ("address", "is_there"),
        [
            ({"turn": "partner"}, True),
            ({"turn": "cluster"}, False),
            ({"stage": "plan"}, True),
            ({"stage": "delivery"}, False),
            ({"light": "amber"}, True),
            ({"light": "red"}, False),
            ({"waiting": "7"}, True),
            ({"waiting": "14"}, False),
        ],
    )
    def test_it_is_narrowed_by_where_vouchers_stand(self, client, address, is_there):
        told = voucher_story("plan submitted")
        log_in(client, told.officer)
        assert (told.voucher.reference in self.rows(client, **address)) is is_there

    def test_the_export_says_it_too(self, client):
        told = voucher_story("plan submitted")
        log_in(client, told.officer)
        export = client.get(reverse("dashboards:vouchers", query={"export": "csv"}))
        heading, row = b"".join(export).decode("utf-8-sig").splitlines()[:2]
        assert heading.split(",")[-4:] == ["stage", "light", "turn", "since"]
        assert row.split(",")[-4:-1] == ["plan", "amber", "partner"]


class TestOfManyChanges:
    def test_a_list_leaves_more_than_a_few_changes_to_the_worker(self, client, monkeypatch):
        told = voucher_story("plan submitted")
        log_in(client, told.officer)
        monkeypatch.setattr(judging, "_AT_ONCE", 0)
        page = client.get(reverse("dashboards:vouchers"))
        assert told.voucher.reference in page.content.decode()
        assert not Standing.objects.exists()
        export = client.get(reverse("dashboards:vouchers", query={"export": "csv"}))
        row = b"".join(export).decode("utf-8-sig").splitlines()[1]
        assert row.endswith(",,,,")
        export = client.get(reverse("dashboards:vouchers", query={"export": "xlsx"}))
        assert export.status_code == 200
        assert judge_vouchers() == 1
        page = client.get(reverse("dashboards:vouchers")).content.decode()
        assert f"<bdi>{partner_of(told)}</bdi>" in page


def test_the_page_says_why_a_voucher_is_late(client):
    told = voucher_story("plan submitted")
    with on(noon(5)):
        log_in(client, told.officer)
        page = client.get(told.voucher.get_absolute_url()).content.decode()
    assert "light-red" in page
    assert f"Waiting for {partner_of(told)} for 17 days" in page


def test_sessions_count_as_work_and_as_something_done():
    told = voucher_story("plan approved")
    judge_outdated()
    assert facts_of([told.voucher.pk])[told.voucher.pk].days_worked == 0
    logged(told, hours=Decimal("4"))
    assert OutdatedStanding.objects.filter(voucher=told.voucher).exists()
    after = facts_of([told.voucher.pk])[told.voucher.pk]
    assert (after.days_worked, after.last_activity) == (Decimal("0.5"), today_there())
