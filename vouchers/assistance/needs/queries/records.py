"""Records of needs and what they hold, scoped to who asks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from accounts.models import User
from clusters.models import Representative
from clusters.permissions import EDITING
from clusters.queries import represented_by
from vouchers.assistance.needs.models import Meeting, Need, NeedRemark, NeedsRecord
from vouchers.assistance.needs.models.meetings import Side, other_side
from vouchers.assistance.needs.rules import FileContent, NeedContent, RecordContent
from vouchers.awards.models import Voucher
from vouchers.awards.queries import award_within_reach


def records_visible_to(user: User) -> QuerySet[NeedsRecord]:
    """The records about vouchers that the person may read; the cluster's from the first sharing on."""
    own = represented_by(user)
    return (
        NeedsRecord.objects.filter(award_within_reach(user, "voucher__award__"))
        .filter(Q(sharing_number__gt=0) | ~Q(voucher__award__application__cluster__in=own))
        .select_related(
            "voucher__award__application__cluster",
            "voucher__award__application__country__partner",
            "based_on",
            "written_by",
            "shared_by",
            "cluster_confirmed_by",
            "partner_confirmed_by",
        )
    )


def records_of(voucher: Voucher, user: User) -> QuerySet[NeedsRecord]:
    """The versions of a voucher's record that the person may read, the newest first."""
    return records_visible_to(user).filter(voucher=voucher).order_by("-number")


def record_in_force(voucher: Voucher) -> NeedsRecord | None:
    """The record of needs that cluster and partner confirmed last, where there is one."""
    return NeedsRecord.objects.filter(voucher=voucher, state=NeedsRecord.State.CONFIRMED).first()


def record_in_work(voucher: Voucher) -> NeedsRecord | None:
    """The version that is being written or waits to be confirmed, where there is one."""
    return NeedsRecord.objects.filter(
        voucher=voucher, state__in=[NeedsRecord.State.DRAFT, NeedsRecord.State.SHARED]
    ).first()


def needs_in_force(voucher: Voucher) -> QuerySet[Need]:
    """The needs of the record in force, in the order of the themes; none before one is confirmed."""
    return (
        Need.objects.filter(record__voucher=voucher, record__state=NeedsRecord.State.CONFIRMED)
        .select_related("theme")
        .order_by("theme__position", "position", "pk")
    )


def needs_of(record: NeedsRecord) -> list[Need]:
    """The needs of a record with their themes, in order."""
    return list(record.needs.select_related("theme", "written_by"))


def content_of(record: NeedsRecord) -> RecordContent:
    """What the record says now; needs in which nothing is written yet are left out."""
    return RecordContent(
        tuple(
            NeedContent(
                key=str(need.key),
                theme=need.theme.code,
                what=need.what,
                priority=need.priority,
                evidence=need.evidence,
                existing=need.existing,
            )
            for need in needs_of(record)
            if need.says_something
        ),
        record.decisions,
        tuple(FileContent(str(file.key), file.name, file.size) for file in record.standing_files),
    )


def as_kept(content: RecordContent) -> dict[str, Any]:
    """A content as a sharing keeps it."""
    return asdict(content)


def content_shared(record: NeedsRecord, sharing: int) -> RecordContent | None:
    """What the record said when it was shared for the `sharing`-th time; None where it was not."""
    kept = record.sharings.filter(number=sharing).values_list("content", flat=True).first()
    if kept is None:
        return None
    return RecordContent(
        tuple(NeedContent(**need) for need in kept["needs"]),
        kept["decisions"],
        tuple(FileContent(**file) for file in kept["files"]),
    )


def records_to_confirm(user: User) -> QuerySet[NeedsRecord]:
    """The shared records that wait for this person's side, the longest waiting first."""
    own = Representative.objects.filter(user=user, level__in=EDITING).values("cluster")
    return (
        records_visible_to(user)
        .filter(
            Q(
                partner_confirmed_by=None,
                voucher__award__application__country_id__in=user.officer_countries,
            )
            | Q(cluster_confirmed_by=None, voucher__award__application__cluster__in=own),
            state=NeedsRecord.State.SHARED,
            voucher__state=Voucher.State.ACTIVE,
        )
        .order_by("shared_at")
    )


def remarks_on(record: NeedsRecord) -> list[NeedRemark]:
    """What was remarked on the record since it was shared first, the earliest first."""
    return list(record.remarks.select_related("written_by"))


@dataclass(frozen=True)
class Waiting:
    """Which side (of Side) must act on a record, since when (UTC), and for what."""

    side: str
    since: datetime
    what: str


CONFIRM, ANSWER, WRITE = "confirm", "answer", "write"


def waiting_for(record: NeedsRecord, remarks: Iterable[NeedRemark]) -> list[Waiting]:
    """Who must act on a record that is in work; nobody once it is confirmed.

    A side that has remarked on what is shared now waits for the other one to answer: to revise the
    record, to remark in its turn, or to confirm it as it is.
    """
    if record.state == NeedsRecord.State.DRAFT:
        return [Waiting(Side.PARTNER, record.begun_at, WRITE)]
    if record.state != NeedsRecord.State.SHARED or record.shared_at is None:
        return []
    last = {
        remark.side: remark for remark in remarks if remark.sharing_number == record.sharing_number
    }
    newest = max(last.values(), key=lambda remark: (remark.written_at, remark.pk), default=None)
    if newest is not None and not _has_confirmed(record, other_side(newest.side)):
        return [Waiting(other_side(newest.side), newest.written_at, ANSWER)]
    return [
        Waiting(side, record.shared_at, CONFIRM)
        for side in (Side.CLUSTER, Side.PARTNER)
        if not _has_confirmed(record, side)
    ]


def _has_confirmed(record: NeedsRecord, side: str) -> bool:
    by = record.cluster_confirmed_by_id if side == Side.CLUSTER else record.partner_confirmed_by_id
    return by is not None


def is_of_own_cluster(user: User, record: NeedsRecord) -> bool:
    """Whether the person represents the cluster that the record is about."""
    cluster = record.voucher.award.application.cluster_id
    return Representative.objects.filter(user=user, cluster=cluster).exists()


def meetings_held_before(record: NeedsRecord) -> QuerySet[Meeting]:
    """The meetings that were held before the record was confirmed, with who came, in order."""
    held = Meeting.objects.filter(voucher=record.voucher, state=Meeting.State.HELD)
    if record.confirmed_at is not None:
        held = held.filter(held_at__lte=record.confirmed_at)
    return held.prefetch_related("attendances").order_by("starts_at")
