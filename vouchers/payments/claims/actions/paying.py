"""Whom a claim pays, and what shows that the provider was paid: both as the way of its call says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from conduct.actions import Refused
from conduct.queries.days import today
from vouchers.awards.models import Voucher
from vouchers.calls.models.terms.ways import WayOfUse

if TYPE_CHECKING:
    from .submitting import InvoiceTyped


def whom_it_pays(voucher: Voucher) -> dict[str, Any]:
    """The way of a claim on the voucher, and the payee that it names beside the provider."""
    application = voucher.award.application
    way = application.call.way_of_use
    return {
        "way": way,
        "cluster": application.cluster if way == WayOfUse.CLUSTER else None,
        "partner": application.country.partner if way == WayOfUse.PARTNER else None,
    }


def is_paid_first(voucher: Voucher) -> bool:
    """Whether the provider is paid before anything is claimed: by the cluster, or by the partner."""
    return voucher.award.application.call.way_of_use != WayOfUse.PROVIDER


def require_proof(voucher: Voucher, invoice: InvoiceTyped, prefix: str) -> None:
    """Raise Refused (beside a box whose name begins with `prefix`) for what the way asks, or not."""
    if not is_paid_first(voucher):
        if invoice.paid_on is not None or invoice.proof is not None:
            raise Refused(_("The programme pays the provider: nobody pays the invoice before."))
        return
    if invoice.paid_on is None:
        raise Refused(_("Say when the provider was paid."), field=f"{prefix}-paid_on")
    if not voucher.valid_from <= invoice.paid_on <= today(voucher.country.zone):
        raise Refused(
            _("The provider was paid between the start of the voucher and today."),
            field=f"{prefix}-paid_on",
        )
    if invoice.proof is None or invoice.proof.voucher_id != voucher.pk:
        raise Refused(_("Choose the file that shows the payment."), field=f"{prefix}-proof_upload")
