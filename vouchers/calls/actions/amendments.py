"""Changing a call that is open: what may still change, and how everybody learns of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from i18nfield.strings import LazyI18nString

from accounts.models import User
from clusters.models import Country
from conduct.actions import Refused, TooLate, action, judged
from conduct.queries.clock import database_now
from conduct.queries.days import day_of
from notices.actions import notify_each
from vouchers.books.actions import grant_budget
from vouchers.calls.models import Call, CallAmendment, CountryQuota
from vouchers.calls.models.amendments import QUOTA
from vouchers.calls.permissions import may_manage_calls
from vouchers.calls.queries.amendments import applicants_of
from vouchers.calls.queries.checklist import label_of, missing_languages

# All that may change once applicants were told; what scoring depends on may not (design, rule 6).
AMENDABLE = (
    "name",
    "purpose",
    "questions_until",
    "deadline",
    "decision_due",
    "assistance_ends",
    "budget",
)
# Nobody may lose what the open call promised: these only grow.
_ONLY_MORE: dict[str, str | Promise] = {
    "questions_until": gettext_lazy("The time for questions can only be made longer."),
    "deadline": gettext_lazy("The deadline can only be moved to a later instant."),
    "budget": gettext_lazy("The budget can only grow once the call is open."),
}


@action(gettext_lazy("Call amended"))
def amend_call(
    call: Call,
    *,
    seen: int,
    by: User,
    explanation: LazyI18nString,
    vouchers: Mapping[Country, int] | None = None,
    **terms: Any,
) -> CallAmendment:
    """Change an open call, keep what was and is, and tell everybody who applies.

    `seen` is the version that the person had before them, `explanation` why it changes (in at
    least one language), `vouchers` the new quota of countries. Raises Refused for a version that is
    not the newest, for what may not change, and where nothing changes.
    """
    call = judged(call, may_manage_calls, by=by, states=[Call.State.OPEN])
    _require_newest(call, seen)
    if not any(explanation.data.values()):
        raise Refused(_("Say in at least one language why the call changes."))
    changes = _change_terms(call, terms) + _change_quotas(call, vouchers or {})
    if not changes:
        raise Refused(_("Nothing is changed yet."))
    if _offered(call) * call.voucher_amount > call.budget:
        raise Refused(_("The budget does not cover the vouchers of all countries."))
    call.version += 1
    call.full_clean()
    call.save()
    grant_budget(call, by=by)
    amendment = CallAmendment.objects.create(
        call=call, version=call.version, reason=explanation, changes=changes, made_by=by
    )
    _tell_applicants(amendment)
    return amendment


def _require_newest(call: Call, seen: int) -> None:
    if seen != call.version:
        raise Refused(
            _("Somebody has changed the call meanwhile. Open this page again and look at it first.")
        )


def _change_terms(call: Call, terms: Mapping[str, Any]) -> list[dict[str, Any]]:
    changes = []
    for name, value in terms.items():
        if name not in AMENDABLE:
            raise Refused(_("What applicants were told about scoring and questions is fixed."))
        before = getattr(call, name)
        if _kept(before) == _kept(value):
            continue
        _require_growth(call, name, value)
        setattr(call, name, value)
        changes.append({"field": name, "before": _kept(before), "after": _kept(value)})
    if call.decision_due < day_of(call.deadline):
        raise Refused(_("The decision is expected before the deadline."))
    return changes


def _require_growth(call: Call, name: str, value: Any) -> None:
    before = getattr(call, name)
    if name in _ONLY_MORE and before is not None and (value is None or value < before):
        raise Refused(_ONLY_MORE[name])
    if name == "deadline" and database_now() >= call.deadline:
        raise TooLate(_("The deadline has passed: it cannot be moved any more."))
    if name in ("name", "purpose") and (languages := missing_languages(value)):
        raise Refused(
            _("“%(text)s” is not written yet in: %(languages)s.")
            % {
                "text": label_of(name),
                "languages": ", ".join(languages),
            }
        )


def _change_quotas(call: Call, vouchers: Mapping[Country, int]) -> list[dict[str, Any]]:
    standing = {quota.country_id: quota.vouchers for quota in call.quotas.all()}
    changes = []
    for country, number in vouchers.items():
        before = standing.get(country.pk, 0)
        if number == before:
            continue
        if number < before:
            raise Refused(
                _("%(country)s cannot get fewer vouchers once the call is open.")
                % {"country": country}
            )
        CountryQuota.objects.update_or_create(
            call=call, country=country, defaults={"vouchers": number}
        )
        changes.append(
            {"field": f"{QUOTA}{country.pk}", "before": str(before), "after": str(number)}
        )
    return changes


def _offered(call: Call) -> int:
    return sum(CountryQuota.objects.filter(call=call).values_list("vouchers", flat=True))


def _kept(value: Any) -> Any:
    """A value as an amendment stores it: text, or a text for each language."""
    if isinstance(value, LazyI18nString):
        data = value.data if isinstance(value.data, dict) else {"en": value.data}
        return {code: text for code, text in data.items() if text}
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return f"{value:.2f}"
    return "" if value is None else str(value)


def _tell_applicants(amendment: CallAmendment) -> None:
    call = amendment.call
    facts = {
        "call": {"en": "", **_kept(call.name)},
        "year": call.year,
        "reason": _kept(amendment.reason),
        "changes": amendment.changes,
    }
    notify_each(
        applicants_of(call),
        "call-amended",
        facts=facts,
        url=f"{call.get_absolute_url()}#changes",
        about=call,
        key=f"call-{call.pk}-version-{amendment.version}",
    )
