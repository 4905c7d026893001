"""More time for a voucher: asked for, agreed, granted."""

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

from conduct.models.guards import fixed, frozen_in, never_deleted, refuses
from conduct.models.states import Flow, States, Tone, follows_its_flow
from vouchers.awards.models import Voucher
from vouchers.awards.models.endings import coordinates_nothing_of_it, looks_after_nothing_of_it

_BEYOND_THE_CALL = """
    NEW.state = 'granted' AND OLD.state <> 'granted' AND EXISTS (
        SELECT FROM vouchers_voucher v
        JOIN vouchers_award a ON a.id = v.award_id
        JOIN vouchers_application p ON p.id = a.application_id
        JOIN vouchers_call c ON c.id = p.call_id
        LEFT JOIN LATERAL (
            SELECT count(*) AS number, min(e.previous_end) AS first_end FROM vouchers_extension e
            WHERE e.voucher_id = v.id AND e.state = 'granted'
        ) given ON TRUE
        WHERE v.id = NEW.voucher_id AND (
            v.state NOT IN ('active', 'suspended') OR v.valid_until <> NEW.previous_end
            OR given.number >= c.extensions_most
            OR NEW.until - COALESCE(given.first_end, v.valid_until) > c.extension_days_most
            OR c.extensions_to_coordinator AND NEW.agreed_by_id IS NULL
        )
    )
"""
_UNDER_NOTICE = """
    EXISTS (
        SELECT FROM vouchers_ending n WHERE n.voucher_id = NEW.voucher_id AND n.state = 'notice'
    ) AND NEW.state IN ('asked', 'agreed', 'granted')
"""
# The second of two decisions is a coordinator's.
_DECIDED_BY_ANYBODY = f"""
    NEW.state IN ('granted', 'refused') AND OLD.state <> NEW.state AND (
        {looks_after_nothing_of_it("NEW.decided_by_id")}
        OR OLD.state = 'agreed' AND {coordinates_nothing_of_it("NEW.decided_by_id")}
    )
"""
_AGREED_BY_ANYBODY = f"NEW.state = 'agreed' AND {looks_after_nothing_of_it('NEW.agreed_by_id')}"
# Looked at when everything is written: an amendment is closed with the time that it was to bring.
_LEAVES_ITS_AMENDMENT = """
    IF NEW.state <> 'agreed' AND EXISTS (
        SELECT FROM vouchers_amendment amendment
        WHERE amendment.extension_id = NEW.id AND amendment.state IN ('drawn_up', 'signed')
    ) THEN
        RAISE EXCEPTION 'More time that an open amendment brings is closed with it.'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
"""


@follows_its_flow
@pghistory.track()
class Extension(models.Model):
    """That a voucher is to end on a later day (`until`, included), and what was decided about it."""

    class State(States):
        ASKED = "asked", Tone.WAITING, pgettext_lazy("extension of a voucher", "asked for")
        AGREED = "agreed", Tone.WAITING, _("agreed by the partner")
        GRANTED = "granted", Tone.GOOD, _("granted")
        REFUSED = "refused", Tone.BAD, _("refused")
        WITHDRAWN = "withdrawn", Tone.QUIET, _("withdrawn")

    FLOW = Flow(
        {
            State.ASKED: [State.AGREED, State.GRANTED, State.REFUSED, State.WITHDRAWN],
            State.AGREED: [State.GRANTED, State.REFUSED, State.WITHDRAWN],
        }
    )
    LOCKED_AFTER = ("voucher",)
    OPEN = (State.ASKED, State.AGREED)

    state = models.CharField(
        _("state"), max_length=10, choices=State.choices, default=State.ASKED, editable=False
    )
    voucher = models.ForeignKey(Voucher, on_delete=models.PROTECT, related_name="extensions")
    previous_end = models.DateField(_("ends until now on"))
    until = models.DateField(_("new last day"))
    reason = models.TextField(_("reason"), max_length=2000)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    asked_at = models.DateTimeField(_("asked"), default=timezone.now)
    agreed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    agreed_at = models.DateTimeField(_("agreed"), null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(_("decided"), null=True)
    answer = models.TextField(_("answer"), max_length=2000, blank=True)

    class Meta:
        verbose_name = _("extension")
        verbose_name_plural = _("extensions")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["voucher"],
                condition=Q(state__in=["asked", "agreed"]),
                name="one_extension_is_open",
                violation_error_message=_("An extension of this voucher is asked for already."),
            ),
            models.CheckConstraint(
                condition=Q(until__gt=F("previous_end")),
                name="an_extension_is_later",
                violation_error_message=_("The new last day comes after the present one."),
            ),
            models.CheckConstraint(
                condition=Q(reason__regex=r"\S"),
                name="an_extension_has_a_reason",
                violation_error_message=_("Say why the voucher needs more time."),
            ),
            models.CheckConstraint(
                condition=(Q(agreed_by=None) | ~Q(agreed_by=F("asked_by")))
                & (
                    ~Q(state__in=["granted", "refused"])
                    | (Q(decided_at__isnull=False) & ~Q(decided_by=F("asked_by")))
                )
                & (~Q(state="granted") | Q(agreed_by=None) | ~Q(decided_by=F("agreed_by"))),
                name="an_extension_has_four_eyes",
                violation_error_message=_(
                    "A second person must do this: you took the step before."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(state="refused") | Q(answer__regex=r"\S"),
                name="a_refused_extension_says_why",
                violation_error_message=_("Say why the extension is refused."),
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["agreed"]) | Q(agreed_by__isnull=False),
                name="an_agreed_extension_says_by_whom",
                violation_error_message=_("It must stand who took this step, and when."),
            ),
        ]
        triggers = [
            fixed("voucher", "previous_end", "until", "reason", "asked_by", "asked_at"),
            refuses(
                "granted_within_the_call",
                pgtrigger.Update,
                _BEYOND_THE_CALL,
                "An extension is granted within what the call allows, for a voucher that goes on.",
            ),
            refuses(
                "not_under_notice",
                pgtrigger.Insert | pgtrigger.Update,
                _UNDER_NOTICE,
                "A voucher under notice is not extended.",
            ),
            refuses(
                "decided_by_who_looks_after_it",
                pgtrigger.Update,
                _DECIDED_BY_ANYBODY,
                "An extension is decided by an officer of the country, then by a coordinator.",
            ),
            refuses(
                "agreed_by_who_looks_after_it",
                pgtrigger.Update,
                _AGREED_BY_ANYBODY,
                "An extension is agreed by an officer of the country or a coordinator.",
            ),
            pgtrigger.Trigger(
                name="closed_with_its_amendment",
                when=pgtrigger.After,
                operation=pgtrigger.UpdateOf("state"),
                timing=pgtrigger.Deferred,
                func=_LEAVES_ITS_AMENDMENT,
            ),
            frozen_in("granted", "refused", "withdrawn"),
            never_deleted(),
        ]

    def __str__(self) -> str:
        return f"{self.voucher_id}: {self.until:%Y-%m-%d}"

    def get_absolute_url(self) -> str:
        return reverse("endings:extension", args=[self.pk])
