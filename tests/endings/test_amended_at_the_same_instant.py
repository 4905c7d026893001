"""Two people press at the same instant about one amendment: one result, and a sentence for the other."""

from __future__ import annotations

import pytest

from demonstration.signing import amendment_countersigned, amendment_signed
from tests.endings.making import WHY, agreed, ahead, coordinators, drawn_up, signed
from tests.making import voucher_story
from tests.payments.test_at_the_same_instant import together
from tests.people import person
from vouchers.awards.models import Voucher
from vouchers.endings import actions as endings
from vouchers.endings.amendments import actions
from vouchers.endings.amendments.models import Amendment, AmendmentSignature
from vouchers.endings.models import Extension

pytestmark = pytest.mark.django_db(transaction=True)
OTHER_WORDS = "The provider is independent of both, and speaks Arabic."


def countersigning(amendment, by):
    """What counter-signs the amendment, ready to be pressed."""
    signing = amendment_countersigned(amendment, by)
    return lambda: actions.countersign_amendment(amendment, signing=signing, by=by)


def sentences(results):
    return [one for one in results if isinstance(one, str)]


def state():
    return Amendment.objects.get().state


def test_two_draw_up_one_amendment():
    told = voucher_story("plan approved")
    terms = actions.AmendmentTerms(reason=WHY, sign_by=ahead(14), articles={4: OTHER_WORDS})
    results = together(
        *(
            lambda by=one: actions.draw_up_amendment(told.voucher, terms, by=by)
            for one in coordinators()[:2]
        )
    )
    (refusal,) = sentences(results)
    assert "open already" in refusal
    assert Amendment.objects.count() == 1


def test_one_of_two_counter_signs():
    told = voucher_story("plan approved")
    third = person(role="coordinator")
    amendment = signed(drawn_up(told.voucher, article_4=OTHER_WORDS))
    results = together(*(countersigning(amendment, one) for one in (coordinators()[1], third)))
    (refusal,) = sentences(results)
    assert "in force" in refusal
    assert AmendmentSignature.objects.filter(side="programme").count() == 1


def test_it_is_withdrawn_or_in_force():
    told = voucher_story("plan approved")
    amendment = signed(drawn_up(told.voucher, article_4=OTHER_WORDS))
    drafter, second = coordinators()[:2]
    results = together(
        countersigning(amendment, second),
        lambda: actions.withdraw_amendment(amendment, reason=WHY, by=drafter),
    )
    assert len(sentences(results)) == 1
    in_force = AmendmentSignature.objects.filter(side="programme").exists()
    assert state() == ("in_force" if in_force else "withdrawn")


def test_its_time_is_taken_back_or_the_cluster_signs_for_it():
    told = voucher_story("plan approved")
    extension = agreed(told.voucher)
    amendment = drawn_up(told.voucher)
    signing = amendment_signed(amendment, told.manager)
    results = together(
        lambda: actions.sign_amendment(amendment, signing=signing, by=told.manager),
        lambda: endings.withdraw_extension(extension, by=told.manager),
    )
    assert len(sentences(results)) == 1
    extension.refresh_from_db()
    assert (state(), extension.state) in {("signed", "agreed"), ("lapsed", "withdrawn")}


@pytest.mark.parametrize("other", ["refusal", "notice"])
def test_its_time_is_refused_or_under_notice_or_granted(other):
    told = voucher_story("plan approved")
    extension = agreed(told.voucher)
    amendment = signed(drawn_up(told.voucher))
    drafter, second = coordinators()[:2]
    ending = endings.propose_ending(told.voucher, ends_on=ahead(30), reason=WHY, by=told.officer)
    others = {
        "refusal": lambda: endings.refuse_extension(extension, reason=WHY, by=drafter),
        "notice": lambda: endings.decide_ending(ending, by=drafter),
    }
    together(countersigning(amendment, second), others[other])
    until = Voucher.objects.get().valid_until
    assert (state(), Extension.objects.get().state, until == extension.until) in {
        ("in_force", "granted", True),
        ("lapsed", "refused" if other == "refusal" else "withdrawn", False),
    }
