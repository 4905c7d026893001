"""The most that one legal entity may receive across calls, and the word of two people for more.

Counted as the check of eligibility counts (vouchers/eligibility/queries/checklists.py): vouchers of all
calls without what was released of them, awards that wait for their answer, and money of earlier
rounds; the legal entity is all clusters of a country with one registration number.
"""

from __future__ import annotations

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from conduct.models.guards import fixed, frozen_in, never_deleted
from conduct.models.states import Flow, States, Tone, follows_its_flow
from vouchers.applications.models import Application

# `{application}` and `{amount}` are SQL over NEW: whose money it is, and what comes on top of what is
# held already. Awards to one legal entity wait for each other.
_WITHIN = """
    SELECT c.country_id AS country, code_form(c.registration_number) AS number, c.id AS cluster,
            call.third_party_ceiling AS ceiling, p.id AS application INTO STRICT found
        FROM vouchers_application p
        JOIN clusters_cluster c ON c.id = p.cluster_id
        JOIN vouchers_call call ON call.id = p.call_id
        WHERE p.id = {application};
    PERFORM pg_advisory_xact_lock(
        hashtext('ceiling'), hashtext(found.country || ' ' || COALESCE(
            NULLIF(found.number, ''), found.cluster::text
        ))
    );
    entity := ARRAY(
        SELECT id FROM clusters_cluster WHERE id = found.cluster OR found.number <> ''
            AND country_id = found.country AND code_form(registration_number) = found.number
    );
    SELECT {amount}
        + COALESCE((
            SELECT sum(CASE WHEN v.id IS NULL THEN a.amount ELSE v.amount - v.released END)
            FROM vouchers_award a JOIN vouchers_application p ON p.id = a.application_id
            LEFT JOIN vouchers_voucher v ON v.award_id = a.id
            WHERE p.cluster_id = ANY(entity) AND (v.id IS NOT NULL OR a.state = 'offered')
        ), 0)
        + COALESCE((
            SELECT sum(amount) FROM vouchers_earliermoney
            WHERE cluster_id = ANY(entity) AND taken_back_at IS NULL
        ), 0) INTO total;
    IF total > found.ceiling AND NOT EXISTS (
        SELECT FROM vouchers_ceilingoverride WHERE application_id = found.application
            AND state = 'granted' AND up_to >= total
    ) THEN
        RAISE EXCEPTION 'a legal entity receives no more than its ceiling' USING
            ERRCODE = 'integrity_constraint_violation',
            CONSTRAINT = 'a_legal_entity_stays_within_its_ceiling';
    END IF;
    RETURN NEW;
"""

CEILING_SENTENCE = {
    "a_legal_entity_stays_within_its_ceiling": _(
        "With this the legal entity would receive more than the call allows one to receive across all "
        "calls: one person asks for an exception with a reason, and another one grants it."
    )
}


def within_its_ceiling(
    *,
    operation: pgtrigger.Operation,
    application: str,
    amount: str = "0",
    condition: pgtrigger.Condition | None = None,
) -> pgtrigger.Trigger:
    """A trigger that refuses a row above the ceiling, unless two people have said that it may be."""
    return pgtrigger.Trigger(
        name="within_the_ceiling_of_its_legal_entity",
        when=pgtrigger.Before,
        operation=operation,
        condition=condition,
        func=_WITHIN.format(application=application, amount=amount),
        declare=[("found", "RECORD"), ("entity", "bigint[]"), ("total", "numeric")],
    )


@follows_its_flow
@pghistory.track()
class CeilingOverride(models.Model):
    """That the legal entity of an application may receive more than the ceiling, up to a sum.

    Asked by one person with a reason, granted or refused by another one.
    """

    class State(States):
        ASKED = "asked", Tone.WAITING, _("asked for")
        GRANTED = "granted", Tone.GOOD, _("granted")
        REFUSED = "refused", Tone.BAD, _("refused")

    FLOW = Flow({State.ASKED: [State.GRANTED, State.REFUSED]})
    LOCKED_AFTER = ("application",)

    state = models.CharField(
        _("state"), max_length=8, choices=State.choices, default=State.ASKED, editable=False
    )
    application = models.ForeignKey(
        Application,
        on_delete=models.PROTECT,
        related_name="ceiling_overrides",
        verbose_name=_("application"),
    )
    ceiling = models.DecimalField(_("ceiling (EUR)"), max_digits=12, decimal_places=2)
    # What the legal entity holds with the award, as it was counted when it was asked.
    up_to = models.DecimalField(_("allowed up to (EUR)"), max_digits=12, decimal_places=2)
    reason = models.TextField(_("reason"), max_length=2000)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("asked by"),
    )
    asked_at = models.DateTimeField(_("asked"), default=timezone.now)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("decided by"),
    )
    decided_at = models.DateTimeField(_("decided"), null=True)
    decision_reason = models.TextField(_("reason of the decision"), max_length=2000, blank=True)

    class Meta:
        verbose_name = _("exception from the ceiling")
        verbose_name_plural = _("exceptions from the ceiling")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["application"],
                condition=Q(state="asked"),
                name="one_exception_is_asked_for_at_a_time",
                violation_error_message=_("Somebody has asked for an exception already."),
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("asked_by")),
                name="nobody_grants_their_own_exception",
                violation_error_message=_("Somebody else than who asked for it must decide."),
            ),
            models.CheckConstraint(
                condition=Q(state="asked", decided_by=None, decided_at=None)
                | (
                    Q(decided_by__isnull=False, decided_at__isnull=False)
                    & ~Q(state="asked")
                    & ~Q(decision_reason="")
                ),
                name="an_exception_says_who_decided_and_why",
                violation_error_message=_("It must stand who took this step, and when."),
            ),
            models.CheckConstraint(
                condition=Q(up_to__gt=F("ceiling")) & ~Q(reason=""),
                name="an_exception_goes_above_the_ceiling_for_a_reason",
                violation_error_message=_("Say why more than the ceiling is justified."),
            ),
        ]
        triggers = [
            fixed("application", "ceiling", "up_to", "reason", "asked_by", "asked_at"),
            frozen_in("granted", "refused"),
            never_deleted(),
        ]

    def __str__(self) -> str:
        return str(self.application)

    def get_absolute_url(self) -> str:
        return reverse("awards:ceiling", args=[self.application_id])
