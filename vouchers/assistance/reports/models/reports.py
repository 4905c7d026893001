"""The final report of a cluster: where it stands. What it says is in its versions."""

from __future__ import annotations

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from conduct.models.guards import fixed, frozen_in, never_deleted, written_on
from conduct.models.states import Flow, States, Tone, follows_its_flow
from vouchers.awards.models import Voucher

from .enforced import SENTENCES_OF_REPORTS, on_its_way


def _two_people(one: str, other: str, name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(**{f"{one}__isnull": True}) | ~Q(**{one: F(other)}),
        name=name,
        violation_error_message=_("A second person must do this: you took the step before."),
    )


@follows_its_flow
@pghistory.track()
class FinalReport(models.Model):
    """What the cluster did with its voucher; accepting it closes the voucher.

    A draft is what is typed (`DraftedReportPart`). What is sent is a `ReportVersion`, which never
    changes: what comes back is mended and sent as the next one.
    """

    class State(States):
        DRAFT = "draft", Tone.QUIET, _("draft")
        SUBMITTED = "submitted", Tone.WAITING, _("submitted")
        PARTNER_ACCEPTED = "partner_accepted", Tone.WAITING, _("accepted by the partner")
        ACCEPTED = "accepted", Tone.GOOD, _("accepted")

    FLOW = Flow(
        {
            State.DRAFT: [State.SUBMITTED],
            State.SUBMITTED: [State.PARTNER_ACCEPTED, State.ACCEPTED, State.DRAFT],
            State.PARTNER_ACCEPTED: [State.ACCEPTED, State.DRAFT],
        }
    )
    # Where it is with those who read it.
    SENT = (State.SUBMITTED, State.PARTNER_ACCEPTED)
    LOCKED_AFTER = ("voucher",)

    state = models.CharField(
        _("state"), max_length=20, choices=State.choices, default=State.DRAFT, editable=False
    )
    voucher = models.OneToOneField(Voucher, on_delete=models.PROTECT, related_name="final_report")
    # The newest version that was sent; none before the first.
    version = models.OneToOneField(
        "ReportVersion",
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("version"),
    )
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
    )
    submitted_at = models.DateTimeField(null=True, editable=False)
    # Only where the call has a coordinator read it too; empty again once it is returned.
    partner_accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
    )
    partner_accepted_at = models.DateTimeField(null=True, editable=False)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
    )
    accepted_at = models.DateTimeField(null=True, editable=False)
    # Why it came back; empty again once it is sent anew.
    return_reason = models.TextField(_("why it was returned"), blank=True, editable=False)

    ENFORCED = SENTENCES_OF_REPORTS

    class Meta:
        verbose_name = _("final report")
        verbose_name_plural = _("final reports")
        constraints = [
            models.CheckConstraint(
                condition=Q(state="draft") | Q(version__isnull=False, submitted_by__isnull=False),
                name="what_is_sent_is_a_version",
                violation_error_message=_("Nothing of this report was sent yet."),
            ),
            models.CheckConstraint(
                condition=~Q(state="partner_accepted") | Q(partner_accepted_by__isnull=False),
                name="a_report_says_who_accepted_it",
                violation_error_message=_("It must stand who took this step, and when."),
            ),
            _two_people("accepted_by", "submitted_by", "a_report_has_four_eyes"),
            _two_people("partner_accepted_by", "submitted_by", "a_report_has_other_eyes"),
            _two_people("accepted_by", "partner_accepted_by", "a_report_has_third_eyes"),
        ]
        triggers = [
            fixed("voucher"),
            written_on("accepted", "accepted_by", "accepted_at"),
            frozen_in("accepted"),
            never_deleted(),
            *on_its_way(),
        ]

    def __str__(self) -> str:
        return str(self.voucher)

    def get_absolute_url(self) -> str:
        """The version that was sent; the page on which it is written before that, and after a return."""
        version = self.version if self.state != self.State.DRAFT else None
        if version is not None:
            return reverse("final_reports:version", args=[self.voucher_id, version.number])
        return reverse("final_reports:report", args=[self.voucher_id])
