"""Saying to the database what a provider's own link says (see models.sealing)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

from vouchers.providers.quotes.models import Quote, QuoteFile, QuoteInvitation


@contextmanager
def by_link(secret: str) -> Iterator[None]:
    """Read and write, in a transaction of its own or within the one that runs, the quote of this link.

    Raises ValueError for no secret at all. What failed is rolled back, and what was said with it.
    """
    if not secret:
        raise ValueError("A link says something.")
    with transaction.atomic():
        _say(secret)
        yield
        _say("")


def _say(secret: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('quotes.link', %s, true)", [secret])


def own_quotes(invitation: QuoteInvitation, secret: str) -> list[Quote]:
    """Every version of the quote of a link, with lines and files, the newest first."""
    with by_link(secret):
        return list(
            Quote.objects.filter(invitation=invitation)
            .prefetch_related("lines", "files")
            .order_by("-version")
        )


def own_file(invitation: QuoteInvitation, secret: str, pk: int) -> QuoteFile | None:
    """A file of the quote of a link; None where it has no such file."""
    with by_link(secret):
        return QuoteFile.objects.filter(quote__invitation=invitation, pk=pk).first()
