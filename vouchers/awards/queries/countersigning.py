"""Agreements that the cluster has signed, and whether a coordinator has counter-signed them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import F, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.permissions import is_coordinator
from clusters.queries import current_account, represented_by
from conduct.models.states import Tone
from conduct.queries.days import day_of, today
from conduct.queries.scoping import for_system
from documents.wording import day
from vouchers.awards.models import AgreementSignature, Award, CounterSignature, Voucher
from vouchers.calls.models.terms.ways import WayOfUse
from vouchers.screening.queries.standing import clearance_of

from .offers import vouchers_visible_to
from .signing import Condition, declaration_to_affirm


@dataclass(frozen=True)
class SignedAgreement:
    """An agreement as it is signed: by the cluster, and by a coordinator where it asks for it."""

    signature: AgreementSignature
    countersignature: CounterSignature | None
    # Whether anything can come of it still (`Voucher.still_binds`).
    binds: bool

    @property
    def is_complete(self) -> bool:
        """Whether everybody has signed whose signature it asks for."""
        return not self.signature.needs_countersignature or self.countersignature is not None

    @property
    def waits(self) -> bool:
        """Whether a coordinator has still to sign."""
        return self.binds and not self.is_complete

    @property
    def signed_on(self) -> date:
        """The day of the cluster's signature, on the calendar of its country."""
        return day_of(self.signature.signed_at, self.signature.award.application.country.zone)

    @property
    def countersigned_on(self) -> date | None:
        """The day of the coordinator's, on the same calendar; None while it waits."""
        if self.countersignature is None:
            return None
        zone = self.signature.award.application.country.zone
        return day_of(self.countersignature.signed_at, zone)

    @property
    def days(self) -> int:
        """For how many days it has been signed by the cluster."""
        return (today(self.signature.award.application.country.zone) - self.signed_on).days


@for_system("who may read the voucher may read who signed its agreement")
def signed_agreement(award: Award) -> SignedAgreement | None:
    """The signatures under an award's agreement; None where the cluster has not signed. One query."""
    found = (
        AgreementSignature.objects.filter(award=award)
        .select_related("award__voucher__countersignature__signed_by", "signed_by")
        .first()
    )
    if found is None:
        return None
    voucher: Voucher | None = getattr(found.award, "voucher", None)
    # With what the caller has read of it.
    found.award = award
    return SignedAgreement(
        found,
        getattr(voucher, "countersignature", None),
        binds=voucher is not None and voucher.still_binds,
    )


@for_system("a condition on vouchers; who may read them is the question of their list")
def awaits_countersignature(of: str = "") -> Q:
    """The condition on vouchers (at the end of the path `of`) whose agreement waits for a coordinator.

    Of those that are closed, or ended with nothing left to pay, none does.
    """
    open_ = [Voucher.State.ACTIVE, Voucher.State.SUSPENDED]
    binds = Q(**{f"{of}state__in": open_}) | Q(
        **{f"{of}state": Voucher.State.TERMINATED, f"{of}released__lt": F(f"{of}amount")}
    )
    return binds & Q(
        **{
            f"{of}award__signature__needs_countersignature": True,
            f"{of}countersignature__isnull": True,
        }
    )


def agreements_to_countersign(user: User) -> QuerySet[Voucher]:
    """The vouchers whose agreements wait for the person's signature, the longest waiting first."""
    found = vouchers_visible_to(user).filter(awaits_countersignature())
    if not is_coordinator.test(user):
        return found.none()
    own = represented_by(user)
    return (
        found.exclude(award__application__country_id__in=user.officer_countries)
        .exclude(award__application__cluster__in=own)
        .exclude(award__answered_by=user)
        .order_by("issued_at", "pk")
    )


def why_nothing_yet(voucher: Voucher) -> str:
    """That the agreement waits for a coordinator, since when, and what waits with it; empty if not.

    In the active language; one query.
    """
    agreement = signed_agreement(voucher.award)
    return told_of_waiting(agreement) if agreement is not None and agreement.waits else ""


def told_of_waiting(agreement: SignedAgreement) -> str:
    """The sentence of an agreement that waits, in the active language."""
    return _(
        "The agreement waits for a coordinator’s signature since %(day)s. No contract is concluded, "
        "and no claim approved or paid, before; the needs and the plan can go on."
    ) % {"day": day(agreement.signed_on)}


def conditions_to_countersign(award: Award) -> list[Condition]:
    """What a coordinator looks at before signing for the programme, in the active language."""
    application = award.application
    clearance = clearance_of(application.cluster, days=application.call.screening_days)
    found = []
    if declaration_to_affirm(award) is not None:
        found.append(
            Condition(
                _("Declaration on honour"),
                _("Signed with the application, and affirmed with the signature"),
                Tone.GOOD,
                address=application.get_absolute_url(),
            )
        )
    found.append(
        Condition(
            _("List of sanctions"),
            clearance.told,
            clearance.tone,
            blocks=clearance.stops,
            address=reverse("screening:list"),
        )
    )
    if application.call.way_of_use == WayOfUse.CLUSTER:
        found.append(_account(award))
    return found


def _account(award: Award) -> Condition:
    """Of a cluster that is paid itself; its number is no matter of who signs."""
    account = current_account(award.application.cluster)
    if account is None:
        told, tone = _("Not entered yet"), Tone.WAITING
    elif account.verified_at is None:
        told, tone = _("Entered, and not verified yet: nothing is paid before."), Tone.WAITING
    else:
        told, tone = _("Verified"), Tone.GOOD
    return Condition(_("Bank account of the cluster"), told, tone)
