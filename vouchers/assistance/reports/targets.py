"""Files of a report as they arrive: pictures, and evidence of one indicator."""

from __future__ import annotations

from django.core.files.base import File
from django.http import Http404

from accounts.models import User
from conduct.actions import require, require_state
from files.actions.redrawing import MOST_BYTES
from files.targets import Target, Terms, register_target
from inputs.rules.numbers import sent_number
from vouchers.awards.models import Voucher
from vouchers.awards.queries import vouchers_visible_to

from .actions import add_evidence, add_picture
from .actions.files import require_room_for_a_picture
from .models import FinalReport, ReportFile
from .permissions import may_write_report
from .queries import report_of

PICTURES = "pictures"


def report_file_key(voucher: Voucher, about: str) -> str:
    """How an upload names what it is for: PICTURES, or the key of an indicator."""
    return f"{voucher.pk}:{about}"


def _terms(by: User, key: str) -> Terms:
    voucher, about = _named(by, key)
    require(may_write_report, by, voucher)
    require_state(voucher, Voucher.State.ACTIVE)
    report = report_of(voucher)
    if report is not None:
        require_state(report, FinalReport.State.DRAFT)
    if about != PICTURES:
        return Terms(max_size=voucher.award.application.call.max_file_size, about=voucher)
    if report is not None:
        require_room_for_a_picture(report)
    return Terms(max_size=MOST_BYTES, about=voucher)


def _complete(key: str, file: File, by: User) -> ReportFile:
    voucher, about = _named(by, key)
    if about == PICTURES:
        return add_picture(voucher, file, by=by)
    return add_evidence(voucher, about, file, by=by)


def _named(by: User, key: str) -> tuple[Voucher, str]:
    """The voucher, where the person may see it, and what the file is for; Http404 otherwise."""
    first, _colon, about = key.partition(":")
    voucher = vouchers_visible_to(by).filter(pk=sent_number(first)).first()
    if voucher is None:
        raise Http404
    return voucher, about


REPORT_FILE = register_target(Target("report-file", _terms, _complete))
