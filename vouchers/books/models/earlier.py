"""Money that a cluster had before the portal kept books: history, for the ceiling of the Union."""

from __future__ import annotations

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from conduct.models.guards import fixed, never_deleted, written_once


@pghistory.track()
class EarlierMoney(models.Model):
    """What a legal entity received in an earlier round, by word of whoever took it in.

    It is no movement of these books and changes no balance: it counts where the money of a third
    party is summed up over calls, and is marked as history wherever it shows. Who holds it is the
    cluster, and with it the legal entity of its registration number.
    """

    cluster = models.ForeignKey(
        "clusters.Cluster",
        on_delete=models.PROTECT,
        related_name="earlier_money",
        verbose_name=_("cluster"),
    )
    programme = models.CharField(_("programme or round"), max_length=120)
    received_on = models.DateField(_("received on"))
    amount = models.DecimalField(_("amount (EUR)"), max_digits=12, decimal_places=2)
    reason = models.TextField(_("what shows it"))
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    entered_at = models.DateTimeField(_("entered"), auto_now_add=True)
    # A mistake is taken back, and stays to be read.
    taken_back_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    taken_back_at = models.DateTimeField(_("taken back"), null=True)
    taken_back_reason = models.TextField(_("why it was taken back"), blank=True)

    class Meta:
        verbose_name = _("money of an earlier round")
        verbose_name_plural = _("money of earlier rounds")
        ordering = ["-received_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__gt=0),
                name="earlier_money_is_something",
                violation_error_message=_("Write an amount of more than zero."),
            ),
            models.CheckConstraint(
                condition=~Q(reason="") & ~Q(programme=""),
                name="earlier_money_says_what_shows_it",
            ),
            models.CheckConstraint(
                condition=Q(taken_back_at__isnull=True, taken_back_reason="")
                | Q(taken_back_at__isnull=False, taken_back_by__isnull=False)
                & ~Q(taken_back_reason=""),
                name="earlier_money_is_taken_back_for_a_reason",
            ),
            # What is typed twice by mistake would count twice.
            models.UniqueConstraint(
                fields=["cluster", "programme", "received_on", "amount"],
                condition=Q(taken_back_at__isnull=True),
                name="earlier_money_is_entered_once",
                violation_error_message=_("This is entered already."),
            ),
        ]
        triggers = [
            fixed(
                *("cluster", "programme", "received_on", "amount", "reason"),
                *("entered_by", "entered_at"),
            ),
            written_once("taken_back_by", "taken_back_at", "taken_back_reason"),
            never_deleted(),
        ]

    def __str__(self) -> str:
        return self.programme
