"""A cluster and the facts that it keeps about itself."""

from __future__ import annotations

from uuid import uuid4

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from clusters.models import nace
from conduct.models.one_line import CONTROL_CHARACTERS, one_line
from conduct.queries import days

from .countries import Country

# What a call's partner must know before it can award anything, and how the page calls it.
NEEDED_FOR_APPLICATION = (
    "legal_name",
    "legal_form",
    "registration_number",
    "street",
    "town",
    "legal_representative",
    "legal_representative_function",
    "email",
    "sector",
    "nace_codes",
    "mission",
    "member_kinds",
)

# What a cluster writes about itself: who it is before the law, and what it works on.
LEGAL_FIELDS = (
    "name",
    "aliases",
    "legal_name",
    "legal_form",
    "registration_number",
    "tax_number",
    "established",
    "established_on",
    "street",
    "postcode",
    "town",
    "legal_representative",
    "legal_representative_function",
    "phone",
    "email",
    "website",
)
MISSION_FIELDS = ("sector", "nace_codes", "mission", "services", "member_kinds", "member_count")
PROFILE_FIELDS = LEGAL_FIELDS + MISSION_FIELDS


def logo_path(_cluster: Cluster, _name: str) -> str:
    """A random name outside the web root."""
    return f"logos/{uuid4().hex}.webp"


@pghistory.track()
class Cluster(models.Model):
    """An association of small firms, universities and institutions that may apply."""

    country = models.ForeignKey(
        Country,
        on_delete=models.PROTECT,
        related_name="clusters",
        verbose_name=_("country"),
    )
    name = models.CharField(_("name"), max_length=200, validators=[one_line])
    slug = models.SlugField(max_length=220, unique=True)
    aliases = models.TextField(
        _("other names"),
        blank=True,
        max_length=1000,
        help_text=_(
            "Abbreviations, earlier names, the name in another language: one on each line."
        ),
    )
    legal_name = models.CharField(
        _("legal name"),
        max_length=250,
        blank=True,
        help_text=_("As it stands in the statutes."),
        validators=[one_line],
    )
    legal_form = models.CharField(
        _("legal form"),
        max_length=120,
        blank=True,
        help_text=_("For example: association, economic interest group."),
    )
    registration_number = models.CharField(
        _("registration number"),
        max_length=60,
        blank=True,
        help_text=_("The number under which the association is registered in its country."),
    )
    tax_number = models.CharField(_("tax number"), max_length=60, blank=True)
    established = models.PositiveSmallIntegerField(
        _("year of establishment"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1900), MaxValueValidator(2100)],
    )
    established_on = models.DateField(
        _("date of establishment"),
        null=True,
        blank=True,
        help_text=_("Where you know the day; the year follows from it."),
    )
    street = models.CharField(
        _("street and number"), max_length=200, blank=True, validators=[one_line]
    )
    postcode = models.CharField(_("postcode"), max_length=20, blank=True)
    town = models.CharField(_("town"), max_length=100, blank=True, validators=[one_line])
    legal_representative = models.CharField(
        _("legal representative"),
        max_length=150,
        blank=True,
        help_text=_("Who may sign for the cluster by its statutes."),
        validators=[one_line],
    )
    legal_representative_function = models.CharField(
        _("function of the legal representative"),
        max_length=120,
        blank=True,
        validators=[one_line],
    )
    phone = models.CharField(
        _("phone"),
        max_length=30,
        blank=True,
        validators=[
            RegexValidator(
                r"^\+?[\d\s()./-]{6,}$", _("Write a phone number, such as +961 1 234 567.")
            )
        ],
    )
    email = models.EmailField(_("e-mail address of the cluster"), blank=True)
    website = models.URLField(_("website"), blank=True)
    sector = models.CharField(
        _("sector"), max_length=200, help_text=_("In your own words, such as: olive oil.")
    )
    nace_codes = ArrayField(
        models.CharField(max_length=2, validators=[nace.validate_code]),
        verbose_name=_("activities by NACE"),
        default=list,
        blank=True,
        size=3,
    )
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
    # The re-encoded picture; a new one gets a new name, so that what was approved stays there.
    logo = models.FileField(_("logo"), upload_to=logo_path, blank=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("cluster")
        verbose_name_plural = _("clusters")
        ordering = ["name"]
        indexes = [
            # The clusters of a section, and those whose activities overlap.
            GinIndex(fields=["nace_codes"], name="clusters_by_activity"),
        ]
        constraints = [
            # It is in subjects and texts of e-mails, where a second line would be ours.
            models.CheckConstraint(
                condition=~Q(name__regex=CONTROL_CHARACTERS), name="a_cluster_name_is_one_line"
            ),
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

    def clean(self) -> None:
        """The year follows from the day where that is known; neither lies in the future."""
        # Nobody may have chosen a country yet: the form then says so beside its field.
        today = days.today(self.country.zone if self.country_id else days.PROGRAMME_ZONE)
        if self.established_on:
            if self.established_on > today:
                raise ValidationError({"established_on": _("This day is still to come.")})
            self.established = self.established_on.year
        if self.established and self.established > today.year:
            raise ValidationError({"established": _("This year is still to come.")})
        if len(set(self.nace_codes)) < len(self.nace_codes):
            raise ValidationError({"nace_codes": _("The same activity stands there twice.")})

    def get_absolute_url(self) -> str:
        return reverse("clusters:detail", args=[self.slug])

    @property
    def service_list(self) -> list[str]:
        """The services, one a line, without blanks."""
        return _lines(self.services)

    @property
    def alias_list(self) -> list[str]:
        """The other names, one a line, without blanks."""
        return _lines(self.aliases)

    @property
    def nace_titles(self) -> list[str]:
        """The activities with their titles, in the language of the page."""
        return nace.titles(self.nace_codes)

    @property
    def address(self) -> str:
        """Street, postcode and town in one line, as far as they are known."""
        town = " ".join(part for part in (self.postcode, self.town) if part)
        return ", ".join(part for part in (self.street, town) if part)

    @property
    def missing_for_application(self) -> list[str]:
        """Labels of the profile fields that an application needs and that are empty."""
        return [label for label, _where in self.missing_places]

    @property
    def missing_places(self) -> list[tuple[str, str]]:
        """What an application needs and the profile lacks: its label, and where it is typed."""
        return [self.place_of(name) for name in NEEDED_FOR_APPLICATION if not getattr(self, name)]

    def place_of(self, name: str) -> tuple[str, str]:
        """The label of a field of the profile, and the address at which it is typed."""
        page = "clusters:edit" if name in LEGAL_FIELDS else "clusters:mission"
        # Activities are chosen one by one: their first choice stands for all.
        field = "nace_1" if name == "nace_codes" else name
        label = str(self._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
        return label, f"{reverse(page, args=[self.slug])}#id_{field}"


@pghistory.track()
class TrackRecord(models.Model):
    """One thing that a cluster has achieved, with its year."""

    cluster = models.ForeignKey(Cluster, on_delete=models.CASCADE, related_name="track_record")
    year = models.PositiveSmallIntegerField(
        _("year"), validators=[MinValueValidator(1900), MaxValueValidator(2100)]
    )
    text = models.CharField(_("achievement"), max_length=500)

    class Meta:
        verbose_name = _("achievement")
        verbose_name_plural = _("track record")
        ordering = ["-year", "pk"]

    def __str__(self) -> str:
        return f"{self.year} · {self.text}"


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
