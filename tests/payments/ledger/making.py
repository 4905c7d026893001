"""Vouchers whose money moves, and whether the books hold."""

from __future__ import annotations

import csv
import io
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

from django.db import connection
from django.db.models import F, Sum
from django.urls import reverse

from demonstration.clock import noon, on
from demonstration.content.accounts import bank_account
from demonstration.story import VoucherStory
from tests.making import LB, LB_SECOND, awarded
from tests.people import log_in
from tests.remembering import remembered
from vouchers.awards.models import Voucher
from vouchers.books.actions import close_period, propose_period
from vouchers.books.models import LedgerAccount, LedgerEntry
from vouchers.books.queries import altered_entries, entries_that_fail, unlike_their_legs
from vouchers.books.rules.routes import OF_A_VOUCHER
from vouchers.payments.queries import awards_out_of_balance, out_of_balance
from vouchers.providers.actions.accounts import register_provider, verify_provider_account

SCRIPT = Path(__file__).resolve().parents[3] / "docs" / "recompute_ledger.py"


@remembered
def voucher_and_offer():
    """A voucher of which both milestones can be claimed, and an award beside it that is offered."""
    story, (first, second) = awarded(LB, LB_SECOND)
    with on(noon(-20)):
        provider = register_provider(
            first.application.country,
            name="Cedar Consulting",
            bank_account=bank_account(LB.country, 77),
            bic="BLOMLBBX",
            town="Beirut",
            by=story.cast.officer(LB.country),
        )
        verify_provider_account(provider.accounts.get(), by=story.cast.coordinators[1])
    with on(noon(-14)):
        voucher = story.accept(first.application)
    told = VoucherStory(story.cast, voucher, LB, provider, "EUR")
    told.go("accepted 0", starting=noon(-12), days=0)
    for step in ("_hand_in", "accept_as_cluster", "_accept"):
        getattr(told, step)(1)
    return told, second


def the_books_hold():
    """Recomputed in every way, whatever was entered; each voucher's money is all there."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    assert not unlike_their_legs().exists()
    assert not entries_that_fail().exists()
    assert not out_of_balance().exists()
    assert not awards_out_of_balance().exists()
    assert not list(altered_entries())
    sums = LedgerAccount.objects.values("call").annotate(it=Sum(F("debits") - F("credits")))
    assert {row["it"] for row in sums.order_by()} <= {Decimal("0.00")}
    for voucher in Voucher.objects.all():
        held = held_by(voucher)
        recovered = entered(voucher, "recovery") - entered(voucher, "reopening")
        # What the bank has paid, whatever came back of it; and what is the call's again.
        booked = held["bank"] + held["advanced"] + held["receivable"] + recovered
        released = voucher.released + recovered
        under_way = held["payable"] + held["in_transit"]
        assert voucher.amount == held["committed"] + under_way + booked + released - recovered
        assert voucher.released == entered(voucher, "release")
        assert voucher.paid == booked
        assert voucher.approved == under_way + booked
        demanded = entered(voucher, "correction") + entered(voucher, "demand")
        assert held["receivable"] == demanded - recovered - entered(voucher, "waiver")
        cleared = entered(voucher, "clearing") - entered(voucher, "unclearing")
        advanced = entered(voucher, "advance") - entered(voucher, "unadvance")
        assert held["advanced"] == advanced - cleared - entered(voucher, "demand")


def held_by(voucher):
    """EUR on each account of the voucher."""
    nothing = dict.fromkeys(OF_A_VOUCHER, Decimal("0.00"))
    accounts = LedgerAccount.objects.filter(application=voucher.award.application)
    return nothing | {account.kind: account.balance for account in accounts}


def entered(voucher, kind):
    """EUR that entries of a kind moved on the voucher."""
    entries = LedgerEntry.objects.filter(application=voucher.award.application, kind=kind)
    return entries.aggregate(it=Sum("amount", default=Decimal(0)))["it"]


def journal(client, call, person):
    """The exported entries of the call, as text."""
    answer = log_in(client, person).get(reverse("ledger:journal", args=[call.slug]))
    assert answer.status_code == 200
    return b"".join(answer.streaming_content).decode()


def rows_of(text):
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


def written(rows):
    """The rows as a file again."""
    file = io.StringIO(newline="")
    lines = csv.DictWriter(file, rows[0])
    lines.writeheader()
    lines.writerows(rows)
    return file.getvalue()


def recomputed(tmp_path, text, *seals):
    """What the script prints of it, and whether it found everything in order."""
    path = tmp_path / "entries.csv"
    path.write_bytes(text.encode())
    done = subprocess.run(
        [sys.executable, "-I", SCRIPT, path, *seals], capture_output=True, text=True, check=False
    )
    assert not done.stderr, done.stderr
    return done.stdout.splitlines(), done.returncode == 0


def closed(day, cast):
    """The books closed up to a day, by two people."""
    return close_period(propose_period(ends_on=day, by=cast.finance[0]), by=cast.coordinators[0])
