"""What assessors say that they can judge."""

from __future__ import annotations

import pghistory
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from clusters.models import Country


@pghistory.track()
class AssessorProfile(models.Model):
    """What an assessor can judge: from where, in which languages and sectors, and how much."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="assessor_profile"
    )
    organisation = models.CharField(_("organisation"), max_length=200, blank=True)
    country = models.ForeignKey(
        Country,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("country"),
    )
    languages = ArrayField(
        models.CharField(max_length=2, choices=settings.LANGUAGES),
        verbose_name=_("languages"),
        default=list,
        blank=True,
    )
    # Divisions of NACE Rev. 2.1, as clusters state theirs.
    sectors = ArrayField(
        models.CharField(max_length=5), verbose_name=_("sectors"), default=list, blank=True
    )
    capacity = models.PositiveSmallIntegerField(
        _("most applications in one call"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
    )

    class Meta:
        verbose_name = _("profile of an assessor")
        verbose_name_plural = _("profiles of assessors")

    def __str__(self) -> str:
        return str(self.user)
