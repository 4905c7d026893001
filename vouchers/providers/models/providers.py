"""The consultants of a country."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pghistory
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from clusters.models import Country, nace
from conduct.models.guards import append_only
from conduct.models.one_line import one_line
from inputs.queries import trigrams
from vouchers.providers.rules.languages import SPOKEN, language_name

if TYPE_CHECKING:
    from .accounts import ProviderAccount


class ProviderKind(models.TextChoices):
    """What a provider is in law."""

    FIRM = "firm", _("firm")
    PERSON = "person", pgettext_lazy("provider", "person on their own account")


class Expertise(models.TextChoices):
    """On what a provider advises."""

    GOVERNANCE = "governance", _("governance")
    SERVICES = "services", _("services to members")
    INTERNATIONALISATION = "internationalisation", _("internationalisation")
    INNOVATION = "innovation", _("innovation")
    DIGITAL = "digital", pgettext_lazy("expertise", "digital")
    FINANCE = "finance", pgettext_lazy("expertise", "finance")
    COMMUNICATION = "communication", _("communication")


@pghistory.track()
class Provider(models.Model):
    """The consultant, a firm or a person, who delivers the assistance."""

    name = models.CharField(
        _("name"), max_length=200, help_text=_("The legal name, in Latin letters.")
    )
    own_name = models.CharField(
        _("name in its own script"), max_length=200, blank=True, validators=[one_line]
    )
    kind = models.CharField(
        _("kind"), max_length=6, choices=ProviderKind.choices, default=ProviderKind.FIRM
    )
    country = models.ForeignKey(
        Country,
        on_delete=models.PROTECT,
        related_name="providers",
        verbose_name=_("country"),
    )
    # As a transfer names it: in Latin letters, apart from the town.
    street = models.CharField(
        _("street and number"), max_length=70, blank=True, validators=[one_line]
    )
    post_code = models.CharField(_("post code"), max_length=16, blank=True, validators=[one_line])
    town = models.CharField(_("town"), max_length=100, blank=True, validators=[one_line])
    email = models.EmailField(_("e-mail address"), blank=True)
    contact = models.CharField(
        _("contact person"), max_length=150, blank=True, validators=[one_line]
    )
    # As they were typed, and as they are compared (inputs.rules.folding.code_form).
    registration_number = models.CharField(
        _("registration number"), max_length=60, blank=True, validators=[one_line]
    )
    registration_code = models.CharField(
        _("registration number as compared"), max_length=60, blank=True, editable=False
    )
    vat_number = models.CharField(_("VAT number"), max_length=60, blank=True, validators=[one_line])
    vat_code = models.CharField(
        _("VAT number as compared"), max_length=60, blank=True, editable=False
    )
    expertise = ArrayField(
        models.CharField(max_length=20, choices=Expertise.choices),
        verbose_name=_("expertise"),
        default=list,
        blank=True,
    )
    # Sections of NACE Rev. 2.1 (clusters.models.nace).
    sectors = ArrayField(
        models.CharField(max_length=2, validators=[nace.validate_code]),
        verbose_name=_("sectors"),
        default=list,
        blank=True,
    )
    # ISO 639-1 (vouchers.providers.rules.languages).
    languages = ArrayField(
        models.CharField(max_length=2, choices=[(code, code) for code in SPOKEN]),
        verbose_name=_("working languages"),
        default=list,
        blank=True,
    )
    # ISO 3166-1, of the programme's countries.
    countries_served = ArrayField(
        models.CharField(max_length=2),
        verbose_name=_("countries served"),
        default=list,
        blank=True,
    )
    rate_from = models.DecimalField(
        _("day rate from (EUR)"),
        max_digits=8,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
    )
    rate_to = models.DecimalField(
        _("day rate to (EUR)"),
        max_digits=8,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
    )

    class Meta:
        verbose_name = _("provider")
        verbose_name_plural = _("providers")
        ordering = ["name"]
        indexes = [
            trigrams(
                *("name", "own_name", "contact", "email", "town", "registration_code", "vat_code"),
                name="provider_searched",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["country", "name"],
                name="one_provider_per_name_and_country",
                violation_error_message=_("This country has a provider of this name already."),
            ),
            models.CheckConstraint(
                condition=Q(rate_from=None)
                | Q(rate_to=None)
                | Q(rate_from__gte=0, rate_to__gte=F("rate_from")),
                name="a_day_rate_goes_from_less_to_more",
                violation_error_message=_("The day rate goes from the lower to the higher amount."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("providers:provider", args=[self.pk])

    @property
    def expertise_names(self) -> list[str]:
        """The expertise in words of the active language."""
        return [str(Expertise(code).label) for code in self.expertise]

    @property
    def sector_names(self) -> list[str]:
        """The sectors in words of the active language."""
        return nace.titles(self.sectors)

    @property
    def language_names(self) -> list[str]:
        """The working languages in words of the active language."""
        return [language_name(code, get_language() or "en") for code in self.languages]

    @cached_property
    def account(self) -> ProviderAccount | None:
        """The account that stands, verified or not."""
        return next((one for one in self.accounts.all() if one.replaced_at is None), None)


@pghistory.track()
class DistinctProviders(models.Model):
    """Two providers that look like one, of which somebody found out that they are not."""

    one = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="+")
    other = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField(_("how it is known"), max_length=1000)
    said_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    said_at = models.DateTimeField(_("said"), default=timezone.now)

    class Meta:
        verbose_name = _("pair of distinct providers")
        verbose_name_plural = _("pairs of distinct providers")
        constraints = [
            models.UniqueConstraint(
                fields=["one", "other"],
                name="two_providers_are_told_apart_once",
                violation_error_message=_("Somebody has just told these two apart."),
            ),
            models.CheckConstraint(
                condition=Q(one__lt=F("other")) & ~Q(reason=""),
                name="two_providers_are_told_apart_for_a_reason",
                violation_error_message=_("Say how it is known that they are two."),
            ),
        ]
        triggers = [append_only()]

    def __str__(self) -> str:
        return f"{self.one} ≠ {self.other}"
