"""Taking scores out of the portal: what the person may take, and that they took it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from conduct.actions import action, require
from exports.rules.columns import Table
from vouchers.calls.models import Call
from vouchers.scoring.exports.letters.anonymised import anonymised

from .models import ScoreExport
from .permissions import may_export_for_research, may_export_scores
from .queries import Export, export_of


@action(_("Scores exported"))
def export_scores(call: Call, *, kind: str, by: User) -> Export:
    """What the person may take of the scores of a call; that they took it is written down.

    `kind` is CSV or XLSX (`ScoreExport.Kind`). Raises NotAllowed for who reads no ranking.
    """
    require(may_export_scores, by, call)
    export = export_of(call, seen_by=by)
    _write_down(export, kind, by)
    return export


@action(_("Scores exported for research"))
def export_for_research(call: Call, *, by: User) -> list[Table]:
    """The scores of a call in which nobody can be recognised; written down as well.

    Raises NotAllowed for who may not, Refused where there are too few to hide anybody among.
    """
    require(may_export_for_research, by, call)
    export = export_of(call, seen_by=by)
    tables = anonymised(export)
    _write_down(export, ScoreExport.Kind.RESEARCH, by)
    return tables


def _write_down(export: Export, kind: str, by: User) -> None:
    ScoreExport.objects.create(
        call=export.call, kind=kind, countries=sorted(export.countries), exported_by=by
    )
