"""The work: sessions that the cluster confirms, and a deliverable that comes back once."""

from __future__ import annotations

import zlib
from datetime import timedelta
from decimal import Decimal

from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import User
from demonstration.content.papers import paper
from demonstration.content.reports import picture
from demonstration.content.six.parts import SessionWords, StepWords
from vouchers.assistance.deliverables import actions as deliverables
from vouchers.assistance.deliverables.models import Deliverable, Weight
from vouchers.assistance.deliverables.queries import open_points
from vouchers.assistance.delivery import actions
from vouchers.assistance.delivery.queries import planned_activities
from vouchers.assistance.plans.models import Milestone
from vouchers.assistance.workroom.models import WorkLink
from vouchers.correspondence.actions import send_voucher_message, settle_thread
from vouchers.correspondence.models import About
from vouchers.standing.actions import set_light
from vouchers.standing.models import Light

from .telling import Telling

# On which days of the voucher a milestone is worked for, handed in, judged and paid.
SESSIONS = ((50, 56, 62, 68, 74), (126, 134, 142, 150))
_HANDED_IN = (78, 156)
_RETURNED, _AGAIN = 3, 8
_ACCEPTED = (89, 167)
_MONEY = (("claimed", 1), ("verified", 4), ("approved", 7), ("ordered", 9), ("paid", 14))


def talk(telling: Telling) -> None:
    """What is written in the thread of the voucher before the work begins, an hour apart.

    The last word is thanks, which need no answer.
    """
    application = telling.voucher.award.application
    writers = {
        "cluster": telling.manager,
        "partner": telling.officer,
        "programme": telling.story.cast.coordinators[0],
    }
    for number, (side, text) in enumerate(telling.words.messages):
        with telling.day(47, hours=number):
            send_voucher_message(application, text, by=writers[side])
    with telling.day(48):
        settle_thread(application, by=telling.officer, about=About.VOUCHER)


def work(telling: Telling, place: int) -> None:
    """The sessions of a milestone, and what is handed in for it, until both have accepted it."""
    step, milestone = telling.words.steps[place], telling.milestone(place)
    logged = []
    for day, said in zip(SESSIONS[place], step.sessions, strict=True):
        with telling.day(day):
            logged.append(actions.log_session(milestone, _session(telling, said), by=_by(telling)))
    with telling.day(SESSIONS[place][-1] + 1):
        most = max(logged, key=lambda session: session.participants)
        actions.add_session_picture(
            most, picture(), alternative=telling.words.report.picture.alternative, by=_by(telling)
        )
        for session in logged:
            actions.confirm_session(session, by=telling.manager)
    version = _hand_in(telling, place, milestone)
    with telling.day(_ACCEPTED[place]):
        deliverables.accept_deliverable_for_cluster(version, by=telling.manager)
    with telling.day(_ACCEPTED[place], hours=5):
        deliverables.accept_deliverable(version, by=telling.officer)


def set_light_by_hand(telling: Telling) -> None:
    """The officer knows more than the dates say, and says so for two weeks."""
    if not telling.words.light:
        return
    with telling.day(118):
        set_light(
            telling.voucher,
            light=Light.GREEN,
            until=telling.today() + timedelta(days=14),
            reason=telling.words.light,
            by=telling.officer,
        )


def get_paid(telling: Telling, place: int) -> None:
    """The milestone is claimed, controlled and paid."""
    for step, days in _MONEY:
        with telling.day(_ACCEPTED[place] + days):
            telling.story.take(f"{step} {place}")


def _by(telling: Telling) -> User | WorkLink:
    """The provider by its link; where it has none, the officer writes for it."""
    return telling.link or telling.officer


def _session(telling: Telling, said: SessionWords) -> actions.SessionInput:
    words = telling.words
    number = zlib.crc32(words.expert.encode()) % 100_000
    return actions.SessionInput(
        day=telling.today(),
        hours=Decimal(said.hours),
        activity=planned_activities(telling.voucher)[said.activity],
        expert_name=words.expert,
        expert_email=f"expert-{number:05d}@example.org",
        place=said.place,
        is_online=not said.place,
        participants=said.participants,
        women=said.participants * 2 // 5,
        young=said.participants // 3,
        notes=said.notes,
    )


def _hand_in(telling: Telling, place: int, milestone: Milestone) -> Deliverable:
    step = telling.words.steps[place]
    with telling.day(_HANDED_IN[place]):
        first = deliverables.hand_in_deliverable(
            milestone, summary=step.summary, uploads=[_file(place, 1, step)], by=_hands_in(telling)
        )
    if not step.points:
        return first
    reader = telling.officer if step.returned_by == "partner" else telling.manager
    with telling.day(_HANDED_IN[place] + _RETURNED):
        for point in step.points:
            weight = Weight.MUST if point.is_done else Weight.SHOULD
            deliverables.note_point(
                first, where=point.where, text=point.text, weight=weight, by=reader
            )
        first = deliverables.return_deliverable(first, by=reader)
    with telling.day(_HANDED_IN[place] + _AGAIN):
        said = {(point.where, point.text): point for point in step.points}
        answers = {
            point.pk: deliverables.Answered(
                is_done=said[point.where, point.text].is_done,
                text=said[point.where, point.text].answer,
            )
            for point in open_points(first)
        }
        return deliverables.hand_in_deliverable(
            milestone,
            summary=step.summary,
            changes=step.changes,
            uploads=[_file(place, 2, step)],
            answers=answers,
            by=_hands_in(telling),
        )


def _hands_in(telling: Telling) -> User | WorkLink:
    """The provider by its link, else the cluster for it: who judges for the partner does not."""
    return telling.link or telling.manager


def _file(place: int, number: int, step: StepWords) -> SimpleUploadedFile:
    return paper(f"deliverable-{place + 1}-v{number}.pdf", step.deliverable, step.summary)
