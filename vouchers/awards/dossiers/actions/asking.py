"""Asking for the decision dossier of a round; a worker makes it."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from conduct.actions import OutOfOrder, action, judged
from conduct.actions.queueing import queue_after_commit
from vouchers.awards.dossiers.models import Dossier
from vouchers.awards.dossiers.tasks import make_dossier
from vouchers.awards.models import SelectionRound
from vouchers.awards.permissions import may_read_round

_DECIDED = (SelectionRound.State.APPROVED, SelectionRound.State.PUBLISHED)


@action(gettext_lazy("Dossier asked for"))
def ask_for_dossier(selection_round: SelectionRound, *, by: User) -> Dossier:
    """Have the dossier of a decided round made; the one that is being made is returned.

    Raises NotAllowed for who does not read selections or is shut out of an application of the call,
    OutOfOrder before the approval.
    """
    # Two who ask at once are given one and the same dossier.
    selection_round = judged(selection_round, may_read_round, by=by)
    if selection_round.state not in _DECIDED:
        raise OutOfOrder(_("There is a dossier once the selection is approved."))
    under_way = Dossier.objects.filter(
        selection_round=selection_round, state=Dossier.State.PENDING
    ).first()
    if under_way is not None:
        return under_way
    dossier = Dossier.objects.create(
        selection_round=selection_round,
        asked_by=by,
        next_attempt_at=Dossier.first_turn(),
    )
    queue_after_commit(make_dossier, dossier.pk)
    return dossier
