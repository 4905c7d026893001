"""An exception from the ceiling of a legal entity: asked by one person, decided by another."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Role, User
from accounts.queries import people_holding
from conduct.actions import (
    OutOfOrder,
    Refused,
    action,
    constraints_of,
    judged,
    move,
    require_state,
    require_words,
)
from documents.wording import listed
from notices.actions import notify_each
from vouchers.applications.models import Application
from vouchers.awards.models import CeilingOverride, SelectionRound
from vouchers.awards.permissions import may_ask_for_override, may_decide_override
from vouchers.awards.queries.ceilings import above_their_ceiling, ceiling_of

State = CeilingOverride.State


@action(gettext_lazy("Exception from the ceiling asked for"))
def ask_for_override(application: Application, *, reason: str, by: User) -> CeilingOverride:
    """Ask that the legal entity of an application may receive more than the ceiling, for a reason.

    It is asked for as much as the entity would hold now. Raises OutOfOrder where the ceiling is not
    exceeded or an exception for as much stands, Refused while one is asked for.
    """
    application = judged(application, may_ask_for_override, by=by)
    require_words(reason, _("Say why more than the ceiling is justified."), field="reason")
    found = ceiling_of(application)
    if not found.stops:
        raise OutOfOrder(
            _("The legal entity stays within what is allowed: nothing is to be asked.")
        )
    with constraints_of(CeilingOverride):
        override = CeilingOverride.objects.create(
            application=application,
            ceiling=found.ceiling,
            up_to=found.total,
            reason=reason.strip(),
            asked_by=by,
        )
    notify_each(
        people_holding(Role.COORDINATOR),
        "award-exception-asked",
        but=by,
        facts=_facts(override),
        about=override,
    )
    return override


@action(gettext_lazy("Exception from the ceiling decided"))
def decide_override(
    override: CeilingOverride, *, granted: bool, reason: str, by: User
) -> CeilingOverride:
    """Grant or refuse an exception that somebody else asked for; the `reason` stands beside it.

    Raises NotAllowed for who asked for it, OutOfOrder once it is decided.
    """
    override = judged(
        override,
        may_decide_override,
        by=by,
        otherwise=_("Somebody else than who asked for it must decide."),
    )
    require_state(override, State.ASKED)
    require_words(reason, _("Say why you decide so."), field="reason")
    move(override, State.GRANTED if granted else State.REFUSED)
    override.decided_by, override.decided_at = by, timezone.now()
    override.decision_reason = reason.strip()
    with constraints_of(CeilingOverride):
        override.save()
    asked = override.asked_by
    # Unless they have left, or a conflict of interest shuts them out since.
    may_hear = asked.is_active and may_ask_for_override.test(asked, override.application)
    notify_each(
        [asked] if may_hear else [],
        "award-exception-decided",
        facts={**_facts(override), "granted": granted, "why": override.decision_reason},
        about=override,
    )
    return override


def require_within_ceilings(selection_round: SelectionRound) -> None:
    """Raise Refused, naming them, for awards above the ceiling that two people have not allowed."""
    above = above_their_ceiling(selection_round)
    if above:
        raise Refused(
            _(
                "Above what one legal entity may receive across calls: %(which)s. Ask for an exception "
                "on the page of the ceiling, which a second person decides, or award to another."
            )
            % {"which": listed(f"{one.reference} ({one.cluster.name})" for one in above)}
        )


def _facts(override: CeilingOverride) -> dict[str, str]:
    return {
        "cluster": override.application.cluster.name,
        "reference": override.application.reference or "",
        "up_to": str(override.up_to),
        "ceiling": str(override.ceiling),
        "reason": override.reason,
        "person": str(override.asked_by),
    }
