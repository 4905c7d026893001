"""The indicators by which the plans of a call say what is to be reached."""

from __future__ import annotations

import pghistory
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from i18nfield.fields import I18nCharField

from .calls import Call
from .freezing import frozen_once_open


@pghistory.track()
class CallIndicator(models.Model):
    """An indicator that all plans of a call may use, so that results can be added up."""

    call = models.ForeignKey(
        Call, on_delete=models.PROTECT, related_name="indicators", verbose_name=_("call")
    )
    position = models.PositiveSmallIntegerField(_("position"))
    code = models.CharField(
        _("code"),
        max_length=20,
        validators=[
            RegexValidator(r"^[A-Z0-9.-]+$", _("Capital letters, digits, points and hyphens."))
        ],
    )
    name = I18nCharField(_("indicator"))
    unit = I18nCharField(_("unit"), blank=True)

    class Meta:
        verbose_name = _("indicator")
        verbose_name_plural = _("indicators")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["call", "position"],
                name="one_indicator_per_position",
                violation_error_message=_("Two indicators have the same place."),
            ),
            models.UniqueConstraint(
                fields=["call", "code"],
                name="one_indicator_per_code",
                violation_error_message=_("Two indicators have the same code."),
            ),
        ]
        triggers = [frozen_once_open()]

    def __str__(self) -> str:
        return f"{self.code} · {self.name}"
