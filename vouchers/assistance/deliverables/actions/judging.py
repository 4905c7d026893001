"""Reading a version: points are noted, and it is returned with them or accepted by two."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from conduct.actions import (
    OutOfOrder,
    Refused,
    action,
    constraints_of,
    locked,
    move,
    require,
    require_state,
    require_words,
)
from documents.wording import number
from vouchers.assistance.actions.steps import require_other_person, tell_cluster, tell_officers
from vouchers.assistance.deliverables.models import (
    Deliverable,
    DeliverablePoint,
    PointSide,
    Weight,
)
from vouchers.assistance.deliverables.permissions import (
    may_accept_for_cluster,
    may_accept_for_partner,
)
from vouchers.assistance.deliverables.queries import newest_of, side_that_judges
from vouchers.assistance.plans.actions.standing import require_in_force
from vouchers.assistance.workroom.actions.telling import write_by_link
from vouchers.awards.models import Voucher

_SENTENCES = Deliverable.ENFORCED


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
    _require_judgeable(deliverable)
    _require_nothing_to_mend(deliverable, PointSide.CLUSTER)
    _send(deliverable, PointSide.CLUSTER)
    move(deliverable, Deliverable.State.CLUSTER_ACCEPTED)
    deliverable.cluster_accepted_by, deliverable.cluster_accepted_at = by, timezone.now()
    with constraints_of(Deliverable):
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
    _require_judgeable(deliverable)
    _require_nothing_to_mend(deliverable, PointSide.PARTNER)
    _send(deliverable, PointSide.PARTNER)
    move(deliverable, Deliverable.State.ACCEPTED)
    deliverable.accepted_by, deliverable.accepted_at = by, timezone.now()
    with constraints_of(Deliverable):
        deliverable.save()
    tell_cluster("deliverable-accepted", voucher, milestone=deliverable.milestone.title)
    _tell_provider("deliverable-accepted", deliverable)
    return deliverable


@action(gettext_lazy("Deliverable returned"))
def return_deliverable(deliverable: Deliverable, *, by: User, reason: str = "") -> Deliverable:
    """Give a version back with the points of the side that returns it; another answers them.

    A manager of the cluster may while it is theirs to accept, an officer at any time before. The
    `reason` may stay empty where points are noted. Raises Refused where neither is there.
    """
    deliverable = locked(deliverable)
    voucher = deliverable.milestone.plan.voucher
    theirs = deliverable.state == Deliverable.State.SUBMITTED
    may_return = (
        may_accept_for_cluster | may_accept_for_partner if theirs else may_accept_for_partner
    )
    require(may_return, by, voucher)
    _require_judgeable(deliverable)
    sent = _send(deliverable, side_that_judges(by, deliverable))
    if not sent:
        require_words(reason, str(_SENTENCES["a_return_says_what_is_wrong"]), field="reason")
    move(deliverable, Deliverable.State.RETURNED)
    deliverable.return_reason = reason.strip()
    deliverable.returned_by, deliverable.returned_at = by, timezone.now()
    with constraints_of(Deliverable):
        deliverable.save()
    said = [reason.strip(), *(f"• {point.where}: {point.text}" for point in sent)]
    told = "\n".join(filter(None, said))
    title = deliverable.milestone.title
    tell_cluster("deliverable-returned", voucher, milestone=title, reason=told)
    _tell_provider("deliverable-returned", deliverable, reason=told)
    return deliverable


@action(gettext_lazy("Point noted on a deliverable"))
def note_point(
    deliverable: Deliverable, *, where: str, text: str, by: User, weight: str = Weight.MUST
) -> DeliverablePoint:
    """Keep something that is wrong at a place of a version, for the side that will send it.

    The same point twice is one. Raises Refused, beside the field, for a point without a place or words.
    """
    deliverable = locked(deliverable)
    require(may_accept_for_cluster | may_accept_for_partner, by, deliverable.milestone.plan.voucher)
    side = side_that_judges(by, deliverable)
    _require_judgeable(deliverable)
    require_state(deliverable, *Deliverable.WAITING)
    require_words(where, _("Say where it is: a page, a section or a file."), field="where")
    require_words(text, _("Say what is wrong there."), field="text")
    said = {"side": side or "", "where": where.strip(), "text": text.strip(), "weight": weight}
    again = deliverable.points.filter(sent_at=None, **said).first()
    if again is not None:
        return again
    point = DeliverablePoint(deliverable=deliverable, made_by=by, **said)
    point.full_clean(validate_constraints=False, validate_unique=False)
    with constraints_of(DeliverablePoint):
        point.save()
    return point


@action(gettext_lazy("Point taken back"))
def drop_point(point: DeliverablePoint, *, by: User) -> None:
    """Take back a point that is not sent yet; whoever reads for the same side may."""
    point = locked(point)
    its_own = may_accept_for_partner if point.side == PointSide.PARTNER else may_accept_for_cluster
    require(its_own, by, point.deliverable.milestone.plan.voucher)
    require_state(point.deliverable, *Deliverable.WAITING)
    if point.sent_at is not None:
        raise OutOfOrder(_("This point is sent already."))
    point.delete()


def _require_judgeable(deliverable: Deliverable) -> None:
    """Raise OutOfOrder for what is not the newest version, or of a milestone that was removed.

    Nothing is judged while the voucher rests or once it has ended.
    """
    require_state(deliverable.milestone.plan.voucher, Voucher.State.ACTIVE)
    require_in_force(deliverable.milestone)
    newest = newest_of(deliverable.milestone)
    if newest is not None and newest.number != deliverable.number:
        raise OutOfOrder(
            _(
                "This is version %(number)s; version %(newest)s was handed in since. Please read "
                "that one."
            )
            % {"number": number(deliverable.number), "newest": number(newest.number)}
        )


def _require_nothing_to_mend(deliverable: Deliverable, side: str) -> None:
    if deliverable.points.filter(side=side, weight=Weight.MUST).exists():
        raise Refused(str(_SENTENCES["what_must_be_mended_is_not_accepted"]))


def _send(deliverable: Deliverable, side: str | None) -> list[DeliverablePoint]:
    """Send the points of a side with its decision; those of the other side stay unsent."""
    points = list(deliverable.points.filter(side=side, sent_at=None))
    now = timezone.now()
    for point in points:
        point.sent_at = now
        point.save(update_fields=["sent_at"])
    return points


def _tell_provider(kind: str, deliverable: Deliverable, **more: str) -> None:
    """Tell the provider too, where the version came by its link."""
    if deliverable.submitted_through is not None:
        title = deliverable.milestone.title
        write_by_link(deliverable.submitted_through, kind, milestone=title, **more)
