"""Who acts for the cluster in a voucher, once the manager who accepted it leaves."""

from __future__ import annotations

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from conduct.models.guards import append_only, refuses

from .endings import looks_after_nothing_of_it
from .vouchers import Voucher


def _manages_not(person: str) -> str:
    """SQL: whether the person is no manager of the cluster of the row's voucher."""
    return f"""
    NOT EXISTS (
        SELECT FROM vouchers_voucher v
        JOIN vouchers_award a ON a.id = v.award_id
        JOIN vouchers_application p ON p.id = a.application_id
        JOIN clusters_representative r ON r.cluster_id = p.cluster_id
        WHERE v.id = NEW.voucher_id AND r.user_id = {person} AND r.level = 'manager'
    )
    """


@pghistory.track()
class Succession(models.Model):
    """That another manager acts for the cluster in a voucher from the day `since` on."""

    LOCKED_AFTER = ("voucher",)

    voucher = models.ForeignKey(Voucher, on_delete=models.PROTECT, related_name="successions")
    before = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("who acts for the cluster"),
    )
    since = models.DateField(_("since"))
    reason = models.TextField(_("reason"), max_length=2000)
    named_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    named_at = models.DateTimeField(_("named"), default=timezone.now)

    class Meta:
        verbose_name = _("change of representative")
        verbose_name_plural = _("changes of representatives")
        ordering = ["-named_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(person=F("before")),
                name="a_succession_changes_the_person",
                violation_error_message=_("This person acts for the cluster already."),
            ),
            models.CheckConstraint(
                condition=Q(reason__regex=r"\S"),
                name="a_succession_has_a_reason",
                violation_error_message=_("Say why another person acts for the cluster."),
            ),
        ]
        triggers = [
            refuses(
                "a_manager_follows",
                pgtrigger.Insert,
                _manages_not("NEW.person_id"),
                "Who acts for a cluster in a voucher is one of its managers.",
            ),
            refuses(
                "named_by_who_may",
                pgtrigger.Insert,
                f"{_manages_not('NEW.named_by_id')} AND"
                f" {looks_after_nothing_of_it('NEW.named_by_id')}",
                "A manager of the cluster, its officer or a coordinator names who acts for it.",
            ),
            append_only(),
        ]

    def __str__(self) -> str:
        return f"{self.voucher_id}: {self.person}"
