"""Both signatures under an amendment, with the second of which it is in force."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from conduct.actions import OutOfOrder, Refused, action, constraints_of, judged, move
from links.actions import send_code
from links.models import LinkCode
from vouchers.awards.actions import SigningInput
from vouchers.awards.actions.signing import confirmation_of, require_met, require_name
from vouchers.awards.letters.reading import ToRead
from vouchers.awards.queries.countersigning import conditions_to_countersign
from vouchers.awards.queries.signing import Signatory
from vouchers.endings.actions.extending import grant_by_amendment
from vouchers.endings.actions.telling import everybody, letter, tell
from vouchers.endings.amendments.letters import (
    AMENDMENT,
    amendment_facts,
    amendment_to_read,
)
from vouchers.endings.amendments.models import Amendment, AmendmentSignature, SigningSide
from vouchers.endings.amendments.permissions import (
    may_countersign_amendment,
    may_sign_amendment,
    who_may_countersign_amendment,
)
from vouchers.endings.amendments.queries import is_over, signature_of
from vouchers.endings.amendments.queries.amendable import agreement_holds


def signatory_of(amendment: Amendment, person: User, side: SigningSide) -> Signatory:
    """Who signs for a side: a code for this signature confirms no other."""
    return Signatory(amendment.voucher.award, person, f"amendment-{amendment.pk}-{side}")


@action(gettext_lazy("Code for a signature sent"))
def send_amendment_code(amendment: Amendment, *, language: str, by: User) -> LinkCode:
    """Mail a manager of the cluster a code in `language` for the signature under this amendment."""
    amendment = judged(
        amendment,
        may_sign_amendment,
        by=by,
        states=[Amendment.State.DRAWN_UP],
        otherwise=_not_for_the_cluster(),
    )
    signatory = signatory_of(amendment, by, SigningSide.CLUSTER)
    return send_code(signatory, language=language, mail="endings/mails/amendment_signing_code")


@action(gettext_lazy("Code for a counter-signature sent"))
def send_amendment_countersigning_code(
    amendment: Amendment, *, language: str, by: User
) -> LinkCode:
    """Mail a coordinator a code in `language` for the counter-signature under this amendment."""
    amendment = judged(
        amendment,
        may_countersign_amendment,
        by=by,
        states=[Amendment.State.SIGNED],
        otherwise=_not_yours(),
    )
    signatory = signatory_of(amendment, by, SigningSide.PROGRAMME)
    return send_code(
        signatory, language=language, mail="endings/mails/amendment_countersigning_code"
    )


@action(gettext_lazy("Amendment signed"))
def sign_amendment(
    amendment: Amendment, *, signing: SigningInput, by: User
) -> AmendmentSignature | None:
    """A manager signs for the cluster what the page showed; coordinators are told.

    None where the code that was typed confirms nothing: it is counted, and nothing else happens.
    Raises Refused where the text is no more what was shown, or name or function are missing;
    OutOfOrder once it was signed or closed, or can be signed no more.
    """
    amendment = judged(
        amendment,
        may_sign_amendment,
        by=by,
        states=[Amendment.State.DRAWN_UP],
        otherwise=_not_for_the_cluster(),
    )
    _require_open(amendment)
    text = amendment_to_read(amendment, signing.language)
    if text.sha256 != signing.shown:
        raise Refused(_("The text changed since you opened this page. Please read it again below."))
    require_name(signing, _("Please type your function in the cluster."))
    made = _signature(amendment, SigningSide.CLUSTER, text, signing, by)
    if made is None:
        return None
    move(amendment, Amendment.State.SIGNED)
    with constraints_of(Amendment):
        amendment.save()
    tell(
        who_may_countersign_amendment(amendment),
        "amendment-signed",
        amendment.voucher,
        but=by,
        about=amendment,
        number=amendment.number,
        name=made.name,
        function=made.function,
    )
    return made


@action(gettext_lazy("Amendment counter-signed"))
def countersign_amendment(
    amendment: Amendment, *, signing: SigningInput, by: User
) -> AmendmentSignature | None:
    """A second coordinator signs for the programme what the cluster signed: it is in force.

    More time that it brings is granted, and the voucher ends later; the letter is issued with both
    signatures, and everybody told. None where the code confirms nothing. Raises Refused where the
    text that was shown has other words than those that were signed; OutOfOrder unless it waits for
    this signature, while a condition blocks, or where the call allows no more time by now.
    """
    amendment = judged(
        amendment,
        may_countersign_amendment,
        by=by,
        states=[Amendment.State.SIGNED],
        otherwise=_not_yours(),
    )
    _require_open(amendment)
    first = signature_of(amendment, SigningSide.CLUSTER)
    if first is None or signing.shown != first.sha256:
        raise Refused(
            _("These are not the words that the cluster signed. Please read them again below.")
        )
    require_met(conditions_to_countersign(amendment.voucher.award))
    require_name(signing, _("Please type your function in the programme."))
    made = _signature(amendment, SigningSide.PROGRAMME, first, signing, by)
    if made is not None:
        _put_in_force(amendment, by=by)
    return made


def _put_in_force(amendment: Amendment, *, by: User) -> None:
    move(amendment, Amendment.State.IN_FORCE)
    amendment.in_force_at = timezone.now()
    with constraints_of(Amendment):
        amendment.save()
    if amendment.extension is not None:
        grant_by_amendment(amendment.extension, amendment.voucher, by=by)
    papers = letter(AMENDMENT, amendment, lambda: amendment_facts(amendment), by=by)
    tell(
        everybody(amendment.voucher),
        "amendment-in-force",
        amendment.voucher,
        but=by,
        about=amendment,
        documents=papers,
        number=amendment.number,
        until=amendment.extension.until.isoformat() if amendment.extension else "",
    )


def _signature(
    amendment: Amendment,
    side: SigningSide,
    words: ToRead | AmendmentSignature,
    signing: SigningInput,
    by: User,
) -> AmendmentSignature | None:
    """Keep the signature of one side under these words; None where the code confirms nothing."""
    made = AmendmentSignature(
        amendment=amendment,
        side=side,
        name=signing.name.strip(),
        function=signing.function.strip(),
        address=signing.address,
        signed_by=by,
        language=words.language,
        text=str(words.text),
        sha256=words.sha256,
    )
    made.clean_fields(exclude=["confirmed_by"])
    confirmation = confirmation_of(signatory_of(amendment, by, side), signing.code)
    if confirmation is None:
        return None
    made.confirmed_by = confirmation
    with constraints_of(AmendmentSignature):
        made.save(force_insert=True)
    return made


def _require_open(amendment: Amendment) -> None:
    """Raise OutOfOrder where a locked amendment can be signed no more, and say why."""
    if not agreement_holds(amendment.voucher):
        raise OutOfOrder(_("The agreement was withdrawn: it is amended no more."))
    if not is_over(amendment):
        return
    if not amendment.voucher.is_open:
        raise OutOfOrder(_("The voucher has ended: its agreement is amended no more."))
    raise OutOfOrder(_("The day by which this amendment was to be signed is past."))


def _not_for_the_cluster() -> str:
    return _(
        "A manager of the cluster signs an amendment, who did not stand for the programme under the"
        " same agreement."
    )


def _not_yours() -> str:
    return _(
        "Another coordinator counter-signs than who drew the amendment up or took a step of its more"
        " time, and who acts neither for the cluster nor for its country partner."
    )
