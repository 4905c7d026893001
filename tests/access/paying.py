"""A batch for the pages of payments: of a second claim, so that the first one stays to be verified."""

from demonstration.clock import noon
from demonstration.story.paying import proposed
from files.models import Upload
from tests.payments.making import approved


def proposed_for_pages(told):
    """A proposed batch that pays the second milestone of the voucher."""
    for step in ("_hand_in", "accept_as_cluster", "_accept"):
        getattr(told, step)(1)
    claim = approved(told, told._milestone(1), amount="100.00", number="F-2")
    return proposed([claim], told.cast)


def of_receipts(world, page):
    """The receipt of the paid order, or its link."""
    return world["after_payment"]["receipt_link" if page == "withdraw" else "receipt"].pk


def of_recoveries(world, page):
    """The claim that is paid, its correction (decided, or not yet), or a part of that."""
    found = world["after_payment"]
    if page == "propose":
        return found["correction"].claim_id
    if page in {"confirm", "take_back"}:
        return found["part"].pk
    return found["undecided" if page in {"decide", "refuse"} else "correction"].pk


def uploaded(told):
    """An upload of the manager, to the voucher of the story."""
    return Upload.objects.create(
        owner=told.manager,
        about=told.voucher,
        target="none",
        name="a.pdf",
        size=9,
        expires_at=noon(1),
    )
