"""Handing in a version, which answers the points of the one before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from clusters.queries import managers_of
from conduct.actions import Refused, action, constraints_of, locked, require, require_state
from documents.wording import number
from files.actions.inspection import inspect_upload
from files.actions.previews import request_preview
from notices.actions import notify
from vouchers.assistance.deliverables.models import (
    Deliverable,
    DeliverableFile,
    DeliverablePoint,
    PointAnswer,
)
from vouchers.assistance.deliverables.permissions import may_hand_in
from vouchers.assistance.deliverables.queries import newest_of, open_points
from vouchers.assistance.letters import voucher_facts
from vouchers.assistance.plans.actions.standing import require_in_force
from vouchers.assistance.plans.models import Milestone
from vouchers.assistance.workroom.actions.standing import require_at_work
from vouchers.assistance.workroom.models import WorkLink
from vouchers.awards.models import Voucher

MOST_FILES = 10


@dataclass(frozen=True)
class Answered:
    """What a new version says of a point: whether it is done, and why not where it is not."""

    is_done: bool
    text: str = ""


@action(gettext_lazy("Deliverable handed in"))
def hand_in_deliverable(
    milestone: Milestone,
    *,
    summary: str,
    uploads: Sequence[UploadedFile],
    by: User | WorkLink,
    changes: str = "",
    answers: Mapping[int, Answered] | None = None,
) -> Deliverable:
    """Hand in a version of what was delivered for a milestone of the plan in force.

    From the second version on `changes` says what is new, and `answers` (by the key of the point)
    what became of each point of the version before. Raises Refused, beside the field, for files of
    another type or size, where one is handed in already and where a point has no answer; OutOfOrder
    for a milestone that an amendment removed.
    """
    milestone = locked(milestone)
    voucher = milestone.plan.voucher
    if isinstance(by, WorkLink):
        require_at_work(by, voucher)
    else:
        require(may_hand_in, by, voucher)
    require_state(voucher, Voucher.State.ACTIVE)
    require_in_force(milestone)
    earlier = newest_of(milestone)
    if earlier is not None and not changes.strip():
        raise Refused(_("Say what changed since the version before."), field="changes")
    version = Deliverable(
        milestone=milestone,
        number=earlier.number + 1 if earlier else 1,
        summary=summary.strip(),
        changes=changes.strip() if earlier else "",
        **{"submitted_through" if isinstance(by, WorkLink) else "submitted_by": by},
    )
    with constraints_of(Deliverable):
        version.save()
    _keep(version, uploads, voucher)
    _answer(version, open_points(earlier) if earlier else [], answers or {})
    _tell_managers(version, voucher, by)
    return version


def _keep(version: Deliverable, uploads: Sequence[UploadedFile], voucher: Voucher) -> None:
    if not uploads:
        raise Refused(_("Choose at least one file."), field="uploads")
    if len(uploads) > MOST_FILES:
        raise Refused(
            _("At most %(number)s files belong to a version.") % {"number": number(MOST_FILES)},
            field="uploads",
        )
    most = voucher.award.application.call.max_file_size
    for upload in uploads:
        try:
            inspected = inspect_upload(upload, max_size=most)
        except Refused as refusal:
            raise Refused(f"{upload.name}: {refusal.message}", field="uploads") from refusal
        kept = DeliverableFile.objects.create(deliverable=version, file=upload, **vars(inspected))
        request_preview(kept.file, kept.content_type)


def _answer(
    version: Deliverable, points: Sequence[DeliverablePoint], answers: Mapping[int, Answered]
) -> None:
    for point in points:
        said = answers.get(point.pk)
        if said is None:
            raise Refused(_("Answer each point: it is done, or say why it is not done."))
        if not said.is_done and not said.text.strip():
            raise Refused(_("Say why it is not done."), field=f"answer_{point.pk}")
        PointAnswer.objects.create(
            point=point, version=version, is_done=said.is_done, text=said.text.strip()
        )


def _tell_managers(version: Deliverable, voucher: Voucher, by: User | WorkLink) -> None:
    """The managers of the cluster read it first; but for who handed it in."""
    managers = managers_of(voucher.award.application.cluster)
    if isinstance(by, User):
        managers = managers.exclude(pk=by.pk)
    for person in managers.order_by("pk"):
        notify(
            person,
            "deliverable-handed-in",
            facts={
                **voucher_facts(voucher),
                "milestone": version.milestone.title,
                "number": version.number,
                "by": str(by),
            },
            about=voucher,
        )
