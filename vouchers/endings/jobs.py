"""The background work of this room: early ends, and what is watched.

What must happen on its day is tried again for good, as offers and publications are.
"""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from jobs.kinds import Errand, register_kind

_STILL_TRIED = timedelta(minutes=5)

for _slug, _title in (
    ("endings", _("Vouchers that end early")),
    ("settlements", _("What is left of vouchers that ended")),
    ("suspensions", _("Suspensions to be looked at again")),
    ("amendments", _("Amendments that nobody signed in time")),
    ("winding_up", _("What still waits of vouchers that ended")),
    ("unused_vouchers", _("Warnings about unused vouchers")),
):
    register_kind(Errand(slug=_slug, title=_title, queue="clock", retry_every=_STILL_TRIED))
