"""The early end of a voucher: given up by its cluster, ended by the programme, or lapsed unused."""

from __future__ import annotations

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from conduct.models.guards import fixed, frozen_in, never_deleted, refuses, written_on
from conduct.models.states import Flow, States, Tone, follows_its_flow
from vouchers.awards.models import Voucher
from vouchers.awards.models.endings import coordinates_nothing_of_it, looks_after_nothing_of_it

_PROPOSED_BY_ANYBODY = f"""
    CASE WHEN NEW.kind = 'given_up' THEN NOT EXISTS (
        SELECT FROM vouchers_voucher v
        JOIN vouchers_award a ON a.id = v.award_id
        JOIN vouchers_application p ON p.id = a.application_id
        JOIN clusters_representative r ON r.cluster_id = p.cluster_id
        WHERE v.id = NEW.voucher_id AND r.user_id = NEW.proposed_by_id AND r.level = 'manager'
    ) WHEN NEW.kind = 'lapsed' THEN NEW.proposed_by_id IS NOT NULL
    ELSE {looks_after_nothing_of_it("NEW.proposed_by_id")} END
"""
_DECIDED_BY_ANYBODY = f"""
    NEW.decided_by_id IS NOT NULL AND (TG_OP = 'INSERT' OR OLD.decided_by_id IS NULL)
    AND {coordinates_nothing_of_it("NEW.decided_by_id")}
"""
# The notice of the call runs from the day of the decision, on the calendar of the country.
_TOO_SHORT_A_NOTICE = """
    NEW.state = 'notice' AND (TG_OP = 'INSERT' OR OLD.state <> 'notice') AND EXISTS (
        SELECT FROM vouchers_voucher v
        JOIN vouchers_award a ON a.id = v.award_id
        JOIN vouchers_application p ON p.id = a.application_id
        JOIN vouchers_call c ON c.id = p.call_id
        JOIN clusters_country there ON there.code = p.country_id
        WHERE v.id = NEW.voucher_id AND NEW.kind <> 'lapsed' AND (
            v.state NOT IN ('active', 'suspended')
            OR NEW.ends_on - (NEW.notice_at AT TIME ZONE there.time_zone)::date < c.notice_days
            OR NEW.claims_until - NEW.ends_on <> c.claim_days_after_ending
        )
    )
"""
# Never by a machine alone: the cluster was warned twice and did nothing, and a coordinator says so.
_USED_OR_UNWARNED = """
    NEW.kind = 'lapsed' AND NEW.state = 'notice' AND NOT EXISTS (
        SELECT FROM vouchers_voucher v
        JOIN vouchers_award a ON a.id = v.award_id
        JOIN vouchers_application p ON p.id = a.application_id
        JOIN vouchers_call c ON c.id = p.call_id
        JOIN vouchers_unusedwarning w ON w.voucher_id = v.id AND w.number = 2
        WHERE v.id = NEW.voucher_id AND v.state = 'active' AND c.unused_days IS NOT NULL
            AND w.answer_by <= NEW.ends_on
            AND NOT EXISTS (
                SELECT FROM vouchers_planversion version
                JOIN vouchers_plan plan ON plan.id = version.plan_id
                WHERE plan.voucher_id = v.id AND version.submitted_at IS NOT NULL
            )
    )
"""


