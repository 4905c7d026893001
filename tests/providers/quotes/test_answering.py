"""A provider saves, sends, replaces and takes back its quote, and the deadline is the database's."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from conduct.actions import OutOfOrder, Refused, TooLate
from conduct.queries.clock import database_now
from demonstration.clock import on
from tests.making import pdf, today_there
from tests.providers.quotes.asking import (
    NAMES,
    answered,
    asked_long_ago,
    asking,
    listed,
    offer,
    sending_links,
    sent,
)
from vouchers.providers.quotes import actions
from vouchers.providers.quotes.actions import OfferedLine
from vouchers.providers.quotes.models import Quote, QuoteFile, QuoteLine
from vouchers.providers.quotes.queries.sealing import by_link

pytestmark = pytest.mark.django_db

FIRST = NAMES[0]


def own(asked, name=FIRST):
    with by_link(asked.links[name]):
        return [
            (q.version, q.state, q.total)
            for q in Quote.objects.prefetch_related("lines").order_by("version")
        ]


def test_one_minute_late_is_refused_and_the_draft_stays():
    asked = asked_long_ago()
    with on(asked.terms.deadline + timedelta(minutes=1)):
        offer(asked, FIRST)
        with pytest.raises(TooLate, match="The deadline was"):
            actions.send_quote(asked.invitation(FIRST), link=asked.links[FIRST])
    assert own(asked) == [(1, "draft", Decimal("4000.00"))]
    assert asked.fresh().answers == 0


def test_at_the_deadline_is_late_and_a_second_before_is_not():
    asked = asked_long_ago()
    offer(asked, FIRST)
    with on(asked.terms.deadline), pytest.raises(TooLate):
        actions.send_quote(asked.invitation(FIRST), link=asked.links[FIRST])
    with on(asked.terms.deadline - timedelta(seconds=5)):
        actions.send_quote(asked.invitation(FIRST), link=asked.links[FIRST])
    assert asked.fresh().answers == 1


def test_the_databases_clock_judges_whatever_the_machine_believes(monkeypatch):
    asked = asked_long_ago()
    offer(asked, FIRST)
    # A web server whose clock is a week slow.
    slow = timezone.now() - timedelta(days=7)
    monkeypatch.setattr(timezone, "now", lambda: slow)
    assert database_now() > slow + timedelta(days=6)
    with pytest.raises(TooLate):
        actions.send_quote(asked.invitation(FIRST), link=asked.links[FIRST])


def test_the_database_takes_no_late_quote_either():
    asked = asked_long_ago()
    offer(asked, FIRST)
    with pytest.raises(IntegrityError, match="deadline"), transaction.atomic():
        with by_link(asked.links[FIRST]):
            Quote.objects.update(state="sent", sent_at=asked.terms.deadline, fingerprint="x" * 64)


def test_a_newer_version_replaces_and_the_old_one_stands_until_then():
    asked = asking()
    sent(asked, FIRST, "450.00")
    actions.revise_quote(asked.invitation(FIRST), link=asked.links[FIRST])
    assert own(asked) == [(1, "sent", Decimal("4500.00")), (2, "draft", Decimal("4500.00"))]
    assert asked.fresh().answers == 1
    sent(asked, FIRST, "430.00")
    assert own(asked) == [(1, "replaced", Decimal("4500.00")), (2, "sent", Decimal("4300.00"))]
    assert asked.fresh().answers == 1
    actions.withdraw_quote(asked.invitation(FIRST), link=asked.links[FIRST])
    assert asked.fresh().answers == 0
    with pytest.raises(OutOfOrder):
        actions.withdraw_quote(asked.invitation(FIRST), link=asked.links[FIRST])


def test_what_was_sent_is_taken_back_before_the_deadline_alone():
    asked = answered()
    with pytest.raises(TooLate):
        actions.withdraw_quote(asked.invitation(FIRST), link=asked.links[FIRST])
    assert asked.fresh().answers == 3


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        (OfferedLine("days", "Advice", Decimal("-1"), Decimal(400)), "more than zero"),
        (OfferedLine("days", "Advice", Decimal(0), Decimal(400)), "more than zero"),
        (OfferedLine("days", "Advice", Decimal(2), Decimal("-400")), "more than zero"),
        (OfferedLine("days", "Advice"), "how many days"),
        (OfferedLine("travel", "Flights", amount=Decimal("-200")), "more than zero"),
        (OfferedLine("fixed", "Print"), "more than zero"),
    ],
)
def test_a_line_that_is_negative_or_nothing_is_refused(line, sentence):
    asked = asking()
    with pytest.raises(Refused, match=sentence):
        offer(asked, FIRST, lines=[line])


def test_the_database_counts_days_times_rate_too():
    asked = asking()
    offer(asked, FIRST, lines=[OfferedLine("days", "Advice", Decimal("2.25"), Decimal("333.33"))])
    with by_link(asked.links[FIRST]):
        line = QuoteLine.objects.get()
        assert line.amount == Decimal("749.99")
        for change in (
            {"amount": Decimal("750.00")},
            {"days": Decimal(-1), "amount": Decimal("-333.33")},
            {"rate": None},
        ):
            with pytest.raises(IntegrityError), transaction.atomic():
                QuoteLine.objects.update(**change)


def test_in_dollars_is_no_quote():
    asked = asking()
    with pytest.raises(Exception, match="USD"):
        offer(asked, FIRST, currency="USD")


def test_what_is_missing_is_said_and_the_draft_stays():
    asked = asking()
    for change, sentence in (
        ({"approach": ""}, "Describe your approach"),
        ({"valid_until": None}, "until when"),
        ({"valid_until": today_there() + timedelta(days=3)}, "beyond the deadline"),
    ):
        offer(asked, FIRST, **change)
        with pytest.raises(Refused, match=sentence):
            actions.send_quote(asked.invitation(FIRST), link=asked.links[FIRST])
    offer(asked, FIRST, rate="500.01")
    with pytest.raises(Refused, match="at most"):
        actions.send_quote(asked.invitation(FIRST), link=asked.links[FIRST])
    assert own(asked) == [(1, "draft", Decimal("5000.10"))]


def test_files_go_with_the_version_that_they_were_sent_with():
    asked = asking()
    offer(asked, FIRST)
    link = asked.links[FIRST]
    actions.add_quote_file(asked.invitation(FIRST), link=link, upload=pdf("cv.pdf"))
    actions.send_quote(asked.invitation(FIRST), link=link)
    draft = actions.revise_quote(asked.invitation(FIRST), link=link)
    with by_link(link):
        copied = QuoteFile.objects.get(quote=draft)
    actions.remove_quote_file(asked.invitation(FIRST), link=link, file_pk=copied.pk)
    with by_link(link):
        assert [file.quote.version for file in QuoteFile.objects.all()] == [1]
    assert not QuoteFile.objects.exists()


def test_another_link_ends_the_one_before_and_what_was_saved_stays():
    asked = asking()
    sent(asked, FIRST)
    old = asked.links[FIRST]
    with sending_links(asked):
        actions.send_link_again(asked.invitation(FIRST), by=asked.told.officer)
    with by_link(old):
        assert not Quote.objects.exists()
    assert [state for _version, state, _total in own(asked)] == ["sent"]


def test_nobody_answers_on_terms_that_were_not_sent():
    asked = listed()
    with pytest.raises(ValueError, match="A link says something"):
        actions.send_quote(asked.invitation(FIRST), link="")
    with pytest.raises(OutOfOrder):
        actions.save_quote(asked.invitation(FIRST), link="anything", lines=[])
