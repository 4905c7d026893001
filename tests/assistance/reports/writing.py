"""Final reports for tests: the rows of the demonstration, changed where a test wants them otherwise."""

from __future__ import annotations

import re
from html import unescape
from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from drafts.actions import RemarkInput
from vouchers.assistance.reports import actions
from vouchers.assistance.reports.models import FinalReport, ReportVersion
from vouchers.assistance.reports.queries import drafted_rows, raw_rows

TOLD, BROUGHT, INDICATORS, PROVIDER, PICTURES = range(1, 6)


def report_of(told) -> FinalReport:
    return FinalReport.objects.select_related("version").get(voucher=told.voucher)


def seen_of(told) -> dict[int, int]:
    return {part: one.seen_as for part, one in drafted_rows(report_of(told)).items()}


def changed(told, part, place=0, by=None, **cells):
    """Save one row of the draft with other cells."""
    typed = raw_rows(report_of(told))[part]
    typed[place] = {**typed[place], **cells}
    return actions.save_report_parts(
        told.voucher, {part: typed}, seen=seen_of(told), by=by or told.manager
    )


def returned(told, reason="Say more.", remarks=()):
    return actions.return_report(report_of(told), reason=reason, remarks=remarks, by=told.officer)


def photograph(name="session.jpg", colour="#176b43", kind="JPEG") -> SimpleUploadedFile:
    """A photograph with the place at which it was taken, as telephones write it."""
    picture = Image.new("RGB", (60, 40), colour)
    exif = picture.getexif()
    exif[0x010F] = "MakerOfTelephones"
    exif.get_ifd(0x8825).update({1: "N", 2: (33.0, 53.0, 19.0), 3: "E", 4: (35.0, 29.0, 43.0)})
    file = BytesIO()
    picture.save(file, kind, exif=exif)
    return SimpleUploadedFile(name, file.getvalue(), content_type="image/jpeg")


def fields_of(html):
    """What a browser sends of the form of the report, read from its page."""
    sent = {}
    for tag in re.findall(r"<input[^>]*form=\"draft\"[^>]*>", html):
        name, value = re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag)
        sent[name[1]] = unescape(value[1]) if value else ""
    for name, text in re.findall(
        r'<textarea[^>]*form="draft"\s+name="([^"]*)"[^>]*>\n?(.*?)</textarea>', html, re.S
    ):
        sent[name] = unescape(text)
    for name, options in re.findall(
        r'<select[^>]*form="draft" name="([^"]*)"[^>]*>(.*?)</select>', html, re.S
    ):
        chosen = re.search(r'<option value="([^"]*)"[^>]* selected', options)
        sent[name] = chosen[1] if chosen else ""
    return sent


def reported_twice(told) -> tuple[FinalReport, ReportVersion]:
    """A report that was sent, returned with a remark, and sent again; and the version that came back.

    The cluster consents to the publication of its story.
    """
    told._report()
    first = report_of(told).version
    returned(told, remarks=[RemarkInput(TOLD, "Shorter, please.")])
    actions.submit_report(report_of(told), by=told.manager)
    actions.say_what_is_public(told.voucher, ["story"], by=told.manager)
    return report_of(told), first
