"""The lists of sanctions, each a version that is kept for ever, and who is on them."""

from __future__ import annotations

import pghistory
import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from conduct.models.guards import append_only, fixed, never_deleted, refuses, written_once
from conduct.models.states import follows_its_flow
from files.models import KEPT, KeptFile
from jobs.models import LongJob

from .enforced import PUT_IN_FORCE

# What is wrong with a file (rules.reading.FAULTS), said to whoever uploaded it.
FAULTS: dict[str, str | Promise] = {
    "empty": _("The file is empty. Download the list again, and choose it anew."),
    "html": _(
        "This is a page of a web site, not the list: the download probably led to a page where one "
        "logs in. Open it in the browser and save the XML or CSV file."
    ),
    "zip": _("This is a packed file. Unpack it, and choose the XML or CSV file in it."),
    "entities": _(
        "The file declares a DOCTYPE or entities of its own; the Commission’s list does not. It is "
        "not read, for safety. Download the list again."
    ),
    "other_xml": _(
        "This XML is another document (%(detail)s). What is wanted is the “full sanctions list 1.1” "
        "of the European Commission."
    ),
    "cut": _(
        "The file ends in the middle: the download was cut off (%(detail)s). Download the list again."
    ),
    "broken": _("The file cannot be read as XML (%(detail)s). Download the list again."),
    "no_columns": _(
        "This CSV lacks columns of the Commission’s list: %(detail)s. Choose the file “CSV – v1.1”."
    ),
    "no_date": _("The file does not say of which day the list is. Download it again."),
    "no_names": _("There is nobody on this list. Download it again."),
    "not_text": _("This file is no text: choose the XML or CSV file of the list (in UTF-8)."),
    "unknown": _(
        "This is neither the XML nor the CSV form of the European Commission’s list of sanctions."
    ),
    "too_many": _("One entry of the file (%(detail)s) has thousands of names: this is no list."),
}


@follows_its_flow
@pghistory.track(
    # The rest is the worker's business, not history.
    exclude=[
        *("done", "total", "run"),
        *("attempts", "last_error", "next_attempt_at", "no_space_since"),
    ]
)
class SanctionsList(KeptFile, LongJob):
    """The EU consolidated list of financial sanctions of one day, as it was uploaded.

    A worker reads it (its state), a person looks at what it found and puts it in force. The one that
    was put in force last is the list in force.
    """

    FOLDER = "sanctions"

    class Form(models.TextChoices):
        XML = "xml", "XML"
        CSV = "csv", "CSV"

    form = models.CharField(_("form"), max_length=3, choices=Form.choices)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("uploaded by"),
    )
    uploaded_at = models.DateTimeField(_("uploaded"), default=timezone.now)
    # What was found when it was read.
    listed_on = models.DateField(_("day of the list"), null=True)
    entities = models.PositiveIntegerField(_("people and organisations"), default=0)
    names = models.PositiveIntegerField(_("names"), default=0)
    # One of FAULTS, and what was found; empty for a list that can be used.
    fault = models.CharField(_("what is wrong with it"), max_length=12, blank=True)
    fault_detail = models.CharField(_("what was found"), max_length=200, blank=True)
    in_force_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("put in force by"),
    )
    in_force_at = models.DateTimeField(_("put in force"), null=True)

    ENFORCED = {
        "no_list_gives_way_to_an_older": _(
            "A newer list is in force already; an older one cannot take its place."
        ),
    }

    class Meta:
        verbose_name = _("list of sanctions")
        verbose_name_plural = _("lists of sanctions")
        ordering = ["-uploaded_at", "-pk"]
        indexes = [
            models.Index(
                fields=["next_attempt_at"], condition=Q(state="pending"), name="sanctions_to_read"
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["sha256"],
                condition=Q(fault=""),
                name="a_list_of_sanctions_is_uploaded_once",
                violation_error_message=_("This very file is uploaded already."),
            ),
            models.CheckConstraint(
                condition=~Q(state="ready")
                | ~Q(fault="")
                | Q(listed_on__isnull=False, entities__gt=0, names__gt=0),
                name="a_list_that_is_read_has_names_and_a_day",
            ),
            models.CheckConstraint(
                condition=Q(in_force_at=None, in_force_by=None)
                | Q(in_force_at__isnull=False, in_force_by__isnull=False, state="ready", fault=""),
                name="only_a_list_that_is_read_is_in_force",
                violation_error_message=_("Only a list that could be read is put in force."),
            ),
        ]
        triggers = [
            fixed(*KEPT, "form", "uploaded_by", "uploaded_at"),
            written_once("listed_on", "fault", "in_force_by", "in_force_at"),
            never_deleted(),
            pgtrigger.Trigger(
                name="no_list_gives_way_to_an_older",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(
                    old__in_force_at__isnull=True, new__in_force_at__isnull=False
                ),
                func=PUT_IN_FORCE,
            ),
        ]

    def __str__(self) -> str:
        if self.listed_on is None:
            return self.name
        return str(_("Sanctions list of %(day)s") % {"day": self.listed_on.isoformat()})

    def get_absolute_url(self) -> str:
        return reverse("screening:sanctions_list", args=[self.pk])

    @property
    def status_url(self) -> str:
        return self.get_absolute_url()

    @property
    def fault_told(self) -> str:
        """What is wrong with the file, and what to do; empty where nothing is."""
        return fault_told(self.fault, self.fault_detail)

    @property
    def may_be_put_in_force(self) -> bool:
        """Whether it was read well, and nobody has put it in force."""
        return self.is_ready and not self.fault and self.in_force_at is None


