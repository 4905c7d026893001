"""The whole demonstration: a finished round, one in delivery, one to decide, one that is open."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count

from django.db import transaction

from demonstration.calls import set_up_countries
from demonstration.cast import Cast
from demonstration.clock import noon, on, watched
from demonstration.plot.views import keep_views
from demonstration.story.deciding import describe_assessors
from vouchers.calls.models import Call

from .afterwards import an_audit_finds_something, payees_answer
from .before import enter_rates, register_providers
from .books import keep_the_books
from .decision import letters_together, round_to_decide
from .delivery import DELIVERY_CALL, round_in_delivery
from .finished import FIRST_CALL, finished_round
from .letterheads import write_letterheads
from .messages import look_after_messages
from .open import open_round
from .reports import report_by_itself, report_the_round
from .sanctions import screen_everybody
from .ways import round_of_reimbursed

# So many steps the story has, or about: a bar shows how many are told.
STEPS = 608


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
            write_letterheads(cast.coordinators[0])
            describe_assessors(cast)
        enter_rates(cast)
        providers = register_providers(cast)
        now[0] = "a finished round with the six clusters"
        finished_round(cast, providers)
        now[0] = "a round whose vouchers are on their way"
        round_in_delivery(cast, providers)
        now[0] = "a round in which the cluster pays the provider"
        round_of_reimbursed(cast, providers)
        now[0] = "a round whose selection is proposed"
        round_to_decide(cast)
        now[0] = "an open call with applications at every stage"
        open_round(cast)
        now[0] = "what comes after payment"
        payees_answer()
        an_audit_finds_something(cast, FIRST_CALL)
        now[0] = "the books"
        keep_the_books(cast, FIRST_CALL)
        keep_views(cast)
        letters_together(cast)
        now[0] = "the reports"
        report_the_round(cast, FIRST_CALL)
        report_by_itself(cast, DELIVERY_CALL)
        now[0] = "the list of sanctions"
        screen_everybody(cast, providers)
        now[0] = "messages that somebody looks after"
        look_after_messages(cast.coordinators[0])
    # What was told last is looked at first: its letters are queued before those of old rounds.
    transaction.get_connection().run_on_commit.reverse()
