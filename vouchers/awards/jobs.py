"""The background work of this room: publishing, lapsing, offering on, and decision dossiers.

What must happen at its instant is tried again for good, however often it failed: it is shown as set
aside, and a cause that ends by itself (a disk that was full) then needs nobody.
"""

from datetime import datetime, timedelta

from django.db.models import Min
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from jobs.kinds import Errand, Rows, register_kind
from vouchers.awards.dossiers.actions.building import DOSSIERS
from vouchers.awards.dossiers.tasks import make_dossier
from vouchers.awards.models import SelectionRound
from vouchers.awards.proposals.actions.writing import PROPOSALS
from vouchers.awards.proposals.tasks import write_proposal

_STILL_TRIED = timedelta(minutes=5)


def _oldest_publication() -> datetime | None:
    due = SelectionRound.objects.filter(
        state=SelectionRound.State.APPROVED, publish_at__lte=timezone.now()
    )
    return due.aggregate(since=Min("publish_at"))["since"]


register_kind(
    Rows(
        slug="dossiers",
        title=_("Decision dossiers"),
        queue="heavy",
        conductor=DOSSIERS,
        task=make_dossier,
        since="asked_at",
    )
)
register_kind(
    Rows(
        slug="proposals",
        title=_("Proposals of large selections"),
        queue="heavy",
        conductor=PROPOSALS,
        task=write_proposal,
        since="asked_at",
    )
)
register_kind(
    Errand(
        slug="publications",
        title=_("Publications of selections"),
        queue="clock",
        retry_every=timedelta(minutes=1),
        oldest=_oldest_publication,
    )
)
register_kind(
    Errand(
        slug="offers",
        title=_("Offers that nobody answered"),
        queue="clock",
        retry_every=_STILL_TRIED,
    )
)
register_kind(
    Errand(
        slug="offer_reminders",
        title=_("Reminders of offers"),
        queue="clock",
        retry_every=_STILL_TRIED,
    )
)
register_kind(
    Errand(
        slug="vacancies",
        title=_("Vouchers to be offered on"),
        queue="clock",
        retry_every=_STILL_TRIED,
    )
)
register_kind(
    Errand(
        slug="reserve_places",
        title=_("Places on reserve lists that are over"),
        queue="clock",
        retry_every=_STILL_TRIED,
    )
)
