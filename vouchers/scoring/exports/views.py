"""The scores and the ranking of a call as files."""

from __future__ import annotations

from collections.abc import Callable
from tempfile import TemporaryFile
from typing import IO

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest
from django.views.decorators.http import require_POST

from conduct.queries.days import today
from vouchers.calls.models import Call
from vouchers.scoring.exports.letters.anonymised import write_anonymised
from vouchers.scoring.exports.letters.archive import write_csv
from vouchers.scoring.exports.letters.spreadsheet import write_spreadsheet
from vouchers.scoring.ranking.views import ranked_call

from . import actions
from .models import ScoreExport
from .permissions import may_export_for_research

ZIP = "application/zip"

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@login_required
@require_POST
def tables(request: HttpRequest, slug: str) -> FileResponse:
    """Everything as CSV in a ZIP, of the countries whose ranking the person reads."""
    call, _quotas, _chosen = ranked_call(request, slug)
    export = actions.export_scores(call, kind=ScoreExport.Kind.CSV, by=request.user)
    return _answer(lambda file: write_csv(export, file), _name(call, "scores", "zip"), ZIP)


@login_required
@require_POST
def spreadsheet(request: HttpRequest, slug: str) -> FileResponse:
    """The same as .xlsx, with totals that recompute themselves."""
    call, _quotas, _chosen = ranked_call(request, slug)
    export = actions.export_scores(call, kind=ScoreExport.Kind.XLSX, by=request.user)
    return _answer(
        lambda file: write_spreadsheet(export, file), _name(call, "scores", "xlsx"), XLSX
    )


@login_required
@require_POST
def research(request: HttpRequest, slug: str) -> FileResponse:
    """The scores for research, in which nobody can be recognised."""
    call, _quotas, _chosen = ranked_call(request, slug)
    if not may_export_for_research.test(request.user):
        raise Http404
    found = actions.export_for_research(call, by=request.user)
    return _answer(
        lambda file: write_anonymised(found, file), _name(call, "anonymised-scores", "zip"), ZIP
    )


def _name(call: Call, what: str, ending: str) -> str:
    return f"{what}-{call.reference}-{today().isoformat()}.{ending}"


def _answer(write: Callable[[IO[bytes]], None], name: str, content_type: str) -> FileResponse:
    """What `write` writes, from a temporary file that is gone once it is sent."""
    file = TemporaryFile()  # noqa: SIM115 (the response closes it)
    write(file)
    file.seek(0)
    response = FileResponse(file, as_attachment=True, filename=name, content_type=content_type)
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
