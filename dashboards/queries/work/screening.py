"""What waits about sanctions and ceilings: for coordinators and finance officers."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from dashboards.queries.waiting import Kind, WaitingRecord, WaitingWork, WorkItem
from vouchers.awards.models import CeilingOverride
from vouchers.awards.queries.ceilings import overrides_to_decide
from vouchers.screening.models import SanctionsHit, SanctionsList
from vouchers.screening.permissions import may_screen
from vouchers.screening.queries import hits_to_decide, list_in_force, lists_to_put_in_force


def screening_work(user: User) -> Iterator[Kind]:
    """Likenesses to decide, lists to put in force, and that there is none; exceptions to decide."""
    if not may_screen.test(user):
        return
    lists = reverse("screening:sanctions_lists")
    if list_in_force() is None:
        upload = WaitingRecord(_("Upload the EU consolidated list"), lists)
        yield WorkItem(
            "no-sanctions-list",
            _("No list of sanctions is in force: nobody is screened"),
            1,
            lists,
            [upload],
        )
    yield WaitingWork(
        "sanctions-lists",
        _("Put a list of sanctions in force"),
        lists_to_put_in_force,
        lists,
        SanctionsList.get_absolute_url,
    )
    yield WaitingWork(
        "sanctions-hits",
        _("Decide whether somebody is on the list of sanctions"),
        hits_to_decide,
        f"{reverse('screening:hits')}?which=waiting",
        SanctionsHit.get_absolute_url,
    )
    yield WaitingWork(
        "ceilings",
        _("Decide on exceptions from the ceiling"),
        overrides_to_decide,
        reverse("dashboards:home"),
        CeilingOverride.get_absolute_url,
    )
