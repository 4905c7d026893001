"""Every write about calls."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from clusters.models import Country
from records.acting import Refused, action, require
from records.states import locked, move, require_state

from .models import Call, CountryQuota, Criterion, Question
from .permissions import may_manage_calls
from .queries import total_weight

FULL_WEIGHT = Decimal(100)


@action(gettext_lazy("Call drafted"))
def create_call(*, by: User, **terms: Any) -> Call:
    """Make a draft of a call. `terms` are the fields of Call (amounts in EUR, instants in UTC)."""
    require(may_manage_calls, by)
    call = Call(**terms)
    call.full_clean()
    call.save()
    return call


@action(gettext_lazy("Call changed"))
def update_call(call: Call, *, by: User, **terms: Any) -> Call:
    """Change the terms of a draft. Raises OutOfOrder once the call is open."""
    call = _locked_draft(call, by)
    for name, value in terms.items():
        setattr(call, name, value)
    call.full_clean()
    call.save()
    return call


@action(gettext_lazy("Quotas set"))
def set_quotas(call: Call, vouchers: Iterable[tuple[Country, int]], *, by: User) -> None:
    """Give each country so many vouchers in the draft; 0 takes it out of the call."""
    call = _locked_draft(call, by)
    for country, number in vouchers:
        if number:
            CountryQuota.objects.update_or_create(
                call=call, country=country, defaults={"vouchers": number}
            )
        else:
            CountryQuota.objects.filter(call=call, country=country).delete()


@action(gettext_lazy("Criteria set"))
def set_criteria(call: Call, criteria: list[dict[str, Any]], *, by: User) -> list[Criterion]:
    """Replace the criteria of a draft, in the order given.

    Each holds name, guidance, weight (points of 100), threshold (per cent of the highest score)
    and tie_break_position. Questions that fed a criterion are untied from it.
    """
    call = _locked_draft(call, by)
    call.questions.update(criterion=None)
    call.criteria.all().delete()
    return [
        _cleaned(Criterion(call=call, position=position, **criterion))
        for position, criterion in enumerate(criteria, start=1)
    ]


@action(gettext_lazy("Questions set"))
def set_questions(call: Call, questions: list[dict[str, Any]], *, by: User) -> list[Question]:
    """Replace the questions of a draft, in the order given.

    Each holds text, help_text, max_words, required and criterion (a Criterion of the call).
    """
    call = _locked_draft(call, by)
    call.questions.all().delete()
    return [
        _cleaned(Question(call=call, position=position, **question))
        for position, question in enumerate(questions, start=1)
    ]


@action(gettext_lazy("Call opened"))
def open_call(call: Call, *, by: User) -> Call:
    """Publish the call; from here on, what scoring depends on is fixed (design, rule 6).

    Raises Refused with the first thing that is missing.
    """
    call = _locked_draft(call, by)
    for problem in problems_before_opening(call):
        raise Refused(problem)
    move(call, Call.State.OPEN)
    call.opened_at = timezone.now()
    call.save()
    return call


def problems_before_opening(call: Call) -> list[str]:
    """What still keeps a draft from opening, in sentences."""
    problems = []
    weight = total_weight(call)
    if weight != FULL_WEIGHT:
        problems.append(
            _("The weights of the criteria add up to %(sum)s, not to 100.") % {"sum": weight}
        )
    if not call.questions.exists():
        problems.append(_("The application form has no question."))
    vouchers = sum(quota.vouchers for quota in call.quotas.all())
    if not vouchers:
        problems.append(_("No country has a voucher."))
    if vouchers * call.voucher_amount > call.budget:
        problems.append(_("The budget does not cover the vouchers of all countries."))
    if call.is_past_deadline:
        problems.append(_("The deadline has passed already."))
    return problems


def _locked_draft(call: Call, by: User) -> Call:
    require(may_manage_calls, by)
    call = locked(call)
    require_state(call, Call.State.DRAFT)
    return call


def _cleaned(record: Any) -> Any:
    record.full_clean()
    record.save()
    return record
