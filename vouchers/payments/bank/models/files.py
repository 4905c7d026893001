"""A file of the bank as it was uploaded, and how the columns of a bank's table are read."""

from __future__ import annotations

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from conduct.models.guards import append_only, fixed, never_deleted, written_once


@pghistory.track(exclude=["content"])
class BankFile(models.Model):
    """An uploaded answer of the bank: its bytes, their SHA-256 in hex, and what kind it is.

    It is read when it is uploaded, and moves nothing until somebody has looked at it and takes it in.
    """

    class Kind(models.TextChoices):
        STATUS = "pain.002", _("word on payments (pain.002)")
        STATEMENT = "camt.053", _("statement (camt.053)")
        NOTIFICATION = "camt.054", _("notification (camt.054)")
        TABLE = "csv", _("table (CSV)")

    name = models.CharField(_("name of the file"), max_length=200)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    version = models.CharField(_("version of the message"), max_length=20)
    message_id = models.CharField(_("bank’s reference"), max_length=35, blank=True)
    # Of a table, which does not say it, the account that it is of.
    account = models.CharField(_("account"), max_length=34, blank=True)
    content = models.BinaryField(_("bytes of the file"))
    size = models.PositiveIntegerField(_("size"))
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("uploaded by"),
    )
    uploaded_at = models.DateTimeField(_("uploaded"), auto_now_add=True)
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("taken in by"),
    )
    taken_at = models.DateTimeField(pgettext_lazy("file of a bank", "taken in"), null=True)

    class Meta:
        verbose_name = _("file of the bank")
        verbose_name_plural = _("files of the bank")
        ordering = ["-uploaded_at"]
        constraints = [
            # A table that was first taken for that of another account is read for its own.
            models.UniqueConstraint(
                fields=["sha256", "account"],
                name="a_file_of_the_bank_is_kept_once",
                violation_error_message=_("Somebody else has just uploaded this file."),
            ),
            models.CheckConstraint(
                condition=Q(taken_by=None, taken_at=None)
                | Q(taken_by__isnull=False, taken_at__isnull=False),
                name="a_file_of_the_bank_says_who_took_it_in",
                violation_error_message=_("It must stand who took this step, and when."),
            ),
        ]
        triggers = [
            fixed(
                *("name", "kind", "version", "message_id", "account", "content", "size", "sha256"),
                *("uploaded_by", "uploaded_at"),
            ),
            written_once("taken_by", "taken_at"),
            never_deleted(),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("bank:file", args=[self.pk])


class CsvMapping(models.Model):
    """Which column of an account's table says what; another one takes its place, and both stay."""

    account = models.CharField(_("account"), max_length=34)
    # {"booked_on": "Date", "amount": "Amount", …}: the headers by rules.csv_form.FIELDS.
    columns = models.JSONField(_("columns"))
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    entered_at = models.DateTimeField(_("entered"), auto_now_add=True)

    class Meta:
        verbose_name = _("columns of a bank’s table")
        verbose_name_plural = _("columns of banks’ tables")
        ordering = ["-entered_at", "-pk"]
        triggers = [append_only()]

    def __str__(self) -> str:
        return f"…{self.account[-4:]}"
