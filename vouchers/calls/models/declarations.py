"""What an applicant declares on honour."""

from __future__ import annotations

import pghistory
from django.db import models
from django.utils.translation import gettext_lazy as _
from i18nfield.fields import I18nTextField

from .calls import Call
from .freezing import frozen_once_open


@pghistory.track()
class DeclarationClause(models.Model):
    """One statement of the declaration on honour that goes with every application."""

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="declaration_clauses")
    position = models.PositiveSmallIntegerField(_("position"))
    text = I18nTextField(_("statement"))

    class Meta:
        verbose_name = _("clause of the declaration")
        verbose_name_plural = _("clauses of the declaration")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["call", "position"], name="one_clause_per_position"),
        ]
        triggers = [frozen_once_open()]

    def __str__(self) -> str:
        return str(self.text)[:80]
