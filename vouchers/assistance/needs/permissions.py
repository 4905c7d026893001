"""Who may propose, agree, move and hold meetings about a voucher."""

import rules

from accounts.models import User
from vouchers.awards.models import Voucher
from vouchers.awards.permissions import (
    is_officer_for_voucher,
    may_read_voucher,
    may_write_for_voucher,
)

from .models import Meeting, NeedsRecord
from .models.meetings import Side

may_propose_meeting = is_officer_for_voucher | may_write_for_voucher


may_write_record = is_officer_for_voucher


def side_about(user: User, voucher: Voucher) -> str:
    """For which side the person acts about a voucher; empty for who only reads."""
    if is_officer_for_voucher.test(user, voucher):
        return Side.PARTNER
    return Side.CLUSTER if may_write_for_voucher.test(user, voucher) else ""


def side_of(user: User, meeting: Meeting) -> str:
    """On which side of the table the person sits; empty for who only reads."""
    return side_about(user, meeting.voucher)


@rules.predicate
def sits_at_the_table(user: User, meeting: Meeting) -> bool:
    return bool(side_of(user, meeting))


@rules.predicate
def is_organising(user: User, meeting: Meeting) -> bool:
    return side_of(user, meeting) == Side.PARTNER


@rules.predicate
def may_agree(user: User, meeting: Meeting) -> bool:
    """Whether the person answers what the other side proposed."""
    return bool(meeting.turn) and side_of(user, meeting) == meeting.turn


@rules.predicate
def may_read_meeting(user: User, meeting: Meeting) -> bool:
    return may_read_voucher.test(user, meeting.voucher)


@rules.predicate
def may_revise_record(user: User, record: NeedsRecord) -> bool:
    return may_write_record.test(user, record.voucher)


@rules.predicate
def may_answer_record(user: User, record: NeedsRecord) -> bool:
    """Whether the person confirms the record for a side, or remarks on it."""
    return bool(side_about(user, record.voucher))
