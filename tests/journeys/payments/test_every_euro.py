"""One voucher through three claims, an amendment, an audit and its closing: all pages and papers agree.

5,000.00 EUR. A: 3,000.000 TND at 3.3801 are 887.55. B: 1,000.00 of which 120.00 are deducted and 80.00
set aside, taken in later. C: 3,194.95 for two milestones, of which the bank pays 3,094.95, because an
auditor asks 100.00 of A back; its account is closed, the money returns, and is paid once more to another.
37.50 are released. The bank is one in a box.
"""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from demonstration.clock import noon, on
from demonstration.story.paying import paying_profile
from tests.journeys.payments.stages import agreeing, claiming, correcting, paying
from tests.making import voucher_story
from tests.payments.bank.in_a_box import open_bank
from tests.payments.ledger.making import held_by, journal, recomputed, the_books_hold
from tests.payments.making import rate
from vouchers.assistance.plans.models import PlanVersion
from vouchers.awards.models import Voucher
from vouchers.payments.bank.models import BankStatement
from vouchers.payments.batches.models import PaymentBatch
from vouchers.payments.ledger.queries import money_of
from vouchers.payments.models import Claim

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.browser,
]
D = Decimal


class Desk:
    """Who sits at which browser, and the bank."""

    def __init__(self, told, visitor, bank):
        self.told, self.bank = told, bank
        cast = told.cast
        self.cluster, self.officer = visitor(told.manager), visitor(told.officer)
        self.one, self.other = (visitor(person) for person in cast.coordinators)
        self.ordering, self.recording = (visitor(person) for person in cast.finance)

    def come_back(self):
        """Days have passed: everybody logs in anew."""
        for someone in (*self.signatories, self.cluster, self.officer, *self.finance):
            # What the page would still ask for belongs to the days before.
            someone.page.goto("about:blank")
            someone.sit_down(someone.user)

    @property
    def signatories(self):
        return self.one, self.other

    @property
    def finance(self):
        return self.ordering, self.recording

    def send(self, *claims):
        """The claims are paid in a batch, and the bank accepts its file; the batch."""
        batch = paying.pay(self.ordering, self.signatories, claims)
        assert self.bank.pay(batch)["status"] == "ACCP"
        paying.take_in(self.recording, self.bank.messages("pain.002"))
        batch.refresh_from_db()
        assert batch.state == "acknowledged"
        return batch

    def read_the_statements(self):
        """What the bank booked meanwhile is taken in and confirmed; what it notified counts once."""
        paying.confirm(self.recording, self.bank.messages("camt.054", "camt.053"))


@pytest.fixture
def desk(visitor, settings):
    # So that money goes to a verified account at once.
    settings.ACCOUNT_COOLING_DAYS = 0
    told = voucher_story("accepted 0")
    for step in ("_hand_in", "accept_as_cluster", "_accept"):
        getattr(told, step)(1)
    User.objects.update(language="en")
    rate(told, "TND", "3.3801")
    paying_profile(told.cast)
    with open_bank() as bank:
        yield Desk(told, visitor, bank)


def test_every_euro_of_a_voucher_is_found_everywhere(desk, tmp_path):
    told, first, second = desk.told, desk.told._milestone(0), desk.told._milestone(1)
    dinars, cut = two_claims(desk, first)
    with on(noon(7)):
        desk.come_back()
        desk.read_the_statements()
        further = claiming.take_in_what_waits(desk.officer, cut)
        claiming.approve(desk.other, further)
        desk.send(further)
        stands(told, paid="1687.55", in_transit="80.00", committed="3232.45")
    with on(noon(14)):
        desk.come_back()
        desk.read_the_statements()
        stands(told, paid="1767.55", committed="3232.45")
        correction = correcting.correct(desk.ordering, desk.one, dinars, "100.00")
        amend(desk)
        lines = ((first, D("1194.95")), (second, D("2000.00")))
        last = claiming.write(desk.cluster, told.voucher, "F-3", *lines)
        claiming.verify(desk.officer, last)
        claiming.approve(desk.one, last)
        desk.bank.behaves("return-later", days=6, reason="AC04")
        batch = desk.send(last)
        assert batch.total == D("3094.95")
        stands(told, paid="1767.55", in_transit="3194.95", committed="37.50", receivable="100.00")
    with on(noon(20)):
        desk.come_back()
        desk.read_the_statements()
        stands(told, paid="4962.50", committed="37.50", recovered="100.00")
    with on(noon(34)):
        desk.come_back()
        desk.read_the_statements()
        came_back(desk, last, correction)
    # In the present: whether an account has cooled down is judged by the database's own clock.
    desk.come_back()
    correcting.enter_another_account(desk.officer, desk.other, told.provider)
    with on(noon(35)):
        desk.come_back()
        desk.bank.behaves("accept")
        assert desk.send(last).total == D("3094.95")
        stands(told, paid="1767.55", in_transit="3194.95", committed="37.50", receivable="100.00")
    with on(noon(45)):
        desk.come_back()
        desk.read_the_statements()
        stands(told, paid="4962.50", committed="37.50", recovered="100.00")
        told._report()
        close(desk)
        agrees(desk, tmp_path, dinars, cut, further, last)