def fault_told(fault: str, detail: str = "") -> str:
    """The sentence of one of FAULTS in the active language."""
    return str(FAULTS[fault]) % {"detail": detail} if fault else ""


_READ_ALREADY = """EXISTS (
    SELECT FROM vouchers_sanctionslist found WHERE found.id = {of} AND found.state <> 'pending'
)"""


class ListedEntity(models.Model):
    """Somebody on a list of sanctions, with what tells whether it is the one who is meant."""

    sanctions_list = models.ForeignKey(
        SanctionsList, on_delete=models.PROTECT, related_name="listed"
    )
    # The EU reference, by which one finds it in the Official Journal and in other versions.
    reference = models.CharField(_("EU reference"), max_length=60)
    is_person = models.BooleanField(_("a person"))
    programme = models.CharField(_("programme"), max_length=60, blank=True)
    regulation = models.CharField(_("regulation"), max_length=200, blank=True)
    # As the list writes them: a day, or a year alone.
    births = ArrayField(models.CharField(max_length=40), verbose_name=_("born"), default=list)
    remark = models.TextField(_("remark"), blank=True)

    class Meta:
        verbose_name = _("entry of a list of sanctions")
        verbose_name_plural = _("entries of lists of sanctions")
        triggers = [
            append_only(),
            refuses(
                "no_more_once_it_is_read",
                pgtrigger.Insert,
                _READ_ALREADY.format(of="NEW.sanctions_list_id"),
                "What a list says stands once it is read.",
            ),
        ]

    def __str__(self) -> str:
        return self.reference


class ListedName(models.Model):
    """One name of an entry, with the two keys by which it is compared (rules.names)."""

    entity = models.ForeignKey(ListedEntity, on_delete=models.PROTECT, related_name="aliases")
    name = models.TextField(_("name"))
    language = models.CharField(_("language"), max_length=10, blank=True)
    letters = models.TextField(_("as compared by letters"))
    sound = models.TextField(_("as compared by sound"))

    class Meta:
        verbose_name = _("name on a list of sanctions")
        verbose_name_plural = _("names on lists of sanctions")
        triggers = [
            append_only(),
            refuses(
                "no_more_once_it_is_read",
                pgtrigger.Insert,
                _READ_ALREADY.format(
                    of="(SELECT sanctions_list_id FROM vouchers_listedentity"
                    " WHERE vouchers_listedentity.id = NEW.entity_id)"
                ),
                "What a list says stands once it is read.",
            ),
        ]

    def __str__(self) -> str:
        return self.name
