"""What the data say about a rule of eligibility, and on which facts that rests. No queries."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from documents.wording import amount_in_text, day
from vouchers.calls.models import EligibilityRule
from vouchers.eligibility.models import Result

Kind = EligibilityRule.Kind


@dataclass(frozen=True)
class HeldVoucher:
    """A voucher, or an award that waits for its answer: amount in EUR that counts for the ceiling.

    What was received before the portal kept books is history, and says of which programme it was.
    """

    reference: str
    amount: Decimal
    is_open: bool
    is_history: bool = False


@dataclass(frozen=True)
class Signature:
    """Who signed the declaration on honour, and on which day in the country of the cluster."""

    name: str
    function: str
    on: date


@dataclass(frozen=True)
class ApplicationFacts:
    """What the data know of an application and of the legal entity behind its cluster."""

    country: str
    vouchers_in_country: int | None
    registration_number: str
    established: int | None
    # References of other applications of the same legal entity to the same call.
    others_in_call: tuple[str, ...]
    held: tuple[HeldVoucher, ...]
    # None where the call asks for no declaration.
    declaration_asked: bool
    signature: Signature | None
    wanted: int
    # What is missing or wrong in the answers, one sentence each.
    gaps: tuple[str, ...]
    voucher_amount: Decimal
    ceiling: Decimal

    @property
    def total(self) -> Decimal:
        """EUR that the legal entity holds already, across calls."""
        return sum((voucher.amount for voucher in self.held), Decimal(0))


@dataclass(frozen=True)
class Automatic:
    """What the data say: the result, and the facts that it rests on, one sentence each."""

    result: Result
    basis: tuple[str, ...]


def automatic_answer(rule: EligibilityRule, facts: ApplicationFacts) -> Automatic | None:
    """What the data say about the rule, in the active language; None for a rule by hand."""
    answer = _ANSWERS.get(rule.kind)
    return answer(rule, facts) if answer else None


def reason_is_due(automatic: Automatic | None, result: str) -> bool:
    """Whether a result must be explained: a rule by hand that is not met, or against the data."""
    if automatic is None:
        return result != Result.MET
    return automatic.result != result


def _met(condition: bool) -> Result:  # noqa: FBT001 (its only argument)
    return Result.MET if condition else Result.NOT_MET


def _country(_rule: EligibilityRule, facts: ApplicationFacts) -> Automatic:
    names = {"country": facts.country}
    if not facts.vouchers_in_country:
        text = _("The cluster is in %(country)s, where this call gives no voucher.") % names
        return Automatic(Result.NOT_MET, (text,))
    text = ngettext(
        "The cluster is in %(country)s, where this call gives %(number)s voucher.",
        "The cluster is in %(country)s, where this call gives %(number)s vouchers.",
        facts.vouchers_in_country,
    ) % {**names, "number": facts.vouchers_in_country}
    return Automatic(Result.MET, (text,))


def _one_application(_rule: EligibilityRule, facts: ApplicationFacts) -> Automatic:
    if not facts.others_in_call:
        text = _("No other application to this call is from the same legal entity.")
        return Automatic(Result.MET, (text, *_entity(facts)))
    return Automatic(
        Result.NOT_MET,
        tuple(
            _("%(reference)s is from the same legal entity.") % {"reference": reference}
            for reference in facts.others_in_call
        ),
    )


def _established_before(rule: EligibilityRule, facts: ApplicationFacts) -> Automatic:
    if facts.established is None or rule.year is None:
        return Automatic(
            Result.NOT_KNOWN, (_("The profile of the cluster does not say the year."),)
        )
    text = _("According to its profile the cluster was established in %(year)s.")
    return Automatic(_met(facts.established < rule.year), (text % {"year": facts.established},))


def _no_open_voucher(_rule: EligibilityRule, facts: ApplicationFacts) -> Automatic:
    still_open = [voucher for voucher in facts.held if voucher.is_open]
    if not still_open:
        return Automatic(
            Result.MET, (_("The legal entity has no voucher that is open."), *_entity(facts))
        )
    return Automatic(
        Result.NOT_MET,
        tuple(
            _("The voucher %(reference)s is open.") % {"reference": voucher.reference}
            for voucher in still_open
        ),
    )


def _declaration(_rule: EligibilityRule, facts: ApplicationFacts) -> Automatic:
    if not facts.declaration_asked:
        return Automatic(Result.NOT_KNOWN, (_("The call asks for no declaration on honour."),))
    if facts.signature is None:
        return Automatic(Result.NOT_MET, (_("Nobody signed the declaration on honour."),))
    signed = facts.signature
    text = _("%(name)s (%(function)s) signed it on %(day)s.") % {
        "name": signed.name,
        "function": signed.function,
        "day": day(signed.on),
    }
    return Automatic(Result.MET, (text,))


def _complete(_rule: EligibilityRule, facts: ApplicationFacts) -> Automatic:
    if facts.gaps:
        return Automatic(Result.NOT_MET, facts.gaps)
    text = ngettext(
        "The one required question is answered.",
        "All %(number)s required questions are answered.",
        facts.wanted,
    )
    return Automatic(Result.MET, (text % {"number": facts.wanted},))


def _ceiling(_rule: EligibilityRule, facts: ApplicationFacts) -> Automatic:
    """Support to third parties is bounded by legal entity, across calls (the call's ceiling)."""
    sentence = _("%(reference)s: %(amount)s")
    of_earlier_rounds = _("%(reference)s: %(amount)s (history, of an earlier round)")
    lines = [
        (of_earlier_rounds if voucher.is_history else sentence)
        % {"reference": voucher.reference, "amount": amount_in_text(voucher.amount)}
        for voucher in facts.held
    ]
    with_this = facts.total + facts.voucher_amount
    lines.append(
        _("With this voucher: %(total)s; at most %(ceiling)s are allowed.")
        % {"total": amount_in_text(with_this), "ceiling": amount_in_text(facts.ceiling)}
    )
    return Automatic(_met(with_this <= facts.ceiling), (*lines, *_entity(facts)))


def _entity(facts: ApplicationFacts) -> tuple[str, ...]:
    """By what the legal entity was recognised."""
    if facts.registration_number:
        text = _("Compared by the registration number %(number)s in %(country)s.")
        return (text % {"number": facts.registration_number, "country": facts.country},)
    return (_("The profile has no registration number: only this cluster was looked at."),)


_ANSWERS: dict[str, Callable[[EligibilityRule, ApplicationFacts], Automatic]] = {
    Kind.COUNTRY: _country,
    Kind.ONE_APPLICATION: _one_application,
    Kind.ESTABLISHED_BEFORE: _established_before,
    Kind.NO_OPEN_VOUCHER: _no_open_voucher,
    Kind.DECLARATION: _declaration,
    Kind.COMPLETE: _complete,
    Kind.CEILING: _ceiling,
}
