"""A file on its way in, for the table of access."""

from demonstration.clock import noon
from files.models import Upload


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
