"""Any list as a PDF: exactly the rows that its address narrows it to, up to a number of them."""

from __future__ import annotations

from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from conduct.queries.days import PROGRAMME_ZONE
from conduct.queries.snapshot import one_snapshot
from documents.wording import amount, in_its_direction, instant, number
from exports.rules.columns import HeldTable
from exports.views import file_name, file_response
from lists.kinds import ListFile
from lists.queries import Summed
from lists.views import ListPage

# Each cell costs a millisecond and 30 kB (docs/performance.md): so many are drawn while people wait.
MOST_CELLS = 5_000
# Nobody reads more on paper.
MOST_ROWS = 500
# Seconds for which a thread of the web waits while another list is drawn in its process.
PATIENCE = 10.0
PDF = "application/pdf"


def most_rows(page: ListPage) -> int:
    """How many rows of the list a PDF holds, in whole hundreds or tens: the more columns, the fewer."""
    most = MOST_CELLS // len(page.columns)
    return min(MOST_ROWS, most // 100 * 100 or max(most // 10 * 10, 10))


def list_as_pdf(page: ListPage) -> HttpResponseBase:
    """The list on paper; or the list itself, with a sentence why it is not on paper now.

    So it is of a list that is too long, and while others are drawn. Who asks for the head alone has
    nothing drawn.
    """
    if page.request.method == "HEAD":
        return HttpResponse(content_type=PDF)
    most = most_rows(page)
    # Rows and sums are statements of their own, and must agree.
    with one_snapshot():
        table = page.table(most=most + 1)
        held = HeldTable(table.name, table.columns, list(table.rows))
        sums = page.sums if held.rows else []
    if len(held.rows) > most:
        return _too_long(page, most)
    # Here, and not above: a process that never draws needs none of what draws (60 MB).
    from documents.rendering.tables import Busy, PaperList, draw_table  # noqa: PLC0415

    paper = PaperList(
        title=str(page.title),
        made=_made(page.request),
        table=held,
        said=page.filters.said,
        sums=[(one.total.label, _in_words(one)) for one in sums],
    )
    try:
        content = draw_table(paper, patience=PATIENCE)
    except Busy:
        return page.as_it_is(
            _("Other lists are being drawn at this moment. Try again in a minute."),
        )
    answer: FileResponse = file_response(
        lambda file: _write(file, content), file_name(page.name, "pdf"), PDF
    )
    return answer


def _write(file: Any, content: bytes) -> None:
    file.write(content)


def _in_words(one: Summed) -> str:
    return amount(one.value) if one.is_money else number(one.value)


def _made(request: HttpRequest) -> str:
    """Who took it out, and when on their own clock."""
    person: Any = request.user
    moment = instant(timezone.now(), person.time_zone or PROGRAMME_ZONE.key)
    return _("Taken out by %(person)s on %(moment)s") % {
        "person": in_its_direction(str(person)),
        "moment": moment,
    }


def _too_long(page: ListPage, most: int) -> HttpResponseBase:
    return page.as_it_is(
        ngettext(
            "A PDF holds at most %(number)d row, and this list has more. Narrow it by its filters, "
            "or download it for Excel, which takes all.",
            "A PDF holds at most %(number)d rows, and this list has more. Narrow it by its filters, "
            "or download it for Excel, which takes all.",
            most,
        )
        % {"number": most},
    )


AS_PDF = ListFile(
    "pdf", gettext_lazy("Download as PDF"), list_as_pdf, limit=most_rows, for_visitors=False
)
