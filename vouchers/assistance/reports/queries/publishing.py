"""What everybody may read of reports: accepted, and with the cluster's consent that stands now."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import F, OuterRef, QuerySet, Subquery

from clusters.models import Cluster
from conduct.queries.scoping import for_system
from vouchers.assistance.plans.queries import who_delivers
from vouchers.assistance.reports.models import (
    FinalReport,
    PublicationConsent,
    ReportedIndicator,
    ReportFile,
    ReportPicture,
    ReportVersion,
)
from vouchers.assistance.surveys.models import SurveyAnswer, SurveyedIndicator
from vouchers.awards.models import Voucher

Kind = PublicationConsent.Kind


@dataclass(frozen=True)
class Published:
    """What of an accepted report may be shown now; what was not consented to is not in it."""

    voucher: Voucher
    summary: str = ""
    story: str = ""
    members_reached: int | None = None
    women_reached: int | None = None
    indicators: tuple[ReportedIndicator, ...] = ()
    pictures: tuple[ReportPicture, ...] = ()
    provider: str = ""
    # What the newest survey that was answered says of the same indicators.
    followed: tuple[SurveyedIndicator, ...] = ()

    @property
    def is_anything(self) -> bool:
        """Whether there is anything to show."""
        return bool(
            self.summary or self.indicators or self.pictures or self.members_reached is not None
        )


def consents_of(voucher: Voucher) -> dict[str, PublicationConsent]:
    """The last word on each kind that the cluster has said something about."""
    return {one.kind: one for one in voucher.consents.select_related("said_by").order_by("pk")}


@for_system("what clusters let everybody read")
def with_consent(reports: QuerySet[FinalReport], kind: str) -> QuerySet[FinalReport]:
    """Those of the reports whose cluster's last word on the kind is that everybody may read it."""
    words = PublicationConsent.objects.filter(voucher=OuterRef("voucher"), kind=kind)
    last = words.order_by("-pk").values("is_given")[:1]
    return reports.alias(may_be_read=Subquery(last)).filter(may_be_read=True)


@for_system("what clusters let everybody read")
def published_reports(vouchers: Iterable[Voucher]) -> dict[int, Published]:
    """What may be shown of the reports of these vouchers, by the id of the voucher.

    A constant number of queries.
    """
    known = {voucher.pk: voucher for voucher in vouchers}
    given = _given(known)
    accepted = FinalReport.objects.filter(
        voucher__in=given, state=FinalReport.State.ACCEPTED
    ).select_related("version", "voucher__plan__in_force__provider", "voucher__contract__provider")
    reports = {one.voucher_id: one for one in accepted}
    versions = {pk: one.version for pk, one in reports.items() if one.version is not None}
    indicators = _rows(ReportedIndicator.objects.all(), versions, given, Kind.FIGURES)
    pictures = _rows(ReportPicture.objects.select_related("file"), versions, given, Kind.PICTURES)
    followed = _followed([pk for pk in versions if Kind.FIGURES in given[pk]])
    return {
        pk: _published(
            known[pk],
            version,
            given[pk],
            indicators=indicators[version.pk],
            pictures=pictures[version.pk],
            provider=_provider(reports[pk]) if Kind.PROVIDER in given[pk] else "",
            followed=followed.get(pk, []),
        )
        for pk, version in versions.items()
    }


def _provider(report: FinalReport) -> str:
    """The name of who delivered; without a query where plan and contract are at hand."""
    plan = getattr(report.voucher, "plan", None)
    contract = getattr(report.voucher, "contract", None)
    provider = who_delivers(plan.in_force if plan is not None else None, contract)
    return provider.name if provider is not None else ""


@for_system("what clusters let everybody read")
def vouchers_of_cluster(cluster: Cluster) -> list[Voucher]:
    """The vouchers of a cluster of which something may be published, the newest first."""
    return list(
        Voucher.objects.filter(
            award__application__cluster=cluster, final_report__state=FinalReport.State.ACCEPTED
        )
        .select_related("award__application__country__partner", "award__application__call")
        .order_by("-pk")
    )


def published_of(voucher: Voucher) -> Published | None:
    """What may be shown of the report of this voucher."""
    found = published_reports([voucher]).get(voucher.pk)
    return found if found is not None and found.is_anything else None


@for_system("what clusters let everybody see")
def public_picture(pk: int) -> ReportFile | None:
    """A picture (its id) of an accepted report, as long as the cluster lets everybody see it."""
    shown = (
        ReportPicture.objects.filter(
            file=pk,
            version__report__state=FinalReport.State.ACCEPTED,
            version__report__version=F("version"),
        )
        .select_related("file", "version__report")
        .first()
    )
    if shown is None:
        return None
    voucher = shown.version.report.voucher_id
    return shown.file if Kind.PICTURES in _given([voucher]).get(voucher, ()) else None


@for_system("what clusters let everybody read")
def _given(vouchers: Collection[int]) -> dict[int, set[str]]:
    """The kinds to which the last word consents, by voucher; one query."""
    last: dict[tuple[int, str], bool] = {}
    said = PublicationConsent.objects.filter(voucher__in=vouchers).order_by("pk")
    for voucher, kind, is_given in said.values_list("voucher", "kind", "is_given"):
        last[voucher, kind] = is_given
    given: dict[int, set[str]] = defaultdict(set)
    for (voucher, kind), is_given in last.items():
        if is_given:
            given[voucher].add(kind)
    return dict(given)


def _rows(
    rows: QuerySet, versions: dict[int, ReportVersion], given: dict[int, set[str]], kind: str
) -> dict[int, list]:
    allowed = [version.pk for pk, version in versions.items() if kind in given[pk]]
    found: dict[int, list] = defaultdict(list)
    for row in rows.filter(version__in=allowed).order_by("position"):
        found[row.version_id].append(row)
    return found


@for_system("what clusters let everybody read")
def _followed(vouchers: Collection[int]) -> dict[int, list[SurveyedIndicator]]:
    """The rows of the newest answer to the latest survey that was answered, by voucher; two queries."""
    newest: dict[int, SurveyAnswer] = {}
    answers = SurveyAnswer.objects.filter(survey__voucher__in=vouchers).select_related("survey")
    for answer in answers.order_by("survey__months", "number"):
        newest[answer.survey.voucher_id] = answer
    found: dict[int, list[SurveyedIndicator]] = defaultdict(list)
    rows = SurveyedIndicator.objects.filter(answer__in=newest.values()).order_by("position")
    for row in rows.select_related("answer__survey"):
        found[row.answer.survey.voucher_id].append(row)
    return dict(found)


def _published(
    voucher: Voucher,
    version: ReportVersion,
    given: set[str],
    *,
    indicators: list[ReportedIndicator],
    pictures: list[ReportPicture],
    provider: str,
    followed: list[SurveyedIndicator],
) -> Published:
    tells, counts = Kind.STORY in given, Kind.FIGURES in given
    return Published(
        voucher=voucher,
        summary=version.summary if tells else "",
        story=version.story if tells else "",
        members_reached=version.members_reached if counts else None,
        women_reached=version.women_reached if counts else None,
        indicators=tuple(indicators),
        pictures=tuple(pictures),
        provider=provider,
        followed=tuple(followed),
    )
