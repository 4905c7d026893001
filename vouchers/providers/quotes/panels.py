"""What pages show of a request for quotes, and which buttons the person finds there."""

from __future__ import annotations

from typing import Any

from django import forms

from accounts.models import User
from vouchers.awards.models import Voucher
from vouchers.awards.queries.countersigning import SignedAgreement, why_nothing_yet
from vouchers.calls.models import GroundKind
from vouchers.providers.contracts.models import Contract
from vouchers.providers.contracts.permissions import may_enter_contract
from vouchers.providers.contracts.queries import contract_of
from vouchers.providers.quotes.forms.judging import mark_field_name
from vouchers.providers.quotes.models import TermsOfReference
from vouchers.providers.quotes.permissions import (
    has_a_conflict,
    has_declared_on,
    may_answer_choice,
    may_answer_derogation,
    may_ask,
    may_begin_terms,
    may_compare,
    may_declare,
    may_open,
    may_write_terms,
)
from vouchers.providers.quotes.queries import QuoteComparison, choice_of

_STATES = TermsOfReference.State


def quotes_panel(
    terms: TermsOfReference | None,
    contract: Contract | None,
    agreement: SignedAgreement | None,
    user: User,
    *,
    of: Voucher,
) -> dict[str, Any]:
    """The request for quotes `of` a voucher (`terms_of`), its contract, and whether one may begin it."""
    voucher, waits = of, agreement is not None and agreement.waits
    active = voucher.state == Voucher.State.ACTIVE
    ended = terms is None or terms.state == _STATES.ENDED
    return {
        "terms": terms,
        "contract": contract,
        "may_begin_terms": active
        and ended
        and contract is None
        and may_begin_terms.test(user, voucher),
        "may_enter_contract": active
        and contract is None
        and terms is not None
        and terms.state == _STATES.DECIDED
        and may_enter_contract.test(user, voucher)
        and not waits,
    }


def rights_on(terms: TermsOfReference, user: User) -> dict[str, Any]:
    """Which buttons the person finds on the page of a request for quotes, and why no contract yet."""
    rights: dict[str, Any] = {"compare": may_compare.test(user, terms)}
    if terms.voucher.state != Voucher.State.ACTIVE or terms.state == _STATES.ENDED:
        return rights
    state, past = terms.state, terms.is_past_deadline
    draft, asking = state == _STATES.DRAFT, state == _STATES.ASKING
    writes, asks = may_write_terms.test(user, terms), may_ask.test(user, terms)
    waiting = terms.derogations.filter(is_approved=None).first() if draft or asking else None
    choice = choice_of(terms) if state == _STATES.CHOSEN else None
    declares = may_declare.test(user, terms) and state in (_STATES.ASKING, _STATES.OPENED)
    decided = state == _STATES.DECIDED and contract_of(terms.voucher) is None
    contract_waits = why_nothing_yet(terms.voucher) if decided else ""
    return {
        **rights,
        "edit": draft and writes,
        "invite": writes and (draft or (asking and not past)),
        "ask": draft and asks,
        "withdraw": asks and (draft or (asking and not past)),
        "extend": asking and asks,
        "derogate": writes and (draft or asking),
        "answer_derogation": waiting is not None and may_answer_derogation.test(user, waiting),
        "open": asking and past and may_open.test(user, terms),
        "end": asks and state in (_STATES.DRAFT, _STATES.ASKING, _STATES.OPENED),
        "declare": declares and not has_declared_on(user, terms),
        "has_conflict": has_a_conflict.test(user, terms),
        "answer": choice is not None and may_answer_choice.test(user, choice),
        "contract": decided and not contract_waits and may_enter_contract.test(user, terms.voucher),
        "contract_waits": contract_waits,
    }


def comparison_panel(comparison: QuoteComparison, form: forms.Form | None) -> dict[str, Any]:
    """The comparison as rows of a table: one for each ground, one cell for each quote.

    While a rate is awaited no cell has points.
    """
    points = {one.quote.pk: one.place.points for one in comparison.quotes}
    rows = [
        {
            "ground": ground,
            "by_formula": ground.kind == GroundKind.PRICE,
            "cells": [
                {
                    "points": points.get(quote.pk, {}).get(ground.pk),
                    "marks": list(comparison.marks.get(quote.pk, {}).get(ground.pk, {}).values()),
                    "field": form[mark_field_name(quote.pk, ground.pk)]
                    if form is not None and ground.kind != GroundKind.PRICE
                    else None,
                }
                for quote in comparison.to_mark
            ],
        }
        for ground in comparison.grounds
    ]
    return {"comparison": comparison, "rows": rows}
