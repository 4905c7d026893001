"""The countries of the programme, and the organisation that runs it in each."""

from __future__ import annotations

from uuid import uuid4
from zoneinfo import ZoneInfo

import pghistory
from django.core.validators import RegexValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from i18nfield.fields import I18nCharField

from conduct.models.one_line import one_line

# What a partner says itself of what its letters bear; the logo is handed over apart.
LETTERHEAD_FIELDS = ("street", "postcode", "town", "email", "signatory", "signatory_function")


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


def letterhead_logo_path(_partner: CountryPartner, _name: str) -> str:
    """A random name outside the web root."""
    return f"letterheads/{uuid4().hex}.webp"


@pghistory.track()
class CountryPartner(models.Model):
    """The organisation that runs the programme in one country, with what its letters bear.

    Letters freeze it when they are issued: a change is seen in those that follow.
    """

    country = models.OneToOneField(Country, on_delete=models.PROTECT, related_name="partner")
    name = models.CharField(_("name"), max_length=200)
    short_name = models.CharField(_("short name"), max_length=60, blank=True)
    email = models.EmailField(_("contact e-mail"), blank=True)
    street = models.CharField(
        _("street and number"), max_length=200, blank=True, validators=[one_line]
    )
    postcode = models.CharField(_("postcode"), max_length=20, blank=True, validators=[one_line])
    town = models.CharField(_("town"), max_length=100, blank=True, validators=[one_line])
    signatory = models.CharField(
        _("who signs the letters"), max_length=150, blank=True, validators=[one_line]
    )
    signatory_function = I18nCharField(
        _("function of who signs"), max_length=150, blank=True, default=""
    )
    logo = models.FileField(_("logo"), upload_to=letterhead_logo_path, blank=True, editable=False)

    class Meta:
        verbose_name = _("country partner")
        verbose_name_plural = _("country partners")

    def __str__(self) -> str:
        return self.short_name or self.name

    def get_absolute_url(self) -> str:
        return reverse("clusters:partner_bank", args=[self.country_id])
