"""Signing the agreement that an award offers, as a part of accepting it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.actions.codes import prove_with_app
from accounts.models import User
from conduct.actions import OutOfOrder, Refused, action, constraints_of, judged, require_words
from documents.models import Document
from links.actions import prove_with_code, send_code
from links.models import LinkCode
from vouchers.awards.letters.reading import ToRead, agreement_to_read, articles_of
from vouchers.awards.models import AgreementSignature, Award
from vouchers.awards.models.signatures import Signed
from vouchers.awards.permissions import may_answer_award
from vouchers.awards.queries.signing import (
    Condition,
    Signatory,
    app_of,
    conditions_of,
    declaration_to_affirm,
    newest_code,
)


@dataclass(frozen=True)
class SigningInput:
    """What somebody typed and saw who signs: `code` is of their app, or of the newest e-mail."""

    name: str
    function: str
    # The language in which it was read, and the SHA-256 of what was shown.
    language: str
    shown: str
    code: str
    affirms: bool = True
    address: str | None = None


@action(gettext_lazy("Code for a signature sent"))
def send_signing_code(award: Award, *, language: str, by: User) -> LinkCode:
    """Mail who signs a code in `language`, which confirms the signature under this award alone.

    How many are sent is limited by the page that asks (`links.actions.throttling`).
    """
    award = judged(award, may_answer_award, by=by, states=[Award.State.OFFERED])
    return send_code(Signatory(award, by), language=language, mail="awards/mails/signing_code")


def sign(award: Award, signing: SigningInput, *, by: User) -> AgreementSignature | None:
    """Keep the signature under the agreement of a locked award that is still offered.

    None where the code is not the one of who signs: that is counted, and nothing is signed. Raises
    Refused before it looks at the code where the text is no more what was shown, a condition blocks,
    or something is missing.
    """
    text = _require_shown(award, signing)
    require_met(conditions_of(award))
    require_name(signing, _("Please type your function in the cluster."))
    declaration = declaration_to_affirm(award)
    if declaration is not None and not signing.affirms:
        raise Refused(
            _("Without the declaration on honour the agreement cannot be signed."), field="affirms"
        )
    signature = AgreementSignature(
        award=award,
        language=signing.language,
        text=text.text,
        sha256=text.sha256,
        needs_countersignature=award.application.call.countersigned,
        name=signing.name.strip(),
        function=signing.function.strip(),
        declaration=declaration,
        address=signing.address,
        signed_by=by,
    )
    signature.clean_fields(exclude=["confirmed_by"])
    confirmation = confirmation_of(Signatory(award, by), signing.code)
    if confirmation is None:
        return None
    signature.confirmed_by = confirmation
    with constraints_of(AgreementSignature):
        signature.save(force_insert=True)
    return signature


def require_name(signing: SigningInput, otherwise: str) -> None:
    """Raise Refused beside the field where the name is missing, or (with `otherwise`) the function."""
    require_words(signing.name, _("Please type your name: it is your signature."), field="name")
    require_words(signing.function, otherwise, field="function")


def require_as_signed(agreement: Document, signature: AgreementSignature) -> None:
    """Raise Refused where the agreement that was issued has another text than the one signed.

    Nothing is left of either then: what the text says changed between reading and writing.
    """
    if articles_of(agreement).sha256 != signature.sha256:
        raise Refused(_changed())


def _require_shown(award: Award, signing: SigningInput) -> ToRead:
    text = agreement_to_read(award, signing.language)
    if text.sha256 != signing.shown:
        raise Refused(_changed())
    return text


def require_met(conditions: Iterable[Condition]) -> None:
    """Raise OutOfOrder with the first condition that blocks, where one does."""
    blocking = next((one for one in conditions if one.blocks), None)
    if blocking is not None:
        raise OutOfOrder(f"{blocking.name}: {blocking.told}")


def confirmation_of(signatory: Signatory, typed: str) -> Signed.Confirmation | None:
    """How it is known that it is they who sign: by what they typed, which then is used up."""
    app = app_of(signatory.person)
    if app is not None:
        return Signed.Confirmation.FACTOR if prove_with_app(app, typed) else None
    code = newest_code(signatory)
    if code is None or not prove_with_code(signatory, code, typed=typed):
        return None
    return Signed.Confirmation.MAIL


def _changed() -> str:
    return _("The agreement changed since you opened this page. Please read it again below.")
