"""Who takes part: countries, their partners, clusters and the people who act for them."""

from __future__ import annotations

import pghistory
from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
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


@pghistory.track()
class Cluster(models.Model):
    """An association of small firms, universities and institutions that may apply."""

    country = models.ForeignKey(
        Country,
        on_delete=models.PROTECT,
        related_name="clusters",
        verbose_name=_("country"),
    )
    name = models.CharField(_("name"), max_length=200)
    slug = models.SlugField(max_length=220, unique=True)
    registration_number = models.CharField(
        _("registration number"),
        max_length=60,
        blank=True,
        help_text=_("The number under which the association is registered in its country."),
    )
    established = models.PositiveSmallIntegerField(
        _("year of establishment"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1900), MaxValueValidator(2100)],
    )
    sector = models.CharField(_("sector"), max_length=200)
    mission = models.TextField(_("mission"), blank=True)
    services = models.TextField(
        _("services to members"), blank=True, help_text=_("One service on each line.")
    )
    member_kinds = models.CharField(
        _("kinds of members"),
        max_length=300,
        blank=True,
        help_text=_("For example: start-ups, SMEs, universities."),
    )
    member_count = models.PositiveIntegerField(_("number of members"), null=True, blank=True)
    website = models.URLField(_("website"), blank=True)
    listed = models.BooleanField(
        _("show in the public directory"),
        default=False,
        help_text=_("The public sees the name, country, sector, mission and services."),
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("cluster")
        verbose_name_plural = _("clusters")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["country", "name"],
                name="one_cluster_per_name_and_country",
                violation_error_message=_("A cluster of this name is registered already."),
            ),
            models.UniqueConstraint(
                fields=["country", "registration_number"],
                condition=~Q(registration_number=""),
                name="one_cluster_per_registration",
                violation_error_message=_("This registration number is registered already."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("clusters:detail", args=[self.slug])

    @property
    def service_list(self) -> list[str]:
        """The services, one a line, without blanks."""
        return [line.strip() for line in self.services.splitlines() if line.strip()]

    @property
    def missing_for_application(self) -> list[str]:
        """Labels of the profile fields that an application needs and that are empty."""
        needed = {
            "sector": _("sector"),
            "mission": _("mission"),
            "member_kinds": _("kinds of members"),
        }
        return [str(label) for name, label in needed.items() if not getattr(self, name)]


class RepresentativeLevel(models.TextChoices):
    """How far a representative may act for the cluster."""

    MANAGER = "manager", _("manager")
    EDITOR = "editor", _("editor")
    READER = "reader", _("reader")


@pghistory.track()
class Representative(models.Model):
    """A person who acts for a cluster. Managers sign, editors write, readers read."""

    cluster = models.ForeignKey(Cluster, on_delete=models.PROTECT, related_name="representatives")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="representations",
    )
    level = models.CharField(_("level"), max_length=10, choices=RepresentativeLevel.choices)

    class Meta:
        verbose_name = _("representative")
        verbose_name_plural = _("representatives")
        constraints = [
            models.UniqueConstraint(fields=["cluster", "user"], name="one_level_per_person"),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.cluster}"
