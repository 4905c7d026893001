"""A cluster that pays the provider itself asks for money in advance."""

from __future__ import annotations

from decimal import Decimal

from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from conduct.actions import OutOfOrder, Refused, action, constraints_of, locked, require
from conduct.actions.again import said_a_moment_ago
from documents.wording import figures
from vouchers.applications.queries import officers_told_of
from vouchers.awards.models import Voucher
from vouchers.payments.actions.steps import tell
from vouchers.payments.models import Claim
from vouchers.payments.permissions import may_submit_claim
from vouchers.payments.queries import left_to_advance

from .asking import require_claimable
from .drafting import ONLY_MANAGERS
from .limits import require_within
from .paying import whom_it_pays
from .submitting import who_delivers
from .worth import require_amount


@action(gettext_lazy("Advance asked for"))
def ask_for_advance(voucher: Voucher, *, amount: Decimal, by: User) -> Claim:
    """Ask for money (EUR) before it is spent: a claim without invoices, which later ones clear.

    It is controlled, approved and paid as any claim; asked twice at once it is one. Raises
    OutOfOrder where the call advances nothing or no plan is in force, Refused (beside
    `amount`) above what the call lets be out at a time, and above what is left to claim of the voucher.
    """
    voucher = locked(voucher)
    require(may_submit_claim, by, voucher, otherwise=ONLY_MANAGERS)
    require_claimable(voucher)
    if not voucher.award.application.call.advance_share:
        raise OutOfOrder(_("This call advances nothing: claim what was paid."))
    provider = who_delivers(voucher)
    require_amount("amount", "EUR", amount)
    again = said_a_moment_ago(
        voucher.claims.filter(is_advance=True, state=Claim.State.SUBMITTED),
        at="submitted_at",
        amount=amount,
        submitted_by=by,
    )
    if again is not None:
        return again
    left = left_to_advance(voucher)
    if amount > left:
        raise Refused(
            _("%(left)s EUR can be advanced now: clear what was advanced before.")
            % {"left": figures(left)},
            field="amount",
        )
    require_within(voucher, [(0, amount)])
    number = 1 + (voucher.claims.aggregate(last=Max("number"))["last"] or 0)
    with constraints_of(Claim):
        claim = Claim.objects.create(
            voucher=voucher,
            number=number,
            provider=provider,
            **whom_it_pays(voucher),
            is_advance=True,
            # Stands where others name their invoices: the same in every language.
            invoice_numbers=f"ADV-{number}",
            amount=amount,
            submitted_by=by,
        )
    tell(officers_told_of(voucher.award.application), "claim-submitted", claim)
    return claim
