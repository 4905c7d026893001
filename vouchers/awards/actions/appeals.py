"""Asking for a review of the procedure, writing about it, and deciding on it."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID, uuid4

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from clusters.queries import writers_for
from conduct.actions import (
    OutOfOrder,
    Refused,
    TooLate,
    action,
    constraints_of,
    judged,
    locked,
    move,
)
from conduct.queries.clock import database_now
from documents.actions import issue_in_every_language
from documents.wording import instant
from notices.actions import notify_each
from vouchers.applications.letters import application_facts
from vouchers.applications.models import Application
from vouchers.awards.actions.offers import offer_award
from vouchers.awards.actions.reserve import add_to_reserve, leave_reserve
from vouchers.awards.letters import APPEAL_LETTER, appeal_facts
from vouchers.awards.models import LONGEST_APPEAL, Appeal, AppealMessage, Decision, Outcome
from vouchers.awards.permissions import (
    may_ask_for_review,
    may_decide_appeal,
    may_write_on_appeal,
    writes_for_appellant,
)
from vouchers.awards.queries.clocks import review_until
from vouchers.awards.queries.reserve import vacancies
from vouchers.awards.queries.selection import coordinators_of


@dataclass(frozen=True)
class Judgement:
    """What is decided about a request: with reasons, and what follows where it is upheld."""

    upheld: bool
    reasons: str
    effect: str = ""
    correction: str = ""


@action(gettext_lazy("Review asked for"))
def ask_for_review(decision: Decision, grounds: str, *, by: User) -> Appeal:
    """Ask, for a cluster that was refused or put on reserve, that the procedure be reviewed.

    Sent twice it is one request: the one that exists is returned. Raises NotAllowed for who does
    not manage the cluster, TooLate after the last instant, Refused for no grounds or too long ones,
    OutOfOrder before publication and for an award.
    """
    decision = judged(
        decision,
        may_ask_for_review,
        by=by,
        otherwise=_("Only a manager of the cluster can ask for a review."),
    )
    until = review_until(decision)
    if until is None or decision.outcome == Outcome.AWARD:
        raise OutOfOrder(_("There is no decision whose review could be asked for."))
    made = Appeal.objects.filter(decision=decision).first()
    if made is not None:
        return made
    now = database_now()
    if now > until:
        zone = decision.application.country.time_zone
        raise TooLate(
            _("A review could be asked for until %(until)s. That time is over.")
            % {"until": instant(until, zone)}
        )
    appeal = Appeal.objects.create(
        decision=decision, grounds=_proper(grounds), made_by=by, made_at=now
    )
    notify_each(
        coordinators_of(decision.application.call),
        "appeal-received",
        facts={**_facts(appeal), "text": appeal.grounds},
        about=appeal,
        key=f"appeal-{appeal.pk}",
    )
    return appeal


@action(gettext_lazy("Message about a review sent"))
def write_on_appeal(
    appeal: Appeal, text: str, *, by: User, key: UUID | None = None
) -> AppealMessage:
    """Write to the other side about a request that is being reviewed; they are told.

    The same `key` from the same person is the same message. Raises NotAllowed for who only reads,
    OutOfOrder once it is decided, Refused for an empty or too long text.
    """
    appeal = judged(
        appeal,
        may_write_on_appeal,
        by=by,
        otherwise=_("Only the cluster and the coordination team write here."),
    )
    sent = appeal.messages.filter(author=by, key=key).first() if key else None
    if sent is not None:
        return sent
    if not appeal.is_open:
        raise OutOfOrder(_("The request is decided: nobody can write about it any more."))
    from_cluster = writes_for_appellant.test(by, appeal)
    message = AppealMessage.objects.create(
        appeal=appeal,
        author=by,
        side=AppealMessage.Side.CLUSTER if from_cluster else AppealMessage.Side.COORDINATION,
        text=_proper(text),
        sent_at=timezone.now(),
        key=key or uuid4(),
    )
    cluster = appeal.decision.application.cluster
    call = appeal.decision.application.call
    people = coordinators_of(call) if from_cluster else writers_for(cluster)
    notify_each(
        people,
        "appeal-message",
        but=by,
        facts={**_facts(appeal), "text": message.text},
        url=f"{appeal.get_absolute_url()}#reply",
        about=appeal,
        key=f"appeal-message-{message.pk}",
    )
    return message


@action(gettext_lazy("Review decided"))
def decide_appeal(appeal: Appeal, judgement: Judgement, *, by: User) -> Appeal:
    """Uphold or reject a request for review, with reasons; the cluster gets a letter.

    Upheld, it says what is corrected, and whether the application goes on the reserve list or is
    offered a voucher that is free. Raises NotAllowed for who proposed the selection, and for who
    approved it while another coordinator could decide; OutOfOrder when it is decided already;
    Refused without reasons, and when no voucher is free.
    """
    appeal = judged(
        appeal,
        may_decide_appeal,
        by=by,
        otherwise=_(
            "A coordinator who neither proposed nor approved the selection decides on the request."
        ),
    )
    application = locked(appeal.decision.application)
    move(appeal, Appeal.State.UPHELD if judgement.upheld else Appeal.State.REJECTED)
    appeal.reasons = _proper(judgement.reasons)
    if judgement.upheld:
        appeal.effect, appeal.correction = judgement.effect, judgement.correction.strip()
    appeal.decided_by, appeal.decided_at = by, timezone.now()
    with constraints_of(Appeal):
        appeal.save()
    _follow(appeal, application, by=by)
    letters = issue_in_every_language(
        APPEAL_LETTER,
        appeal,
        lambda: appeal_facts(appeal),
        by=by,
        reference=application.reference or "",
    )
    notify_each(
        writers_for(application.cluster),
        "appeal-decided",
        facts={**_facts(appeal), "upheld": judgement.upheld},
        about=appeal,
        documents=[letters[application.language]],
        key=f"appeal-decided-{appeal.pk}",
    )
    return appeal


def _follow(appeal: Appeal, application: Application, *, by: User) -> None:
    """Carry out what an upheld request leads to."""
    if appeal.effect == Appeal.Effect.RESERVE:
        move(application, Application.State.RESERVE)
        application.save()
        add_to_reserve(appeal.decision)
    elif appeal.effect == Appeal.Effect.AWARD:
        move(application, Application.State.SELECTED)
        application.save()
        leave_reserve(appeal.decision)
        vacancy = vacancies(application.call_id, application.country_id).first()
        offer_award(appeal.decision, application, by=by, in_place_of=vacancy)


def _facts(appeal: Appeal) -> dict[str, object]:
    return application_facts(appeal.decision.application)


def _proper(text: str) -> str:
    """The text as it is kept; Refused for one that is empty or too long."""
    text = text.replace("\r\n", "\n").strip()
    if not text:
        raise Refused(_("Write something first."))
    if len(text) > LONGEST_APPEAL:
        raise Refused(
            _("The text has %(length)s characters; at most %(limit)s fit.")
            % {"length": len(text), "limit": LONGEST_APPEAL}
        )
    return text
