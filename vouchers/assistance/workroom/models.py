"""The personal link by which the provider of a contract works on its voucher."""

from __future__ import annotations

from typing import Any

import pghistory
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from conduct.models.guards import fixed, never_deleted, written_once
from links.models import UNTRACKED, PersonalLink
from vouchers.providers.contracts.models import Contract


@pghistory.track(exclude=UNTRACKED)
class WorkLink(PersonalLink):
    """The link of one contract: by it sessions are logged and deliverables handed in.

    It expires with the contract, or with the voucher where an amendment gave more time.
    """

    SUBJECT = ("contract",)
    PAGE = "workroom:home"
    MAIL = "workroom/mails/link"

    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="work_links")

    LOCKED_AFTER = ("contract",)

    class Meta(PersonalLink.Meta):
        abstract = False
        verbose_name = gettext_lazy("personal link of a provider at work")
        verbose_name_plural = gettext_lazy("personal links of providers at work")
        constraints = [
            *PersonalLink.Meta.constraints,
            models.UniqueConstraint(
                fields=["contract"],
                condition=Q(withdrawn_at=None, replaced_at=None),
                name="one_work_link_stands_for_a_contract",
                violation_error_message=gettext_lazy(
                    "Somebody has just sent a link to this provider."
                ),
            ),
        ]
        triggers = [*PersonalLink.Meta.triggers, fixed("contract", name="fixed_subject")]

    def __str__(self) -> str:
        return _("%(provider)s, through the link of %(name)s") % {
            "provider": self.contract.provider,
            "name": self.name,
        }

    def mail_facts(self) -> dict[str, Any]:
        return {"contract": self.contract, "voucher": self.contract.voucher}


class WorkMailKind(models.TextChoices):
    """What became of something that came by the link."""

    SESSION_RETURNED = "session-returned", gettext_lazy("session returned")
    SESSION_WITHDRAWN = "session-withdrawn", gettext_lazy("session taken back")
    DELIVERABLE_RETURNED = "deliverable-returned", gettext_lazy("deliverable returned")
    DELIVERABLE_ACCEPTED = "deliverable-accepted", gettext_lazy("deliverable accepted")


class WorkMail(models.Model):
    """One e-mail to the holder of a link about what came by it: a row first, sent once by a worker."""

    link = models.ForeignKey(WorkLink, on_delete=models.PROTECT, related_name="mails")
    kind = models.CharField(gettext_lazy("kind"), max_length=24, choices=WorkMailKind.choices)
    facts = models.JSONField(gettext_lazy("facts"), default=dict)
    written_at = models.DateTimeField(gettext_lazy("written"), default=timezone.now)
    sent_at = models.DateTimeField(gettext_lazy("sent"), null=True, editable=False)

    class Meta:
        verbose_name = gettext_lazy("e-mail to a provider at work")
        verbose_name_plural = gettext_lazy("e-mails to providers at work")
        ordering = ["pk"]
        indexes = [
            models.Index(
                fields=["written_at"], condition=Q(sent_at=None), name="work_mails_unsent"
            ),
        ]
        triggers = [
            fixed("link", "kind", "facts", "written_at"),
            written_once("sent_at"),
            never_deleted(),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} · {self.link.name}"
