"""A request for review: what a cluster says went wrong in the procedure, and what came of it."""

from __future__ import annotations

import uuid

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from conduct.models.states import Flow, States, Tone, follows_its_flow
from vouchers.awards.models.selection import Decision

LONGEST_APPEAL = 6000

# Who proposed a selection never judges a request about it; who approved it does only where no
# other coordinator is there who is free of a conflict of interest.
_JUDGED_BY_SOMEBODY_ELSE = """
    IF NEW.decided_by_id IS NULL THEN RETURN NEW; END IF;
    PERFORM 1 FROM vouchers_decision d
        JOIN vouchers_selectionround r ON r.id = d.selection_round_id
        WHERE d.id = NEW.decision_id AND (
            r.proposed_by_id = NEW.decided_by_id
            OR r.decided_by_id = NEW.decided_by_id AND EXISTS (
                SELECT 1 FROM accounts_rolegrant g
                JOIN accounts_user u ON u.id = g.user_id
                WHERE g.role = 'coordinator' AND g.revoked_at IS NULL AND u.is_active
                    AND g.user_id NOT IN (r.proposed_by_id, r.decided_by_id)
                    AND NOT EXISTS (
                        SELECT 1 FROM vouchers_recusal x
                        WHERE x.application_id = d.application_id AND x.person_id = g.user_id
                    )
            )
        );
    IF FOUND THEN
        RAISE EXCEPTION 'A request for review is decided by somebody who did not decide before.'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
"""


@follows_its_flow
@pghistory.track()
class Appeal(models.Model):
    """One cluster's request that the procedure of the selection be reviewed."""

    class State(States):
        OPEN = "open", Tone.WAITING, _("being reviewed")
        UPHELD = "upheld", Tone.GOOD, _("upheld")
        REJECTED = "rejected", Tone.BAD, _("rejected")

    class Effect(models.TextChoices):
        CORRECTION = "correction", _("the record is corrected, the decision stands")
        RESERVE = "reserve", _("the application goes on the reserve list")
        AWARD = "award", _("the application is offered a voucher")

    FLOW = Flow({State.OPEN: [State.UPHELD, State.REJECTED]})
    LOCKED_AFTER = ("decision",)

    state = models.CharField(
        _("state"), max_length=10, choices=State.choices, default=State.OPEN, editable=False
    )
    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, related_name="appeal")
    grounds = models.TextField(
        _("which step of the procedure was not followed, and how"), max_length=LONGEST_APPEAL
    )
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="appeals_made"
    )
    made_at = models.DateTimeField(_("made"), default=timezone.now)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(_("decided"), null=True)
    reasons = models.TextField(_("reasons"), blank=True)
    effect = models.CharField(_("what follows"), max_length=10, choices=Effect.choices, blank=True)
    correction = models.TextField(_("what is corrected"), blank=True)

    class Meta:
        verbose_name = _("request for review")
        verbose_name_plural = _("requests for review")
        ordering = ["-made_at"]
        constraints = [
            models.CheckConstraint(condition=~Q(grounds=""), name="an_appeal_says_why"),
            models.CheckConstraint(
                condition=Q(state="open")
                | (Q(decided_by__isnull=False, decided_at__isnull=False) & ~Q(reasons="")),
                name="a_decided_appeal_says_by_whom_and_why",
            ),
            models.CheckConstraint(
                condition=~Q(state="upheld") | (~Q(effect="") & ~Q(correction="")),
                name="an_upheld_appeal_corrects_something",
                violation_error_message=_("Say what is corrected, and what follows."),
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="judged_by_somebody_else",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=_JUDGED_BY_SOMEBODY_ELSE,
            ),
            pgtrigger.ReadOnly(name="as_it_was_made", fields=["decision", "grounds", "made_by"]),
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return str(
            _("Request for review of %(application)s") % {"application": self.decision.application}
        )

    def get_absolute_url(self) -> str:
        return reverse("awards:appeal", args=[self.pk])

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPEN


class AppealMessage(models.Model):
    """What the cluster or the coordination team wrote about a request; never changed."""

    class Side(models.TextChoices):
        CLUSTER = "cluster", _("cluster")
        COORDINATION = "coordination", _("coordination team")

    appeal = models.ForeignKey(Appeal, on_delete=models.PROTECT, related_name="messages")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    side = models.CharField(_("side"), max_length=12, choices=Side.choices)
    text = models.TextField(_("message"), max_length=LONGEST_APPEAL)
    sent_at = models.DateTimeField(_("sent"), default=timezone.now)
    # Comes with the form, so that a double click on 'Send' is one message.
    key = models.UUIDField(default=uuid.uuid4, editable=False)

    class Meta:
        verbose_name = _("message about a request for review")
        verbose_name_plural = _("messages about requests for review")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["appeal", "author", "key"], name="one_appeal_message_per_form"
            ),
            models.CheckConstraint(condition=~Q(text=""), name="an_appeal_message_says_something"),
        ]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return self.text[:60]
