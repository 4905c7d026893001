"""Judging what was opened: ties are declared first, then quotes are marked, then one is chosen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from conduct.actions import (
    NotAllowed,
    Outdated,
    OutOfOrder,
    Refused,
    action,
    constraints_of,
    judged,
    move,
    require,
    require_state,
    require_words,
)
from documents.wording import figures
from vouchers.calls.models import GroundKind
from vouchers.providers.quotes.letters import issue_minutes
from vouchers.providers.quotes.models import (
    InterestDeclaration,
    Quote,
    QuoteChoice,
    QuoteInvitation,
    QuoteMark,
    QuoteRate,
    TermsOfReference,
)
from vouchers.providers.quotes.permissions import (
    has_a_conflict,
    may_answer_choice,
    may_choose,
    may_declare,
    may_judge,
    side_of,
)
from vouchers.providers.quotes.queries.comparing import Compared, QuoteComparison, compare
from vouchers.providers.quotes.queries.rates import awaited_rates
from vouchers.providers.quotes.rules.points import HIGHEST_MARK, STEP_OF_MARKS, needs_reason
from vouchers.providers.quotes.wording import awaited_sentence

from .telling import tell_cluster, tell_invited, tell_of_replaced, tell_officers
from .terms import require_running

CONFLICT = gettext_lazy(
    "You declared a conflict of interest with one of the providers: somebody else judges."
)
_UNDECLARED = gettext_lazy("Declare first what ties you to each provider.")


@dataclass(frozen=True)
class Interest:
    """What a person says of one provider: whether there is a tie, and which."""

    invitation: int
    has_conflict: bool
    explanation: str = ""


@dataclass(frozen=True)
class Mark:
    """The mark of a quote (its id) on a ground (its id), from 0 to 5 in halves, and why."""

    quote: int
    ground: int
    mark: Decimal
    remark: str = ""


@action(gettext_lazy("Interests declared"))
def declare_interests(
    terms: TermsOfReference, interests: Sequence[Interest], *, by: User
) -> list[InterestDeclaration]:
    """Say, of every provider that is asked, whether one is tied to its owners, board or staff.

    Once and for good. Raises Refused where a provider is left out or a tie is not explained.
    """
    terms = judged(
        terms,
        may_declare,
        by=by,
        states=[
            TermsOfReference.State.ASKING,
            TermsOfReference.State.OPENED,
            TermsOfReference.State.CHOSEN,
        ],
    )
    asked = {
        invitation.pk: invitation
        for invitation in terms.invitations.filter(state=QuoteInvitation.State.INVITED)
    }
    known = set(
        InterestDeclaration.objects.filter(person=by, invitation__in=asked).values_list(
            "invitation_id", flat=True
        )
    )
    said = {one.invitation: one for one in interests if one.invitation in asked}
    if set(asked) - known - set(said):
        raise Refused(_("Say of every provider whether something ties you to it."))
    made = []
    for pk, one in said.items():
        if pk in known:
            continue
        if one.has_conflict:
            require_words(one.explanation, _("Say what ties you to this provider."))
        with constraints_of(InterestDeclaration):
            made.append(
                InterestDeclaration.objects.create(
                    invitation=asked[pk],
                    person=by,
                    has_conflict=one.has_conflict,
                    explanation=one.explanation if one.has_conflict else "",
                )
            )
    return made


@action(gettext_lazy("Quotes marked"))
def mark_quotes(terms: TermsOfReference, marks: Sequence[Mark], *, by: User) -> list[QuoteMark]:
    """Give the marks of one's side, in place of those that it gave before; they wait for no rate.

    Raises NotAllowed for who is tied to a provider or has not declared, Refused for a mark that is
    not on the scale, and for a ground that the formula judges.
    """
    terms = judged(terms, states=[TermsOfReference.State.OPENED])
    _require_free(terms, by)
    require_running(terms)
    side = side_of(by, terms)
    grounds = {ground.pk: ground for ground in terms.grounds.exclude(kind=GroundKind.PRICE)}
    quotes = {quote.pk: quote for quote in compare(terms).to_mark}
    given = []
    for one in marks:
        if one.ground not in grounds or one.quote not in quotes:
            raise Refused(_("This cannot be marked: reload the page."))
        if not 0 <= one.mark <= HIGHEST_MARK or one.mark % STEP_OF_MARKS:
            raise Refused(_("A mark lies between 0 and 5, in halves."))
        with constraints_of(QuoteMark):
            mark, _made = QuoteMark.objects.update_or_create(
                quote=quotes[one.quote],
                ground=grounds[one.ground],
                side=side,
                defaults={
                    "terms": terms,
                    "mark": one.mark,
                    "remark": one.remark,
                    "marked_by": by,
                    "marked_at": timezone.now(),
                },
            )
        given.append(mark)
    return given


@action(gettext_lazy("Quote chosen"))
def choose_quote(
    terms: TermsOfReference,
    quote: Quote,
    *,
    by: User,
    reason: str = "",
    seen: str | None = None,
) -> QuoteChoice:
    """Choose a quote for the cluster; the country partner confirms. `seen` is the price that was shown.

    Raises OutOfOrder while a rate is awaited, and where the price changed since it was `seen`;
    Refused where quotes lack marks, and without a `reason` where another is cheaper or ranks
    higher; where the price is above the voucher; NotAllowed for who has a conflict of interest.
    """
    terms = judged(terms, states=[TermsOfReference.State.OPENED])
    _require_free(terms, by)
    require(may_choose, by, terms, otherwise=_("Only a manager of the cluster can choose a quote."))
    require_running(terms)
    comparison = compare(terms)
    chosen = standing_in(comparison, quote.pk, terms)
    if seen is not None and seen != str(chosen.place.price):
        raise Outdated(
            _(
                "This quote comes to %(price)s EUR now: the exchange rate was corrected meanwhile. "
                "Nothing is chosen yet; press once more if you still choose it."
            )
            % {"price": figures(chosen.place.price)}
        )
    if not comparison.is_complete:
        raise Refused(_("Mark every quote on every ground first."))
    if chosen.place.price > terms.voucher.amount:
        raise Refused(_("This quote costs more than the voucher is worth."))
    if terms.shows_ceiling and chosen.place.price > terms.ceiling:
        raise Refused(
            _("This quote comes to %(price)s EUR; the providers were told at most %(ceiling)s EUR.")
            % {"price": figures(chosen.place.price), "ceiling": figures(terms.ceiling)}
        )
    if needs_reason(chosen.place, comparison.places):
        require_words(
            reason,
            _("Say why: another quote is cheaper, or ranks higher than this one."),
            field="reason",
        )
    with constraints_of(QuoteChoice):
        choice = QuoteChoice.objects.create(
            terms=terms,
            quote=chosen.quote,
            reason=reason,
            amount=chosen.place.price,
            rank=chosen.place.rank,
            is_cheapest=chosen.place.is_cheapest,
            chosen_by=by,
        )
    move(terms, TermsOfReference.State.CHOSEN)
    terms.save()
    tell_officers("quotes-chosen", terms, but=by)
    return choice


@action(gettext_lazy("Choice of a quote answered"))
def answer_choice(
    choice: QuoteChoice, *, is_confirmed: bool, answer: str, by: User, seen: str | None = None
) -> QuoteChoice:
    """Confirm the choice for the country partner, or give it back with a reason.

    Once confirmed, who was chosen and the others are told, and the minutes are issued. Raises
    NotAllowed for who chose and who has a conflict of interest; OutOfOrder where the person has `seen`
    another choice (its id).
    """
    choice = judged(choice)
    terms = choice.terms
    _require_free(terms, by)
    require(
        may_answer_choice,
        by,
        choice,
        otherwise=_("An officer of the country partner who did not choose answers this."),
    )
    if choice.is_confirmed is not None:
        raise OutOfOrder(_("It is answered already."))
    require_state(terms, TermsOfReference.State.CHOSEN)
    require_running(terms)
    if seen is not None and seen != str(choice.pk):
        raise Outdated(_("The cluster has chosen anew meanwhile: please read what it chose."))
    if not is_confirmed:
        require_words(answer, _("Say why you return it."), field="answer")
    choice.is_confirmed, choice.answer = is_confirmed, answer
    choice.answered_by, choice.answered_at = by, timezone.now()
    with constraints_of(QuoteChoice):
        choice.save()
    rates = _rates_of(terms)
    move(terms, TermsOfReference.State.DECIDED if is_confirmed else TermsOfReference.State.OPENED)
    terms.save()
    # What was corrected since the choice counts from here on, or is still to be confirmed.
    awaited, taken = awaited_rates(terms), _rates_of(terms)
    corrected = awaited or [
        currency for currency in taken if taken[currency] != rates.get(currency)
    ]
    if corrected:
        tell_of_replaced([terms], corrected[0])
    if is_confirmed:
        issue_minutes(terms, by=by)
        chosen = choice.quote.invitation
        tell_invited("chosen", terms, only=chosen)
        tell_invited("not-chosen", terms, but=chosen)
    tell_cluster("quotes-choice-answered", terms, but=by, confirmed=is_confirmed, answer=answer)
    return choice


def _rates_of(terms: TermsOfReference) -> dict[str, int]:
    """At which rate (its key) quotes in each currency are compared now."""
    taken = QuoteRate.objects.filter(terms=terms).order_by("currency")
    return dict(taken.values_list("currency", "rate"))


def standing_in(comparison: QuoteComparison, key: int, terms: TermsOfReference) -> Compared:
    """The quote as it is compared. Raises OutOfOrder while a rate is awaited, Refused for no such one."""
    if comparison.awaited:
        raise OutOfOrder(awaited_sentence(terms, comparison.awaited))
    found = next((one for one in comparison.quotes if one.quote.pk == key), None)
    if found is None:
        raise Refused(_("This quote cannot be chosen: reload the page."))
    return found


def _require_free(terms: TermsOfReference, by: User) -> None:
    """Raise NotAllowed for who is tied to a provider, or has not said so of every one."""
    if has_a_conflict.test(by, terms):
        raise NotAllowed(CONFLICT)
    require(may_declare, by, terms)
    require(may_judge, by, terms, otherwise=_UNDECLARED)
