"""The themes by which the needs of a cluster are found."""

from __future__ import annotations

import pghistory
from django.db import models
from django.utils.translation import gettext_lazy as _
from i18nfield.fields import I18nCharField

from .calls import Call
from .freezing import frozen_once_open


@pghistory.track()
class NeedTheme(models.Model):
    """One theme of the needs assessment; `code` names it in tables and compares calls by it."""

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="need_themes")
    position = models.PositiveSmallIntegerField(_("position"))
    code = models.SlugField(_("code"), max_length=40)
    name = I18nCharField(_("name"))

    class Meta:
        verbose_name = _("theme of needs")
        verbose_name_plural = _("themes of needs")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["call", "position"],
                name="one_theme_per_position",
                violation_error_message=_("Two themes have the same place in the list."),
            ),
            models.UniqueConstraint(
                fields=["call", "code"],
                name="a_theme_has_its_own_code",
                violation_error_message=_("Two themes have the same code."),
            ),
        ]
        triggers = [frozen_once_open()]

    def __str__(self) -> str:
        return str(self.name)
