"""Amendments of the agreements that the person may read, and what stands in these now."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta

from django.db.models import F, OuterRef, Q, QuerySet, Subquery

from accounts.models import User
from accounts.permissions import is_coordinator
from clusters.queries import represented_by
from conduct.queries.days import today
from conduct.queries.scoping import for_system
from vouchers.awards.models import AgreementSignature, CounterSignature, Voucher
from vouchers.awards.queries import award_within_reach
from vouchers.endings.amendments.models import (
    AmendedArticle,
    Amendment,
    AmendmentSignature,
    SigningSide,
)
from vouchers.endings.models import Extension
from vouchers.endings.rules.articles import Article, amended, articles_in

from .amendable import amendable_by

# So many days a cluster has to sign, unless the coordinator says otherwise, and at the most.
DAYS_TO_SIGN, MOST_DAYS_TO_SIGN = 14, 90


def amendments_visible_to(user: User) -> QuerySet[Amendment]:
    """The amendments of the vouchers that the person may read."""
    return Amendment.objects.filter(award_within_reach(user, "voucher__award__")).select_related(
        "voucher__award__application__cluster",
        "voucher__award__application__country__partner",
        "voucher__award__application__call",
        "extension",
        "drawn_up_by",
        "closed_by",
    )


@for_system("who may read the voucher reads how its agreement was amended")
def amendments_of(voucher: Voucher) -> list[Amendment]:
    """All of them, the newest first; one query."""
    return list(Amendment.objects.filter(voucher=voucher).select_related("extension"))


@for_system("who may read more time reads the amendment that brings it")
def amendment_of(extension: Extension) -> Amendment | None:
    """The amendment that brings more time: open or in force; one query."""
    return Amendment.objects.filter(
        extension=extension, state__in=[*Amendment.OPEN, Amendment.State.IN_FORCE]
    ).first()


@for_system("who may read more time reads whether the cluster signed for it")
def is_signed_for(extension: Extension) -> bool:
    """Whether the cluster has signed the amendment that brings the more time; one query."""
    signed = Amendment.objects.filter(extension=extension, state=Amendment.State.SIGNED)
    return signed.exists()


@for_system("who may read the voucher reads how its agreement was amended")
def amendments_in_force(voucher: Voucher) -> list[Amendment]:
    """Those that hold, in the order of their numbers; one query."""
    holding = Amendment.objects.filter(voucher=voucher, state=Amendment.State.IN_FORCE)
    found = list(holding.select_related("extension").order_by("number"))
    for one in found:
        # With what the caller has read of it: the calendar of its country.
        one.voucher = voucher
    return found


@for_system("who may read the voucher reads how its agreement was amended")
def next_number(voucher: Voucher) -> int:
    """The number of the amendment that is drawn up next; one query."""
    holding = Amendment.objects.filter(voucher=voucher, state=Amendment.State.IN_FORCE)
    return holding.count() + 1


def basis_of_amendment(voucher: Voucher) -> str:
    """What the next amendment builds on: those in force, and the more time that it brings."""
    extension = extension_to_sign(voucher)
    return f"{next_number(voucher)}:{extension.pk if extension else ''}"


@for_system("who may read an amendment reads who signed it")
def signature_of(amendment: Amendment, side: SigningSide) -> AmendmentSignature | None:
    """What one side signed; None where it has not. One query."""
    found = AmendmentSignature.objects.filter(amendment=amendment, side=side)
    return found.select_related("signed_by").first()


@for_system("nobody signs for two sides, whoever asks")
def who_signed(voucher: Voucher, side: SigningSide) -> set[int]:
    """The keys of who signed the agreement or an amendment of it for a side; one query."""
    under_agreement = (
        AgreementSignature.objects.filter(award=voucher.award_id)
        if side == SigningSide.CLUSTER
        else CounterSignature.objects.filter(voucher=voucher)
    )
    under_amendments = AmendmentSignature.objects.filter(amendment__voucher=voucher, side=side)
    signed_by = under_amendments.values_list("signed_by", flat=True)
    return set(signed_by.order_by().union(under_agreement.order_by().values_list("signed_by")))


@for_system("who may read the voucher reads what its agreement says")
def articles_now(voucher: Voucher) -> tuple[str, list[Article]]:
    """The language that was signed, and the articles in it as the amendments in force left them.

    Two queries; no article where the agreement is not signed.
    """
    signature = AgreementSignature.objects.filter(award=voucher.award_id).first()
    if signature is None:
        return voucher.award.application.language, []
    changed = AmendedArticle.objects.filter(
        amendment__voucher=voucher, amendment__state=Amendment.State.IN_FORCE
    ).order_by("amendment__number")
    changes = {one.number: one.stands for one in changed}
    return signature.language, amended(articles_in(signature.text), changes)


@for_system("who may read the voucher reads that more time was agreed to")
def extension_to_sign(voucher: Voucher) -> Extension | None:
    """More time that was agreed to, and comes into force by an amendment; one query."""
    return Extension.objects.filter(voucher=voucher, state=Extension.State.AGREED).first()


@for_system("a condition on vouchers; who may read them is the question of their list")
def awaits_amendment(of: str = "") -> Q:
    """The condition on vouchers (at the end of the path `of`) of which an amendment is to be signed."""
    return Q(
        **{
            f"{of}pk__in": Amendment.objects.filter(state__in=Amendment.OPEN).values("voucher"),
            f"{of}state__in": [Voucher.State.ACTIVE, Voucher.State.SUSPENDED],
        }
    )


def amendments_to_countersign(user: User) -> QuerySet[Amendment]:
    """What clusters signed and the person may counter-sign, the longest waiting first."""
    found = amendments_visible_to(user).filter(
        state=Amendment.State.SIGNED,
        voucher__state__in=[Voucher.State.ACTIVE, Voucher.State.SUSPENDED],
    )
    if not is_coordinator.test(user):
        return found.none()
    own = represented_by(user)
    signed = AmendmentSignature.objects.filter(side=SigningSide.CLUSTER, signed_by=user)
    return (
        found.exclude(drawn_up_by=user)
        .exclude(voucher__award__answered_by=user)
        .exclude(voucher__in=signed.values("amendment__voucher"))
        .exclude(Q(extension__isnull=False) & (_took_a_step(user)))
        .exclude(voucher__award__application__country_id__in=user.officer_countries)
        .exclude(voucher__award__application__cluster__in=own)
        .order_by("drawn_up_at", "pk")
    )


def extensions_to_draw_up(user: User) -> QuerySet[Extension]:
    """More time that was agreed to, and that the person can bring into force by an amendment now."""
    found = Extension.objects.filter(
        award_within_reach(user, "voucher__award__"), state=Extension.State.AGREED
    )
    if not is_coordinator.test(user):
        return found.none()
    return (
        found.filter(voucher__in=amendable_by(user).order_by())
        .select_related(
            "voucher__award__application__cluster", "voucher__award__application__country"
        )
        .order_by("agreed_at")
    )


@for_system("every voucher is judged, whoever asks; lists show those the person may read")
def waiting_amendments(vouchers: Collection[int]) -> QuerySet[Amendment]:
    """Those of the vouchers (keys) that wait for a signature, with when the cluster gave its own."""
    first = AmendmentSignature.objects.filter(amendment=OuterRef("pk"), side=SigningSide.CLUSTER)
    return Amendment.objects.filter(voucher__in=vouchers, state__in=Amendment.OPEN).annotate(
        cluster_signed_at=Subquery(first.values("signed_at"))
    )


@for_system("background work closes what nobody signed in time")
def amendments_to_lapse(day: date) -> QuerySet[Amendment]:
    """Those that may be over by `day`: not signed in time, or of a voucher that has ended.

    What counts is looked at again on the calendar of the country (`is_over`).
    """
    ended = ~Q(voucher__state__in=[Voucher.State.ACTIVE, Voucher.State.SUSPENDED])
    late = Q(state=Amendment.State.DRAWN_UP, sign_by__lt=day + timedelta(days=1))
    return (
        Amendment.objects.filter(state__in=Amendment.OPEN)
        .filter(ended | late)
        .order_by(F("sign_by"), "pk")
    )


def is_over(amendment: Amendment) -> bool:
    """Whether an open amendment can be signed no more: its voucher ended, or its day is past."""
    if not amendment.voucher.is_open:
        return True
    late = amendment.sign_by < today(amendment.voucher.country.zone)
    return late and amendment.state == Amendment.State.DRAWN_UP


def _took_a_step(user: User) -> Q:
    return Q(extension__asked_by=user) | Q(extension__agreed_by=user)
