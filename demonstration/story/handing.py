"""What is handed in, returned at named points and handed in again, as the story of a voucher tells it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from accounts.models import User
from demonstration.content.papers import paper
from vouchers.assistance.deliverables import actions
from vouchers.assistance.deliverables.models import Deliverable, Weight
from vouchers.assistance.deliverables.queries import newest_of, open_points
from vouchers.assistance.delivery.queries import milestones_to_log
from vouchers.assistance.plans.models import Milestone
from vouchers.assistance.workroom.actions import send_work_link
from vouchers.assistance.workroom.models import WorkLink
from vouchers.providers.contracts.models import Contract

if TYPE_CHECKING:
    from .vouchers import VoucherStory

# Where, what is wrong, and what becomes of it; made up, as all that is told of deliverables.
_POINTS = {
    "en": (
        ("Page 1", "The members who took part are not named.", "They are named now."),
        ("Annex", "A table of costs would help.", "There was no time; it follows with the report."),
    ),
    "fr": (
        ("Page 1", "Les membres qui ont participé ne sont pas nommés.", "Ils le sont désormais."),
        (
            "Annexe",
            "Un tableau des coûts serait utile.",
            "Le temps a manqué ; il suivra avec le rapport.",
        ),
    ),
    "ar": (
        ("الصفحة 1", "لم يُذكر الأعضاء الذين شاركوا.", "ذُكروا الآن."),
        ("الملحق", "من المفيد إضافة جدول بالتكاليف.", "لم يتسع الوقت؛ سيأتي مع التقرير."),
    ),
}
_CHANGES = {
    "en": "The members are named on page 1.",
    "fr": "Les membres sont nommés en page 1.",
    "ar": "ذُكر الأعضاء في الصفحة 1.",
}


def hand_in(told: VoucherStory, index: int, *, by: User | WorkLink | None = None) -> Deliverable:
    """Hand in a version for the milestone; one after a return answers each point."""
    milestone = _milestone(told, index)
    earlier = newest_of(milestone)
    number = earlier.number + 1 if earlier else 1
    title = told.facts.milestones[index]
    answers = [one[2] for one in _POINTS[told.facts.language]]
    points = open_points(earlier) if earlier else []
    return actions.hand_in_deliverable(
        milestone,
        summary=title,
        changes=_CHANGES[told.facts.language] if earlier else "",
        uploads=[paper(f"deliverable-{index + 1}-v{number}.pdf", title, told.facts.voucher_use)],
        answers={
            point.pk: actions.Answered(
                is_done=point.weight == Weight.MUST, text=answers[place % len(answers)]
            )
            for place, point in enumerate(points)
        },
        by=by or told.manager,
    )


def return_at_points(told: VoucherStory, index: int, *, by: User) -> Deliverable:
    """Return the newest version at two points: one must be mended, one should."""
    version = newest_of(_milestone(told, index))
    if version is None:
        raise ValueError(f"Nothing is handed in for {told.voucher}.")
    weights = (Weight.MUST, Weight.SHOULD)
    for (where, text, _answer), weight in zip(_POINTS[told.facts.language], weights, strict=True):
        actions.note_point(version, where=where, text=text, weight=weight, by=by)
    return actions.return_deliverable(version, by=by)


def give_link(told: VoucherStory) -> WorkLink:
    """The officer sends the provider of the contract the link by which it works."""
    contract = Contract.objects.get(voucher=told.voucher)
    return send_work_link(
        contract,
        name=contract.signed_for_provider,
        email="provider@example.org",
        language=told.facts.language,
        by=told.officer,
    )


def _milestone(told: VoucherStory, index: int) -> Milestone:
    return list(milestones_to_log(told.voucher))[index]
