"""Sharing a record of needs with the cluster, remarks on it, and taking it back to revise it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast
from uuid import UUID

from django.db.models import TextField
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from conduct.actions import Refused, action, constraints_of, judged, move, require_state
from conduct.actions.again import said_a_moment_ago
from vouchers.assistance.needs.models import Need, NeedRemark, NeedsRecord, NeedsSharing
from vouchers.assistance.needs.permissions import (
    may_answer_record,
    may_revise_record,
    side_about,
)
from vouchers.assistance.needs.queries import as_kept, content_of
from vouchers.assistance.needs.rules import changes_between
from vouchers.awards.models import Voucher

from .telling import tell_other_side
from .writing import DECISIONS

LONGEST_REMARK = 2000


@action(gettext_lazy("Record of needs shared"))
def share_record(record: NeedsRecord, *, by: User) -> NeedsRecord:
    """Show the draft to the cluster, which is told; rows in which nothing is written are left out.

    Raises Refused with the first thing that is missing, and for a correction that changes nothing.
    """
    record = judged(record, may_revise_record, by=by, states=[NeedsRecord.State.DRAFT])
    require_state(record.voucher, Voucher.State.ACTIVE)
    for sentences in problems_of_record(record).values():
        raise Refused(sentences[0])
    empty = [need.pk for need in record.needs.all() if not need.says_something]
    record.needs.filter(pk__in=empty).delete()
    content = content_of(record)
    if record.based_on is not None and not changes_between(content_of(record.based_on), content):
        raise Refused(_("Nothing is changed yet."))
    record.sharing_number += 1
    record.shared_by, record.shared_at = by, timezone.now()
    move(record, NeedsRecord.State.SHARED)
    with constraints_of(NeedsRecord):
        record.save()
    NeedsSharing.objects.create(
        record=record,
        number=record.sharing_number,
        content=as_kept(content),
        shared_by=by,
        shared_at=record.shared_at,
    )
    tell_other_side("needs-shared", record, by)
    return record


def problems_of_record(record: NeedsRecord) -> dict[int, list[str]]:
    """What keeps a draft from being shared, in sentences, by the parts of the draft."""
    problems: dict[int, list[str]] = {}
    needs = [need for need in record.needs.all() if need.says_something]
    if not needs:
        problems[DECISIONS] = [_("Write down at least one need before you share the record.")]
    for need in needs:
        found = [] if need.what.strip() else [_("Say what is needed.")]
        found += _too_long(need, "what", "evidence", "existing")
        if found:
            problems[need.pk] = found
    if found := _too_long(record, "decisions"):
        problems.setdefault(DECISIONS, []).extend(found)
    return problems


def _too_long(record: Need | NeedsRecord, *names: str) -> list[str]:
    fields = (cast("TextField", record._meta.get_field(name)) for name in names)
    return [
        _("“%(field)s” is longer than %(number)s characters.")
        % {
            "field": field.verbose_name,
            "number": number_format(field.max_length or 0, force_grouping=True),
        }
        for field in fields
        if len(getattr(record, field.name)) > (field.max_length or 0)
    ]


@action(gettext_lazy("Remarks on the record of needs"))
def send_remarks(
    record: NeedsRecord, remarks: Mapping[UUID | None, str], *, seen: int, by: User
) -> list[NeedRemark]:
    """Remark on needs of a shared record, by their keys, and on its decisions (None).

    `seen` is the sharing that the person read. The other side is told once of all of them; the same ones
    twice are one. Raises Refused where nothing is written, for a need that is not in the record, and
    where the record was shared anew meanwhile.
    """
    record = judged(record, may_answer_record, by=by, states=[NeedsRecord.State.SHARED])
    require_state(record.voucher, Voucher.State.ACTIVE)
    require_newest(record, seen)
    written = {key: text.strip() for key, text in remarks.items() if text.strip()}
    if not written:
        raise Refused(_("Write what you remark."))
    keys = set(record.needs.values_list("key", flat=True))
    if not {key for key in written if key is not None} <= keys:
        raise Refused(_("This need is not in the record any more."))
    if any(len(text) > LONGEST_REMARK for text in written.values()):
        raise Refused(
            _("A remark has at most %(number)s characters.")
            % {"number": number_format(LONGEST_REMARK, force_grouping=True)}
        )
    said = [
        said_a_moment_ago(
            NeedRemark.objects.filter(record=record, sharing_number=record.sharing_number),
            at="written_at",
            need_key=key,
            text=text,
            written_by=by,
        )
        for key, text in written.items()
    ]
    again = [remark for remark in said if remark is not None]
    if len(again) == len(written):
        return again
    side = side_about(by, record.voucher)
    made = [
        NeedRemark.objects.create(
            record=record,
            sharing_number=record.sharing_number,
            need_key=key,
            side=side,
            text=text,
            written_by=by,
            written_at=timezone.now(),
        )
        for key, text in written.items()
    ]
    tell_other_side("needs-remarked", record, by, number=len(made))
    return made


@action(gettext_lazy("Record of needs taken back to revise it"))
def revise_record(record: NeedsRecord, *, by: User) -> NeedsRecord:
    """Take a shared record back to change it; what was confirmed of it counts no more."""
    record = judged(record, may_revise_record, by=by, states=[NeedsRecord.State.SHARED])
    require_state(record.voucher, Voucher.State.ACTIVE)
    move(record, NeedsRecord.State.DRAFT)
    record.cluster_confirmed_by = record.cluster_confirmed_at = None
    record.partner_confirmed_by = record.partner_confirmed_at = None
    record.begun_at = timezone.now()
    record.save()
    return record


def require_newest(record: NeedsRecord, seen: int) -> None:
    """Raise Refused where the record was shared anew since the person read it."""
    if seen != record.sharing_number:
        raise Refused(
            _("The record was changed and shared again meanwhile: please read it once more.")
        )
