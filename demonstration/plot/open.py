"""The open call: applications at every stage, questions, and two that are alike."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from django.utils import timezone
from i18nfield.strings import LazyI18nString

from clusters.actions import request_publication
from clusters.models import PagePart
from conduct.queries.days import day_of
from demonstration.calls import COUNTRIES, open_call
from demonstration.cast import Cast
from demonstration.clock import noon, on
from demonstration.content.clusters import made_up
from demonstration.content.questions import ANSWERED
from demonstration.plot.wordings import word_receipts
from demonstration.story import Story
from vouchers.applications.actions import withdraw_application
from vouchers.applications.models import Application
from vouchers.correspondence.actions import ask_question, publish_answer, send_message
from vouchers.eligibility.actions import ask_clarification, compare_application
from vouchers.scoring.assessing.actions import declare_conflict
from vouchers.scoring.assessing.models import ConflictKind
from vouchers.scoring.consensus.actions import become_rapporteur, write_message

_PLAN = (
    "A consultant trains twenty members in grading, packing and labelling their olive oil, and "
    "writes a quality manual with them, so that every bottle keeps the same promise. After two "
    "fairs in spring the members measure what changed in their sales within six months."
)


def open_round(cast: Cast) -> None:
    """A call that takes applications for six weeks more."""
    with on(noon(-20)):
        call = open_call(
            by=cast.coordinators[0],
            code="SUV",
            slug="scale-up-voucher-open",
            opens=timezone.now() - timedelta(minutes=1),
            deadline=noon(41),
            amount="5000.00",
            quotas={"LB": 2, "MA": 2, "TN": 2},
        )
        word_receipts(call, by=cast.coordinators[0])
    story = Story(cast, call)
    for country in COUNTRIES:
        _open_round_in(story, country)
    _alike_and_asked(story)
    _ask_and_answer(story)
    _disagree(story)


def _disagree(story: Story) -> None:
    """An application on which two assessors differ, and have begun to discuss."""
    application = Application.objects.get(call=story.call, cluster__name=made_up("LB", 10).name)
    first, second = application.assignments.order_by("assigned_at")
    with on(noon(-5)):
        story.score(second, ("2", "2.5", "3"))
    with on(noon(-4)):
        consensus = become_rapporteur(application.consensus, by=first.assessor)
        write_message(
            consensus,
            "We are far apart on the track record. I counted the two export fairs in the annex: did "
            "you see them?",
            by=first.assessor,
        )
    with on(noon(-3)):
        write_message(
            consensus,
            "I had missed them, thank you. I still find the milestones too vague for more than 3.",
            by=second.assessor,
        )


def _ask_and_answer(story: Story) -> None:
    """A thread with two messages, two public answers, and a question that waits."""
    call, officer = story.call, story.cast.officer("LB")
    application = Application.objects.get(call=call, cluster__name=made_up("LB", 12).name)
    manager = application.submitted_by
    if manager is None:
        raise ValueError("The application of the thread was not sent.")
    with on(noon(-10)):
        send_message(application, "May we send a newer budget? One price has changed.", by=manager)
    with on(noon(-9)):
        send_message(
            application,
            "What was sent stays as it is. Tell us the new price when we meet for the needs "
            "assessment; the plan is made from that.",
            by=officer,
        )
    for number, (language, asked, question, answer) in enumerate(ANSWERED):
        asker = story.cast.manager(made_up("MA", 7 + number).name, "MA")
        with on(noon(-14 + number)):
            waiting = ask_question(call, asked, language=language, by=asker)
        with on(noon(-13 + number)):
            publish_answer(
                waiting,
                question=LazyI18nString(question),
                answer=LazyI18nString(answer),
                by=story.cast.officer("MA") if number else story.cast.coordinators[0],
            )
    with on(noon(-2)):
        ask_question(
            call,
            "Le temps de travail de nos membres compte-t-il comme contribution propre ?",
            language="fr",
            by=story.cast.manager(made_up("TN", 7).name, "TN"),
        )


def _alike_and_asked(story: Story) -> None:
    """Two applications of which one repeats the other; the first is asked about its plan."""
    texts = [_PLAN, _PLAN.replace("olive oil", "honey").replace("twenty", "fifteen")]
    with on(noon(-6)):
        alike = [
            story.apply(replace(made_up("LB", number), voucher_use=text))
            for number, text in zip((15, 17), texts, strict=True)
        ]
        for application in alike:
            compare_application(application)
    with on(noon(-2)):
        ask_clarification(
            alike[0],
            [story.call.questions.get(key="voucher-use")],
            text="Who trains the members, and for how many days?",
            until=day_of(noon(20)),
            by=story.cast.officer("LB"),
        )


def _open_round_in(story: Story, country: str) -> None:
    """One application at each stage that an open call can have."""
    manager = story.cast.manager
    with on(noon(-15)):
        sent = [story.apply(made_up(country, number)) for number in range(6, 13)]
    with on(noon(-12)):
        draft = story.apply(made_up(country, 13), send=False)
        request_publication(
            draft.cluster, [PagePart.MISSION, PagePart.MEMBERS], by=draft.started_by
        )
        withdrawn = made_up(country, 6)
        withdraw_application(
            sent[0],
            reason="We apply next year, with more members.",
            by=manager(withdrawn.name, country),
        )
        story.check(sent[1], eligible=False)
        checked = [story.check(application) for application in sent[2:6]]
    with on(noon(-8)):
        story.assign(checked[1])
        story.score(story.assign(checked[2], 2)[0], ("4", "4.5", "4"))
        asked = story.assign(checked[3], 3)
        declare_conflict(
            asked[2],
            kind=ConflictKind.ADVICE,
            conflict="I advised this cluster last year.",
            by=asked[2].assessor,
        )
        story.score(asked[0], ("3.5", "4", "3.5"), submit=False)
