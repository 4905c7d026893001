"""What a finance officer or a coordinator types about periods and earlier rounds."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from clusters.queries.scopes import clusters_visible_to
from conduct.forms import DayInput
from inputs.forms.fields import MoneyField
from vouchers.books.models import EarlierMoney


def _words(label: Any, **more: Any) -> forms.CharField:
    rows = forms.Textarea(attrs={"rows": 3, "dir": "auto"})
    return forms.CharField(label=label, widget=rows, max_length=2000, **more)


class PeriodForm(forms.Form):
    """Up to which day the books are closed, and a note."""

    ends_on = forms.DateField(label=_("Close the books up to and including"), widget=DayInput())
    reason = _words(_("Note"), required=False)


class EarlierMoneyForm(forms.ModelForm):
    """What a cluster received in an earlier round, and what shows it."""

    class Meta:
        model = EarlierMoney
        fields = ("cluster", "programme", "received_on", "amount", "reason")
        field_classes = {"amount": MoneyField}
        widgets = {
            "received_on": DayInput(),
            "reason": forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        }

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        clusters: Any = self.fields["cluster"]
        clusters.queryset = clusters_visible_to(user).order_by("name")

    def _post_clean(self) -> None:
        """The action checks the whole record; here each value was checked alone."""


class TakeBackForm(forms.Form):
    """Why something is taken back."""

    reason = _words(_("Why is it taken back?"))
