"""What a report says: of a draft what was typed, of a version the facts that stand."""

from __future__ import annotations

from dataclasses import dataclass

from drafts.models import RawRow
from vouchers.assistance.deliverables.models import Deliverable
from vouchers.assistance.plans.queries import milestones_in_force, plan_of
from vouchers.assistance.reports.models import (
    DraftedReportPart,
    FinalReport,
    ReportFile,
    ReportVersion,
)
from vouchers.assistance.reports.rules.judging import problems_of, without_repeats
from vouchers.assistance.reports.rules.parts import (
    Aim,
    Captioned,
    ReachedValue,
    ReportContent,
    ReportProblem,
)
from vouchers.assistance.reports.rules.reading import content_of
from vouchers.awards.models import Voucher


@dataclass(frozen=True)
class ReportSheet:
    """What a report is written about: the aims, evidence by the key of its aim, and pictures."""

    aims: list[Aim]
    evidence: dict[str, ReportFile]
    pictures: list[ReportFile]

    @property
    def picture_keys(self) -> list[str]:
        return [str(picture.key) for picture in self.pictures]


def aims_of(voucher: Voucher) -> list[Aim]:
    """The expected results of the version of the plan that is in force; none before that."""
    plan = plan_of(voucher)
    if plan is None or plan.in_force is None:
        return []
    return [
        Aim(
            *(str(one.key), one.code, one.name, one.unit, one.baseline, one.target, one.due_on),
        )
        for one in plan.in_force.results.all()
    ]


def files_of(report: FinalReport) -> list[ReportFile]:
    """The files that stand in the draft of a report, the oldest first."""
    return list(report.files.filter(removed_at=None))


def sheet_of(voucher: Voucher, report: FinalReport | None) -> ReportSheet:
    """What the next version of the report is about."""
    files = files_of(report) if report is not None else []
    return ReportSheet(
        aims_of(voucher),
        {str(one.key): one for one in files if one.kind == ReportFile.Kind.EVIDENCE},
        [one for one in files if one.kind == ReportFile.Kind.PICTURE],
    )


def drafted_rows(report: FinalReport | None) -> dict[int, DraftedReportPart]:
    """The parts of a draft that somebody has written, by part."""
    if report is None:
        return {}
    return {drafted.part: drafted for drafted in report.drafted.select_related("changed_by")}


def raw_rows(report: FinalReport | None) -> dict[int, list[RawRow]]:
    """What was typed of a draft, by part."""
    return {part: drafted.rows for part, drafted in drafted_rows(report).items()}


def content_of_draft(report: FinalReport) -> tuple[ReportContent, list[ReportProblem]]:
    """What a draft says, and what could not be read of it."""
    return content_of(raw_rows(report))


def problems_of_report(report: FinalReport) -> list[ReportProblem]:
    """What of its own still keeps a draft from being sent, in the order of its parts."""
    content, unread = content_of_draft(report)
    sheet = sheet_of(report.voucher, report)
    found = problems_of(
        content, sheet.aims, attached=sheet.evidence.keys(), pictures=sheet.picture_keys
    )
    return without_repeats(sorted([*unread, *found], key=lambda problem: problem.part))


def open_milestones(voucher: Voucher) -> list[str] | None:
    """The titles of what is not delivered and accepted yet; None before a plan is in force."""
    plan = plan_of(voucher)
    if plan is None or plan.in_force is None:
        return None
    accepted = Deliverable.objects.filter(state=Deliverable.State.ACCEPTED)
    found = milestones_in_force(plan).exclude(pk__in=accepted.values("milestone"))
    return [milestone.title for milestone in found]


def content_of_version(version: ReportVersion) -> tuple[ReportContent, ReportSheet]:
    """What was sent, with the aims as they stood; two queries."""
    indicators = list(version.indicators.select_related("file"))
    pictures = list(version.pictures.select_related("file"))
    content = ReportContent(
        summary=version.summary,
        story=version.story,
        results=version.results,
        lessons=version.lessons,
        members_reached=version.members_reached,
        women_reached=version.women_reached,
        satisfaction=version.satisfaction,
        provider_words=version.provider_words,
        indicators={
            str(one.key): ReachedValue(str(one.key), one.value, one.note, one.evidence)
            for one in indicators
        },
        pictures={
            str(one.file.key): Captioned(
                str(one.file.key), one.caption, one.credit, one.alternative
            )
            for one in pictures
        },
    )
    aims = [
        Aim(*(str(one.key), one.code, one.name, one.unit, one.baseline, one.target, one.due_on))
        for one in indicators
    ]
    evidence = {str(one.key): one.file for one in indicators if one.file is not None}
    return content, ReportSheet(aims, evidence, [one.file for one in pictures])
