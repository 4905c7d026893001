"""The files of a report: added, taken out, and given out."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.middleware import PersonRequest
from conduct.actions import NotAllowed, Refused, require
from files.actions.redrawing import MOST_BYTES, PICTURE_ENDINGS
from files.actions.uploads import take_file
from files.queries.uploads import unsettled_uploads
from files.views.serving import kept_file, may_show_inline
from files.wording.kinds import ACCEPTED_ENDINGS, ACCEPTED_IN_WORDS
from vouchers.assistance.reports import actions, queries
from vouchers.assistance.reports.actions.files import MOST_PICTURES
from vouchers.assistance.reports.models import FinalReport, ReportFile
from vouchers.assistance.reports.permissions import may_write_report
from vouchers.assistance.reports.targets import PICTURES, REPORT_FILE, report_file_key
from vouchers.awards.models import Voucher

from .finding import found_voucher


@login_required
def pictures(request: PersonRequest, pk: int) -> HttpResponse:
    """Add pictures to the draft."""
    voucher = _voucher_to_write(request, pk)
    return _files_page(
        request,
        voucher,
        PICTURES,
        heading=_("Pictures of the report"),
        endings=PICTURE_ENDINGS,
        types=_("JPEG, PNG or WebP"),
        largest=MOST_BYTES,
        most=MOST_PICTURES,
    )


@login_required
def evidence(request: PersonRequest, pk: int, key: UUID) -> HttpResponse:
    """Attach what shows the value of one indicator."""
    voucher = _voucher_to_write(request, pk)
    aim = next((one for one in queries.aims_of(voucher) if one.key == str(key)), None)
    if aim is None:
        raise Http404
    return _files_page(
        request,
        voucher,
        aim.key,
        heading=aim.name,
        endings=",".join(ACCEPTED_ENDINGS),
        types=ACCEPTED_IN_WORDS,
        largest=voucher.award.application.call.max_file_size,
        most=1,
    )


@login_required
@require_POST
def remove(request: PersonRequest, pk: int) -> HttpResponse:
    """Take a file (`pk`) out of the draft."""
    found = get_object_or_404(queries.report_files_visible_to(request.user), pk=pk)
    voucher = found.report.voucher_id
    actions.remove_report_file(found, by=request.user)
    messages.success(request, _("“%(name)s” is taken out.") % {"name": found.name})
    if found.kind == ReportFile.Kind.PICTURE:
        return redirect("final_reports:pictures", voucher)
    return redirect("final_reports:evidence", voucher, found.key)


@login_required
def report_file(request: PersonRequest, pk: int) -> HttpResponseBase:
    """A file (`pk`) of a report, for whoever may read it."""
    found = get_object_or_404(queries.report_files_visible_to(request.user), pk=pk)
    return _given_out(request, found)


def public_picture(request: HttpRequest, pk: int) -> HttpResponseBase:
    """A picture (`pk` of its file) for everybody, as long as the cluster consents; 404 otherwise."""
    found = queries.public_picture(pk)
    if found is None:
        raise Http404
    return _given_out(request, found)


def _given_out(request: HttpRequest, found: ReportFile) -> HttpResponseBase:
    return kept_file(request, found, inline=may_show_inline(found.content_type))


def _voucher_to_write(request: PersonRequest, pk: int) -> Voucher:
    voucher = found_voucher(request, pk)
    require(may_write_report, request.user, voucher)
    return voucher


def _files_page(request: PersonRequest, voucher: Voucher, about: str, **shown: Any) -> HttpResponse:
    """Files of one kind with a field that takes more; without scripts they come in one piece."""
    key = report_file_key(voucher, about)
    problems: list[str] = []
    if request.method == "POST":
        for file in request.FILES.getlist("file"):
            try:
                take_file(REPORT_FILE.name, key, file, by=request.user)
            except NotAllowed:
                raise
            except Refused as refusal:
                problems.append(f"{file.name}: {refusal}")
        if not request.FILES:
            problems.append(_("Choose a file."))
        if not problems:
            return redirect(request.path)
    report = queries.report_of(voucher)
    sheet = queries.sheet_of(voucher, report)
    files = sheet.pictures if about == PICTURES else list(filter(None, [sheet.evidence.get(about)]))
    is_closed = report is not None and report.state != FinalReport.State.DRAFT
    context = {
        "voucher": voucher,
        "files": files,
        "is_pictures": about == PICTURES,
        "may_edit": not is_closed,
        "uploads": unsettled_uploads(request.user, REPORT_FILE.name, key),
        "target": REPORT_FILE.name,
        "key": key,
        "problems": problems,
        **shown,
    }
    page = "final_reports/_files.html" if request.htmx else "final_reports/files.html"
    return render(request, page, context, status=409 if problems else 200)
