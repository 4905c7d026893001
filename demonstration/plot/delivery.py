"""The second round: its vouchers are on their way."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from django.utils import timezone

from accounts.models import User
from conduct.queries.days import today
from demonstration.calls import open_call
from demonstration.cast import Cast
from demonstration.clock import noon, on
from demonstration.content.clusters import made_up
from demonstration.plot.before import RATES
from demonstration.plot.late import wait_for_acceptance
from demonstration.story import Story, VoucherStory
from demonstration.story.controlling import checklist, control, send_back
from demonstration.story.deciding import review_under_way, study
from demonstration.story.endings import amend, end, extend, suspend
from demonstration.story.handing import give_link, hand_in, return_at_points
from demonstration.story.meetings import agree_meeting, hold_first_meeting, propose_meeting
from demonstration.story.quotes import answer, ask_for_quotes, choose, conclude
from demonstration.story.sessions import log_session_to_confirm, log_session_to_mend, show_session
from demonstration.story.talking import talk
from vouchers.awards.actions import extend_award
from vouchers.awards.models import Award
from vouchers.payments.actions import approve_claim
from vouchers.payments.control.rules.splitting import LineFound
from vouchers.providers.models import Provider
from vouchers.standing.actions import set_light
from vouchers.standing.models import Light

# What the country partner found of a claim: something is deducted, something waits for a paper.
_CUT = LineFound(
    deducted=Decimal("120.00"),
    error_type="evidence",
    reason="La feuille de présence d’une journée manque.",
    parked=Decimal("80.00"),
    park_reason="Le billet de train doit encore suivre.",
    sampled=True,
)

DELIVERY_CALL = "scale-up-voucher-in-delivery"


def _control_anew(told: VoucherStory) -> None:
    """A coordinator sent the control of a claim back; the officer read the annex, and deducts less."""
    claim = told.voucher.claims.get(state="verified")
    with on(noon(-2)):
        claim = send_back(claim, told.cast)
    less = replace(_CUT, deducted=_CUT.deducted / 2)
    with on(noon(-1)):
        control(
            claim,
            told.cast,
            {line.pk: less for line in claim.lines.all()},
            reason="L’annexe prouve une partie de la journée : la moitié est éligible.",
        )


def _set_by_hand(told: VoucherStory) -> None:
    """The officer knows more of one voucher than the dates say."""
    set_light(
        told.voucher,
        light=Light.GREEN,
        until=today(told.voucher.country.zone) + timedelta(days=14),
        reason="J’ai parlé à la gérante : tout est prêt, nous acceptons le livrable à la réunion.",
        by=told.officer,
    )


def round_in_delivery(cast: Cast, providers: dict[str, list[Provider]]) -> None:
    """The second round: 9,000 EUR, two vouchers for Lebanon, four for Morocco, one for Tunisia.

    A cluster waits on the reserve list, and one that was refused has asked for a review. What one
    voucher delivered is not accepted for weeks.
    """
    with on(noon(-420)):
        call = open_call(
            by=cast.coordinators[0],
            code="SUV",
            slug=DELIVERY_CALL,
            opens=timezone.now() - timedelta(minutes=1),
            deadline=noon(120),
            amount="9000.00",
            quotas={"LB": 2, "MA": 4, "TN": 1},
            days_to_accept=45,
            counts={"count_women": "required", "count_from_smes": "optional"},
            two_approvals_above=Decimal(3000),
        )
        checklist(call, cast)
    story = Story(cast, call)
    clusters = [
        made_up("LB", 2),
        *(made_up("MA", number) for number in (2, 3, 4, 5)),
        made_up("TN", 3),
        overdue := made_up("LB", 16),
        made_up("LB", 5),
        made_up("TN", 5),
    ]
    scores = [*[("4", "4", "4")] * 7, ("3.5", "4", "3.5"), ("2", "2.5", "2.5")]
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
    told = []
    for facts, application, until in zip(clusters[:5], sent, reached, strict=False):
        with on(noon(-25)):
            # The first agreement waits for the coordinators, while its plan goes on.
            only_signed = until == "plan submitted"
            voucher = story.sign(application) if only_signed else story.accept(application)
        voucher_story = VoucherStory(cast, voucher, facts, providers[facts.country][0], "EUR")
        voucher_story.logs_sessions = True
        if until == "verified 0":
            voucher_story.finds = _CUT
        hold_first_meeting(voucher_story, before=noon(-22))
        voucher_story.go(until, starting=noon(-22), days=2)
        told.append(voucher_story)
    # One plan came back at a line and was sent again; another is in force and shall be amended.
    with on(noon(-15)):
        told[0].return_plan()
    with on(noon(-13)):
        told[0].send_plan_again()
    told_of_quotes(told[0], told[1], providers)
    with on(noon(-10)):
        link = give_link(told[1])
    with on(noon(-9)):
        return_at_points(told[1], 0, by=told[1].officer)
    with on(noon(-7)):
        hand_in(told[1], 0, by=link)
    with on(noon(-6)):
        told[1].accept_as_cluster(0)
    with on(noon(-4)):
        told[1].amend_plan()
    _control_anew(told[3])
    with on(noon(-2)):
        propose_meeting(told[0], days=5)
        agree_meeting(told[1], days=6)
        _set_by_hand(told[1])
        log_session_to_mend(told[1])
        for one in told[1:]:
            log_session_to_confirm(one, by=link if one is told[1] else None)
        show_session(told[1], by=link)
    talk(told[1], at=noon(-5), coordinator=cast.coordinators[0])
    extend(told[2], asked=noon(-6), granted=noon(-5))
    amend(told[1], drawn_up=noon(-3), signed=noon(-1))
    # Its claim waits for a second approval.
    with on(noon(-3)):
        approve_claim(told[3].voucher.claims.get(), by=cast.coordinators[0])
    suspend(told[3], at=noon(-1), days=21)
    end(told[4], proposed=noon(-3), decided=noon(-1))
    with on(noon(-25)):
        voucher = story.accept(sent[clusters.index(overdue)])
    wait_for_acceptance(VoucherStory(cast, voucher, overdue, providers["LB"][0], "EUR"))
    # The sixth stays an offer, that its cluster has not answered yet: for a month more.
    with on(noon(-2)):
        give_more_time(Award.objects.get(application=sent[5]), by=cast.coordinators[0])
    study(call, cast)


def give_more_time(award: Award, *, by: User) -> None:
    """Two weeks more to sign, for which the cluster asked by telephone."""
    extend_award(
        award,
        until=award.accept_by + timedelta(days=15),
        reason="Votre bureau n’élit son président que la semaine prochaine.",
        by=by,
    )


def told_of_quotes(
    waiting: VoucherStory, chosen: VoucherStory, providers: dict[str, list[Provider]]
) -> None:
    """For one voucher quotes are awaited, and two are there; for the other one was chosen."""
    asked = ask_for_quotes(waiting, providers["LB"], at=noon(-3), deadline=noon(9))
    answer(waiting, asked, at=noon(-1), how_many=2)
    # The plan is drafted 20 days ago and approved four days later.
    hour = timedelta(hours=1)
    asked = ask_for_quotes(chosen, providers["MA"], at=noon(-20) + hour, deadline=noon(-18))
    answer(chosen, asked, at=noon(-19), local=("MAD", Decimal(RATES["MAD"])))
    choose(chosen, asked, at=noon(-18) + hour)
    conclude(chosen, asked, at=noon(-17))
