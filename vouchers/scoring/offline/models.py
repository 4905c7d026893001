"""What an assessor filled in without a line, until they have looked at it and confirmed."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from vouchers.calls.models import Call


class ReturnedWorkbook(models.Model):
    """A workbook that came back, as it was typed; its rows become drafts once confirmed."""

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="+")
    assessor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="returned_workbooks"
    )
    uploaded_at = models.DateTimeField(auto_now_add=True)
    file_name = models.CharField(max_length=200)
    # What was signed when it was downloaded: see letters.rows.issued_facts.
    issued = models.JSONField()
    # One object a row: its number in the sheet, its key, and each cell as it was typed.
    rows = models.JSONField(default=list)

    class Meta:
        verbose_name = _("returned workbook")
        verbose_name_plural = _("returned workbooks")
        constraints = [
            # A newer file takes the place of one that was not confirmed.
            models.UniqueConstraint(
                fields=["call", "assessor"], name="one_returned_workbook_per_assessor"
            ),
        ]

    def __str__(self) -> str:
        return self.file_name

    def get_absolute_url(self) -> str:
        return reverse("scoring:returned", args=[self.pk])
