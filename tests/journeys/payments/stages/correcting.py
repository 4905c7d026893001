"""An auditor asks for money back; the payee's account is closed, and another is entered."""

from __future__ import annotations

from django.urls import reverse

from demonstration.content.accounts import bank_account
from tests.journeys.life import today
from vouchers.payments.recoveries.models import Correction


def correct(proposing, deciding, claim, amount):
    """One proposes the correction, another decides it, and it is set off from now on; it."""
    proposing.open(claim.get_absolute_url()).follow("Correct the claim after an audit")
    proposing.choose("body", "auditors")
    proposing.fill(
        letter="ECA/2026/14",
        letter_on=today(),
        reason="Two days were invoiced twice.",
        **{f"line_{claim.lines.get().pk}": amount},
    ).press("Propose the correction")
    correction = Correction.objects.get(claim=claim)
    deciding.open(correction.get_absolute_url()).press("Correct the claim")
    proposing.open(correction.get_absolute_url())
    proposing.press("Set it off against the next payments")
    return correction


def enter_another_account(officer, coordinator, provider):
    """The officer enters the account anew, and a second person verifies it."""
    officer.open(reverse("providers:change_account", args=[provider.pk])).fill(
        bank_account=bank_account("LB", 78), bic="BLOMLBBX", reason="The bank closed the other."
    ).press("Change the account")
    coordinator.open(provider.get_absolute_url()).press("I have compared them: verify")
