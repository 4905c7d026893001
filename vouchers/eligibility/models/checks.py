"""The partner's decision on whether an application may be scored, rule by rule."""

from __future__ import annotations

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from i18nfield.fields import I18nTextField

from vouchers.applications.models import Application
from vouchers.calls.models import EligibilityRule


class Result(models.TextChoices):
    """What is found about one rule."""

    MET = "met", pgettext_lazy("rule of eligibility", "met")
    NOT_MET = "not_met", pgettext_lazy("rule of eligibility", "not met")
    NOT_KNOWN = "not_known", pgettext_lazy("rule of eligibility", "not known")


# A check holds one finding for each rule of its call, and its outcome follows from them. It is
# looked at when the transaction ends, when check and findings are all there.
_FOLLOWS_FROM_ITS_FINDINGS = """
    PERFORM 1 FROM vouchers_eligibilitycheck c
        JOIN vouchers_application a ON a.id = c.application_id
        WHERE c.id = {check} AND (
            EXISTS (
                SELECT 1 FROM vouchers_eligibilityrule r WHERE r.call_id = a.call_id AND NOT EXISTS (
                    SELECT 1 FROM vouchers_finding f
                    WHERE f.eligibility_check_id = c.id AND f.rule_id = r.id
                )
            ) OR EXISTS (
                SELECT 1 FROM vouchers_finding f JOIN vouchers_eligibilityrule r ON r.id = f.rule_id
                WHERE f.eligibility_check_id = c.id AND r.call_id <> a.call_id
            ) OR (c.outcome = 'ineligible') <> EXISTS (
                SELECT 1 FROM vouchers_finding f
                WHERE f.eligibility_check_id = c.id AND f.result = 'not_met'
            )
        );
    IF FOUND THEN
        RAISE EXCEPTION 'The outcome of a check follows from one finding for each rule of its call.'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
"""


def follows_from_its_findings(check: str) -> pgtrigger.Trigger:
    """The trigger that holds outcome and findings together; `check` names the id of the check."""
    return pgtrigger.Trigger(
        name="follows_from_its_findings",
        when=pgtrigger.After,
        operation=pgtrigger.Insert,
        timing=pgtrigger.Deferred,
        func=_FOLLOWS_FROM_ITS_FINDINGS.format(check=check),
    )


@pghistory.track()
class EligibilityCheck(models.Model):
    """The country partner's decision on whether an application may be scored.

    It is never changed; one that was wrong is reopened, with a reason, and another one made.
    """

    class Outcome(models.TextChoices):
        ELIGIBLE = "eligible", _("eligible")
        INELIGIBLE = "ineligible", _("ineligible")

    application = models.ForeignKey(
        Application, on_delete=models.PROTECT, related_name="eligibility_checks"
    )
    outcome = models.CharField(_("outcome"), max_length=12, choices=Outcome.choices)
    # A word to the cluster besides the findings.
    reason = models.TextField(_("remark"), blank=True)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    checked_at = models.DateTimeField(_("checked"), default=timezone.now)
    reopened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    reopened_at = models.DateTimeField(_("reopened"), null=True)
    reopening_reason = models.TextField(_("reason for reopening"), blank=True)

    class Meta:
        verbose_name = _("eligibility check")
        verbose_name_plural = _("eligibility checks")
        ordering = ["-checked_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["application"],
                condition=Q(reopened_at=None),
                name="one_check_that_holds_per_application",
                violation_error_message=_("The application is checked already."),
            ),
            models.CheckConstraint(
                condition=Q(reopened_at=None, reopened_by=None, reopening_reason="")
                | (
                    Q(reopened_at__isnull=False, reopened_by__isnull=False)
                    & ~Q(reopening_reason="")
                ),
                name="a_reopening_says_by_whom_and_why",
                violation_error_message=_("Say why the check is opened again."),
            ),
        ]
        triggers = [
            follows_from_its_findings("NEW.id"),
            pgtrigger.ReadOnly(
                name="append_only",
                fields=["application", "outcome", "reason", "checked_by", "checked_at"],
            ),
            pgtrigger.Protect(
                name="reopened_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__reopened_at__isnull=False),
            ),
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.application} · {self.get_outcome_display()}"


class Finding(models.Model):
    """What a check found about one rule: what the data say, what the partner decided, and why."""

    Result = Result

    # Not “check”: that is what Django calls a model's own checks.
    eligibility_check = models.ForeignKey(
        EligibilityCheck, on_delete=models.PROTECT, related_name="findings"
    )
    rule = models.ForeignKey(EligibilityRule, on_delete=models.PROTECT, related_name="findings")
    # What the data say; empty for a rule that is decided by hand.
    automatic = models.CharField(
        _("according to the data"), max_length=10, choices=Result.choices, blank=True
    )
    # On which facts that rests, one a line, as they stood when the check was made.
    basis = I18nTextField(_("facts"), blank=True)
    result = models.CharField(_("result"), max_length=10, choices=Result.choices)
    reason = models.TextField(_("reason"), blank=True)

    class Meta:
        verbose_name = _("finding")
        verbose_name_plural = _("findings")
        ordering = ["rule__position"]
        constraints = [
            models.UniqueConstraint(
                fields=["eligibility_check", "rule"], name="one_finding_per_rule"
            ),
            models.CheckConstraint(
                condition=Q(result__in=["met", "not_met"]), name="a_finding_is_settled"
            ),
            models.CheckConstraint(
                condition=Q(automatic=F("result")) | Q(automatic="", result="met") | ~Q(reason=""),
                name="what_data_do_not_say_has_a_reason",
                violation_error_message=_("Say why."),
            ),
        ]
        triggers = [
            follows_from_its_findings("NEW.eligibility_check_id"),
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.rule} · {self.get_result_display()}"

    @property
    def is_met(self) -> bool:
        return self.result == Result.MET

    @property
    def is_overruled(self) -> bool:
        """Whether the partner decided otherwise than the data say."""
        return self.automatic not in ("", self.result)


class CheckDraft(models.Model):
    """What an officer has filled in of a check so far; stored until the check is made."""

    application = models.ForeignKey(
        Application, on_delete=models.CASCADE, related_name="check_drafts"
    )
    officer = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    # As it was typed, by the name of the field.
    typed = models.JSONField(default=dict)
    saved_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("draft of a check")
        verbose_name_plural = _("drafts of checks")
        constraints = [
            models.UniqueConstraint(
                fields=["application", "officer"], name="one_draft_of_a_check_per_officer"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.officer} · {self.application}"
