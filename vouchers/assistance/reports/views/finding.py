"""Loads what a page is about, within what the person may see."""

from __future__ import annotations

from django.http import Http404
from django.shortcuts import get_object_or_404

from accounts.middleware import PersonRequest
from vouchers.assistance.reports.models import FinalReport, ReportVersion
from vouchers.assistance.reports.queries import reports_visible_to, versions_visible_to
from vouchers.awards.models import Voucher
from vouchers.awards.queries import vouchers_visible_to


def found_voucher(request: PersonRequest, pk: int) -> Voucher:
    """The voucher, for whoever may read it; 404 for everybody else."""
    return get_object_or_404(vouchers_visible_to(request.user), pk=pk)


def found_report(request: PersonRequest, pk: int) -> FinalReport:
    """The final report of a voucher (pk), for whoever may read it; 404 for everybody else."""
    return get_object_or_404(reports_visible_to(request.user), voucher=pk)


def found_version(request: PersonRequest, pk: int, number: int) -> ReportVersion:
    """A version of the report of a voucher (pk), for whoever may read it; 404 for everybody else."""
    return get_object_or_404(versions_visible_to(request.user), report__voucher=pk, number=number)


def newest_version(request: PersonRequest, pk: int) -> ReportVersion:
    """The version that was sent last; 404 before the first."""
    found = versions_visible_to(request.user).filter(report__voucher=pk).first()
    if found is None:
        raise Http404
    return found
