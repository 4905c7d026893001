"""That a cluster was warned: its voucher lapses if it is not used."""

from __future__ import annotations

import pghistory
import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from conduct.models.guards import append_only, refuses
from vouchers.awards.models import Voucher

# So many days lie between two warnings, and between the last one and the lapse.
DAYS_OF_A_WARNING = 14

_NOT_UNUSED = """
    NOT EXISTS (
        SELECT FROM vouchers_voucher v
        JOIN vouchers_award a ON a.id = v.award_id
        JOIN vouchers_application p ON p.id = a.application_id
        JOIN vouchers_call c ON c.id = p.call_id
        WHERE v.id = NEW.voucher_id AND v.state = 'active' AND c.unused_days IS NOT NULL
    )
"""


@pghistory.track()
class UnusedWarning(models.Model):
    """The first or second warning about a voucher that nobody uses (`quiet_since` that day)."""

    LOCKED_AFTER = ("voucher",)

    voucher = models.ForeignKey(Voucher, on_delete=models.PROTECT, related_name="unused_warnings")
    number = models.PositiveSmallIntegerField(_("warning"))
    quiet_since = models.DateField(_("without any news since"))
    warned_on = models.DateField(_("warned on"))
    # From this day on a coordinator may confirm that it lapses, or the next warning follows.
    answer_by = models.DateField(_("to be used by"))
    warned_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("warning about an unused voucher")
        verbose_name_plural = _("warnings about unused vouchers")
        ordering = ["voucher", "warned_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["voucher", "quiet_since", "number"], name="each_warning_is_given_once"
            ),
            models.CheckConstraint(
                condition=Q(number__in=[1, 2])
                & Q(warned_on__gt=F("quiet_since"), answer_by__gt=F("warned_on")),
                name="a_warning_gives_time",
            ),
        ]
        triggers = [
            refuses(
                "given_where_the_call_says_so",
                pgtrigger.Insert,
                _NOT_UNUSED,
                "Active vouchers of a call that says so are warned.",
            ),
            append_only(),
        ]

    def __str__(self) -> str:
        return f"{self.voucher_id}: {self.number}"
