"""What the portal wrote to the people of clusters, and whether it reached them."""

from __future__ import annotations

from functools import reduce
from operator import or_

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Cast

from accounts.models import RoleGrant, User
from notices.models import DIGEST_KIND, Notice
from notices.permissions import may_look_up_notices
from notices.queries import that_came_back
from vouchers.applications.models import SENT
from vouchers.applications.queries import applications_visible_to
from vouchers.awards.models import Award, Decision, Voucher
from vouchers.eligibility.models import Clarification
from vouchers.payments.models import Claim


def notices_to_clusters(user: User) -> QuerySet[Notice]:
    """Notices to people without a role, then and now, about sent applications that the person may read.

    What followed from an application counts with it: clarification, decision, award, voucher,
    claims. Officers so see their own country's, and nobody those of an application that shuts them
    out.
    """
    if not may_look_up_notices.test(user):
        return Notice.objects.none()
    # What staff were told is no message to a cluster, though who was told has left since.
    wrote = OuterRef("created_at")
    held_role = RoleGrant.objects.filter(
        Q(revoked_at=None) | Q(granted_at__lte=wrote, revoked_at__gt=wrote),
        user=OuterRef("recipient"),
    )
    return (
        Notice.objects.filter(reduce(or_, map(_is_about, _records(user))))
        .exclude(kind=DIGEST_KIND)
        .filter(~Exists(held_role))
        .select_related("recipient")
        .order_by("-created_at", "-pk")
    )


def newest_of_kind(user: User, kind: str, language: str) -> QuerySet[Notice]:
    """The newest messages of a kind in a language among them; twenty at most."""
    return notices_to_clusters(user).filter(kind=kind, language=language)[:20]


def undelivered(user: User) -> QuerySet[Notice]:
    """What could not be sent, and waits for somebody to look."""
    return notices_to_clusters(user).filter(state=Notice.State.FAILED)


def returned(user: User) -> QuerySet[Notice]:
    """What was sent and came back, and was not sent once more since."""
    return that_came_back(notices_to_clusters(user))


def unsettled(user: User) -> QuerySet[Notice]:
    """What was perhaps sent, and what somebody holds back: a person decides what becomes of it."""
    return notices_to_clusters(user).filter(state__in=[Notice.State.UNSURE, Notice.State.STOPPED])


def _records(user: User) -> list[QuerySet]:
    sent = applications_visible_to(user).filter(SENT).order_by()
    keys = sent.values("pk")
    return [
        sent,
        Clarification.objects.filter(application__in=keys),
        Award.objects.filter(application__in=keys),
        Decision.objects.filter(application__in=keys),
        Voucher.objects.filter(award__application__in=keys),
        Claim.objects.filter(voucher__award__application__in=keys),
    ]


def _is_about(records: QuerySet) -> Q:
    keys = records.order_by().annotate(key=Cast("pk", CharField())).values("key")
    kind = ContentType.objects.get_for_model(records.model)
    return Q(content_type=kind, object_id__in=keys)
