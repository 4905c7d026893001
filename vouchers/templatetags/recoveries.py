"""What pages say of corrections after audit."""

from __future__ import annotations

from typing import Any

from django import template

from accounts.models import User
from vouchers.awards.models import Voucher
from vouchers.payments.models import Claim
from vouchers.payments.recoveries.permissions import may_propose_correction
from vouchers.payments.recoveries.queries import corrections_of

register = template.Library()


@register.inclusion_tag("recoveries/_panel.html", takes_context=True)
def corrections_panel(
    context: template.Context, voucher: Voucher, claim: Claim | None = None
) -> dict[str, Any]:
    """The corrections of a voucher, or of one claim of it, as far as the person may read them."""
    found = corrections_of(voucher, context["request"].user)
    if claim is not None:
        found = [one for one in found if one.claim_id == claim.pk]
    return {"corrections": found}


@register.filter
def may_be_corrected_by(claim: Claim, user: User) -> bool:
    """Whether the person may propose to correct the claim, which is paid."""
    return claim.state == Claim.State.PAID and bool(may_propose_correction.test(user))
