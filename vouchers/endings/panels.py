"""How a voucher ends otherwise, as its page shows it: what its template reads."""

from __future__ import annotations

from typing import Any

from accounts.models import User
from vouchers.awards.models import Voucher
from vouchers.awards.permissions import may_sign_for_voucher
from vouchers.awards.queries import acts_for
from vouchers.endings.models import Ending, Extension
from vouchers.endings.permissions import may_coordinate, may_look_after
from vouchers.endings.queries import (
    ending_of,
    is_unused,
    limits_of,
    suspension_of,
    warnings_of,
)


def endings_panel(voucher: Voucher, user: User) -> dict[str, Any]:
    """The extension, suspension and early end of the voucher, and what the person may begin."""
    manages, looks_after = (
        may_sign_for_voucher.test(user, voucher),
        may_look_after.test(user, voucher),
    )
    acts = voucher.is_open and (manages or looks_after)
    extensions = list(voucher.extensions.all())
    asked = next((one for one in extensions if one.state in Extension.OPEN), None)
    ending = ending_of(voucher)
    under_notice = ending is not None and ending.state == Ending.State.NOTICE
    warned = warnings_of(voucher) if is_unused(voucher) else []
    person, since = acts_for(voucher)
    return {
        "extension": asked,
        "suspension": suspension_of(voucher),
        "ending": ending,
        "warned": warned,
        "acting": person,
        "acting_since": since,
        "may_extend": acts
        and not under_notice
        and asked is None
        and limits_of(voucher).is_possible,
        "may_suspend": looks_after and voucher.state == Voucher.State.ACTIVE,
        "may_resume": looks_after and voucher.state == Voucher.State.SUSPENDED,
        "may_end": acts and ending is None,
        "gives_up": manages,
        "may_lapse": len(warned) == 2 and may_coordinate.test(user, voucher),
        "may_change_representative": acts,
    }
