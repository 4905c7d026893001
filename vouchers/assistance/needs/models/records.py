"""The record of what a cluster needs, in versions that cluster and country partner both confirm."""

from __future__ import annotations

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from conduct.models.guards import append_only, fixed, frozen_in, refuses
from conduct.models.states import Flow, States, Tone, follows_its_flow
from vouchers.awards.models import Voucher

# What may still be written once a record is confirmed: that another one took its place.
_WHEN_REPLACED = ("state", "replaced_at")
# While it is shared, both confirm it; its text stands until it is taken back to be revised.
_TEXT = ("decisions", "decisions_version", "correction_reason")


@follows_its_flow
@pghistory.track()
class NeedsRecord(models.Model):
    """One version of what a cluster needs, found with its country partner; instants are UTC.

    The partner writes it, shares it, and takes it back to revise it as often as the cluster has
    remarks (`sharing_number` counts). Confirmed by one person of each side it is in force until a
    correction (`based_on`) is confirmed in its place.
    """

    class State(States):
        DRAFT = "draft", Tone.QUIET, pgettext_lazy("record of needs", "draft")
        SHARED = "shared", Tone.WAITING, pgettext_lazy("record of needs", "shared")
        CONFIRMED = "confirmed", Tone.GOOD, pgettext_lazy("record of needs", "confirmed")
        REPLACED = "replaced", Tone.QUIET, pgettext_lazy("record of needs", "replaced")

    FLOW = Flow(
        {
            State.DRAFT: [State.SHARED],
            State.SHARED: [State.CONFIRMED, State.DRAFT],
            State.CONFIRMED: [State.REPLACED],
        }
    )
    LOCKED_AFTER = ("voucher",)

    state = models.CharField(
        _("state"), max_length=10, choices=State.choices, default=State.DRAFT, editable=False
    )
    voucher = models.ForeignKey(Voucher, on_delete=models.PROTECT, related_name="needs_records")
    number = models.PositiveSmallIntegerField(_("version"), editable=False)
    based_on = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        related_name="corrections",
        editable=False,
        verbose_name=_("corrects"),
    )
    correction_reason = models.TextField(_("why it is corrected"), max_length=1000, blank=True)
    decisions = models.TextField(_("decisions"), max_length=5000, blank=True)
    # Counts what was saved of the decisions, so that nobody overwrites what they have not seen.
    decisions_version = models.PositiveIntegerField(default=0, editable=False)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        editable=False,
        verbose_name=_("written by"),
    )
    written_at = models.DateTimeField(_("written"), editable=False)
    # Since when it is a draft: begun, or taken back to be revised.
    begun_at = models.DateTimeField(_("begun"), default=timezone.now, editable=False)
    sharing_number = models.PositiveSmallIntegerField(
        _("how often it was shared"), default=0, editable=False
    )
    shared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        editable=False,
        verbose_name=_("shared by"),
    )
    shared_at = models.DateTimeField(_("shared"), null=True, editable=False)
    cluster_confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        editable=False,
        verbose_name=_("confirmed for the cluster by"),
    )
    cluster_confirmed_at = models.DateTimeField(
        _("confirmed for the cluster"), null=True, editable=False
    )
    partner_confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        editable=False,
        verbose_name=_("confirmed for the country partner by"),
    )
    partner_confirmed_at = models.DateTimeField(
        _("confirmed for the country partner"), null=True, editable=False
    )
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, editable=False)
    replaced_at = models.DateTimeField(_("replaced"), null=True, editable=False)

    class Meta:
        verbose_name = _("record of needs")
        verbose_name_plural = _("records of needs")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["voucher", "number"],
                name="one_needs_record_per_number",
                violation_error_message=_("Somebody has begun this version meanwhile."),
            ),
            models.UniqueConstraint(
                fields=["voucher"],
                condition=Q(state="confirmed"),
                name="one_needs_record_in_force",
                violation_error_message=_("One record of needs is in force for each voucher."),
            ),
            models.UniqueConstraint(
                fields=["voucher"],
                condition=Q(state__in=["draft", "shared"]),
                name="one_needs_record_in_work",
                violation_error_message=_(
                    "Another version of this record is in work already: go on with that one."
                ),
            ),
            models.CheckConstraint(
                condition=Q(number=1, based_on=None, correction_reason="")
                | Q(number__gt=1, based_on__isnull=False) & ~Q(correction_reason=""),
                name="a_corrected_needs_record_says_why",
                violation_error_message=_("Say what is corrected, and why."),
            ),
            models.CheckConstraint(
                condition=Q(cluster_confirmed_by=None, cluster_confirmed_at=None)
                | Q(cluster_confirmed_by__isnull=False, cluster_confirmed_at__isnull=False),
                name="the_cluster_confirms_needs_by_name",
                violation_error_message=_("It must stand who took this step, and when."),
            ),
            models.CheckConstraint(
                condition=Q(partner_confirmed_by=None, partner_confirmed_at=None)
                | Q(partner_confirmed_by__isnull=False, partner_confirmed_at__isnull=False),
                name="the_partner_confirms_needs_by_name",
                violation_error_message=_("It must stand who took this step, and when."),
            ),
            models.CheckConstraint(
                condition=Q(cluster_confirmed_by=None)
                | Q(partner_confirmed_by=None)
                | ~Q(cluster_confirmed_by=F("partner_confirmed_by")),
                name="two_people_confirm_needs",
                violation_error_message=_(
                    "A second person must do this: you confirmed it for the other side."
                ),
            ),
            models.CheckConstraint(
                condition=Q(
                    state="draft",
                    cluster_confirmed_by=None,
                    partner_confirmed_by=None,
                    confirmed_at=None,
                )
                | Q(state="shared", confirmed_at=None)
                | Q(
                    state__in=["confirmed", "replaced"],
                    cluster_confirmed_by__isnull=False,
                    partner_confirmed_by__isnull=False,
                    confirmed_at__isnull=False,
                ),
                name="both_sides_confirm_needs",
                violation_error_message=_(
                    "The record is in force once cluster and country partner have confirmed it."
                ),
            ),
            models.CheckConstraint(
                condition=Q(state="draft")
                | Q(shared_by__isnull=False, shared_at__isnull=False, sharing_number__gt=0),
                name="a_shared_needs_record_says_by_whom",
                violation_error_message=_("It must stand who took this step, and when."),
            ),
            models.CheckConstraint(
                condition=Q(state="replaced", replaced_at__isnull=False)
                | ~Q(state="replaced") & Q(replaced_at=None),
                name="a_replaced_needs_record_says_when",
                violation_error_message=_("It must stand who took this step, and when."),
            ),
        ]
        triggers = [
            fixed("voucher", "number", "based_on"),
            frozen_in("confirmed", "replaced", but=_WHEN_REPLACED),
            refuses(
                "shared_text_stands",
                pgtrigger.Update,
                "OLD.state = 'shared' AND NEW.state <> 'draft' AND ("
                + " OR ".join(f"OLD.{field} IS DISTINCT FROM NEW.{field}" for field in _TEXT)
                + ")",
                "What is shared stands until it is taken back to be revised.",
            ),
            refuses(
                "something_is_shared",
                pgtrigger.Update,
                "NEW.state = 'shared' AND OLD.state = 'draft' AND (NEW.sharing_number"
                " <> OLD.sharing_number + 1 OR NOT EXISTS (SELECT FROM vouchers_need need"
                " WHERE need.record_id = NEW.id) OR EXISTS (SELECT FROM vouchers_need need"
                " WHERE need.record_id = NEW.id AND btrim(need.what) = ''))",
                "What is shared says what is needed, and each sharing is counted.",
            ),
            refuses(
                "the_newest_is_confirmed",
                pgtrigger.Update,
                "(NEW.cluster_confirmed_by_id IS DISTINCT FROM OLD.cluster_confirmed_by_id"
                " AND NEW.cluster_confirmed_by_id IS NOT NULL"
                " OR NEW.partner_confirmed_by_id IS DISTINCT FROM OLD.partner_confirmed_by_id"
                " AND NEW.partner_confirmed_by_id IS NOT NULL)"
                " AND EXISTS (SELECT FROM vouchers_needsrecord newer"
                " WHERE newer.voucher_id = NEW.voucher_id AND newer.number > NEW.number)",
                "Only the newest version is confirmed.",
            ),
            refuses(
                "replaced_by_what_is_confirmed",
                pgtrigger.Update,
                "NEW.state = 'replaced' AND OLD.state <> 'replaced' AND NOT EXISTS ("
                "SELECT FROM vouchers_needsrecord newer WHERE newer.based_on_id = NEW.id"
                " AND newer.cluster_confirmed_by_id IS NOT NULL"
                " AND newer.partner_confirmed_by_id IS NOT NULL)",
                "A record stays in force until both sides have confirmed its correction.",
            ),
            refuses(
                "a_correction_follows_what_is_in_force",
                pgtrigger.Insert,
                "NEW.based_on_id IS NOT NULL AND NOT EXISTS ("
                "SELECT FROM vouchers_needsrecord earlier WHERE earlier.id = NEW.based_on_id"
                " AND earlier.voucher_id = NEW.voucher_id AND earlier.state = 'confirmed')",
                "A correction is made of the record in force of the same voucher.",
            ),
            refuses(
                "kept_once_shared",
                pgtrigger.Delete,
                "OLD.number = 1 OR OLD.sharing_number > 0",
                "What was shared is kept.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.voucher} · {self.number}"

    def get_absolute_url(self) -> str:
        return reverse("needs:record", args=[self.pk])

    @property
    def standing_files(self) -> models.QuerySet:
        """The files that go with it now: those that were not taken out."""
        return self.files.filter(removed_at=None)

    @property
    def is_in_work(self) -> bool:
        """Whether it still may become another text."""
        return self.state in (self.State.DRAFT, self.State.SHARED)


class NeedsSharing(models.Model):
    """What a record said each time that it was shared, so that readers see what was changed since."""

    record = models.ForeignKey(NeedsRecord, on_delete=models.PROTECT, related_name="sharings")
    number = models.PositiveSmallIntegerField(_("sharing"))
    # As `queries.content_of` tells a record: its decisions and its needs, each with its key.
    content = models.JSONField(_("what was shared"))
    shared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    shared_at = models.DateTimeField(_("shared"))

    class Meta:
        verbose_name = _("shared text of a record of needs")
        verbose_name_plural = _("shared texts of records of needs")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["record", "number"],
                name="one_text_per_sharing",
                violation_error_message=_("Somebody has shared the record meanwhile."),
            ),
        ]
        triggers = [append_only()]

    def __str__(self) -> str:
        return f"{self.record} · {self.number}"
