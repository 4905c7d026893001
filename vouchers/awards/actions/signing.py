"""Signing the agreement that an award offers, as a part of accepting it."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from accounts.models import User
from conduct.actions import Refused, constraints_of
from vouchers.awards.letters.reading import ToRead, agreement_to_read
from vouchers.awards.models import AgreementSignature, Award
from vouchers.awards.queries.signing import declaration_to_affirm


@dataclass(frozen=True)
class SigningInput:
    """What somebody typed and saw who signs; `confirmed_by` was proven by whoever asks."""

    name: str
    function: str
    # The language in which it was read, and the SHA-256 of what was shown.
    language: str
    shown: str
    confirmed_by: AgreementSignature.Confirmation
    affirms: bool = True
    address: str | None = None


def sign(award: Award, signing: SigningInput, *, by: User) -> AgreementSignature:
    """Keep the signature under the agreement of a locked award that is still offered.

    Raises Refused where the text is no more what was shown, or where something is missing.
    """
    text = require_shown(award, signing.language, signing.shown)
    name, function = signing.name.strip(), signing.function.strip()
    if not name:
        raise Refused(_("Please type your name: it is your signature."), field="name")
    if not function:
        raise Refused(_("Please type your function in the cluster."), field="function")
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
        name=name,
        function=function,
        declaration=declaration,
        confirmed_by=signing.confirmed_by,
        address=signing.address,
        signed_by=by,
    )
    signature.clean_fields()
    with constraints_of(AgreementSignature):
        signature.save(force_insert=True)
    return signature


def require_shown(award: Award, language: str, shown: str) -> ToRead:
    """The agreement as it stands, in a language; Refused where another one was `shown`."""
    text = agreement_to_read(award, language)
    if text.sha256 != shown:
        raise Refused(
            _("The agreement changed since you opened this page. Please read it again below.")
        )
    return text
