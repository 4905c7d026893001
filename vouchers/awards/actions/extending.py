"""Giving a cluster more time to answer its award."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from clusters.queries import writers_for
from conduct.actions import Refused, action, constraints_of, judged, require_words
from documents.actions import issue_in_every_language
from documents.wording import day
from notices.actions import notify_each
from vouchers.applications.letters import application_facts
from vouchers.applications.queries import officers_told_of
from vouchers.awards.actions.offers import today_there
from vouchers.awards.letters import AWARD_LETTER, award_facts
from vouchers.awards.models import Award, AwardExtension
from vouchers.awards.permissions import may_extend_award


@action(gettext_lazy("More time to accept"))
def extend_award(award: Award, *, until: date, reason: str, by: User) -> AwardExtension:
    """Move the last day for answering to `until` (on the calendar of the cluster's country).

    A new award letter says so and replaces the one before; the cluster and its country partner are
    told. Raises Refused beside `until` where it is not later than the day that holds, has passed, or
    lies after the assistance of the call, and beside `reason` where none is given.
    """
    award = judged(
        award,
        may_extend_award,
        by=by,
        otherwise=_("Only a coordinator gives more time to answer an award."),
        states=[Award.State.OFFERED],
    )
    _require_possible(award, until)
    require_words(reason, _("Please say why: the cluster reads it."), field="reason")
    with constraints_of(AwardExtension):
        made = AwardExtension.objects.create(
            award=award, was=award.accept_by, until=until, reason=reason.strip(), granted_by=by
        )
    award.accept_by = until
    award.save(update_fields=["accept_by"])
    application = award.application
    letters = issue_in_every_language(
        AWARD_LETTER,
        award,
        lambda: award_facts(award, made),
        by=by,
        reference=application.reference or "",
    )
    notify_each(
        [*writers_for(application.cluster), *officers_told_of(application)],
        "award-extended",
        facts={
            **application_facts(application),
            "accept_by": until.isoformat(),
            "was": made.was.isoformat(),
            "reason": made.reason,
        },
        about=award,
        documents=[letters[application.language]],
        key=f"award-extended-{made.pk}",
    )
    return made


def _require_possible(award: Award, until: date) -> None:
    last = award.application.call.assistance_ends
    if until <= award.accept_by:
        raise Refused(_("The new last day must be later than the one that holds."), field="until")
    if until < today_there(award.application):
        raise Refused(_("This day has passed."), field="until")
    if until > last:
        raise Refused(
            _("The assistance of this call ends on %(day)s.") % {"day": day(last)}, field="until"
        )
