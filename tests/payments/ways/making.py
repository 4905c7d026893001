"""Vouchers of calls in which the cluster, or the country partner, pays the provider."""

from __future__ import annotations

from decimal import Decimal

from clusters.actions import change_account, change_letterhead, verify_account
from demonstration.clock import noon, on
from demonstration.content.accounts import bank_account
from demonstration.content.banks import BICS
from tests.making import opening, pdf, today_there, voucher_story
from tests.payments.making import invoice, line
from vouchers.calls.models import Call
from vouchers.payments import actions
from vouchers.payments.claims.actions import ask_for_advance, keep_invoice_file, submit_claim


def told_of(way, *, share="0", until="accepted 0"):
    """A voucher of a call with this way of use, whose payee has a verified account."""

    def of_the_way(call):
        Call.objects.filter(pk=call.pk).update(way_of_use=way, advance_share=Decimal(share))

    of_the_way.remembered_as = f"used by the {way}, {share} in advance"
    with opening(of_the_way):
        told = voucher_story(until)
    with on(noon(-10)):
        with_an_account(told, way)
    return told


def with_an_account(told, way):
    """The payee's bank details: entered by one, verified by another, and no longer cooling."""
    application = told.voucher.award.application
    if way == "cluster":
        # Entered before its agreement was signed.
        return verify_account(application.cluster.bank_accounts.get(), by=told.officer)
    owner, enters = application.country.partner, told.officer
    verifies = told.cast.coordinators[1]
    change_letterhead(owner, by=told.officer, town="Beirut", street="Damascus Road")
    details = change_account(
        owner,
        holder="Cedar Association",
        bank="Bank of Beirut",
        account=bank_account("LB", 88),
        bic=BICS["LB"],
        currency="EUR",
        by=enters,
    )
    return verify_account(details, by=verifies)


def proved(told, by, *lines, number="F-1", **more):
    """An invoice that was paid before it is claimed, with the proof of it."""
    proof = keep_invoice_file(told.voucher, pdf(text=f"proof of {number}"), by=by)
    paid_on = more.pop("paid_on", None) or today_there()
    return invoice(told.voucher, by, *lines, number=number, paid_on=paid_on, proof=proof, **more)


def reimbursed(told, by, index, amount, **more):
    """A claim of one line for what the payee has paid."""
    asked = proved(told, by, line(told._milestone(index), amount), **more)
    return submit_claim(told.voucher, invoices=[asked], by=by)


def approved(told, claim):
    """The same claim, controlled by the officer and approved by a coordinator."""
    actions.verify_claim(claim, by=told.officer)
    return actions.approve_claim(claim, by=told.cast.coordinators[0])


def advanced(told, amount):
    """An advance that a coordinator has approved."""
    return approved(told, ask_for_advance(told.voucher, amount=Decimal(amount), by=told.manager))
