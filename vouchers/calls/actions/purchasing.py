"""How a call lets the assistance be bought."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy

from accounts.models import User
from conduct.actions import action
from vouchers.calls.models import Call, PurchaseRules, QuoteGround

from .drafts import cleaned, locked_draft


@action(gettext_lazy("Rules of purchase set"))
def set_purchase_rules(
    call: Call, grounds: list[dict[str, Any]], *, by: User, **terms: Any
) -> PurchaseRules:
    """Say in a draft who contracts and pays (`use`), how many providers are asked, and the grounds.

    The grounds replace those that were, in the order given; each holds kind, name and weight (points
    of 100). `terms` are fields of PurchaseRules. Raises OutOfOrder once the call is open.
    """
    call = locked_draft(call, by)
    rules = PurchaseRules.objects.filter(call=call).first() or PurchaseRules(call=call)
    for name, value in terms.items():
        setattr(rules, name, value)
    cleaned(rules)
    call.quote_grounds.all().delete()
    for position, ground in enumerate(grounds, start=1):
        cleaned(QuoteGround(call=call, position=position, **ground))
    return rules
