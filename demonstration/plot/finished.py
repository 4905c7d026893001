"""The first round: all six clusters have used their vouchers, and the call is closed."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from django.utils import timezone

from demonstration.calls import COUNTRIES, open_call
from demonstration.cast import Cast
from demonstration.clock import noon, on
from demonstration.content.clusters import ClusterFacts, made_up, real_clusters
from demonstration.content.six import WORDS
from demonstration.story import Story, VoucherStory
from demonstration.story.deciding import review_in_vain, study
from demonstration.story.profiles import fill_profile
from demonstration.story.six import Telling, answer, answer_survey, tell_voucher
from demonstration.story.surveys import ask_again, begin_survey, morning_of
from notices.actions import mark_all_seen
from vouchers.applications.models import Application
from vouchers.awards.actions import close_reserve_lists
from vouchers.providers.models import Provider

FIRST_CALL = "scale-up-voucher-finished"


def finished_round(cast: Cast, providers: dict[str, list[Provider]]) -> None:
    """A call of two years ago, told to the closing of every voucher."""
    real = real_clusters()
    with on(noon(-800)):
        call = open_call(
            by=cast.coordinators[0],
            code="SUV",
            slug=FIRST_CALL,
            opens=timezone.now() - timedelta(minutes=1),
            deadline=noon(30),
            amount="5000.00",
            quotas={"LB": 2, "MA": 2, "TN": 2},
        )
    story = Story(cast, call)
    others = [made_up("LB", 1), made_up("MA", 1), made_up("TN", 2)]
    scores = [
        *([("4.5", "4", "4.5"), ("4", "4", "4")] * 3),
        ("3.5", "3.5", "3.5"),
        ("2", "2.5", "2"),
    ]
    with on(noon(-785)):
        sent = [_apply(story, facts) for facts in real] + [story.apply(facts) for facts in others]
    with on(noon(-780)):
        for number, (facts, application) in enumerate(zip([*real, *others], sent, strict=True)):
            fill_profile(application.cluster, facts, cast, number)
    with on(noon(-768)):
        eligible = [story.check(application) for application in sent[:-1]]
        story.check(sent[-1], eligible=False)
    with on(noon(-760)):
        for number, (application, values) in enumerate(zip(eligible, scores, strict=True)):
            story.score_fully(application, values, turned=number % 3 == 1)
    with on(noon(-750)):
        story.select()
    review_in_vain(story, others[1], days=-745)
    currencies = {"LB": "USD", "MA": "MAD", "TN": "TND"}
    told: list[Telling] = []
    for number, (facts, application) in enumerate(zip(real, sent, strict=False)):
        with on(noon(-740)):
            voucher = story.accept(application)
        currency = currencies[facts.country] if number % 2 else "EUR"
        known = {provider.name: provider for provider in providers[facts.country]}
        words = WORDS[facts.name]
        voucher_story = VoucherStory(
            cast, voucher, _in_their_words(facts), known[words.provider], currency
        )
        voucher_story.bank_answers = number == len(real) - 1
        # The last one took until a year ago: what became of it is asked these days.
        stretch = 1.7 if number == len(real) - 1 else 1
        told.append(Telling(voucher_story, words, known, noon(-730), stretch))
        tell_voucher(told[-1])
    with on(noon(-560)):
        close_reserve_lists()
    _look_back(told)
    _forget_old_notices(cast, [*real, *others])
    study(call, cast)


def _apply(story: Story, facts: ClusterFacts) -> Application:
    """A cluster registers as the programme's file tells of it, and applies in its own language."""
    manager = story.cast.manager(facts.name, facts.country, WORDS[facts.name].language)
    story.cluster_of(facts, manager)
    return story.apply(_in_their_words(facts))


def _in_their_words(facts: ClusterFacts) -> ClusterFacts:
    words = WORDS[facts.name]
    first, second = words.steps
    return replace(
        facts,
        language=words.language,
        mission=words.mission or facts.mission,
        voucher_use=words.aim,
        milestones=(first.title, second.title),
    )


def _look_back(told: list[Telling]) -> None:
    """Six months after the closing all answer, one twice; after twelve one answers, one begins."""
    first, last = told[0], told[-1]
    # Those that are due on the same day are made together.
    corrected = ask_again(first.story, months=6)
    for number, telling in enumerate(told[:-1], start=2):
        answer_survey(telling, months=6, days=number)
    with on(morning_of(first.story, 6) + timedelta(days=4)):
        answer(first, corrected, jobs="5")
    ask_again(last.story, months=6)
    answer_survey(last, months=6, days=3)
    ask_again(first.story, months=12)
    with on(morning_of(first.story, 12) + timedelta(days=6)):
        answer(first, first.voucher.surveys.get(months=12), jobs="7")
    begin_survey(last.story, ask_again(last.story, months=12), days=4)


def _forget_old_notices(cast: Cast, clusters: list[ClusterFacts]) -> None:
    """What was told two years ago was read since."""
    staff = [*cast.coordinators, *cast.finance, *cast.assessors, *map(cast.officer, COUNTRIES)]
    managers = [cast.manager(facts.name, facts.country) for facts in clusters]
    for person in [*staff, *managers]:
        mark_all_seen(by=person)
