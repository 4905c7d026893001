"""What a cluster reads of its assessment, chosen and written until the selection is published."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from i18nfield.strings import LazyI18nString

from accounts.models import User
from conduct.actions import OutOfOrder, Refused, TooLate, action, locked, require
from documents.wording import listed
from vouchers.awards.models import Decision, Feedback, SelectionRound
from vouchers.awards.permissions import may_steer_round
from vouchers.awards.queries.feedback import NamesToKeepBack

_STILL_OPEN = (SelectionRound.State.PROPOSED, SelectionRound.State.APPROVED)


@dataclass(frozen=True)
class FeedbackInput:
    """The comments that are released (by id), and the reasons in each language.

    `reasons` is None where the draft is to be assembled anew from the released comments.
    """

    released: Collection[int]
    reasons: LazyI18nString | None


@action(gettext_lazy("Feedback written"))
def save_feedback(
    decision: Decision, written: FeedbackInput, *, seen: int | None = None, by: User
) -> Feedback:
    """Choose which comments a cluster reads, and write the reasons of its decision.

    `seen` is the version that the writer had before them. Raises NotAllowed for who is shut out of
    an application of the call, TooLate once the selection is published, OutOfOrder when somebody
    else wrote meanwhile, Refused where a released comment or the reasons name an assessor or another
    applicant.
    """
    # The publication locks the round too: what is written is either before the letters, or refused.
    decision = locked(decision)
    selection_round = decision.selection_round
    require(may_steer_round, by, selection_round)
    if selection_round.state not in _STILL_OPEN:
        raise TooLate(_("The selection is published: what its letters state is fixed."))
    feedback = locked(decision.feedback)
    if seen is not None and seen != feedback.version:
        raise OutOfOrder(
            _("%(person)s wrote here meanwhile. Compare with what stands now, then save again.")
            % {"person": feedback.edited_by}
        )
    _require_no_names(decision, written)
    for comment in decision.comments.all():
        released = comment.pk in written.released
        if comment.released != released:
            comment.released = released
            comment.save(update_fields=["released"])
    feedback.reasons = written.reasons if written.reasons is not None else ""
    feedback.version += 1
    feedback.edited_by, feedback.edited_at = by, timezone.now()
    feedback.save()
    return feedback


def _require_no_names(decision: Decision, written: FeedbackInput) -> None:
    application = decision.application
    names = NamesToKeepBack(application.call_id)
    texts = [comment.text for comment in decision.comments.filter(pk__in=written.released)]
    if written.reasons is not None:
        data = written.reasons.data
        texts += data.values() if isinstance(data, dict) else [str(data or "")]
    found = dict.fromkeys(
        name for text in texts for name in names.found_in(text or "", application.cluster_id)
    )
    if found:
        raise Refused(
            _("A letter names no assessor and no other applicant, but here stands: %(names)s.")
            % {"names": listed(found)}
        )
