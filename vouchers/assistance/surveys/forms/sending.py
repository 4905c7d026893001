"""To whom the link of a survey goes anew."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import User


class SendAnewForm(forms.Form):
    """One of the representatives of the cluster."""

    person = forms.ModelChoiceField(queryset=User.objects.none(), label=_("Representative"))

    def __init__(self, *args: Any, people: QuerySet[User], **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["person"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = people
