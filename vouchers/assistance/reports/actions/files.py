"""Files of the draft of a report: pictures, and what shows that a value was reached."""

from __future__ import annotations

from typing import BinaryIO, cast

from django.core.files.base import ContentFile, File
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.models import User
from conduct.actions import Refused, action, constraints_of, locked, require, require_state
from documents.wording import number
from files.actions.confined import GaveUp
from files.actions.inspection import inspect_upload
from files.actions.looking import redraw
from files.actions.previews import request_preview
from files.reading.found import FileFault, Found
from files.rules.names import safe_name
from files.wording.kinds import JPEG, PNG, WEBP
from files.wording.sentences import sentence
from vouchers.assistance.reports.models import FinalReport, ReportFile
from vouchers.assistance.reports.permissions import may_write_report
from vouchers.assistance.reports.queries import aims_of
from vouchers.awards.models import Voucher

from .drafting import drafted_report

MOST_BYTES = 10 * 1024**2
MOST_PICTURES = 12
# The longer side of what is kept, in pixels: enough for a page and for paper.
LONGEST = 1600
QUALITY = 82
PICTURES_TAKEN = (JPEG, PNG, WEBP)


@action(gettext_lazy("Picture added to the report"))
def add_picture(voucher: Voucher, upload: File, *, by: User) -> ReportFile:
    """Add a picture to the draft, drawn anew as WebP: without where, when and with what it was taken.

    Raises Refused where the content is no JPEG, PNG or WebP, is damaged or above MOST_BYTES, for a
    picture that is there already and for one too many.
    """
    # Before the lock: while a file is read, others go on writing.
    inspected = inspect_upload(upload, max_size=MOST_BYTES)
    if inspected.content_type not in {kind.content_type for kind in PICTURES_TAKEN}:
        raise Refused(_("A picture is a JPEG, PNG or WebP file."), field="file")
    try:
        drawn = redraw(
            cast(BinaryIO, upload), inspected.content_type, longest=LONGEST, quality=QUALITY
        )
    except (Found, GaveUp) as error:
        raise Refused(sentence(Found(FileFault.PICTURE_DAMAGED)), field="file") from error
    report = drafted_report(voucher, by)
    require_room_for_a_picture(report)
    standing = report.files.filter(removed_at=None, kind=ReportFile.Kind.PICTURE)
    if known := standing.filter(sha256=inspected.sha256).first():
        raise Refused(_("This picture is there already, as “%(name)s”.") % {"name": known.name})
    return ReportFile.objects.create(
        report=report,
        kind=ReportFile.Kind.PICTURE,
        file=ContentFile(drawn, name="picture.webp"),
        name=safe_name(f"{inspected.name.rpartition('.')[0]}.webp"),
        content_type=WEBP.content_type,
        size=len(drawn),
        # That of what was chosen, so that it is known when it is chosen again.
        sha256=inspected.sha256,
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
            name=inspected.name,
            content_type=inspected.content_type,
            size=inspected.size,
            sha256=inspected.sha256,
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
