"""Final reports and what was sent of them, scoped to who asks."""

from __future__ import annotations

from django.db.models import F, Q, QuerySet

from accounts.models import User
from accounts.permissions import is_coordinator
from drafts.queries import by_line
from vouchers.assistance.reports.models import (
    FinalReport,
    ReportFile,
    ReportRemark,
    ReportVersion,
)
from vouchers.awards.models import Voucher
from vouchers.awards.queries import award_within_reach, vouchers_visible_to

Remarks = dict[tuple[int, str], list[ReportRemark]]
_CLUSTER = "voucher__award__application__cluster"


def reports_visible_to(user: User) -> QuerySet[FinalReport]:
    """The reports that the person may read: the cluster's own, of others those that were sent."""
    represented = Q(**{f"{_CLUSTER}__representatives__user": user})
    return (
        FinalReport.objects.filter(award_within_reach(user, "voucher__award__"))
        .filter(Q(submitted_at__isnull=False) | represented)
        .select_related(
            _CLUSTER,
            "voucher__award__application__country__partner",
            "voucher__award__application__call",
            "version",
        )
        .distinct()
    )


def versions_visible_to(user: User) -> QuerySet[ReportVersion]:
    """The versions of the reports that the person may read, newest first."""
    return (
        ReportVersion.objects.filter(report__in=reports_visible_to(user))
        .select_related(
            "report__voucher__award__application__cluster",
            "report__voucher__award__application__country__partner",
            "report__voucher__award__application__call",
            *("report__version", "report__partner_accepted_by", "report__accepted_by"),
            *("plan_version", "submitted_by", "returned__returned_by"),
        )
        .order_by("-number")
    )


def report_files_visible_to(user: User) -> QuerySet[ReportFile]:
    """The files of the reports that the person may read: the cluster's own, of others what was sent."""
    represented = Q(report__in=_own_reports(user))
    return ReportFile.objects.filter(report__in=reports_visible_to(user)).filter(
        represented | Q(added_at__lte=F("report__submitted_at"))
    )


def report_to_write(user: User, pk: int) -> FinalReport | None:
    """The report (pk) of a cluster that the person represents."""
    return _own_reports(user).filter(pk=pk).select_related("voucher").first()


def _own_reports(user: User) -> QuerySet[FinalReport]:
    return FinalReport.objects.filter(**{f"{_CLUSTER}__representatives__user": user})


def reports_to_accept(user: User) -> QuerySet[FinalReport]:
    """The submitted final reports in the countries of an officer, oldest first, as they may read."""
    vouchers = vouchers_visible_to(user).filter(
        award__application__country_id__in=user.officer_countries
    )
    return (
        FinalReport.objects.filter(state=FinalReport.State.SUBMITTED, voucher__in=vouchers)
        .select_related(_CLUSTER, "version")
        .order_by("submitted_at")
    )


def reports_to_approve(user: User) -> QuerySet[FinalReport]:
    """What partners have accepted and waits for a coordinator, oldest first."""
    found = FinalReport.objects.filter(
        award_within_reach(user, "voucher__award__"), state=FinalReport.State.PARTNER_ACCEPTED
    ).select_related(_CLUSTER, "version")
    return (found if is_coordinator.test(user) else found.none()).order_by("partner_accepted_at")


def report_of(voucher: Voucher) -> FinalReport | None:
    """The voucher's final report with the version that was sent last, where one was begun."""
    found = FinalReport.objects.select_related("version").filter(voucher=voucher).first()
    if found is not None:
        found.voucher = voucher
    return found


def versions_of(report: FinalReport) -> list[ReportVersion]:
    """All versions that were sent, newest first."""
    return list(report.versions.select_related("returned").order_by("-number"))


def returned_version(report: FinalReport) -> ReportVersion | None:
    """The version that came back, where the draft is to answer its remarks."""
    if report.state != FinalReport.State.DRAFT or not report.return_reason:
        return None
    return report.version


def remarks_of(version: ReportVersion | None) -> Remarks:
    """The remarks on a version by part and key of the row (empty for the part as a whole)."""
    if version is None:
        return {}
    return by_line(version.remarks.select_related("made_by"))
