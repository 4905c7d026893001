"""Sending a report: what was typed becomes a version, which never changes."""

from __future__ import annotations

from typing import TypeVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from conduct.actions import (
    OutOfOrder,
    action,
    constraints_of,
    locked,
    move,
    require,
    require_state,
)
from vouchers.assistance.actions.steps import tell_officers
from vouchers.assistance.plans.queries import version_in_force
from vouchers.assistance.reports.models import (
    FinalReport,
    ReportedIndicator,
    ReportPicture,
    ReportVersion,
)
from vouchers.assistance.reports.permissions import may_submit_report
from vouchers.assistance.reports.queries import (
    content_of_draft,
    open_milestones,
    problems_of_report,
    sheet_of,
)
from vouchers.assistance.reports.wording import sentence_of
from vouchers.awards.models import Voucher

_Value = TypeVar("_Value")


@action(gettext_lazy("Final report sent"))
def submit_report(report: FinalReport, *, by: User) -> FinalReport:
    """Send the final report to the country partner as its next version.

    Raises OutOfOrder, with the first of them, while something keeps it from being sent: a milestone
    that is not delivered and accepted, an indicator without a value, …
    """
    report = locked(report)
    voucher = report.voucher
    require(
        may_submit_report,
        by,
        voucher,
        otherwise=_("Only a manager of the cluster can send the final report."),
    )
    require_state(voucher, Voucher.State.ACTIVE)
    require_state(report, FinalReport.State.DRAFT)
    for obstacle in obstacles_of(report):
        raise OutOfOrder(obstacle)
    with constraints_of(FinalReport, ReportVersion, ReportedIndicator, ReportPicture):
        version = _write_version(report, by=by)
        move(report, FinalReport.State.SUBMITTED)
        report.version = version
        report.submitted_by, report.submitted_at = by, version.submitted_at
        report.return_reason = ""
        report.save()
    tell_officers("report-submitted", voucher)
    return report


def obstacles_of(report: FinalReport) -> list[str]:
    """What still keeps a report from being sent, in sentences: of the plan first, then of its own."""
    left = open_milestones(report.voucher)
    if left is None:
        return [_("The plan of this voucher is not approved yet.")]
    of_the_plan = [
        _("“%(title)s” is not delivered and accepted yet.") % {"title": title} for title in left
    ]
    return [*of_the_plan, *map(sentence_of, problems_of_report(report))]


def _write_version(report: FinalReport, *, by: User) -> ReportVersion:
    """The next version with its rows, from a draft with which nothing is amiss."""
    content, _unread = content_of_draft(report)
    sheet = sheet_of(report.voucher, report)
    version = ReportVersion.objects.create(
        report=report,
        number=report.versions.count() + 1,
        plan_version=_known(version_in_force(report.voucher)),
        summary=content.summary,
        story=content.story,
        results=content.results,
        lessons=content.lessons,
        members_reached=_known(content.members_reached),
        women_reached=_known(content.women_reached),
        satisfaction=_known(content.satisfaction),
        provider_words=content.provider_words,
        submitted_by=by,
    )
    ReportedIndicator.objects.bulk_create(
        ReportedIndicator(
            version=version,
            position=place,
            key=aim.key,
            code=aim.code,
            name=aim.name,
            unit=aim.unit,
            baseline=aim.baseline,
            target=aim.target,
            due_on=aim.due_on,
            value=_known(content.indicators[aim.key].value),
            note=content.indicators[aim.key].note,
            evidence=content.indicators[aim.key].evidence,
            file=sheet.evidence.get(aim.key),
        )
        for place, aim in enumerate(sheet.aims, 1)
    )
    ReportPicture.objects.bulk_create(
        ReportPicture(
            version=version,
            position=place,
            file=picture,
            caption=content.pictures[str(picture.key)].caption,
            credit=content.pictures[str(picture.key)].credit,
            alternative=content.pictures[str(picture.key)].alternative,
        )
        for place, picture in enumerate(sheet.pictures, 1)
    )
    return version


def _known(value: _Value | None) -> _Value:
    """What a draft with which nothing is amiss has."""
    if value is None:
        raise ValueError("The draft was not judged before it was written.")
    return value
