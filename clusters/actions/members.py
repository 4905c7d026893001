"""Writes about the members of a cluster."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from clusters.models import Cluster, Member, MemberImport, MemberKind
from clusters.permissions import may_edit_for
from clusters.queries import current_members
from clusters.queries.imports import CheckedRow, checked
from conduct.actions import OutOfOrder, Refused, action, constraints_of, judged, locked, require


@action(_("Member entered"))
def enter_member(cluster: Cluster, *, by: User, **facts: Any) -> Member:
    """Enter a member: name, kind, size, town, joined, left. Refused for a current name twice."""
    cluster = judged(cluster, may_edit_for, by=by)
    member = Member(cluster=cluster, **facts)
    member.full_clean()
    with constraints_of(Member):
        member.save()
    return member


@action(_("Member changed"))
def change_member(member: Member, *, by: User, **facts: Any) -> Member:
    """Correct what is known of a member."""
    member = locked(member)
    require(may_edit_for, by, member.cluster)
    for name, value in facts.items():
        setattr(member, name, value)
    member.full_clean()
    with constraints_of(Member):
        member.save()
    return member


@action(_("Member left"))
def mark_as_left(member: Member, *, year: int, by: User) -> Member:
    """Note that a member left in `year`; it stays in the years before."""
    member = locked(member)
    require(may_edit_for, by, member.cluster)
    if member.left is not None:
        raise OutOfOrder(_("This member has left already."))
    member.left = year
    member.full_clean()
    member.save()
    return member


@action(_("Number of members taken over"))
def derive_members(cluster: Cluster, *, by: User) -> Cluster:
    """Take the number of members from the list; their kinds too, where nobody has named them."""
    cluster = judged(cluster, may_edit_for, by=by)
    kinds = set(current_members(cluster).values_list("kind", flat=True))
    cluster.member_count = current_members(cluster).count()
    if not cluster.member_kinds:
        named = [str(kind.label) for kind in MemberKind if kind in kinds]
        cluster.member_kinds = ", ".join(named)[:300]
    cluster.save(update_fields=["member_count", "member_kinds"])
    return cluster


@action(_("List of members uploaded"))
def keep_list(
    cluster: Cluster, *, file_name: str, rows: list[dict[str, str]], by: User
) -> MemberImport:
    """Keep an uploaded list until its rows are looked at; an earlier one of the person goes."""
    cluster = judged(cluster, may_edit_for, by=by)
    cluster.member_imports.filter(uploaded_by=by).delete()
    return MemberImport.objects.create(
        cluster=cluster, uploaded_by=by, file_name=file_name, rows=rows
    )


@action(_("List of members taken over"))
def take_over_list(waiting: MemberImport, *, by: User) -> int:
    """Enter the valid rows of a list as members, and forget the list; how many there were.

    The rows are checked again, since members may have been entered meanwhile.
    """
    waiting = locked(waiting)
    require(may_edit_for, by, waiting.cluster)
    valid = [row for row in checked(waiting) if row.is_valid]
    if not valid:
        raise Refused(_("No row of this list can be taken over."))
    with constraints_of(Member):
        Member.objects.bulk_create(_members(waiting.cluster, valid), batch_size=1000)
    waiting.delete()
    return len(valid)


@action(_("List of members discarded"))
def discard_list(waiting: MemberImport, *, by: User) -> None:
    """Forget an uploaded list; no member is touched."""
    waiting = locked(waiting)
    require(may_edit_for, by, waiting.cluster)
    waiting.delete()


def _members(cluster: Cluster, rows: Iterable[CheckedRow]) -> list[Member]:
    return [Member(cluster=cluster, **row.facts) for row in rows]
