"""Claims are paid in a batch, its file goes to the bank, and what the bank says is taken in."""

from __future__ import annotations

from django.urls import reverse

from vouchers.payments.bank.models import BankFile
from vouchers.payments.batches.models import PaymentBatch


def pay(ordering, signatories, claims):
    """A batch of these claims: proposed, authorised by two, its file made; the batch."""
    ordering.open(reverse("batches:propose"))
    for box in ordering.page.locator("main [name=claims]").all():
        box.set_checked(box.get_attribute("value") in {str(claim.pk) for claim in claims})
    ordering.press("Propose the batch")
    batch = PaymentBatch.objects.latest("pk")
    for signatory in signatories:
        signatory.open(batch.get_absolute_url()).press("Authorise the batch")
    ordering.open(batch.get_absolute_url()).press("Make the file")
    batch.refresh_from_db()
    return batch


def take_in(recording, messages):
    """Each file of the bank is uploaded, looked at, and taken in; they."""
    files = []
    for number, content in enumerate(messages):
        recording.open(reverse("bank:upload"))
        recording.page.set_input_files(
            "main [name=upload]",
            {"name": f"{number}.xml", "mimeType": "application/xml", "buffer": content},
        )
        recording.press("Look at the file").reads("Nothing has moved yet")
        recording.press("Take the file in")
        files.append(BankFile.objects.latest("pk"))
    return files


def confirm(recording, messages):
    """Each statement is taken in, and the lines that the portal proposes to match are confirmed."""
    for file in take_in(recording, messages):
        for statement in file.statements.filter(lines__match=None, lines__isnull=False).distinct():
            recording.open(statement.get_absolute_url()).press("Confirm the marked lines")
