"""What would give a sealed quote away."""

from __future__ import annotations

from tests.providers.quotes.asking import MARKER, NAMES
from vouchers.providers.quotes.models import Quote
from vouchers.providers.quotes.queries.sealing import by_link

# The text of the quote, its rate, and its sum in every way in which pages and files write it.
SEALED = (
    MARKER,
    "413.37",
    "413,37",
    "4133.7",
    "4133,7",
    "4,133",
    "4.133",
    "4 133",
    "4\u00a0133",
    "4\u202f133",
)


def of_a_sealed_quote(asked) -> dict[str, int]:
    """The keys of a quote and of its file, which its own link alone tells."""
    with by_link(asked.links[NAMES[0]]):
        quote = Quote.objects.prefetch_related("files").get()
        return {"quote_pk": quote.pk, "file": quote.files.get().pk}
