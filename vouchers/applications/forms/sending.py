"""What people say when they send an application, take it back, or withdraw it."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from clusters.models import Cluster
from vouchers.applications.actions.declarations import Signing
from vouchers.calls.models import Call


class WithdrawalForm(forms.Form):
    """Why an application is withdrawn."""

    reason = forms.CharField(
        label=_("Why do you withdraw it?"),
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        max_length=2000,
    )


class ReopeningForm(forms.Form):
    """Why a sent application is taken back to be changed."""

    reason = forms.CharField(
        label=_("What do you want to change?"),
        help_text=_("Your country partner reads this."),
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        max_length=2000,
    )


class SendingForm(forms.Form):
    """The declaration on honour: a box for each statement, and who signs."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, call: Call, cluster: Cluster, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.call = call
        self.clauses = list(call.declaration_clauses.all())
        self.fields["version"].initial = call.version
        for clause in self.clauses:
            self.fields[f"clause_{clause.pk}"] = forms.BooleanField(
                label=str(clause.text),
                error_messages={"required": _("Please affirm this statement.")},
            )
        if self.clauses:
            self.fields["signatory_name"] = forms.CharField(
                label=_("Name of the person who signs"),
                initial=cluster.legal_representative,
                max_length=150,
                widget=forms.TextInput(attrs={"dir": "auto"}),
            )
            self.fields["signatory_function"] = forms.CharField(
                label=_("Function"),
                initial=cluster.legal_representative_function,
                max_length=150,
                widget=forms.TextInput(attrs={"dir": "auto"}),
            )

    def clean(self) -> dict[str, Any]:
        """Refuse what was read before the call changed; the statements are affirmed anew."""
        cleaned = super().clean() or {}
        if cleaned.get("version") != self.call.version:
            # What was typed of the signatory stays; the boxes do not.
            typed = cast(QueryDict, self.data).copy()
            typed["version"] = str(self.call.version)
            for clause in self.clauses:
                typed.pop(f"clause_{clause.pk}", None)
            self.data = typed
            self.add_error(
                None,
                _(
                    "The call has changed since you opened this page. Please read it and sign again."
                ),
            )
        return cleaned

    def signing(self, language: str) -> Signing | None:
        """What is signed, in the words of `language`; None where the call has no declaration."""
        if not self.clauses:
            return None
        return Signing(
            clauses=frozenset(
                clause.pk for clause in self.clauses if self.cleaned_data[f"clause_{clause.pk}"]
            ),
            call_version=self.cleaned_data["version"],
            language=language,
            signatory_name=self.cleaned_data["signatory_name"],
            signatory_function=self.cleaned_data["signatory_function"],
        )
