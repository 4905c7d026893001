"""Vouchers that do not go as planned: one lasts longer, one rests, one is to end."""

from __future__ import annotations

from datetime import datetime, timedelta

from conduct.queries.days import today
from demonstration.clock import on
from demonstration.signing import amendment_countersigned, amendment_signed
from demonstration.story.vouchers import VoucherStory
from vouchers.endings.actions import (
    ask_for_extension,
    decide_ending,
    decide_extension,
    propose_ending,
    suspend_voucher,
)
from vouchers.endings.amendments.actions import (
    AmendmentTerms,
    countersign_amendment,
    draw_up_amendment,
    sign_amendment,
)

# In the language in which the cluster signed.
_TWO_PROVIDERS = {
    "en": "The provider is independent of the cluster and of the partner. A second provider may be"
    " chosen for the tests of the machine.",
    "fr": "Le prestataire est indépendant du cluster et du partenaire. Un second prestataire peut"
    " être choisi pour les essais de la machine.",
    "ar": "مقدّم الخدمة مستقلّ عن التجمّع وعن الشريك. ويجوز اختيار مقدّم خدمة ثانٍ لتجارب الآلة.",
}
_WHY_TWO_PROVIDERS = {
    "en": "The tests of the machine call for a second provider.",
    "fr": "Les essais de la machine demandent un second prestataire.",
    "ar": "تتطلّب تجارب الآلة مقدّم خدمة ثانيًا.",
}


def extend(told: VoucherStory, *, asked: datetime, granted: datetime) -> None:
    """A manager asks for more time, the officer agrees, and both sides sign the amendment."""
    first, second = told.cast.coordinators[:2]
    with on(asked):
        extension = ask_for_extension(
            told.voucher,
            until=told.voucher.valid_until + timedelta(days=45),
            reason="La machine de démonstration n’est livrée que le mois prochain.",
            by=told.manager,
        )
    with on(granted):
        decide_extension(extension, by=told.officer)
        terms = AmendmentTerms(
            reason="La livraison tardive de la machine demande un délai plus long.",
            sign_by=today(told.voucher.country.zone) + timedelta(days=14),
        )
        amendment = draw_up_amendment(told.voucher, terms, by=first)
        sign_amendment(
            amendment, signing=amendment_signed(amendment, told.manager), by=told.manager
        )
        signing = amendment_countersigned(amendment, second)
        countersign_amendment(amendment, signing=signing, by=second)
    told.voucher.refresh_from_db()


def amend(told: VoucherStory, *, drawn_up: datetime, signed: datetime) -> None:
    """Other words of an article are drawn up and signed by the cluster; a coordinator has still to."""
    language = told.voucher.award.signature.language
    with on(drawn_up):
        terms = AmendmentTerms(
            reason=_WHY_TWO_PROVIDERS[language],
            sign_by=today(told.voucher.country.zone) + timedelta(days=14),
            articles={4: _TWO_PROVIDERS[language]},
        )
        amendment = draw_up_amendment(told.voucher, terms, by=told.cast.coordinators[1])
    with on(signed):
        signing = amendment_signed(amendment, told.manager)
        sign_amendment(amendment, signing=signing, by=told.manager)


def suspend(told: VoucherStory, *, at: datetime, days: int) -> None:
    """The officer lets a voucher rest, and looks at it again after so many days."""
    with on(at):
        suspend_voucher(
            told.voucher,
            review_on=today(told.voucher.country.zone) + timedelta(days=days),
            reason="La coopérative élit un nouveau bureau : le travail reprend ensuite.",
            by=told.officer,
        )


def end(told: VoucherStory, *, proposed: datetime, decided: datetime) -> None:
    """The officer proposes to end a voucher, and a coordinator decides: the notice runs."""
    with on(proposed):
        notice = told.voucher.award.application.call.notice_days
        ending = propose_ending(
            told.voucher,
            ends_on=today(told.voucher.country.zone) + timedelta(days=notice + 5),
            reason="Le cluster et son consultant ne répondent plus depuis plusieurs semaines.",
            by=told.officer,
        )
    with on(decided):
        decide_ending(ending, by=told.cast.coordinators[0])
