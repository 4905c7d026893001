"""What comes next for an amendment, and whose turn it is."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from documents.wording import day
from vouchers.applications.steps import YOU, Step
from vouchers.endings.amendments.models import Amendment
from vouchers.endings.amendments.permissions import may_countersign_amendment, may_sign_amendment
from vouchers.endings.amendments.queries import is_over


def amendment_step(amendment: Amendment, user: User) -> Step | None:
    """Of one that waits for a signature: for whose, by when, and where it is given; else None."""
    if not amendment.is_open or is_over(amendment):
        return None
    if amendment.state == Amendment.State.DRAWN_UP:
        text = _("The amendment of the agreement is to be signed for the cluster by %(day)s.") % {
            "day": day(amendment.sign_by)
        }
        if may_sign_amendment.test(user, amendment):
            url = reverse("endings:sign_amendment", args=[amendment.pk])
            return Step(text, YOU, url, _("Read and sign the amendment"))
        return Step(text, _("the cluster"), amendment.get_absolute_url(), _("Look at it"))
    text = _(
        "The cluster has signed the amendment of the agreement: a coordinator counter-signs it."
    )
    if may_countersign_amendment.test(user, amendment):
        url = reverse("endings:countersign_amendment", args=[amendment.pk])
        return Step(text, YOU, url, _("Read and counter-sign the amendment"))
    return Step(text, _("the coordination team"), amendment.get_absolute_url(), _("Look at it"))
