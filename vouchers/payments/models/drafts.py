"""What a cluster types of its next claim, before it is sent."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from vouchers.awards.models import Voucher


class ClaimDraft(models.Model):
    """The claim of a voucher that is being written, as it was typed; sending it empties the draft.

    `content` is what rules.content reads: words as they stand in the boxes, right or wrong. It has
    no history: what counts is what is sent.
    """

    LOCKED_AFTER = ("voucher",)

    voucher = models.OneToOneField(Voucher, on_delete=models.PROTECT, related_name="claim_draft")
    content = models.JSONField(_("what was typed"), default=dict)
    # Grows with every save, and which window saved last: another is told before it writes over it.
    version = models.PositiveIntegerField(default=0)
    window = models.CharField(max_length=40, blank=True)
    saved_at = models.DateTimeField(_("saved"), auto_now=True)
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("claim that is being written")
        verbose_name_plural = _("claims that are being written")

    def __str__(self) -> str:
        return str(self.voucher)
