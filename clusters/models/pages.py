"""What the public sees of a cluster: a snapshot that the cluster chose and its partner approved."""

from __future__ import annotations

import pghistory
import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clusters.models import nace
from conduct.models.states import Flow, States, Tone, follows_its_flow

from .clusters import Cluster


class PagePart(models.TextChoices):
    """A part of the public page that a cluster shows or keeps to itself."""

    LOGO = "logo", _("logo")
    MISSION = "mission", _("mission")
    SERVICES = "services", _("services to members")
    MEMBERS = "members", _("number and kinds of members")
    TRACK_RECORD = "track_record", _("track record")
    GROWTH = "growth", _("growth figures")
    WEBSITE = "website", _("website")


@follows_its_flow
@pghistory.track(exclude=["facts"])
class PublicPage(models.Model):
    """One version of a cluster's public page, with what it tells frozen when it was asked for."""

    LOCKED_AFTER = ("cluster",)

    class State(States):
        REQUESTED = "requested", Tone.WAITING, _("waits for the country partner")
        APPROVED = "approved", Tone.GOOD, _("published")
        RETURNED = "returned", Tone.BAD, _("returned")
        REPLACED = "replaced", Tone.QUIET, _("replaced by a newer version")
        WITHDRAWN = "withdrawn", Tone.QUIET, _("taken back")

    FLOW = Flow(
        {
            State.REQUESTED: [State.APPROVED, State.RETURNED, State.WITHDRAWN],
            State.APPROVED: [State.REPLACED, State.WITHDRAWN],
        }
    )

    cluster = models.ForeignKey(Cluster, on_delete=models.CASCADE, related_name="pages")
    state = models.CharField(
        _("state"),
        max_length=10,
        choices=State.choices,
        default=State.REQUESTED,
        editable=False,
    )
    parts = ArrayField(
        models.CharField(max_length=20, choices=PagePart.choices),
        verbose_name=_("parts shown"),
        default=list,
        blank=True,
    )
    # What the directory searches, as it was when asked for; the rest of the page is in `facts`.
    name = models.CharField(_("name"), max_length=200)
    aliases = models.TextField(_("other names"), blank=True)
    sector = models.CharField(_("sector"), max_length=200)
    nace_codes = ArrayField(
        models.CharField(max_length=2),
        verbose_name=_("activities by NACE"),
        default=list,
        blank=True,
    )
    facts = models.JSONField(_("facts"), default=dict)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    requested_at = models.DateTimeField(_("asked for"), default=timezone.now)
    # Null where a page was public before partners were asked.
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(_("decided"), null=True)
    reason = models.TextField(_("reason"), blank=True)

    class Meta:
        verbose_name = _("public page")
        verbose_name_plural = _("public pages")
        ordering = ["-requested_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["cluster"],
                condition=Q(state="approved"),
                name="one_published_page_per_cluster",
            ),
            models.UniqueConstraint(
                fields=["cluster"],
                condition=Q(state="requested"),
                name="one_waiting_page_per_cluster",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["requested", "withdrawn"]) | Q(decided_at__isnull=False),
                name="a_decided_page_has_its_instant",
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("requested_by")),
                name="nobody_approves_own_page",
            ),
        ]
        indexes = [
            # The directory: published pages by name.
            models.Index(
                fields=["name"], condition=Q(state="approved"), name="published_pages_by_name"
            ),
        ]
        triggers = [
            pgtrigger.ReadOnly(
                name="fixed_when_asked_for",
                fields=[
                    "cluster",
                    "parts",
                    "name",
                    "aliases",
                    "sector",
                    "nace_codes",
                    "facts",
                    "requested_by",
                    "requested_at",
                ],
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("clusters:review_page", args=[self.pk])

    @property
    def nace_titles(self) -> list[str]:
        """The activities with their titles, in the language of the page."""
        return nace.titles(self.nace_codes)
