"""The members of a cluster, as a time series: who joined when, and who left."""

from __future__ import annotations

import pghistory
from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .clusters import Cluster

_YEARS = [MinValueValidator(1900), MaxValueValidator(2100)]


class MemberKind(models.TextChoices):
    """What a member is."""

    START_UP = "start_up", _("start-up")
    SME = "sme", _("SME")
    LARGE_FIRM = "large_firm", _("large firm")
    UNIVERSITY = "university", _("university")
    RESEARCH_CENTRE = "research_centre", _("research centre")
    INSTITUTION = "institution", _("institution")
    SERVICE_PROVIDER = "service_provider", _("service provider")
    OTHER = "other", pgettext_lazy("kind of member", "other")


class MemberSize(models.TextChoices):
    """How large a member is, by Commission Recommendation 2003/361/EC (persons employed)."""

    MICRO = "micro", pgettext_lazy("size of a member", "micro (up to 9)")
    SMALL = "small", pgettext_lazy("size of a member", "small (10 to 49)")
    MEDIUM = "medium", pgettext_lazy("size of a member", "medium (50 to 249)")
    LARGE = "large", pgettext_lazy("size of a member", "large (250 and more)")
    NONE = "none", pgettext_lazy("size of a member", "does not apply")


@pghistory.track()
class Member(models.Model):
    """A firm, university or institution that belongs to a cluster, or did."""

    LOCKED_AFTER = ("cluster",)

    cluster = models.ForeignKey(Cluster, on_delete=models.PROTECT, related_name="members")
    name = models.CharField(_("name"), max_length=200)
    kind = models.CharField(_("kind"), max_length=20, choices=MemberKind.choices)
    size = models.CharField(
        _("size"), max_length=10, choices=MemberSize.choices, default=MemberSize.NONE
    )
    town = models.CharField(_("town"), max_length=100, blank=True)
    joined = models.PositiveSmallIntegerField(
        _("year of joining"), null=True, blank=True, validators=_YEARS
    )
    left = models.PositiveSmallIntegerField(
        _("year of leaving"), null=True, blank=True, validators=_YEARS
    )

    class Meta:
        verbose_name = _("member")
        verbose_name_plural = _("members")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                "cluster",
                Lower("name"),
                condition=Q(left=None),
                name="one_current_member_per_name",
                violation_error_message=_("A current member of this name is entered already."),
            ),
            models.CheckConstraint(
                condition=Q(joined=None) | Q(left=None) | Q(left__gte=F("joined")),
                name="nobody_leaves_before_joining",
                violation_error_message=_("A member cannot leave before the year of joining."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class MemberImport(models.Model):
    """A list of members that somebody uploaded, as it was typed; saved rows become members."""

    LOCKED_AFTER = ("cluster",)

    cluster = models.ForeignKey(Cluster, on_delete=models.CASCADE, related_name="member_imports")
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    uploaded_at = models.DateTimeField(auto_now_add=True)
    file_name = models.CharField(max_length=200)
    # One object a row: the number that it has in the file, and each column as it was typed.
    rows = models.JSONField(default=list)

    class Meta:
        verbose_name = _("list of members")
        verbose_name_plural = _("lists of members")
        constraints = [
            # A newer list takes the place of one that nobody took over.
            models.UniqueConstraint(
                fields=["cluster", "uploaded_by"], name="one_waiting_list_per_person"
            ),
        ]

    def __str__(self) -> str:
        return self.file_name
