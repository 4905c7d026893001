"""Sending a version: what was typed becomes facts, which never change."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from conduct.actions import (
    Refused,
    action,
    constraints_of,
    locked,
    move,
    require,
    require_state,
)
from vouchers.assistance.actions.steps import tell_officers
from vouchers.assistance.plans.models import PlanVersion
from vouchers.assistance.plans.permissions import may_submit_plan
from vouchers.assistance.plans.queries import (
    bound_milestones,
    content_of_version,
    needs_of,
    terms_of,
)
from vouchers.assistance.plans.rules.judging import problems_of, without_repeats
from vouchers.assistance.plans.rules.parts import Content, Remark
from vouchers.assistance.plans.rules.warnings import warnings_of
from vouchers.assistance.plans.wording import sentence_of
from vouchers.awards.models import Voucher
from vouchers.providers.models import Provider

from .drafting import next_version
from .facts import write_facts
from .standing import require_needs


@action(gettext_lazy("Plan sent"))
def submit_version(version: PlanVersion, *, by: User) -> PlanVersion:
    """Send a draft to the country partner: from here on nothing of it changes.

    Raises Refused with the first thing that must be mended (a plan above the voucher in EUR, days
    that are no quarters, …), OutOfOrder while the needs are not recorded.
    """
    version = locked(version)
    voucher = version.plan.voucher
    require(
        may_submit_plan,
        by,
        voucher,
        otherwise=_("Only a manager of the cluster can send the plan."),
    )
    require_state(voucher, Voucher.State.ACTIVE)
    require_needs(voucher)
    require_state(version, PlanVersion.State.DRAFT)
    for problem in problems_of_draft(version):
        raise Refused(sentence_of(problem))
    content, _unread = content_of_version(version)
    provider = _provider_for(voucher, content)
    write_facts(version, content)
    move(version, PlanVersion.State.SUBMITTED)
    version.aim, version.provider = content.aim, provider
    version.submitted_by, version.submitted_at = by, timezone.now()
    with constraints_of(PlanVersion):
        version.save()
    tell_officers("plan-submitted", voucher)
    return version


@action(gettext_lazy("Plan taken back"))
def take_back_version(version: PlanVersion, *, by: User) -> PlanVersion | None:
    """Take back what was sent, before the partner decides; or drop the draft of an amendment.

    What was sent goes on as the next draft, which is returned; a dropped amendment leaves none.
    """
    version = locked(version)
    voucher = version.plan.voucher
    require(
        may_submit_plan,
        by,
        voucher,
        otherwise=_("Only a manager of the cluster can take the plan back."),
    )
    require_state(voucher, Voucher.State.ACTIVE)
    was_sent = version.state == PlanVersion.State.SUBMITTED
    if version.state == PlanVersion.State.DRAFT and not version.is_amendment:
        raise Refused(_("The first plan is not dropped: change its draft."))
    move(version, PlanVersion.State.WITHDRAWN)
    version.save()
    if not was_sent:
        return None
    return next_version(version, amendment=version.amendment, reason=version.reason, by=by)


def problems_of_draft(version: PlanVersion) -> list[Remark]:
    """What still keeps a draft from being sent, in the order of its parts."""
    content, unread = content_of_version(version)
    problems = problems_of(content, terms_of(version.plan.voucher), bound_milestones(version.plan))
    return without_repeats(sorted([*unread, *problems], key=lambda found: found.part))


def warnings_of_version(version: PlanVersion) -> list[Remark]:
    """What is worth a second look in a version."""
    voucher = version.plan.voucher
    content, _unread = content_of_version(version)
    wanted = [need.key for need in needs_of(voucher) if need.wants_answer]
    return warnings_of(content, terms_of(voucher), wanted)


def _provider_for(voucher: Voucher, content: Content) -> Provider | None:
    """The provider that the plan names, locked; None where quotes are to find one."""
    if content.provider is None:
        return None
    found = Provider.objects.filter(pk=content.provider).first()
    provider = locked(found) if found is not None else None
    if provider is None or provider.country_id != voucher.award.application.country_id:
        raise Refused(_("Choose a provider that your country partner has registered."))
    return provider
