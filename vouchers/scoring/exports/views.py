"""The scores and the ranking of a call as files."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404
from django.views.decorators.http import require_POST

from accounts.middleware import PersonRequest
from exports.views import XLSX, ZIP, file_name, file_response
from vouchers.scoring.exports.letters.anonymised import write_anonymised
from vouchers.scoring.exports.letters.archive import write_csv
from vouchers.scoring.exports.letters.spreadsheet import write_spreadsheet
from vouchers.scoring.ranking.views import ranked_call

from . import actions
from .models import ScoreExport
from .permissions import may_export_for_research


@login_required
@require_POST
def tables(request: PersonRequest, slug: str) -> FileResponse:
    """Everything as CSV in a ZIP, of the countries whose ranking the person reads."""
    call, _quotas, _chosen = ranked_call(request, slug)
    export = actions.export_scores(call, kind=ScoreExport.Kind.CSV, by=request.user)
    name = file_name(f"scores-{call.reference}", "zip")
    return file_response(lambda file: write_csv(export, file), name, ZIP)


@login_required
@require_POST
def spreadsheet(request: PersonRequest, slug: str) -> FileResponse:
    """The same as .xlsx, with totals that recompute themselves."""
    call, _quotas, _chosen = ranked_call(request, slug)
    export = actions.export_scores(call, kind=ScoreExport.Kind.XLSX, by=request.user)
    name = file_name(f"scores-{call.reference}", "xlsx")
    return file_response(lambda file: write_spreadsheet(export, file), name, XLSX)


@login_required
@require_POST
def research(request: PersonRequest, slug: str) -> FileResponse:
    """The scores for research, in which nobody can be recognised."""
    call, _quotas, _chosen = ranked_call(request, slug)
    if not may_export_for_research.test(request.user):
        raise Http404
    found = actions.export_for_research(call, by=request.user)
    name = file_name(f"anonymised-scores-{call.reference}", "zip")
    return file_response(lambda file: write_anonymised(found, file), name, ZIP)
