"""What every draft of parts with rows is made of; each room gives its own record to these fields."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

# A row of a draft: what was typed, by column; `key` is the same in every version.
RawRow = dict[str, str]


class DraftedRows(models.Model):
    """One part of a draft: rows of texts, right or wrong, each with the `key` of its row."""

    rows = models.JSONField(_("rows"), default=list, blank=True)
    # Grows with every change, so that two people on one draft are warned, never overwritten.
    seen_as = models.PositiveIntegerField(_("count of changes"), default=1)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("changed by"),
    )
    changed_at = models.DateTimeField(_("changed"), auto_now=True)

    class Meta:
        abstract = True


class LineRemark(models.Model):
    """A remark on one row of what was sent, or on a part as a whole; shown beside it in the next draft.

    Which record was remarked on is the `version` of the model that takes these fields.
    """

    # The number of the part, of which each model knows its own.
    part: int
    # The row; empty for the part as a whole.
    key = models.UUIDField(null=True)
    text = models.TextField(_("remark"))
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("remark by"),
    )
    made_at = models.DateTimeField(_("remarked"), auto_now_add=True)

    class Meta:
        abstract = True
        ordering = ["part", "pk"]

    def __str__(self) -> str:
        return self.text[:60]