def two_claims(desk, milestone):
    """One in dinars and one that is cut are paid in one batch."""
    voucher = desk.told.voucher
    lines = ((milestone, D("3000.000")),)
    dinars = claiming.write(desk.cluster, voucher, "F-1", *lines, currency="TND", euro="887.55")
    cut = claiming.write(desk.cluster, voucher, "F-2", (milestone, D("1000.00")))
    claiming.verify(desk.officer, dinars)
    claiming.verify(
        desk.officer,
        cut,
        deducted="120.00",
        error_type="evidence",
        reason="No time sheet for one day.",
        parked="80.00",
        park_reason="The train ticket is to follow.",
    )
    for claim in (dinars, cut):
        claiming.approve(desk.one, claim)
    assert desk.send(dinars, cut).total == D("1687.55")
    stands(desk.told, paid="0.00", in_transit="1687.55", committed="3312.45")
    return dinars, cut


def amend(desk):
    """The plan is amended while money is claimed: nothing of the books moves."""
    desk.told.amend_plan()
    version = PlanVersion.objects.get(number=2)
    desk.officer.open(version.get_absolute_url()).press("Approve the plan")
    version.refresh_from_db()
    assert version.state == "in_force"
    stands(desk.told, paid="1767.55", committed="3232.45", receivable="100.00")


def came_back(desk, claim, correction):
    """The money is payable again, nothing is set off, and nothing is sent to that account."""
    stands(desk.told, paid="1767.55", payable="3194.95", committed="37.50", receivable="100.00")
    correction.refresh_from_db()
    assert correction.state == "announced"
    order = claim.payment_orders.get()
    assert (order.state, order.return_code) == ("returned", "AC04")
    desk.ordering.open(reverse("batches:propose")).reads("The account of the payee is closed")


def close(desk):
    report = desk.told.voucher.final_report
    desk.officer.open(report.get_absolute_url())
    desk.officer.press("Accept the report and close the voucher").reads("The voucher is closed")


def stands(told, *, paid, recovered="0.00", **held):
    """The books hold, and each account of the voucher has what is said, or nothing."""
    the_books_hold()
    voucher = Voucher.objects.get(pk=told.voucher.pk)
    assert voucher.paid == D(paid)
    receivable = D(held.get("receivable", 0))
    expected = {
        kind: D(held.get(kind, 0)) for kind in ("committed", "payable", "in_transit", "advanced")
    }
    expected |= {"receivable": receivable, "bank": D(paid) - receivable - D(recovered)}
    assert held_by(voucher) == expected


def agrees(desk, tmp_path, dinars, cut, further, last):
    voucher = Voucher.objects.get(pk=desk.told.voucher.pk)
    ledger_agrees(desk, voucher, tmp_path)
    lists_agree(desk, voucher)
    agreeing.bank_agrees()
    pages_agree(desk, voucher, dinars, cut, further, last)
    papers_agree(desk, voucher, dinars, cut, further, last)


def ledger_agrees(desk, voucher, tmp_path):
    """The equation holds of the recomputed file, whose chain has the seals of all papers."""
    call, person = voucher.award.application.call, desk.told.cast.finance[0]
    money = money_of(voucher)
    for name, pk in (("statement", voucher.pk), ("trial", call.slug)):
        agreeing.issue(person, name, pk)
    seals = agreeing.seals_of(["order", "completion", "control", "voucher-statement"])
    lines, holds = recomputed(tmp_path, journal(Client(), call, person), *sorted(seals))
    assert holds, lines
    held = agreeing.balances(lines, voucher)
    assert held["bank"] == D("4862.50")
    assert {kind for kind, balance in held.items() if balance} == {"bank"}
    assert {kind: held.get(kind, D(0)) for kind in held} == {kind: money[kind] for kind in held}
    booked = held["bank"] + held["receivable"] + money["recovered"]
    assert (money["recovered"], money["released"]) == (D("100.00"), D("37.50"))
    under_way = held["committed"] + held["payable"] + held["in_transit"]
    # What was recovered is the call's again: released beside what no claim came to.
    released = money["released"] + money["recovered"]
    assert voucher.amount == under_way + booked + released - money["recovered"]
    assert f"voucher,{voucher.reference},4862.50,agrees" in lines


