"""The whole demonstration: a finished round, one in delivery, one to decide, one that is open."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from itertools import count

from django.db import transaction
from django.utils import timezone
from i18nfield.strings import LazyI18nString

from clusters.actions import request_publication
from clusters.models import Country, PagePart
from conduct.queries.days import day_of, today
from notices.actions import mark_all_seen
from vouchers.applications.actions import withdraw_application
from vouchers.applications.models import Application
from vouchers.awards.actions import close_reserve_lists, propose_selection
from vouchers.calls.models import Call
from vouchers.correspondence.actions import ask_question, publish_answer, send_message
from vouchers.eligibility.actions import ask_clarification, compare_application
from vouchers.payments.actions import enter_rate
from vouchers.providers.actions.accounts import register_provider, verify_provider_account
from vouchers.providers.models import Provider
from vouchers.providers.queries import accounts_to_verify
from vouchers.scoring.assessing.actions import declare_conflict
from vouchers.scoring.assessing.models import ConflictKind
from vouchers.scoring.consensus.actions import become_rapporteur, write_message
from vouchers.scoring.ranking.actions import close_scoring

from .calls import COUNTRIES, noon, open_call, set_up_countries
from .cast import Cast
from .clusters import ClusterFacts, made_up, real_clusters
from .deciding import describe_assessors, review_in_vain, review_under_way, study
from .profiles import fill_profile
from .questions import ANSWERED
from .story import Story, VoucherStory, bank_account, on, watched

# Units for 1 EUR, near what they were; a demonstration needs no more.
RATES = {"USD": "1.08", "LBP": "97000", "MAD": "10.8", "TND": "3.35"}
# So many steps the story has, or about: a bar shows how many are told.
STEPS = 310
FIRST_CALL = "scale-up-voucher-finished"


_PLAN = (
    "A consultant trains twenty members in grading, packing and labelling their olive oil, and "
    "writes a quality manual with them, so that every bottle keeps the same promise. After two "
    "fairs in spring the members measure what changed in their sales within six months."
)


def is_told() -> bool:
    """Whether the demonstration data are there already."""
    return Call.objects.filter(slug=FIRST_CALL).exists()


@transaction.atomic
def tell(report: Callable[[str, float], None]) -> None:
    """Make everything, or nothing; `report` is told what is made now, and the part that is done."""
    steps = count(1)
    now = ["people, countries, providers and exchange rates"]
    with watched(lambda: report(now[0], min(next(steps) / STEPS, 1))):
        cast = Cast()
        with on(noon(-830)):
            cast.make_staff()
            set_up_countries(cast.coordinators[0])
            describe_assessors(cast)
        _enter_rates(cast)
        providers = _register_providers(cast)
        now[0] = "a finished round with the six clusters"
        _finished_round(cast, providers)
        now[0] = "a round whose vouchers are on their way"
        _round_in_delivery(cast, providers)
        now[0] = "a round whose selection is proposed"
        _round_to_decide(cast)
        now[0] = "an open call with applications at every stage"
        _open_round(cast)
    # What was told last is looked at first: its letters are queued before those of old rounds.
    transaction.get_connection().run_on_commit.reverse()


def _enter_rates(cast: Cast) -> None:
    """One rate a month as far back as invoices go; a small drift makes the months differ."""
    with on(noon(-1)):
        day = today()
        months = sorted({f"{day - timedelta(days=days):%Y-%m}" for days in range(0, 840, 14)})
        for number, month in enumerate(months):
            for currency, rate in RATES.items():
                units = Decimal(rate) * (1 + Decimal(number) / 1000)
                enter_rate(
                    currency=currency,
                    month=month,
                    units_per_euro=units.quantize(Decimal("0.0001")),
                    by=cast.finance[0],
                )


def _register_providers(cast: Cast) -> dict[str, Provider]:
    """An officer of each country enters a consultant, a coordinator verifies the account."""
    with on(noon(-795)):
        providers = {
            code: register_provider(
                Country.objects.get(code=code),
                name=f"{name} (demonstration)",
                email=f"provider.{code.lower()}@example.org",
                bank_account=bank_account(code, number),
                by=cast.officer(code),
            )
            for number, (code, name) in enumerate(
                {"LB": "Cedar Consulting", "MA": "Atlas Conseil", "TN": "Carthage Conseil"}.items(),
                start=1201,
            )
        }
        for account in accounts_to_verify(cast.coordinators[1]):
            verify_provider_account(account, by=cast.coordinators[1])
    return providers


def _finished_round(cast: Cast, providers: dict[str, Provider]) -> None:
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
    for number, (facts, application) in enumerate(zip(real, sent, strict=False)):
        with on(noon(-740)):
            voucher = story.accept(application)
        currency = currencies[facts.country] if number % 2 else "EUR"
        voucher_story = VoucherStory(cast, voucher, facts, providers[facts.country], currency)
        voucher_story.go("closed", starting=noon(-730), days=12)
    with on(noon(-560)):
        close_reserve_lists()
    _forget_old_notices(cast, [*real, *others])
    study(call, cast)


def _forget_old_notices(cast: Cast, clusters: list[ClusterFacts]) -> None:
    """What was told two years ago was read since."""
    staff = [*cast.coordinators, *cast.finance, *cast.assessors, *map(cast.officer, COUNTRIES)]
    managers = [cast.manager(facts.name, facts.country) for facts in clusters]
    for person in [*staff, *managers]:
        mark_all_seen(by=person)


def _round_in_delivery(cast: Cast, providers: dict[str, Provider]) -> None:
    """The second round: 9,000 EUR, one voucher for Lebanon, four for Morocco, one for Tunisia.

    A cluster waits on the reserve list, and one that was refused has asked for a review.
    """
    with on(noon(-420)):
        call = open_call(
            by=cast.coordinators[0],
            code="SUV",
            slug="scale-up-voucher-in-delivery",
            opens=timezone.now() - timedelta(minutes=1),
            deadline=noon(120),
            amount="9000.00",
            quotas={"LB": 1, "MA": 4, "TN": 1},
            # The offer that is not answered yet stands for a month more.
            days_to_accept=60,
        )
    story = Story(cast, call)
    clusters = [
        made_up("LB", 2),
        *(made_up("MA", number) for number in (2, 3, 4, 5)),
        made_up("TN", 3),
        made_up("LB", 5),
        made_up("TN", 5),
    ]
    scores = [*[("4", "4", "4")] * 6, ("3.5", "4", "3.5"), ("2", "2.5", "2.5")]
    with on(noon(-400)):
        sent = [story.apply(facts) for facts in clusters]
    with on(noon(-200)):
        checked = [story.check(application) for application in sent]
    with on(noon(-190)):
        for number, (application, values) in enumerate(zip(checked, scores, strict=True)):
            story.score_fully(application, values, turned=number % 3 == 1)
    with on(noon(-30)):
        story.select()
    review_under_way(story, clusters[-1], days=-24)
    reached = ["plan submitted", "accepted by cluster 0", "claimed 0", "verified 0", "ordered 0"]
    for facts, application, until in zip(clusters[:5], sent, reached, strict=False):
        with on(noon(-25)):
            voucher = story.accept(application)
        voucher_story = VoucherStory(cast, voucher, facts, providers[facts.country], "EUR")
        voucher_story.go(until, starting=noon(-22), days=2)
    # The sixth stays an offer, that its cluster has not answered yet.
    study(call, cast)


def _round_to_decide(cast: Cast) -> None:
    """A small call after its deadline, with a proposal that waits for a second coordinator."""
    with on(noon(-60)):
        call = open_call(
            by=cast.coordinators[0],
            code="SUF",
            slug="follow-up-voucher-to-decide",
            opens=timezone.now() - timedelta(minutes=1),
            deadline=noon(25),
            amount="2000.00",
            quotas={"LB": 1, "TN": 1},
            name={
                "en": "Follow-up voucher (demonstration)",
                "fr": "Bon de suivi (démonstration)",
                "ar": "قسيمة المتابعة (عرض توضيحي)",
            },
        )
    story = Story(cast, call)
    with on(noon(-45)):
        sent = [
            story.apply(facts) for facts in (made_up("LB", 3), made_up("LB", 4), made_up("TN", 4))
        ]
    with on(noon(-40)):
        checked = [story.check(application) for application in sent]
    with on(noon(-34)):
        for application, values in zip(
            checked, [("4", "4", "4.5"), ("4", "3.5", "4"), ("3", "3.5", "4")], strict=True
        ):
            story.score_fully(application, values)
    with on(noon(-3)):
        close_scoring(call, by=cast.coordinators[0])
        propose_selection(
            call,
            {},
            participants=f"{cast.coordinators[0]}\n{cast.officer('LB')}\n{cast.officer('TN')}",
            by=cast.coordinators[0],
        )


def _open_round(cast: Cast) -> None:
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
