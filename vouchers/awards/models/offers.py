"""What a selection gives: the award that is offered."""

from __future__ import annotations

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from conduct.models.guards import (
    OwnersTrigger,
    fixed,
    frozen_in,
    never_deleted,
    refuses,
)
from conduct.models.states import Flow, States, Tone, follows_its_flow
from vouchers.applications.models import Application
from vouchers.awards.models.selection import Decision

from .ceilings import CEILING_SENTENCE, within_its_ceiling
from .enforced import MOVED_WITHOUT_EXTENSION

# The counters carry the CHECKs; updating them locks their rows, so that two awards at the same
# instant are decided one after the other (design, rule 2).
_COUNT_AWARDS = """
    IF TG_OP = 'INSERT' OR (NEW.state IN ('declined', 'lapsed') AND OLD.state = 'offered') THEN
        UPDATE vouchers_countryquota
            SET awarded = awarded + CASE WHEN TG_OP = 'INSERT' THEN 1 ELSE -1 END
            FROM vouchers_application
            WHERE vouchers_application.id = NEW.application_id
                AND vouchers_countryquota.call_id = vouchers_application.call_id
                AND vouchers_countryquota.country_id = vouchers_application.country_id;
        IF NOT FOUND THEN
            RAISE EXCEPTION 'The call has no vouchers in this country.'
                USING ERRCODE = 'check_violation';
        END IF;
        UPDATE vouchers_call
            SET committed = committed + CASE WHEN TG_OP = 'INSERT' THEN NEW.amount ELSE -NEW.amount END
            FROM vouchers_application
            WHERE vouchers_application.id = NEW.application_id
                AND vouchers_call.id = vouchers_application.call_id;
    END IF;
    RETURN NEW;
"""


# Nobody is offered a voucher on what a selection has not decided about them.
_NOT_ON_ITS_DECISION = """NOT EXISTS (
    SELECT FROM vouchers_decision decision
    JOIN vouchers_selectionround round ON round.id = decision.selection_round_id
    WHERE decision.id = NEW.decision_id AND decision.application_id = NEW.application_id
        AND round.state = 'published'
)"""


@follows_its_flow
@pghistory.track()
class Award(models.Model):
    """The offer of a voucher to the cluster of a selected application."""

    class State(States):
        OFFERED = "offered", Tone.WAITING, _("offered")
        ACCEPTED = "accepted", Tone.GOOD, _("accepted")
        DECLINED = "declined", Tone.BAD, _("declined")
        LAPSED = "lapsed", Tone.BAD, _("lapsed")

    FLOW = Flow({State.OFFERED: [State.ACCEPTED, State.DECLINED, State.LAPSED]})
    LOCKED_AFTER = ("decision",)

    state = models.CharField(
        _("state"),
        max_length=10,
        choices=State.choices,
        default=State.OFFERED,
        editable=False,
    )
    application = models.OneToOneField(Application, on_delete=models.PROTECT, related_name="award")
    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, related_name="award")
    amount = models.DecimalField(_("amount (EUR)"), max_digits=12, decimal_places=2)
    offered_at = models.DateTimeField(_("offered"), auto_now_add=True)
    accept_by = models.DateField(_("to be accepted by"))
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    answered_at = models.DateTimeField(_("answered"), null=True)
    decline_reason = models.TextField(_("reason"), blank=True)
    # The award that was declined or lapsed, and so made room: it makes room for one only.
    in_place_of = models.OneToOneField(
        "self",
        on_delete=models.PROTECT,
        null=True,
        related_name="replacement",
        verbose_name=_("in place of"),
    )

    ENFORCED = CEILING_SENTENCE

    class Meta:
        verbose_name = _("award")
        verbose_name_plural = _("awards")
        ordering = ["-offered_at"]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="an_award_is_worth_something"),
            models.CheckConstraint(
                condition=Q(state__in=["offered", "lapsed"])
                | (Q(answered_by__isnull=False) & Q(answered_at__isnull=False)),
                name="an_answer_says_by_whom",
            ),
        ]
        indexes = [
            # What lapses when nobody answers.
            models.Index(fields=["accept_by"], condition=Q(state="offered"), name="awards_open"),
        ]
        triggers = [
            OwnersTrigger(
                name="counted_in_quota_and_budget",
                when=pgtrigger.After,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("state"),
                func=_COUNT_AWARDS,
            ),
            refuses(
                "offered_on_its_decision",
                pgtrigger.Insert,
                _NOT_ON_ITS_DECISION,
                "An award rests on the published decision about its application.",
            ),
            within_its_ceiling(
                operation=pgtrigger.Insert, application="NEW.application_id", amount="NEW.amount"
            ),
            refuses(
                "moved_by_an_extension",
                pgtrigger.Update,
                MOVED_WITHOUT_EXTENSION,
                "The last day for answering an award is moved by an extension.",
            ),
            fixed("application", "decision", "amount", "offered_at", "in_place_of"),
            frozen_in("accepted", "declined", "lapsed"),
            never_deleted(),
        ]

    def __str__(self) -> str:
        return f"{self.application.reference} · {self.application.cluster}"

    def get_absolute_url(self) -> str:
        return reverse("awards:award", args=[self.pk])
