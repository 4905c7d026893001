"""An application: what a cluster asks for, its state, and who checked it."""

from __future__ import annotations

import pghistory
import pgtrigger
from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from clusters.models import Cluster, Country
from conduct.models.guards import fixed, never_deleted, written_once
from conduct.models.states import Flow, States, Tone, follows_its_flow
from vouchers.calls.models import Call

# What staff may know of: an application that was sent and not re-opened.
SENT = Q(reference__isnull=False) & ~Q(state="draft")
# Lists and searches read one table, however many applications there are. The other half, a cluster
# that gets another name or alias, is a trigger of the migration `list_by_aliases`: clusters know
# nothing of applications.
_NAMED_AFTER_ITS_CLUSTER = """
    SELECT name, folded(CONCAT_WS(' ', NEW.reference, name, aliases))
        INTO NEW.cluster_name, NEW.searched
        FROM clusters_cluster WHERE id = NEW.cluster_id;
    RETURN NEW;
"""


@follows_its_flow
@pghistory.track(exclude=["cluster_name", "searched"])
class Application(models.Model):
    """One cluster's application to one call."""

    class State(States):
        DRAFT = "draft", Tone.QUIET, _("draft")
        SUBMITTED = "submitted", Tone.WAITING, pgettext_lazy("application", "submitted")
        ELIGIBLE = "eligible", Tone.GOOD, _("eligible")
        INELIGIBLE = "ineligible", Tone.BAD, _("ineligible")
        SELECTED = "selected", Tone.GOOD, _("selected")
        RESERVE = "reserve", Tone.QUIET, _("on the reserve list")
        REFUSED = "refused", Tone.BAD, _("refused")
        WITHDRAWN = "withdrawn", Tone.QUIET, _("withdrawn")

    FLOW = Flow(
        {
            State.DRAFT: [State.SUBMITTED, State.WITHDRAWN],
            # Back to a draft while the call accepts applications: re-opened by its cluster.
            State.SUBMITTED: [
                State.DRAFT,
                State.ELIGIBLE,
                State.INELIGIBLE,
                State.WITHDRAWN,
            ],
            # Back to submitted while nobody was asked to score: the check is opened again.
            State.ELIGIBLE: [
                State.SUBMITTED,
                State.SELECTED,
                State.RESERVE,
                State.REFUSED,
                State.WITHDRAWN,
            ],
            State.INELIGIBLE: [State.SUBMITTED],
            # Offered a voucher after all, or the reserve list is over.
            State.RESERVE: [State.SELECTED, State.REFUSED],
            # A request for review was upheld.
            State.REFUSED: [State.RESERVE, State.SELECTED],
        }
    )

    state = models.CharField(
        _("state"),
        max_length=12,
        choices=State.choices,
        default=State.DRAFT,
        editable=False,
    )
    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="applications")
    cluster = models.ForeignKey(Cluster, on_delete=models.PROTECT, related_name="applications")
    # The cluster's country when it applied: officers are scoped by it, and references bear it.
    country = models.ForeignKey(Country, on_delete=models.PROTECT, related_name="applications")
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES)
    # Empty until it is submitted; then SUV-2026-LB-0007, without gaps per call and country.
    reference = models.CharField(_("reference"), max_length=30, null=True, unique=True)
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="applications_started",
    )
    started_at = models.DateTimeField(_("started"), auto_now_add=True)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="applications_submitted",
    )
    submitted_at = models.DateTimeField(_("submitted"), null=True)
    # Kept by triggers, never written here: the cluster's name of today, and what a list is searched
    # by, folded (inputs.rules.folding).
    cluster_name = models.CharField(_("cluster"), max_length=200, editable=False, default="")
    searched = models.TextField(editable=False, default="")

    class Meta:
        verbose_name = _("application")
        verbose_name_plural = _("applications")
        ordering = ["-started_at"]
        indexes = [
            # The list of staff, newest submission first: all of them, and by each of its filters.
            models.Index(fields=["-submitted_at", "-id"], condition=SENT, name="sent_newest"),
            models.Index(
                fields=["country", "-submitted_at", "-id"], condition=SENT, name="sent_by_country"
            ),
            models.Index(
                fields=["call", "-submitted_at", "-id"], condition=SENT, name="sent_by_call"
            ),
            models.Index(
                fields=["state", "-submitted_at", "-id"], condition=SENT, name="sent_by_state"
            ),
            models.Index(
                fields=["language", "-submitted_at", "-id"], condition=SENT, name="sent_by_language"
            ),
            # The same list in the order of the clusters' names.
            models.Index(fields=["cluster_name", "id"], condition=SENT, name="sent_by_name"),
            # Lists of what belongs to one, such as vouchers, by name: they do not say that it is sent.
            models.Index(fields=["cluster_name", "id"], name="applications_by_name"),
            # Any part of a reference or a name.
            GinIndex(fields=["searched"], opclasses=["gin_trgm_ops"], name="application_searched"),
            # The list of one call in one state (ranking, dashboards).
            models.Index(fields=["call", "state", "country"], name="application_by_call"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["call", "cluster"],
                condition=~Q(state="withdrawn"),
                name="one_application_per_cluster_and_call",
                violation_error_message=_("The cluster has an application to this call already."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "withdrawn"])
                | (Q(reference__isnull=False) & Q(submitted_at__isnull=False)),
                name="what_is_submitted_has_a_reference",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="named_after_its_cluster",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=_NAMED_AFTER_ITS_CLUSTER,
            ),
            fixed("call", "cluster", "country", "started_by"),
            written_once("reference"),
            never_deleted(),
        ]

    def __str__(self) -> str:
        return f"{self.reference or _('Draft')} · {self.cluster}"

    def get_absolute_url(self) -> str:
        return reverse("applications:detail", args=[self.pk])

    @property
    def is_draft(self) -> bool:
        return self.state == self.State.DRAFT

    @property
    def has_arrived(self) -> bool:
        """Whether it was sent and holds: neither a draft (again) nor withdrawn."""
        return self.state not in (self.State.DRAFT, self.State.WITHDRAWN)

    @property
    def is_reopened(self) -> bool:
        """Whether it was sent once and taken back to be changed."""
        return self.is_draft and self.reference is not None
