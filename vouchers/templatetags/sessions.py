"""What pages say of sessions, and of the link by which a provider works."""

from __future__ import annotations

from typing import Any

from django import template
from django.template.context import RequestContext

from vouchers.assistance.delivery.models import Session
from vouchers.assistance.delivery.wording import counts_of
from vouchers.assistance.workroom.permissions import may_send_work_link
from vouchers.assistance.workroom.queries import standing_link_of
from vouchers.awards.models import Voucher
from vouchers.providers.contracts.models import Contract

register = template.Library()


@register.filter
def counts(session: Session) -> list[tuple[str, int]]:
    """What the session counts of what its call asks for: what is counted, and how many."""
    return counts_of(session)


@register.inclusion_tag("workroom/_link_panel.html", takes_context=True)
def work_link_panel(context: RequestContext, contract: Contract) -> dict[str, Any]:
    """The newest link of the contract, and whether the reader may send or end one."""
    voucher = contract.voucher
    is_active = voucher.state == Voucher.State.ACTIVE
    return {
        "work_link": standing_link_of(contract),
        "voucher": voucher,
        "may_send": is_active and may_send_work_link.test(context["request"].user, voucher),
        "csrf_token": context.get("csrf_token"),
        "request": context["request"],
    }