@follows_its_flow
@pghistory.track()
class Ending(models.Model):
    """That a voucher ends on the day `ends_on`, before it is used up; revocable until that day.

    What was accepted by then is claimed until `claims_until` (included); the rest is released.
    """

    class Kind(models.TextChoices):
        GIVEN_UP = "given_up", _("given up by the cluster")
        PROGRAMME = "programme", _("ended by the programme")
        LAPSED = "lapsed", _("lapsed unused")

    class State(States):
        PROPOSED = "proposed", Tone.WAITING, _("proposed")
        NOTICE = "notice", Tone.WAITING, _("under notice")
        REFUSED = "refused", Tone.QUIET, _("not followed")
        REVOKED = "revoked", Tone.QUIET, _("revoked")
        DONE = "done", Tone.BAD, _("carried out")

    FLOW = Flow(
        {
            State.PROPOSED: [State.NOTICE, State.REFUSED],
            State.NOTICE: [State.DONE, State.REVOKED],
        }
    )
    LOCKED_AFTER = ("voucher",)
    OPEN = (State.PROPOSED, State.NOTICE)

    state = models.CharField(
        _("state"), max_length=10, choices=State.choices, default=State.PROPOSED, editable=False
    )
    voucher = models.ForeignKey(Voucher, on_delete=models.PROTECT, related_name="endings")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    reason = models.TextField(_("reason"), max_length=2000)
    # Nobody where a voucher lapses: warnings came before.
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    proposed_at = models.DateTimeField(_("proposed"), default=timezone.now)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(_("decided"), null=True)
    answer = models.TextField(_("answer"), max_length=2000, blank=True)
    notice_at = models.DateTimeField(_("notice given"), null=True)
    ends_on = models.DateField(_("ends on"))
    claims_until = models.DateField(_("claims until"), null=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    revoked_at = models.DateTimeField(_("revoked"), null=True)
    revoke_reason = models.TextField(_("why it was revoked"), max_length=2000, blank=True)
    done_at = models.DateTimeField(_("carried out"), null=True)

    class Meta:
        verbose_name = _("early end of a voucher")
        verbose_name_plural = _("early ends of vouchers")
        ordering = ["-proposed_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["voucher"],
                condition=Q(state__in=["proposed", "notice", "done"]),
                name="one_ending_stands",
                violation_error_message=_("The end of this voucher is under way already."),
            ),
            models.CheckConstraint(
                condition=Q(reason__regex=r"\S"),
                name="an_ending_has_a_reason",
                violation_error_message=_("Say why the voucher is to end."),
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None, decided_at=None)
                | (
                    Q(decided_at__isnull=False)
                    & (Q(proposed_by=None) | ~Q(decided_by=F("proposed_by")))
                ),
                name="an_ending_has_four_eyes",
                violation_error_message=_(
                    "A second person must do this: you took the step before."
                ),
            ),
            models.CheckConstraint(
                condition=Q(kind="given_up", proposed_by__isnull=False)
                | Q(state="proposed")
                | Q(decided_by__isnull=False),
                name="an_ending_by_the_programme_is_decided",
                violation_error_message=_("It must stand who took this step, and when."),
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["notice", "done", "revoked"])
                | Q(notice_at__isnull=False, claims_until__gte=F("ends_on")),
                name="a_notice_says_its_days",
                violation_error_message=_("A notice says when the voucher ends."),
            ),
            models.CheckConstraint(
                condition=(~Q(state="refused") | Q(answer__regex=r"\S"))
                & (~Q(state="revoked") | Q(revoke_reason__regex=r"\S", revoked_by__isnull=False)),
                name="who_goes_back_on_an_ending_says_why",
                violation_error_message=_("Say why the voucher goes on."),
            ),
        ]
        triggers = [
            fixed("voucher", "kind", "reason", "proposed_by", "proposed_at"),
            refuses(
                "proposed_by_who_may",
                pgtrigger.Insert,
                _PROPOSED_BY_ANYBODY,
                "A voucher is given up by a manager of its cluster; its officer or a coordinator"
                " proposes its end otherwise.",
            ),
            refuses(
                "decided_by_a_coordinator",
                pgtrigger.Insert | pgtrigger.Update,
                _DECIDED_BY_ANYBODY,
                "The end of a voucher is decided by a coordinator.",
            ),
            refuses(
                "noticed_in_time",
                pgtrigger.Insert | pgtrigger.Update,
                _TOO_SHORT_A_NOTICE,
                "A voucher that goes on is given the notice of its call.",
            ),
            refuses(
                "lapses_once_it_was_warned",
                pgtrigger.Insert | pgtrigger.Update,
                _USED_OR_UNWARNED,
                "A voucher lapses unused after two warnings, where the call says so.",
            ),
            refuses(
                "its_days_stand",
                pgtrigger.Update,
                "OLD.state <> 'proposed' AND (NEW.ends_on, NEW.claims_until, NEW.notice_at)"
                " IS DISTINCT FROM (OLD.ends_on, OLD.claims_until, OLD.notice_at)",
                "The days of a notice stand once it is given.",
            ),
            written_on("revoked", "revoked_by", "revoked_at", "revoke_reason"),
            written_on("done", "done_at"),
            frozen_in("refused", "revoked", "done"),
            never_deleted(),
        ]

    def __str__(self) -> str:
        return f"{self.voucher_id}: {self.ends_on:%Y-%m-%d}"

    @property
    def heading(self) -> str:
        """What it is in the words of people: while it is only proposed, nothing has ended."""
        if self.kind == self.Kind.PROGRAMME and self.state == self.State.PROPOSED:
            return gettext("End of the voucher, proposed for the programme")
        return self.get_kind_display()

    def get_absolute_url(self) -> str:
        return reverse("endings:ending", args=[self.pk])
