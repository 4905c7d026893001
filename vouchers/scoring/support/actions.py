"""The write with which a coordinator begins to see what an assessor sees."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from conduct.actions import action, judged, require_words
from notices.actions import notify

from .models import SupportSession
from .permissions import may_support
from .queries import open_session


@action(gettext_lazy("Pages of an assessor seen"))
def begin_support_session(assessor: User, *, reason: str, by: User) -> SupportSession:
    """Write down that a coordinator looks at an assessor's pages for an hour, and notify them.

    A look that has begun goes on. Raises NotAllowed for who may not, Refused without a reason.
    """
    assessor = judged(assessor, may_support, by=by)
    require_words(reason, _("Say why you look at the pages of this person."))
    standing = open_session(assessor, by=by)
    if standing is not None:
        return standing
    session = SupportSession.objects.create(assessor=assessor, seen_by=by, reason=reason)
    notify(
        assessor,
        "scoring-seen",
        facts={"person": str(by), "reason": reason},
        url=reverse("scoring:sightings"),
    )
    return session
