"""An award that waits for its answer, in a call that pays the cluster, with more time to answer."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from demonstration.calls import open_call
from demonstration.cast import Cast
from demonstration.clock import noon, on
from demonstration.signing import say_where_to_pay
from demonstration.story import Story
from tests.endings.making import drawn_up, in_force
from tests.making import LB_SECOND
from vouchers.applications.models import SignedDeclaration
from vouchers.awards.actions import extend_award
from vouchers.awards.models import Award, Voucher
from vouchers.calls.models.terms.ways import WayOfUse
from vouchers.endings.amendments.models import SigningSide


def what_is_offered(cast: Cast, accepted: Award) -> dict[str, object]:
    """The open award, its extension and its declaration; and both signatures of the `accepted` one.

    With what became of that one's agreement since.
    """
    with on(noon(-60)):
        call = open_call(
            by=cast.coordinators[0],
            code="OFR",
            slug="offered",
            opens=timezone.now(),
            deadline=noon(20),
            amount="5000.00",
            quotas={"LB": 1},
            terms={"way_of_use": WayOfUse.CLUSTER},
        )
    story = Story(cast, call)
    with on(noon(-50)):
        application = story.check(story.apply(LB_SECOND))
    with on(noon(-38)):
        story.score_fully(application, ("4", "4", "4"))
    call.refresh_from_db()
    with on(noon(-15)):
        story.select()
    offered = Award.objects.get(application=application)
    extension = extend_award(
        offered,
        until=offered.accept_by + timedelta(days=10),
        reason="The assembly meets later.",
        by=cast.coordinators[0],
    )
    say_where_to_pay(offered, application.submitted_by)
    return {
        "open_award": offered,
        "award_extension": extension,
        "open_declaration": SignedDeclaration.objects.filter(application=application).first(),
        "paid_account": application.cluster.bank_accounts.get(),
        "signature": accepted.signature,
        "countersignature": accepted.voucher.countersignature,
        **_what_is_amended(accepted.voucher),
    }


def _what_is_amended(voucher: Voucher) -> dict[str, object]:
    """An amendment in force with its article and both signatures, and an open one."""
    holding = in_force(drawn_up(voucher, article_4="The provider speaks Arabic."))
    return {
        "held_amendment": holding,
        "amended_article": holding.articles.get(),
        "first_signature": holding.signatures.get(side=SigningSide.CLUSTER),
        "second_signature": holding.signatures.get(side=SigningSide.PROGRAMME),
        "amendment": drawn_up(voucher, article_5="Within a week."),
    }
