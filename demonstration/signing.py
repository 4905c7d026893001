"""How a manager of the story signs the agreement of an award."""

from __future__ import annotations

from django.utils.translation import gettext as _

from accounts.models import User
from vouchers.awards.actions import Signing
from vouchers.awards.letters.reading import agreement_to_read
from vouchers.awards.models import Award, Signature


def signed(award: Award, by: User) -> Signing:
    """The agreement read in the signatory's own language, and signed by a code from an e-mail."""
    text = agreement_to_read(award, by.language)
    return Signing(
        name=str(by),
        function=_("Manager of the cluster"),
        language=text.language,
        shown=text.sha256,
        confirmed_by=Signature.Confirmation.MAIL,
    )
