"""What the cluster lets everybody read of its report: said by kind, and taken back at any time."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from conduct.models.guards import append_only
from vouchers.awards.models import Voucher


class PublicationConsent(models.Model):
    """Consent to publish one kind of what a report says, given or taken back; the last word counts."""

    class Kind(models.TextChoices):
        """What may be published."""

        STORY = "story", _("what was done, and the story")
        FIGURES = "figures", _("the figures and indicators")
        PICTURES = "pictures", _("the pictures")
        PROVIDER = "provider", _("the name of the provider")

    voucher = models.ForeignKey(
        Voucher, on_delete=models.PROTECT, related_name="consents", verbose_name=_("voucher")
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    is_given = models.BooleanField(_("given"))
    said_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("said by"),
    )
    said_at = models.DateTimeField(_("said"), auto_now_add=True)

    class Meta:
        verbose_name = _("consent to publication")
        verbose_name_plural = _("consents to publication")
        ordering = ["pk"]
        indexes = [models.Index(fields=["voucher", "kind", "-id"], name="last_word_on_publication")]
        triggers = [append_only()]

    def __str__(self) -> str:
        return str(self.get_kind_display())
