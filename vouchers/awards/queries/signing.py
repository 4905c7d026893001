"""What must be in order before an agreement is signed, and who confirms how."""

from __future__ import annotations

from dataclasses import dataclass

from allauth.mfa.models import Authenticator
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from clusters.queries import current_account
from conduct.models.states import Tone
from conduct.queries.scoping import for_system
from documents.wording import instant
from links.models import LinkCode
from vouchers.applications.models import SignedDeclaration
from vouchers.awards.models import Award
from vouchers.calls.models.terms.ways import WayOfUse
from vouchers.screening.queries.standing import clearance_of


@dataclass(frozen=True)
class Condition:
    """One thing that is asked of the cluster: how it stands, what follows, and where to see to it."""

    name: str
    told: str
    tone: Tone
    # Whether nobody can sign meanwhile.
    blocks: bool = False
    address: str = ""


# What `Signatory.signs` says of a coordinator's signature under the agreement.
COUNTERSIGNATURE = "countersignature"


@dataclass(frozen=True)
class Signatory:
    """Whoever signs under an award, as codes by e-mail know them (`links.models.Proven`)."""

    award: Award
    person: User
    # What is signed: a code for one signature confirms no other.
    signs: str = "agreement"

    @property
    def reference(self) -> str:
        return f"{self.signs}:{self.award.pk}:{self.person.pk}"

    @property
    def email(self) -> str:
        return self.person.email


def conditions_of(award: Award) -> list[Condition]:
    """The conditions of an award, in the active language; screening names no list and no hit."""
    application = award.application
    stops = clearance_of(application.cluster, days=application.call.screening_days).stops
    screening = Condition(
        _("Check by the programme"),
        _("The programme has still to complete a check. You need do nothing; please come back.")
        if stops
        else _("Complete"),
        Tone.WAITING if stops else Tone.GOOD,
        blocks=stops,
    )
    found = [_declared(award), screening]
    if application.call.way_of_use == WayOfUse.CLUSTER:
        found.append(_account(award))
    return [one for one in found if one is not None]


def _declared(award: Award) -> Condition | None:
    declaration = declaration_to_affirm(award)
    if declaration is None:
        return None
    return Condition(
        _("Declaration on honour"),
        _("Signed with the application; you affirm it again with your signature."),
        Tone.GOOD,
        address=award.application.get_absolute_url(),
    )


def _account(award: Award) -> Condition:
    """Of a cluster that is paid itself: nothing is promised without one, nothing paid unverified."""
    cluster = award.application.cluster
    account = current_account(cluster)
    tone = Tone.WAITING
    if account is None:
        told = _("Not entered yet. Please enter it, then you can sign.")
    elif account.verified_at is None:
        told = _("Entered, and not verified yet. You can sign; nothing is paid before.")
    elif account.is_cooling and account.usable_from is not None:
        told = _("Verified. Money can go there from %(when)s.") % {
            "when": instant(account.usable_from, award.application.country.time_zone)
        }
    else:
        told, tone = _("Verified"), Tone.GOOD
    return Condition(
        _("Bank account of the cluster"),
        told,
        tone,
        blocks=account is None,
        address=reverse("clusters:bank", args=[cluster.slug]),
    )


@for_system("whoever signs affirms the declaration of the own application")
def declaration_to_affirm(award: Award) -> SignedDeclaration | None:
    """The newest declaration on honour of the application; None where its call had none."""
    return SignedDeclaration.objects.filter(application=award.application_id).first()


@for_system("the own code of who signs")
def newest_code(signatory: Signatory) -> LinkCode | None:
    """The code that was sent last to who signs, for this award alone."""
    codes = LinkCode.objects.filter(link=signatory.reference)
    return codes.order_by("-asked_at", "-pk").first()


def app_of(person: User) -> Authenticator | None:
    """The authenticator app whose codes confirm the person's signature, where they have one."""
    return Authenticator.objects.filter(user=person, type=Authenticator.Type.TOTP).first()


def why_not_confirmed(signatory: Signatory) -> str:
    """What to do where what was typed confirmed nothing, in the active language."""
    if app_of(signatory.person) is not None:
        return _(
            "This is not the code that your app shows now. Each works once: wait for the next one."
        )
    code = newest_code(signatory)
    if code is None:
        return _("Have a code sent to you first.")
    if code.may_be_tried:
        return _("This is not the code of the newest e-mail. Please look at it again.")
    return _("This code works no more. Have another one sent to you.")
