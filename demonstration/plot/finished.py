"""The first round: all six clusters have used their vouchers, and the call is closed."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from demonstration.calls import COUNTRIES, open_call
from demonstration.cast import Cast
from demonstration.clock import noon, on
from demonstration.content.clusters import ClusterFacts, made_up, real_clusters
from demonstration.story import Story, VoucherStory
from demonstration.story.deciding import review_in_vain, study
from demonstration.story.meetings import hold_first_meeting
from demonstration.story.profiles import fill_profile
from demonstration.story.surveys import answer_survey, ask_again, begin_survey
from notices.actions import mark_all_seen
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
        sent = [story.apply(facts) for facts in [*real, *others]]
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
    told: list[VoucherStory] = []
    for number, (facts, application) in enumerate(zip(real, sent, strict=False)):
        with on(noon(-740)):
            voucher = story.accept(application)
        currency = currencies[facts.country] if number % 2 else "EUR"
        voucher_story = VoucherStory(cast, voucher, facts, providers[facts.country][0], currency)
        voucher_story.logs_sessions = True
        hold_first_meeting(voucher_story, before=noon(-730))
        # The last one took until a year ago: what became of it is asked these days.
        voucher_story.go("closed", starting=noon(-730), days=17 if number == len(real) - 1 else 12)
        told.append(voucher_story)
    with on(noon(-560)):
        close_reserve_lists()
    answer_survey(told[0], ask_again(told[0], months=6), days=3)
    begin_survey(told[-1], ask_again(told[-1], months=12), days=4)
    _forget_old_notices(cast, [*real, *others])
    study(call, cast)


def _forget_old_notices(cast: Cast, clusters: list[ClusterFacts]) -> None:
    """What was told two years ago was read since."""
    staff = [*cast.coordinators, *cast.finance, *cast.assessors, *map(cast.officer, COUNTRIES)]
    managers = [cast.manager(facts.name, facts.country) for facts in clusters]
    for person in [*staff, *managers]:
        mark_all_seen(by=person)
