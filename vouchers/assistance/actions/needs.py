"""The meeting in which the needs of a cluster are found."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from conduct.actions import Refused, action, judged
from conduct.queries.days import today
from documents.actions import issue_in_every_language
from vouchers.assistance.letters import NEEDS_RECORD, needs_facts
from vouchers.assistance.models import NeedsAssessment
from vouchers.assistance.permissions import may_record_needs
from vouchers.awards.models import Voucher

from .steps import tell_cluster


@action(gettext_lazy("Needs assessment recorded"))
def record_needs_assessment(voucher: Voucher, *, by: User, **meeting: Any) -> NeedsAssessment:
    """Record a meeting in which the cluster's needs were found.

    `meeting` holds held_on, place, participants (one a line), findings and next_steps.
    """
    voucher = judged(voucher, may_record_needs, by=by, states=[Voucher.State.ACTIVE])
    if meeting["held_on"] > today(voucher.country.zone):
        raise Refused(_("The meeting lies in the future: record it once it was held."))
    needs = NeedsAssessment(voucher=voucher, recorded_by=by, **meeting)
    needs.full_clean()
    needs.save()
    records = issue_in_every_language(
        NEEDS_RECORD, needs, lambda: needs_facts(needs), by=by, reference=voucher.reference
    )
    language = voucher.award.application.language
    tell_cluster("needs-recorded", voucher, documents=[records[language]])
    return needs
