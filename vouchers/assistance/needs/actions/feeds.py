"""The private address of a person's calendar."""

from __future__ import annotations

import uuid

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from conduct.actions import NotAllowed, action
from vouchers.assistance.needs.models import CalendarFeed


@action(gettext_lazy("Calendar address made"))
def renew_feed(person: User, *, by: User) -> CalendarFeed:
    """Give the person a new address for their calendar; the one before shows nothing any more.

    Raises NotAllowed for anybody else.
    """
    if person.pk != by.pk:
        raise NotAllowed(_("You can do this for yourself only."))
    feed, _made = CalendarFeed.objects.update_or_create(
        person=person, defaults={"key": uuid.uuid4(), "made_at": timezone.now()}
    )
    return feed