def lists_agree(desk, voucher):
    """The exports of claims, orders, trial balance and statement come to the same."""
    person = desk.told.cast.finance[0]
    claims = agreeing.exported(person, reverse("payments:claim_list"))
    assert {row["state"] for row in claims} == {"paid"}
    assert agreeing.total(claims, "eligible") == voucher.paid == D("4962.50")
    assert agreeing.total(claims, "deducted") == D("120.00")
    assert agreeing.total(claims, "parked") == 0
    orders = agreeing.exported(person, reverse("payments:orders"))
    paid = [row for row in orders if row["state"] == "paid"]
    assert agreeing.total(paid, "amount") == D("4862.50")
    assert agreeing.total(paid, "set_off") == D("100.00")
    assert agreeing.total(paid, "gross") == voucher.paid
    trial = agreeing.exported(person, reverse("ledger:trial"))
    assert agreeing.total(trial, "balance") == 0
    of_it = {row["account"]: row["balance"] for row in trial if row["voucher"] == voucher.reference}
    assert of_it["bank"] == "4862.50"
    moved = agreeing.exported(person, reverse("ledger:statement", args=[voucher.pk]))
    sums = {}
    for row in moved:
        sums[row["movement"]] = sums.get(row["movement"], D(0)) + D(row["amount"])
    assert sums["booking"] - sums["came_back"] == voucher.paid
    assert sums["recovery"] - sums["reopening"] == D("100.00")
    assert sums["release"] == D("37.50")


def pages_agree(desk, voucher, dinars, cut, further, last):
    person, says = desk.ordering, agreeing.says
    statement = agreeing.page(person, reverse("ledger:statement", args=[voucher.pk]))
    says(statement, "5000.00", "37.50", "4862.50", "100.00")
    says(agreeing.page(person, reverse("ledger:trial")), "4862.50", "0.00")
    said = agreeing.page(person, voucher.get_absolute_url())
    says(said, "5000.00", "4962.50", "37.50", "100.00")
    for claim, amounts in (
        (dinars, ["887.55"]),
        (cut, ["1000.00", "800.00", "120.00"]),
        (further, ["80.00"]),
        (last, ["3194.95", "100.00", "3094.95"]),
    ):
        says(agreeing.page(person, claim.get_absolute_url()), *amounts)
    for batch in PaymentBatch.objects.all():
        says(agreeing.page(person, batch.get_absolute_url()), batch.total)
    for one in BankStatement.objects.filter(lines__isnull=False, opening__isnull=False).distinct():
        shown = agreeing.page(person, one.get_absolute_url())
        says(shown, one.opening, one.closing, *(abs(line.signed) for line in one.lines.all()))


def papers_agree(desk, voucher, dinars, cut, further, last):
    says, call = agreeing.says, voucher.award.application.call
    says(agreeing.paper("payment", dinars), "887.55")
    says(agreeing.paper("payment", cut), "1000.00", ("paid", "800.00"))
    says(agreeing.paper("payment", further), ("paid", "80.00"))
    notice = agreeing.paper("payment", last)
    says(notice, ("paid", "3094.95"), "100.00", "3194.95", "4962.50", "37.50")
    says(agreeing.paper("order", last.payment_orders.latest("pk")), ("Please pay", "3094.95"))
    says(agreeing.paper("batch-order", PaymentBatch.objects.latest("pk")), "3094.95")
    says(agreeing.paper("control", cut), "1000.00", "800.00", "120.00", "80.00")
    certificate = agreeing.paper("completion", voucher)
    says(certificate, ("Paid", "4962.50"), ("Recovered", "100.00"), ("Released", "37.50"))
    statement = agreeing.paper("voucher-statement", voucher)
    says(statement, ("Booked", "4862.50"), ("Recovered", "100.00"), ("Released", "37.50"))
    says(agreeing.paper("trial-balance", call), "4862.50", "0.00")
    assert Claim.objects.count() == 4
