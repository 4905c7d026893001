"""Declarations on honour as they were signed."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from conduct.models.guards import append_only

from .applications import Application


class SignedDeclaration(models.Model):
    """The declaration on honour as one person signed it: every clause, in the words they read."""

    application = models.ForeignKey(
        Application, on_delete=models.PROTECT, related_name="declarations"
    )
    call_version = models.PositiveSmallIntegerField(_("version of the call"))
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES)
    clauses = models.JSONField(_("statements"))
    signatory_name = models.CharField(_("name of the signatory"), max_length=150)
    signatory_function = models.CharField(_("function of the signatory"), max_length=150)
    # Over clauses, language, signatory and instant: what was signed can be shown unchanged.
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    signed_at = models.DateTimeField(_("signed"))

    class Meta:
        verbose_name = _("declaration on honour")
        verbose_name_plural = _("declarations on honour")
        ordering = ["-signed_at"]
        triggers = [append_only()]

    def __str__(self) -> str:
        return f"{self.signatory_name} · {self.application}"

    @property
    def holds(self) -> bool:
        """Whether the call is still the version that was signed for."""
        return self.call_version == self.application.call.version
