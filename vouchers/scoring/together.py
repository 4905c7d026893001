"""What is done to several applications at once while they are being scored."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from accounts.permissions import is_coordinator, is_officer
from bulk.kinds import BulkAction, BulkList, register_list
from vouchers.applications.models import Application
from vouchers.scoring.assessing.actions import remind_late_assessors
from vouchers.scoring.assessing.queries.assignments import applications_in_scoring, with_late


def _without_late(user: User, applications: Sequence[Application]) -> Mapping[Any, str]:
    late = with_late(user, [one.pk for one in applications])
    why = _("Nobody is late with it, or it is not yours to ask.")
    return {one.pk: why for one in applications if one.pk not in late}


register_list(
    BulkList(
        slug="scoring",
        page="vouchers.scoring.assessing.views.lists.ScoringList",
        url_name="scoring:list",
        records=applications_in_scoring,
        url_of=lambda application: reverse("scoring:application", args=[application.pk]),
        actions=(
            BulkAction(
                slug="remind",
                label=gettext_lazy("Remind late assessors"),
                says=gettext_lazy(
                    "Whoever is late with their scores is asked for them by e-mail, once a day at most."
                ),
                may=is_coordinator | is_officer,
                act=lambda application, told: remind_late_assessors(application, by=told.by),
                skips=_without_late,
            ),
        ),
    )
)
