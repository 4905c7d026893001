"""Taking in what clusters received before the portal kept books, as history."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from clusters.models import Cluster
from conduct.actions import (
    OutOfOrder,
    Refused,
    action,
    constraints_of,
    judged,
    locked,
    require,
    require_words,
)
from conduct.queries.days import today
from vouchers.books.models import EarlierMoney
from vouchers.books.permissions import may_take_in_earlier_money


@action(gettext_lazy("Money of an earlier round taken in"))
def take_in_earlier_money(
    cluster: Cluster, *, programme: str, received_on: date, amount: Decimal, reason: str, by: User
) -> EarlierMoney:
    """Take in what a cluster received in an earlier round (EUR): it counts for the ceiling alone.

    `reason` says what shows it. Raises Refused (beside its field) for a day that has not come, without
    a reason, and for what is entered already.
    """
    cluster = locked(cluster)
    require(may_take_in_earlier_money, by)
    require_words(reason, _("Say what shows it: an agreement, a letter, a proof of payment."))
    if received_on > today():
        raise Refused(_("This day has not come yet."), field="received_on")
    with constraints_of(EarlierMoney):
        return EarlierMoney.objects.create(
            cluster=cluster,
            programme=programme,
            received_on=received_on,
            amount=amount,
            reason=reason,
            entered_by=by,
        )


@action(gettext_lazy("Money of an earlier round taken back"))
def take_back_earlier_money(money: EarlierMoney, *, reason: str, by: User) -> EarlierMoney:
    """Take back what was entered by mistake; it stays to be read. Raises OutOfOrder if it is already."""
    money = judged(money)
    require(may_take_in_earlier_money, by)
    if money.taken_back_at is not None:
        raise OutOfOrder(_("It is taken back already."))
    require_words(reason, _("Say why it is taken back."))
    money.taken_back_by, money.taken_back_at = by, timezone.now()
    money.taken_back_reason = reason
    with constraints_of(EarlierMoney):
        money.save()
    return money
