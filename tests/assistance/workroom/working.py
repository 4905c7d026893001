"""A provider at work by its link, for tests."""

from __future__ import annotations

from django.core import mail

from tests.assistance.delivery.test_contracts import contracted
from tests.links.linking import path_in
from vouchers.assistance.workroom.actions import send_work_link
from vouchers.assistance.workroom.models import WorkLink
from vouchers.assistance.workroom.tasks import mail_work_link
from vouchers.providers.contracts.models import Contract


def at_work(*, starts=6, ends=-30, language="en"):
    """The story of a voucher, the link of its provider, mailed, and the link's path."""
    told = contracted(starts, ends)
    link, address = linked(told, language=language)
    return told, link, address


def linked(told, *, language="en", email="amal@byblos.example") -> tuple[WorkLink, str]:
    """A link of the contract, mailed, and its path."""
    contract = Contract.objects.get(voucher=told.voucher)
    link = send_work_link(contract, name="Amal", email=email, language=language, by=told.officer)
    mail_work_link(link.pk)
    link.refresh_from_db()
    return link, path_in(mail.outbox[-1].body)
