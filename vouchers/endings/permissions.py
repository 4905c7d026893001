"""Who may ask for more time, suspend, end, and say who acts for a cluster."""

from __future__ import annotations

from typing import Any

import rules

from accounts.models import User
from accounts.permissions import is_coordinator
from vouchers.awards.permissions import (
    is_officer_for_voucher,
    may_read_voucher,
    may_sign_for_voucher,
)

from .models import Ending, Extension

may_look_after = is_officer_for_voucher | (is_coordinator & may_read_voucher)
may_coordinate = is_coordinator & may_read_voucher
may_ask_for_extension = may_sign_for_voucher | may_look_after
may_suspend = may_look_after
may_give_up = may_sign_for_voucher
may_propose_ending = may_look_after
may_confirm_lapse = may_coordinate
may_name_representative = may_sign_for_voucher | may_look_after


@rules.predicate
def may_read_of_voucher(user: User, record: Any) -> bool:
    """Whether the person may read the voucher that the record is about."""
    return may_read_voucher.test(user, record.voucher)


@rules.predicate
def may_decide_extension(user: User, extension: Extension) -> bool:
    """Who looks after the voucher decides first; what a partner agreed to, a coordinator."""
    if extension.state == Extension.State.AGREED:
        return may_coordinate.test(user, extension.voucher)
    return may_look_after.test(user, extension.voucher)


@rules.predicate
def took_no_step_of_extension(user: User, extension: Extension) -> bool:
    """Whether the person neither asked for it nor agreed to it; the database holds the same."""
    return user.pk not in (extension.asked_by_id, extension.agreed_by_id)


@rules.predicate
def may_withdraw_extension(user: User, extension: Extension) -> bool:
    """Who asked, or a manager where the cluster asked."""
    if extension.asked_by_id == user.pk:
        return may_ask_for_extension.test(user, extension.voucher)
    by_staff = may_look_after.test(extension.asked_by, extension.voucher)
    return not by_staff and may_sign_for_voucher.test(user, extension.voucher)


@rules.predicate
def may_decide_ending(user: User, ending: Ending) -> bool:
    return may_coordinate.test(user, ending.voucher)


@rules.predicate
def proposed_no_ending(user: User, ending: Ending) -> bool:
    """Whether somebody else proposed it; the database holds the same."""
    return user.pk != ending.proposed_by_id


@rules.predicate
def may_revoke_ending(user: User, ending: Ending) -> bool:
    """A coordinator; a manager of the cluster too where the cluster gave the voucher up."""
    if ending.kind == Ending.Kind.GIVEN_UP and may_sign_for_voucher.test(user, ending.voucher):
        return True
    return may_coordinate.test(user, ending.voucher)
