"""The policy of separations is changed by two people."""

from __future__ import annotations

from collections.abc import Iterable

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
    require,
    require_words,
)
from notices.actions import notify_each
from vouchers.payments.actions.controlling import standing_policy
from vouchers.payments.control.models import SeparationPolicy
from vouchers.payments.control.permissions import (
    may_confirm_policy,
    may_drop_policy,
    may_propose_policy,
)
from vouchers.payments.control.rules.separations import PAIRS, in_order

_ANOTHER = gettext_lazy("Somebody else than who proposed it puts a policy in force.")
_NONE_WAITS = gettext_lazy("This policy waits for nobody any more: look at the list.")


@action(gettext_lazy("Policy of separations proposed"))
def propose_policy(apart: Iterable[str], *, reason: str, by: User) -> SeparationPolicy:
    """Propose which pairs of duties (rules.separations) are kept apart; the floor is always among them.

    In force once a second person confirms it, for claims that are controlled from then on. Raises
    Refused without a reason, for a pair that there is not, where nothing changes, or while another
    proposal waits.
    """
    require(may_propose_policy, by)
    require_words(reason, _("Say why the policy is changed."), field="reason")
    wanted = list(apart)
    if not {*wanted} <= {*PAIRS}:
        raise Refused(_("Choose among the pairs of the list."), field="apart")
    before = standing_policy()
    kept = in_order(wanted)
    if kept == list(before.apart):
        raise Refused(_("This is the policy already."), field="apart")
    newest = SeparationPolicy.objects.order_by("-number").values_list("number", flat=True)[0]
    with constraints_of(SeparationPolicy):
        policy = SeparationPolicy.objects.create(
            number=newest + 1, apart=kept, reason=reason, proposed_by=by
        )
    people = people_holding(Role.FINANCE) | people_holding(Role.COORDINATOR)
    notify_each(
        people.exclude(pk=by.pk).distinct(),
        "policy-proposed",
        facts={"number": policy.number, "person": str(by), "reason": reason},
        about=policy,
    )
    return policy


@action(gettext_lazy("Policy of separations put in force"))
def confirm_policy(policy: SeparationPolicy, *, by: User) -> SeparationPolicy:
    """Put a proposed policy in force, as a second person; the claims controlled before keep theirs.

    Raises NotAllowed for who proposed it, OutOfOrder where it was decided on meanwhile.
    """
    policy = judged(policy, may_confirm_policy, by=by, otherwise=_ANOTHER)
    if not policy.is_open:
        raise OutOfOrder(_NONE_WAITS)
    policy.confirmed_by, policy.confirmed_at = by, timezone.now()
    with constraints_of(SeparationPolicy):
        policy.save(update_fields=["confirmed_by", "confirmed_at"])
    return policy


@action(gettext_lazy("Policy of separations dropped"))
def drop_policy(policy: SeparationPolicy, *, reason: str, by: User) -> SeparationPolicy:
    """Drop a proposed policy for the `reason`, which its history keeps; the one in force stays."""
    policy = judged(policy, may_drop_policy, by=by)
    if not policy.is_open:
        raise OutOfOrder(_NONE_WAITS)
    require_words(reason, _("Say why it is dropped."))
    policy.dropped_by, policy.dropped_at = by, timezone.now()
    with constraints_of(SeparationPolicy):
        policy.save(update_fields=["dropped_by", "dropped_at"])
    return policy
