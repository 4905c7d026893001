"""The countries of the programme, and the organisation that runs it in each."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pghistory
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from i18nfield.fields import I18nCharField


class Country(models.Model):
    """A country in which the programme runs."""

    code = models.CharField(
        _("ISO code"),
        max_length=2,
        primary_key=True,
        validators=[RegexValidator(r"^[A-Z]{2}$")],
    )
    name = I18nCharField(_("name"))
    time_zone = models.CharField(_("time zone"), max_length=40)
    currency = models.CharField(_("currency"), max_length=3)

    class Meta:
        verbose_name = _("country")
        verbose_name_plural = _("countries")
        ordering = ["code"]

    def __str__(self) -> str:
        return str(self.name)

    @property
    def zone(self) -> ZoneInfo:
        """The time zone on whose calendar the days of its clusters are counted."""
        return ZoneInfo(self.time_zone)


@pghistory.track()
class CountryPartner(models.Model):
    """The organisation that runs the programme in one country."""

    country = models.OneToOneField(Country, on_delete=models.PROTECT, related_name="partner")
    name = models.CharField(_("name"), max_length=200)
    short_name = models.CharField(_("short name"), max_length=60, blank=True)
    email = models.EmailField(_("contact e-mail"), blank=True)

    class Meta:
        verbose_name = _("country partner")
        verbose_name_plural = _("country partners")

    def __str__(self) -> str:
        return self.short_name or self.name
