"""Loads what a page is about, within what the person may see; asks why it is returned."""

from __future__ import annotations

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from accounts.middleware import PersonRequest
from conduct.views import ask_why
from vouchers.assistance import queries
from vouchers.assistance.models import FinalReport
from vouchers.awards.models import Voucher
from vouchers.awards.queries import vouchers_visible_to


def found_voucher(request: PersonRequest, pk: int) -> Voucher:
    """The voucher, for whoever may read it; 404 for everybody else."""
    return get_object_or_404(vouchers_visible_to(request.user), pk=pk)


def found_report(voucher: Voucher) -> FinalReport:
    """The final report of the voucher; 404 where none was begun."""
    report = queries.report_of(voucher)
    if report is None:
        raise Http404
    return report


def ask_why_given_back(
    request: HttpRequest,
    voucher: Voucher,
    conduct: Callable[[str], object],
    *,
    heading: str,
    told: str,
) -> HttpResponse:
    """Ask why something is returned to the cluster, then `conduct` it with the reason."""
    return ask_why(
        request,
        conduct,
        about=voucher,
        heading=heading,
        label=_("Return"),
        told=told,
        back=voucher,
    )
