"""How a manager of the story signs the agreement of an award."""

from __future__ import annotations

from django.utils.translation import gettext as _

from accounts.models import User
from vouchers.awards.actions import SigningInput
from vouchers.awards.letters.reading import agreement_to_read
from vouchers.awards.models import AgreementSignature, Award


def signed(award: Award, by: User) -> SigningInput:
    """The agreement read in the signatory's own language, and signed by a code from an e-mail."""
    text = agreement_to_read(award, by.language)
    return SigningInput(
        name=str(by),
        function=_("Manager of the cluster"),
        language=text.language,
        shown=text.sha256,
        confirmed_by=AgreementSignature.Confirmation.MAIL,
    )
