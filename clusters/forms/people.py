"""Whom a manager invites to act for a cluster."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from clusters.models import RepresentativeLevel
from inputs.forms.widgets import PlainEmailInput


class RepresentativeInviteForm(forms.Form):
    """An address, a level, and the language of the message."""

    email = forms.EmailField(
        label=_("E-mail address"),
        widget=PlainEmailInput(attrs={"autocomplete": "off", "dir": "ltr"}),
    )
    level = forms.ChoiceField(
        label=_("Level"),
        choices=RepresentativeLevel.choices,
        initial=RepresentativeLevel.EDITOR,
        help_text=_(
            "Readers read, editors write, managers also sign, invite and give bank details."
        ),
    )
    language = forms.ChoiceField(label=_("Language of the invitation"), choices=settings.LANGUAGES)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].initial = get_language()


class LevelForm(forms.Form):
    """How far a representative may act."""

    level = forms.ChoiceField(label=_("Level"), choices=RepresentativeLevel.choices)
