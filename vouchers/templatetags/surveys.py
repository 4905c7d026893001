"""What the page of a voucher shows of its follow-up surveys."""

from __future__ import annotations

from typing import Any

from django import template

from vouchers.assistance.surveys.panels import shown_surveys
from vouchers.awards.models import Voucher

register = template.Library()


@register.inclusion_tag("surveys/_panel.html")
def surveys_panel(voucher: Voucher) -> dict[str, Any]:
    """The surveys of a voucher that the page has found; none before its closing."""
    is_closed = voucher.state == Voucher.State.CLOSED
    return {"surveys": shown_surveys(voucher) if is_closed else []}
