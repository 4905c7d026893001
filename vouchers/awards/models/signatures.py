"""The signature under an agreement, before its voucher is issued."""

from __future__ import annotations

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from conduct.models.guards import append_only, refuses
from conduct.models.one_line import one_line
from vouchers.applications.models import SignedDeclaration

from .enforced import ASKS_UNLIKE_ITS_CALL
from .offers import Award

_NOT_OFFERED = """NOT EXISTS (
    SELECT FROM vouchers_award award WHERE award.id = NEW.award_id AND award.state = 'offered'
)"""
_ANOTHER_TEXT = "NEW.sha256 <> encode(sha256(convert_to(NEW.text, 'UTF8')), 'hex')"
_DECLARATION_OF_ANOTHER = """NEW.declaration_id IS NOT NULL AND NOT EXISTS (
    SELECT FROM vouchers_signeddeclaration declaration
    JOIN vouchers_award award ON award.application_id = declaration.application_id
    WHERE declaration.id = NEW.declaration_id AND award.id = NEW.award_id
)"""


class Signed(models.Model):
    """Who signed, when and from where: as they typed it, and as their account says."""

    class Confirmation(models.TextChoices):
        """How it was known who signed."""

        FACTOR = "factor", _("second factor")
        MAIL = "mail", _("code by e-mail")

    name = models.CharField(_("name"), max_length=150, validators=[one_line])
    function = models.CharField(_("function"), max_length=150, validators=[one_line])
    confirmed_by = models.CharField(_("confirmed by"), max_length=6, choices=Confirmation.choices)
    address = models.GenericIPAddressField(_("address of the network"), null=True, blank=True)
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    signed_at = models.DateTimeField(_("signed"), default=timezone.now)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.name} · {self.function}"


class AgreementSignature(Signed):
    """What a manager of the cluster signed, word for word, and how it was known that it was they."""

    award = models.OneToOneField(Award, on_delete=models.PROTECT, related_name="signature")
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES)
    text = models.TextField(_("text"))
    # Of the text, in UTF-8: what the page showed when it was signed.
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    # As the call said when it was signed (`CounterSignature`).
    needs_countersignature = models.BooleanField(_("a coordinator counter-signs"), default=True)
    # The declaration on honour that was affirmed again with it, where the call has one.
    declaration = models.ForeignKey(
        SignedDeclaration, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("signature")
        verbose_name_plural = _("signatures")
        ordering = ["-signed_at"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(name="") & ~Q(function=""),
                name="a_signature_has_name_and_function",
                violation_error_message=_("Please sign with name and function."),
            ),
        ]
        triggers = [
            refuses(
                "signs_an_open_offer",
                pgtrigger.Insert,
                _NOT_OFFERED,
                "An agreement is signed while its award is offered.",
            ),
            refuses(
                "keeps_what_was_signed",
                pgtrigger.Insert,
                _ANOTHER_TEXT,
                "A signature keeps the text whose fingerprint it bears.",
            ),
            refuses(
                "affirms_its_own_declaration",
                pgtrigger.Insert,
                _DECLARATION_OF_ANOTHER,
                "A signature affirms the declaration of its own application.",
            ),
            refuses(
                "asks_for_what_its_call_asks",
                pgtrigger.Insert,
                ASKS_UNLIKE_ITS_CALL,
                "An agreement is counter-signed where its call says so.",
            ),
            append_only(),
        ]
