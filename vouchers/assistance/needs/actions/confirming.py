"""Confirming a record of needs, for the cluster and for the country partner."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from conduct.actions import Refused, action, constraints_of, judged, locked, move, require_state
from documents.actions import issue_in_every_language
from vouchers.assistance.needs.letters.records import NEEDS_RECORD, record_facts
from vouchers.assistance.needs.models import NeedsRecord
from vouchers.assistance.needs.models.meetings import Side
from vouchers.assistance.needs.permissions import may_answer_record, side_about
from vouchers.awards.models import Voucher

from .sharing import require_newest
from .telling import tell_both_sides, tell_other_side


@action(gettext_lazy("Record of needs confirmed"))
def confirm_record(record: NeedsRecord, *, seen: int, by: User) -> NeedsRecord:
    """Confirm a shared record for one's side; with both sides it is in force, and a document.

    `seen` is the sharing that the person read. The record that it corrects is replaced at the same
    instant. Raises Refused where it was shared anew meanwhile, where somebody has confirmed it for
    this side already, and for whoever confirmed it for the other side.
    """
    record = judged(
        record,
        may_answer_record,
        by=by,
        states=[NeedsRecord.State.SHARED],
        otherwise=_("A manager or editor of the cluster and the country partner confirm it."),
    )
    require_state(record.voucher, Voucher.State.ACTIVE)
    require_newest(record, seen)
    _note(record, by)
    with constraints_of(NeedsRecord):
        record.save()
    if record.cluster_confirmed_by is None or record.partner_confirmed_by is None:
        tell_other_side("needs-to-confirm", record, by)
        return record
    return _put_in_force(record, by)


def _note(record: NeedsRecord, by: User) -> None:
    side, now = side_about(by, record.voucher), timezone.now()
    standing = record.cluster_confirmed_by if side == Side.CLUSTER else record.partner_confirmed_by
    if standing is not None:
        raise Refused(
            _("%(person)s has confirmed it for your side already.") % {"person": standing}
        )
    if side == Side.CLUSTER:
        record.cluster_confirmed_by, record.cluster_confirmed_at = by, now
    else:
        record.partner_confirmed_by, record.partner_confirmed_at = by, now


def _put_in_force(record: NeedsRecord, by: User) -> NeedsRecord:
    now = timezone.now()
    if record.based_on is not None:
        earlier = locked(record.based_on)
        move(earlier, NeedsRecord.State.REPLACED)
        earlier.replaced_at = now
        earlier.save()
    move(record, NeedsRecord.State.CONFIRMED)
    record.confirmed_at = now
    with constraints_of(NeedsRecord):
        record.save()
    voucher = record.voucher
    # About the voucher: a document of a correction takes the place of the one before.
    issued = issue_in_every_language(
        NEEDS_RECORD, voucher, lambda: record_facts(record), by=by, reference=voucher.reference
    )
    tell_both_sides("needs-confirmed", record, issued[voucher.award.application.language])
    return record
