"""Counter-signing an agreement for the programme: what the cluster signed binds both from there on."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from clusters.queries import writers_for
from conduct.actions import OutOfOrder, Refused, action, constraints_of, judged, locked
from documents.actions import issue_again
from documents.queries import current_document
from links.actions import send_code
from links.models import LinkCode
from notices.actions import notify_each
from vouchers.applications.letters import application_facts
from vouchers.applications.queries import officers_told_of
from vouchers.awards.actions.signing import (
    SigningInput,
    confirmation_of,
    require_met,
    require_name,
)
from vouchers.awards.letters import AGREEMENT, countersigned_facts
from vouchers.awards.models import AgreementSignature, Award, CounterSignature, Voucher
from vouchers.awards.permissions import may_countersign
from vouchers.awards.queries.countersigning import (
    conditions_to_countersign,
    signed_agreement,
    why_nothing_yet,
)
from vouchers.awards.queries.offers import voucher_of
from vouchers.awards.queries.signing import COUNTERSIGNATURE, Signatory


@action(gettext_lazy("Code for a counter-signature sent"))
def send_countersigning_code(award: Award, *, language: str, by: User) -> LinkCode:
    """Mail who counter-signs a code in `language`, which confirms the signature under this one alone."""
    award = judged(award, may_countersign, by=by, otherwise=_not_yours())
    _waiting(award)
    signatory = Signatory(award, by, COUNTERSIGNATURE)
    return send_code(signatory, language=language, mail="awards/mails/countersigning_code")


@action(gettext_lazy("Agreement counter-signed"))
def countersign(award: Award, *, signing: SigningInput, by: User) -> CounterSignature | None:
    """A coordinator signs for the programme what the cluster signed, word for word.

    The agreement is issued again with both signatures and replaces the one before; the cluster and
    its country partner are told. From there on its voucher may be contracted, approved and paid.
    None where the code that was typed confirms nothing: it is counted, and nothing else happens.
    Raises Refused where the text that was shown has other words than those that the cluster signed,
    or name or function are missing; OutOfOrder where the agreement
    is counter-signed already or asks for no second signature, was withdrawn, binds nobody any more,
    or while a condition blocks. The code stays good then.
    """
    award = judged(award, may_countersign, by=by, otherwise=_not_yours())
    signature, voucher = _waiting(award)
    if current_document(AGREEMENT.slug, voucher, signature.language) is None:
        raise OutOfOrder(_withdrawn())
    if signing.shown != signature.sha256:
        raise Refused(_other_words())
    require_met(conditions_to_countersign(award))
    require_name(signing, _("Please type your function in the programme."))
    made = CounterSignature(
        voucher=voucher,
        sha256=signature.sha256,
        name=signing.name.strip(),
        function=signing.function.strip(),
        address=signing.address,
        signed_by=by,
    )
    made.clean_fields(exclude=["confirmed_by"])
    confirmation = confirmation_of(Signatory(award, by, COUNTERSIGNATURE), signing.code)
    if confirmation is None:
        return None
    made.confirmed_by = confirmation
    with constraints_of(CounterSignature):
        made.save(force_insert=True)
    letters = issue_again(AGREEMENT, voucher, lambda: countersigned_facts(made), by=by)
    signed = letters.get(signature.language)
    if signed is None:
        # Withdrawn in this very instant.
        raise OutOfOrder(_withdrawn())
    application = award.application
    notify_each(
        [*writers_for(application.cluster), *officers_told_of(application)],
        "voucher-countersigned",
        but=by,
        facts={**application_facts(application), "name": made.name, "function": made.function},
        about=voucher,
        documents=[letters.get(application.language, signed)],
    )
    return made


def require_countersigned(voucher: Voucher) -> None:
    """Raise OutOfOrder while the agreement of a locked voucher waits for its second signature."""
    why = why_nothing_yet(voucher)
    if why:
        raise OutOfOrder(why)


def _waiting(award: Award) -> tuple[AgreementSignature, Voucher]:
    """What the cluster signed and its voucher, locked; raises OutOfOrder unless it waits."""
    voucher = voucher_of(award)
    if voucher is None:
        raise OutOfOrder(_("The cluster has not signed this agreement."))
    voucher = locked(voucher)
    agreement = signed_agreement(award)
    if agreement is None or agreement.is_complete:
        raise OutOfOrder(_("Nothing is to be counter-signed here: the agreement is complete."))
    if not agreement.binds:
        raise OutOfOrder(_("The voucher has ended: its agreement binds nobody any more."))
    return agreement.signature, voucher


def _not_yours() -> str:
    return _(
        "A coordinator counter-signs who acts neither for the cluster nor for its country partner."
    )


def _withdrawn() -> str:
    return _("The agreement was withdrawn: it cannot be counter-signed.")


def _other_words() -> str:
    return _(
        "These are not the words that the cluster signed. Please read the agreement again below."
    )
