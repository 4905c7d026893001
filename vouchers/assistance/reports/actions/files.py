"""Files of the draft of a report: pictures, and what shows that a value was reached."""

from __future__ import annotations

from django.core.files.base import File
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.models import User
from conduct.actions import Refused, action, constraints_of, locked, require, require_state
from documents.wording import number
from files.actions.inspection import inspect_upload
from files.actions.previews import request_preview
from files.actions.redrawing import MOST_BYTES, draw_anew
from vouchers.assistance.reports.models import FinalReport, ReportFile
from vouchers.assistance.reports.permissions import may_write_report
from vouchers.assistance.reports.queries import aims_of
from vouchers.awards.models import Voucher

from .drafting import drafted_report

MOST_PICTURES = 12


@action(gettext_lazy("Picture added to the report"))
def add_picture(voucher: Voucher, upload: File, *, by: User) -> ReportFile:
    """Add a picture to the draft, drawn anew as WebP: without where, when and with what it was taken.

    Raises Refused where the content is no JPEG, PNG or WebP, is damaged or above MOST_BYTES, for a
    picture that is there already and for one too many.
    """
    # Before the lock: while a file is read, others go on writing.
    drawn = draw_anew(upload, max_size=MOST_BYTES)
    report = drafted_report(voucher, by)
    require_room_for_a_picture(report)
    standing = report.files.filter(removed_at=None, kind=ReportFile.Kind.PICTURE)
    if known := standing.filter(sha256=drawn.facts.sha256).first():
        raise Refused(_("This picture is there already, as “%(name)s”.") % {"name": known.name})
    return ReportFile.objects.create(
        report=report,
        kind=ReportFile.Kind.PICTURE,
        file=drawn.content,
        **vars(drawn.facts),
        added_by=by,
    )


def require_room_for_a_picture(report: FinalReport) -> None:
    """Raise Refused where the draft has all the pictures that it may have."""
    standing = report.files.filter(removed_at=None, kind=ReportFile.Kind.PICTURE)
    if standing.count() >= MOST_PICTURES:
        raise Refused(
            ngettext(
                "A report has at most %(number)s picture. Take it out to add another.",
                "A report has at most %(number)s pictures. Take one out to add another.",
                MOST_PICTURES,
            )
            % {"number": number(MOST_PICTURES)}
        )


@action(gettext_lazy("Evidence added to the report"))
def add_evidence(voucher: Voucher, key: str, upload: File, *, by: User) -> ReportFile:
    """Attach what shows the value of an expected result (its key); it replaces what was there.

    Raises Refused for a file of another type or size, and where the plan in force has no such result.
    """
    inspected = inspect_upload(upload, max_size=voucher.award.application.call.max_file_size)
    report = drafted_report(voucher, by)
    if key not in {aim.key for aim in aims_of(report.voucher)}:
        raise Refused(_("This indicator is not in the plan any more."))
    report.files.filter(removed_at=None, kind=ReportFile.Kind.EVIDENCE, key=key).update(
        removed_at=timezone.now()
    )
    with constraints_of(ReportFile):
        added = ReportFile.objects.create(
            report=report,
            kind=ReportFile.Kind.EVIDENCE,
            key=key,
            file=upload,
            **vars(inspected),
            added_by=by,
        )
    request_preview(added.file, added.content_type)
    return added


@action(gettext_lazy("File taken out of the report"))
def remove_report_file(file: ReportFile, *, by: User) -> None:
    """Take a file out of the draft; what was sent keeps it."""
    report = locked(file.report)
    file = locked(file)
    require(may_write_report, by, report.voucher)
    require_state(report.voucher, Voucher.State.ACTIVE)
    require_state(report, FinalReport.State.DRAFT)
    if file.removed_at is None:
        file.removed_at = timezone.now()
        file.save()
