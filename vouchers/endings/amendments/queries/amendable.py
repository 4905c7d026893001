"""Which agreements can be amended now: what the desk, the pages and the action ask alike."""

from __future__ import annotations

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Cast
from django.utils.translation import gettext as _

from accounts.models import Role, RoleGrant, User
from accounts.queries import people_holding
from conduct.queries.scoping import for_system
from documents.models import Document
from vouchers.applications.models import Recusal
from vouchers.awards.letters import AGREEMENT
from vouchers.awards.models import Voucher
from vouchers.awards.queries import signed_agreement
from vouchers.endings.amendments.models import Amendment, AmendmentSignature, SigningSide
from vouchers.endings.models import Extension

_BOTH_SIGNED = Q(
    state__in=[Voucher.State.ACTIVE, Voucher.State.SUSPENDED],
    award__signature__needs_countersignature=True,
    countersignature__isnull=False,
)


@for_system("what can be amended, whoever reads it; lists show what the person may read")
def amendable_by(user: User) -> QuerySet[Voucher]:
    """The vouchers whose agreement holds, has no open amendment, and which another can counter-sign.

    Another: a coordinator besides the person, who would draw it up, that takes no other side.
    """
    return Voucher.objects.filter(
        _BOTH_SIGNED,
        Exists(_letters_that_hold()),
        ~Exists(Amendment.objects.filter(voucher=OuterRef("pk"), state__in=Amendment.OPEN)),
        Exists(_left_to_countersign().exclude(pk=user.pk)),
    )


@for_system("who may read the voucher reads whether its agreement can be amended")
def can_be_amended(voucher: Voucher, user: User) -> bool:
    """Whether the person could draw an amendment up now, as far as the voucher is asked; one query."""
    return amendable_by(user).filter(pk=voucher.pk).exists()


@for_system("who may read the voucher reads whether its agreement can be amended")
def why_not_amended(voucher: Voucher, user: User) -> str:
    """Why the person cannot draw an amendment of it up, in the active language; empty where they can."""
    if can_be_amended(voucher, user):
        return ""
    agreement = signed_agreement(voucher.award)
    if agreement is None or agreement.countersignature is None:
        return _("Only an agreement that both sides have signed is amended.")
    if not voucher.is_open:
        return _("The voucher has ended: its agreement is amended no more.")
    if not agreement_holds(voucher):
        return _("The agreement was withdrawn: it is amended no more.")
    if Amendment.objects.filter(voucher=voucher, state__in=Amendment.OPEN).exists():
        return _("An amendment of this agreement is open already.")
    return _(
        "Nobody could counter-sign it: every other coordinator took a step of its more time, or"
        " stands on another side. Ask one of them to draw it up."
    )


@for_system("who may read the voucher reads whether its agreement holds")
def agreement_holds(voucher: Voucher) -> bool:
    """Whether the letter of the agreement was not withdrawn, in the language that was signed."""
    return Voucher.objects.filter(Exists(_letters_that_hold()), pk=voucher.pk).exists()


@for_system("a condition on vouchers; who may read them is the question of their list")
def _letters_that_hold() -> QuerySet[Document]:
    return Document.objects.filter(
        kind=AGREEMENT.slug,
        validity=Document.Validity.CURRENT,
        content_type=ContentType.objects.get_for_model(Voucher),
        object_id=Cast(OuterRef("pk"), CharField()),
        language=OuterRef("award__signature__language"),
    )


@for_system("a condition on vouchers; who may read them is the question of their list")
def _left_to_countersign() -> QuerySet[User]:
    """The coordinators who could counter-sign an amendment of the outer voucher.

    Of who holds a role, nobody represents a cluster.
    """
    voucher, application = OuterRef(OuterRef("pk")), OuterRef(OuterRef("award__application"))
    country = OuterRef(OuterRef("award__application__country"))
    took_a_step = Q(asked_by=OuterRef("pk")) | Q(agreed_by=OuterRef("pk"))
    return people_holding(Role.COORDINATOR).filter(
        ~Q(pk=OuterRef("award__answered_by")),
        ~Exists(Recusal.objects.filter(application=application, person=OuterRef("pk"))),
        ~Exists(
            RoleGrant.objects.filter(
                role=Role.OFFICER, country_code=country, user=OuterRef("pk"), revoked_at=None
            )
        ),
        ~Exists(
            AmendmentSignature.objects.filter(
                amendment__voucher=voucher, side=SigningSide.CLUSTER, signed_by=OuterRef("pk")
            )
        ),
        ~Exists(
            Extension.objects.filter(took_a_step, voucher=voucher, state=Extension.State.AGREED)
        ),
    )
