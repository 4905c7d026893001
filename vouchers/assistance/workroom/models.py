"""The personal link by which the provider of a contract works on its voucher."""

from __future__ import annotations

from typing import Any

import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from conduct.models.guards import fixed
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
