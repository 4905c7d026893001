"""Signing the declaration on honour, one statement after the other."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from conduct.actions import OutOfOrder, Refused, action, judged
from documents.actions.facts import facts_sha256
from vouchers.applications.models import Application, SignedDeclaration
from vouchers.applications.permissions import may_submit_application


@dataclass(frozen=True)
class Signing:
    """What somebody states: the clauses that they affirm, in which words, and who they are.

    `clauses` are ids of the call's clauses, `call_version` the version that they had before them.
    """

    clauses: frozenset[int]
    call_version: int
    language: str
    signatory_name: str
    signatory_function: str


@action(gettext_lazy("Declaration on honour signed"))
def affirm_declaration(
    application: Application, signing: Signing, *, by: User
) -> SignedDeclaration:
    """Sign the declaration on honour: at sending, and again before signature and payment.

    Every clause of the call must be affirmed, in the version that holds now. What was signed is
    stored word by word, with a fingerprint. Raises Refused when something is missing, OutOfOrder
    when the call has changed since it was read.
    """
    application = judged(
        application,
        may_submit_application,
        by=by,
        otherwise=_("Only a manager of the cluster can sign the declaration on honour."),
    )
    clauses = list(application.call.declaration_clauses.all())
    if signing.call_version != application.call.version:
        raise OutOfOrder(
            _("The call has changed since you opened this page. Please read it and sign again.")
        )
    if not signing.clauses.issuperset(clause.pk for clause in clauses):
        raise Refused(_("Please affirm every statement of the declaration on honour."))
    if not (signing.signatory_name.strip() and signing.signatory_function.strip()):
        raise Refused(_("Please give the name and the function of the person who signs."))
    declaration = SignedDeclaration(
        application=application,
        call_version=signing.call_version,
        language=signing.language,
        clauses=[clause.text.localize(signing.language) for clause in clauses],
        signatory_name=signing.signatory_name.strip(),
        signatory_function=signing.signatory_function.strip(),
        signed_by=by,
        signed_at=timezone.now(),
    )
    declaration.sha256 = declaration_sha256(declaration)
    declaration.save()
    return declaration


def declaration_sha256(declaration: SignedDeclaration) -> str:
    """The fingerprint (SHA-256, hex) of what was signed, in which words, by whom and when."""
    return facts_sha256(
        {
            "clauses": declaration.clauses,
            "language": declaration.language,
            "signatory": [declaration.signatory_name, declaration.signatory_function],
            "signed_at": declaration.signed_at.isoformat(),
            "version": declaration.call_version,
        }
    )
