"""Claims are written, controlled and approved, and what was set aside of one is taken in."""

from __future__ import annotations

from django.urls import reverse

from tests.journeys.life import today
from tests.making import pdf
from vouchers.payments.models import Claim


def write(cluster, voucher, number, *lines, currency="EUR", euro=None):
    """One invoice of these lines (milestone, amount) is claimed; the claim.

    What is not in euro is sent once the page says what it comes to (`euro`).
    """
    cluster.open(reverse("payments:submit", args=[voucher.pk]))
    for _more in lines[1:]:
        cluster.press("Another milestone of this invoice")
    cluster.choose("invoices-0-currency", currency)
    total = sum(amount for _milestone, amount in lines)
    typed = {"number": number, "invoiced_on": today(), "net": total}
    cluster.fill(**{f"invoices-0-{name}": value for name, value in typed.items()})
    for at, (milestone, amount) in enumerate(lines):
        line = f"invoices-0-lines-{at}"
        cluster.choose(f"{line}-milestone", str(milestone.pk))
        cluster.fill(**{f"{line}-declared": amount})
    cluster.upload("invoices-0-upload", pdf(f"{number}.pdf", number))
    if euro is not None:
        cluster.page.keyboard.press("Tab")
        shown = cluster.page.locator(f"main input[name=seen][value='{euro}']")
        shown.wait_for(state="attached")
    cluster.press("Send the claim")
    return Claim.objects.get(invoices__number=number)


def verify(officer, claim, **found):
    """The officer controls the claim; `found` of its only line is typed where something is."""
    officer.open(claim.get_absolute_url()).follow("Verify the claim")
    if found:
        at = f"line-{claim.lines.get().pk}"
        officer.choose(f"{at}-error_type", found.pop("error_type"))
        officer.fill(**{f"{at}-{name}": value for name, value in found.items()})
    officer.press("Verify the claim")


def approve(coordinator, claim):
    coordinator.open(claim.get_absolute_url()).press("Approve the claim")


def take_in_what_waits(officer, claim):
    """What was set aside is a further claim; it."""
    officer.open(claim.get_absolute_url()).follow("Decide on what is set aside")
    officer.page.check("main [name=decision][value=take_in]")
    officer.fill(reason="The ticket has come.").press("Decide")
    return Claim.objects.get(continues=claim)
