"""Codes of the second factor, whatever keyboard they are typed on.

They come from an app that groups them, from a message, or in Arabic digits; django-allauth takes them
as they are.
"""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from allauth.mfa.base.forms import AuthenticateForm as _AuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as _ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm as _ActivateTOTPForm
from django import forms

from accounts.actions.codes import keep_used
from inputs.forms.widgets import CodeInput


def _as_meant(form: type[forms.Form]) -> forms.Field:
    """The field `code` of a form, for digits of any script."""
    field = deepcopy(form.base_fields["code"])
    field.widget = CodeInput(attrs=field.widget.attrs)
    field.widget.is_required = field.required
    return field


class _WithoutBlanks:
    """Mixed into a form with a `code`, which apps show in groups."""

    def clean_code(self) -> str:
        given: dict[str, Any] = self.cleaned_data  # type: ignore[attr-defined]
        given["code"] = given["code"].replace(" ", "")
        return super().clean_code()  # type: ignore[misc]


class _Once(_WithoutBlanks):
    """Mixed into a form with the `code` of a second factor that is set up."""

    def clean_code(self) -> str:
        code = super().clean_code()
        keep_used(self.authenticator, code)  # type: ignore[attr-defined]
        return code


class AuthenticateForm(_Once, _AuthenticateForm):
    """The code that is asked for after the password."""

    code = _as_meant(_AuthenticateForm)


class ReauthenticateForm(_Once, _ReauthenticateForm):
    """The code that is asked for before something that matters."""

    code = _as_meant(_ReauthenticateForm)


class ActivateTOTPForm(_WithoutBlanks, _ActivateTOTPForm):
    """The first code of an app."""

    code = _as_meant(_ActivateTOTPForm)
