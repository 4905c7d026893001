"""What is said of a line, and what narrows the lists of statements, lines and payments."""

from __future__ import annotations

from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from lists.forms import ListFilters, WordsFilter
from vouchers.calls.models import Call
from vouchers.payments.bank.queries.lines import ASIDE, CHARGED, MATCHED, PROPOSED
from vouchers.payments.models import PaymentOrder

STANDS = {
    PROPOSED: _("to be confirmed"),
    MATCHED: _("matched"),
    ASIDE: _("set aside"),
    CHARGED: _("charge"),
}


class MatchForm(forms.Form):
    """The payment that a line is, of those that have its amount."""

    payment = forms.ModelChoiceField(
        label=_("Payment"),
        queryset=PaymentOrder.objects.none(),
        error_messages={"required": _("Choose the payment.")},
    )

    def __init__(self, *args: Any, payments: QuerySet[PaymentOrder], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["payment"]
        field.queryset = payments
        field.label_from_instance = lambda one: f"{one.reference} · {one.payee}"


class AsideForm(forms.Form):
    """Why a line is set aside."""

    reason = forms.CharField(
        label=_("Reason"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"})
    )


class ChargeForm(forms.Form):
    """The call that bears what the bank took."""

    call = forms.ModelChoiceField(
        label=_("Call that bears it"),
        queryset=Call.objects.none(),
        error_messages={"required": _("Choose the call.")},
    )

    def __init__(self, *args: Any, calls: QuerySet[Call], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["call"].queryset = calls  # type: ignore[attr-defined]


class StatementFilters(ListFilters):
    """Text in the account or what the bank calls the statement."""

    text = WordsFilter("account", "identification", "number", label=_("Account or statement"))


class LineFilters(ListFilters):
    """Text in references, payee or account; where a line stands."""

    text = WordsFilter(
        *("reference", "end_to_end_id", "payee", "payee_account", "text"),
        label=_("Reference, payee, account or text"),
    )
    stands = django_filters.ChoiceFilter(
        label=_("State"),
        choices=list(STANDS.items()),
        empty_label=_("All lines"),
        method="standing",
    )

    def standing(self, lines: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        return lines.filter(stands=value)


class UnconfirmedFilters(ListFilters):
    """Text in the payment, its batch or the payee."""

    text = WordsFilter(
        *("reference", "batch__reference", "payee"), label=_("Payment, batch or payee")
    )
