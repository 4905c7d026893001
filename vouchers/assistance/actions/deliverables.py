"""What a provider hands over: accepted by the cluster, then by the partner."""

from __future__ import annotations

from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from conduct.actions import (
    action,
    constraints_of,
    locked,
    move,
    require,
    require_state,
    require_words,
)
from files.actions.inspection import inspect_upload
from vouchers.assistance.models import Deliverable
from vouchers.assistance.permissions import (
    may_accept_for_cluster,
    may_accept_for_partner,
    may_hand_in,
)
from vouchers.assistance.plans.actions.standing import require_in_force
from vouchers.assistance.plans.models import Milestone
from vouchers.awards.models import Voucher

from .steps import WHY_RETURNED, require_other_person, tell_cluster, tell_officers


@action(gettext_lazy("Deliverable handed in"))
def hand_in_deliverable(
    milestone: Milestone, *, summary: str, upload: UploadedFile, by: User
) -> Deliverable:
    """Hand in what the provider delivered for a milestone of the plan in force.

    Raises Refused for a file of another type or size, or where one is handed in already, OutOfOrder
    for a milestone that an amendment removed.
    """
    milestone = locked(milestone)
    voucher = milestone.plan.voucher
    require(may_hand_in, by, voucher)
    require_state(voucher, Voucher.State.ACTIVE)
    require_in_force(milestone)
    inspected = inspect_upload(upload, max_size=voucher.award.application.call.max_file_size)
    with constraints_of(Deliverable):
        return Deliverable.objects.create(
            milestone=milestone,
            summary=summary,
            file=upload,
            name=inspected.name,
            content_type=inspected.content_type,
            size=inspected.size,
            sha256=inspected.sha256,
            submitted_by=by,
        )


@action(gettext_lazy("Deliverable accepted by the cluster"))
def accept_deliverable_for_cluster(deliverable: Deliverable, *, by: User) -> Deliverable:
    """A manager of the cluster accepts; the country partner is asked to."""
    deliverable = locked(deliverable)
    voucher = deliverable.milestone.plan.voucher
    require(
        may_accept_for_cluster,
        by,
        voucher,
        otherwise=_("Only a manager of the cluster can accept what was delivered."),
    )
    require_state(voucher, Voucher.State.ACTIVE)
    require_in_force(deliverable.milestone)
    move(deliverable, Deliverable.State.CLUSTER_ACCEPTED)
    deliverable.cluster_accepted_by, deliverable.cluster_accepted_at = by, timezone.now()
    deliverable.save()
    tell_officers("deliverable-to-accept", voucher, milestone=deliverable.milestone.title)
    return deliverable


@action(gettext_lazy("Deliverable accepted by the country partner"))
def accept_deliverable(deliverable: Deliverable, *, by: User) -> Deliverable:
    """The country partner accepts as well: the milestone can be claimed."""
    deliverable = locked(deliverable)
    voucher = deliverable.milestone.plan.voucher
    require(may_accept_for_partner, by, voucher)
    require_other_person(by, deliverable.cluster_accepted_by_id)
    require_state(voucher, Voucher.State.ACTIVE)
    require_in_force(deliverable.milestone)
    move(deliverable, Deliverable.State.ACCEPTED)
    deliverable.accepted_by, deliverable.accepted_at = by, timezone.now()
    deliverable.save()
    tell_cluster("deliverable-accepted", voucher, milestone=deliverable.milestone.title)
    return deliverable


@action(gettext_lazy("Deliverable returned"))
def return_deliverable(deliverable: Deliverable, *, reason: str, by: User) -> Deliverable:
    """Give a deliverable back for the `reason`; another can then be handed in.

    A manager of the cluster may while it is theirs to accept, an officer at any time before.
    """
    deliverable = locked(deliverable)
    voucher = deliverable.milestone.plan.voucher
    theirs = deliverable.state == Deliverable.State.SUBMITTED
    may_return = (
        may_accept_for_cluster | may_accept_for_partner if theirs else may_accept_for_partner
    )
    require(may_return, by, voucher)
    require_words(reason, WHY_RETURNED)
    move(deliverable, Deliverable.State.RETURNED)
    deliverable.return_reason = reason
    deliverable.save()
    tell_cluster(
        "deliverable-returned", voucher, milestone=deliverable.milestone.title, reason=reason
    )
    return deliverable
