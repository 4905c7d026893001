"""A plan that saves itself while somebody types."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.middleware import PersonRequest
from conduct.actions import require
from drafts.actions import OvertakenPart, note_presence
from drafts.views import Draft, Saved, StandingText
from vouchers.assistance.plans import actions, queries
from vouchers.assistance.plans.forms.typed import typed_parts
from vouchers.assistance.plans.models import DraftedPart, Part, PlanVersion
from vouchers.assistance.plans.permissions import may_write_plan
from vouchers.assistance.plans.rules.judging import problems_of, without_repeats
from vouchers.assistance.plans.rules.parts import Content, Remark
from vouchers.assistance.plans.rules.totals import days_of, total_of
from vouchers.assistance.plans.rules.warnings import warnings_of
from vouchers.assistance.plans.wording import placed_sentence
from vouchers.awards.models import Voucher

# What is not there yet is no mistake while somebody writes; it is told before the plan is sent.
_NOT_YET = frozenset(
    {"missing", "no_objective", "no_milestone", "no_result", "no_line", "nothing_handed_in"}
)


@dataclass(frozen=True)
class JudgedDraft:
    """What is said of a draft while it is written: sentences by part, and sums (EUR, days)."""

    problems: dict[int, list[str]]
    warnings: dict[int, list[str]]
    totals: dict[str, str]


class PlanDraft(Draft[PlanVersion]):
    """Parts of a plan. The page sends them as `forms.typed` describes.

    It is told besides: `warnings` (sentences by part), `totals` and `others` (who else is here).
    """

    request: PersonRequest

    def records(self) -> QuerySet[PlanVersion]:
        return queries.versions_visible_to(self.request.user)

    def closed(self, record: PlanVersion) -> str:
        if record.state == PlanVersion.State.DRAFT:
            return ""
        return _("Version %(number)s is sent: nothing of it changes any more.") % {
            "number": record.number
        }

    def saved(self, record: PlanVersion) -> Saved:
        request, voucher = self.request, record.plan.voucher
        application = voucher.award.application
        typed = typed_parts(request.POST, application.call.indicators.all(), application.language)
        overtaken = []
        if typed:
            seen = self.seen(list(Part.values))
            overtaken = actions.save_parts(record, typed, seen=seen, by=request.user)
        else:
            require(may_write_plan, request.user, voucher)
        others = note_presence(record, request.user, 1)
        drafted = queries.drafted_rows(record)
        judged = standing_of(record)
        return Saved(
            typed=typed.keys(),
            overtaken={item.part for item in overtaken},
            versions={
                part: drafted[part].seen_as if part in drafted else 0 for part in Part.values
            },
            standing=lambda part: _standing(drafted.get(part)),
            problems=judged.problems,
            more={
                "warnings": judged.warnings,
                "totals": judged.totals,
                "others": [other.name for other in others],
            },
        )


def standing_of(draft: PlanVersion) -> JudgedDraft:
    """What is said of a draft as it is saved, but for what is merely not there yet."""
    voucher = draft.plan.voucher
    content, unread = queries.content_of_version(draft)
    terms = queries.terms_of(voucher)
    found = problems_of(content, terms, queries.bound_milestones(draft.plan))
    problems = [one for one in without_repeats([*unread, *found]) if one.code not in _NOT_YET]
    needs = [need.key for need in queries.needs_of(voucher) if need.wants_answer]
    warnings = [one for one in warnings_of(content, terms, needs) if one.code not in _NOT_YET]
    return JudgedDraft(
        by_part(problems, content), by_part(warnings, content), totals_of(content, voucher)
    )


def totals_of(content: Content, voucher: Voucher) -> dict[str, str]:
    """The sums of a plan, as scripts and templates take them: plain numbers."""
    total = total_of(content)
    return {
        "total": str(total),
        "left": str(voucher.amount - total),
        "amount": str(voucher.amount),
        "days": str(days_of(content)),
        "is_above": "yes" if total > voucher.amount else "",
    }


def by_part(remarks: Iterable[Remark], content: Content) -> dict[int, list[str]]:
    """Remarks as sentences, by part, each with the number of its row."""
    told: dict[int, list[str]] = defaultdict(list)
    for remark in remarks:
        rows = {row.key: place for place, row in enumerate(content.rows(remark.part), 1)}
        told[int(remark.part)].append(placed_sentence(remark, rows))
    return dict(told)


def overtaken_told(overtaken: Iterable[OvertakenPart[DraftedPart]]) -> list[Mapping[str, Any]]:
    """What others wrote meanwhile, for a page without scripts."""
    return [
        {
            "label": Part(item.part).label,
            "person": item.theirs.changed_by,
            "rows": [
                " · ".join(filter(None, (v for name, v in row.items() if name != "key")))
                for row in item.theirs.rows
            ],
        }
        for item in overtaken
    ]


def _standing(drafted: DraftedPart | None) -> StandingText:
    if drafted is None:
        return StandingText()
    return StandingText(rows=drafted.rows, by=str(drafted.changed_by), at=drafted.changed_at)
