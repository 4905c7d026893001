"""Who draws amendments up, and who signs them for which side."""

from __future__ import annotations

import rules

from accounts.models import Role, User
from accounts.queries import people_holding
from vouchers.awards.permissions import may_countersign, may_read_voucher, may_sign_for_voucher
from vouchers.endings.amendments.models import Amendment, SigningSide
from vouchers.endings.amendments.queries import who_signed
from vouchers.endings.permissions import may_coordinate, took_no_step_of_extension

may_draw_up = may_coordinate


@rules.predicate
def may_read_amendment(user: User, amendment: Amendment) -> bool:
    return may_read_voucher.test(user, amendment.voucher)


@rules.predicate
def may_refuse_amendment(user: User, amendment: Amendment) -> bool:
    """Whether the person binds the cluster, and may say that it does not sign."""
    return may_sign_for_voucher.test(user, amendment.voucher)


@rules.predicate
def may_withdraw_amendment(user: User, amendment: Amendment) -> bool:
    return may_coordinate.test(user, amendment.voucher)


@rules.predicate
def drew_it_up(user: User, amendment: Amendment) -> bool:
    """Whether it is the person's own draft; the database holds that another one counter-signs."""
    return amendment.drawn_up_by_id == user.pk


@rules.predicate
def signed_for_the_cluster(user: User, amendment: Amendment) -> bool:
    """Whether the person signed the agreement or an amendment of it for the cluster, then or since."""
    return user.pk in who_signed(amendment.voucher, SigningSide.CLUSTER)


@rules.predicate
def signed_for_the_programme(user: User, amendment: Amendment) -> bool:
    """Whether the person counter-signed the agreement or an amendment of it."""
    return user.pk in who_signed(amendment.voucher, SigningSide.PROGRAMME)


# Nobody signs for two sides of one agreement, whatever their role is by now; the database holds it too.
may_sign_amendment = may_refuse_amendment & ~drew_it_up & ~signed_for_the_programme


@rules.predicate
def stands_for_the_programme(user: User, amendment: Amendment) -> bool:
    """Whether the person may sign the agreement for the programme, and took no step of its more time."""
    if not may_countersign.test(user, amendment.voucher.award):
        return False
    extension = amendment.extension
    return extension is None or took_no_step_of_extension.test(user, extension)


may_countersign_amendment = stands_for_the_programme & ~drew_it_up & ~signed_for_the_cluster


def who_may_countersign_amendment(amendment: Amendment) -> list[User]:
    """The coordinators who may counter-sign it, once the cluster has signed."""
    coordinators = people_holding(Role.COORDINATOR)
    return [one for one in coordinators if may_countersign_amendment.test(one, amendment)]
