"""A file of the bank, and what the columns of a table say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lists.forms import ListFilters, WordsFilter
from vouchers.payments.bank.models import BankFile
from vouchers.payments.bank.rules.csv_form import FIELDS
from vouchers.payments.batches.models import BankProfile

COLUMNS: dict[str, str | Promise] = {
    "booked_on": _("Day of booking"),
    "amount": _("Amount, with a minus where money went out"),
    "debit": _("Or: money that went out"),
    "credit": _("Or: money that came in"),
    "currency": _("Currency"),
    "reference": _("Bank’s reference"),
    "end_to_end_id": _("EndToEndId of the payment"),
    "payee": _("Name of the other side"),
    "payee_account": _("Account of the other side"),
    "text": _("Text"),
}


class UploadForm(forms.Form):
    """A file of the bank; of a table, its account."""

    upload = forms.FileField(
        label=_("File"),
        help_text=_("camt.053, camt.054 or pain.002 as XML; or a table (CSV), of at most 20 MB."),
        widget=forms.FileInput(
            attrs={"accept": ".xml,.csv,.txt,text/xml,application/xml,text/csv"}
        ),
        error_messages={
            "required": _("Choose a file."),
            "empty": _("The file is empty. Download it again, and choose it anew."),
        },
    )
    profile = forms.ModelChoiceField(
        label=_("Account"),
        queryset=BankProfile.objects.none(),
        required=False,
        empty_label=_("The file says it itself"),
        help_text=_("Of a table (CSV) alone, which does not say of which account it is."),
    )

    def __init__(self, *args: Any, profiles: QuerySet[BankProfile], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["profile"].queryset = profiles  # type: ignore[attr-defined]


class ColumnsForm(forms.Form):
    """Which column of a table says what; kept for its account."""

    def __init__(
        self, *args: Any, headers: Sequence[str], chosen: Mapping[str, str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("no column")), *((one, one) for one in headers if one)]
        for name in FIELDS:
            self.fields[name] = forms.ChoiceField(
                label=str(COLUMNS[name]),
                choices=choices,
                required=name == "booked_on",
                initial=chosen.get(name, ""),
            )

    def columns(self) -> dict[str, str]:
        """What was chosen, without what no column says."""
        return {name: value for name, value in self.cleaned_data.items() if value}


class FileFilters(ListFilters):
    """Text in the name or the bank's reference; kind; taken in or not."""

    text = WordsFilter("name", "message_id", label=_("Name or bank’s reference"))
    kind = django_filters.ChoiceFilter(
        label=_("Kind"), choices=BankFile.Kind.choices, empty_label=_("All kinds")
    )
    waiting = django_filters.ChoiceFilter(
        label=_("State"),
        choices=[("yes", _("not taken in yet"))],
        empty_label=_("All files"),
        method="not_taken_in",
    )

    def not_taken_in(
        self, files: QuerySet[BankFile], _name: str, _value: str
    ) -> QuerySet[BankFile]:
        return files.filter(taken_at=None)
