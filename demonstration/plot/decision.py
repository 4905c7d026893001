"""A small round whose selection waits for a second coordinator; the letters of one that was published."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from demonstration.calls import open_call
from demonstration.cast import Cast
from demonstration.clock import noon, on
from demonstration.content.clusters import made_up
from demonstration.story import Story
from documents.actions import start_batch
from vouchers.awards.actions import propose_selection
from vouchers.awards.batches.letters import OF_ROUNDS
from vouchers.awards.models import SelectionRound
from vouchers.scoring.ranking.actions import close_scoring


def round_to_decide(cast: Cast) -> None:
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


def letters_together(cast: Cast) -> None:
    """A coordinator has all letters of the newest results made, also in languages nobody asked for."""
    newest = SelectionRound.objects.filter(state=SelectionRound.State.PUBLISHED)
    start_batch(
        newest.latest("published_at"), [kind.slug for kind in OF_ROUNDS], by=cast.coordinators[1]
    )
