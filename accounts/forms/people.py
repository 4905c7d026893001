"""What people tell about themselves, and whom they invite."""

from __future__ import annotations

from typing import Any, cast

from babel import Locale
from crispy_forms.helper import FormHelper
from django import forms
from django.conf import settings
from django.http import HttpRequest
from django.utils.module_loading import import_string
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.models import Role, User
from accounts.permissions import offered_roles
from accounts.wording import zone_name, zones_by_name
from conduct.models.one_line import one_line
from inputs.forms.widgets import PlainEmailInput

# Where most people of the programme live; the rest of the world follows below them.
NEAR_ZONES = [
    ("Asia/Beirut", _("Beirut")),
    ("Africa/Tunis", _("Tunis")),
    ("Africa/Casablanca", _("Casablanca")),
    ("Europe/Brussels", _("Brussels")),
]


def zone_choices() -> list[Any]:
    """Time zones for a list: the programme's own by city, then the others by country and city."""
    near = {name for name, _city in NEAR_ZONES}
    others = [zone for zone in zones_by_name() if zone[0] not in near]
    return [*NEAR_ZONES, (_("Elsewhere"), others)]


def country_choices() -> list[tuple[str, str]]:
    """ISO codes and names of the countries of the programme.

    Countries live in a room above this one, which settings.ROLE_COUNTRIES names.
    """
    return import_string(settings.ROLE_COUNTRIES)()


class SignupForm(forms.Form):
    """What the portal asks at sign-up besides what django-allauth does."""

    full_name = forms.CharField(
        label=_("Full name"),
        max_length=150,
        validators=[one_line],
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    language = forms.ChoiceField(
        label=_("Language"),
        choices=settings.LANGUAGES,
        help_text=_("For the pages, e-mails and letters that you get from us."),
    )
    field_order = ("full_name", "email", "language", "password1")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].initial = get_language()

    def signup(self, request: HttpRequest, user: User) -> None:
        """Nothing more: the adapter has kept the fields with the account."""


class ProfileForm(forms.ModelForm):
    """A person's name, language and time zone."""

    time_zone = forms.ChoiceField(
        label=_("Time zone"),
        choices=zone_choices,
        help_text=_("Deadlines and meetings are shown in this zone."),
    )

    class Meta:
        model = User
        fields = ("full_name", "language", "time_zone")
        widgets = {"full_name": forms.TextInput(attrs={"autocomplete": "name"})}

    helper = FormHelper()
    helper.form_tag = False
    helper.disable_csrf = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kept = self.instance.time_zone
        field = cast(forms.ChoiceField, self.fields["time_zone"])
        if not field.valid_value(kept):
            # Chosen once by a name that the list leaves out: it stays, whatever else is changed.
            name = zone_name(kept, Locale.parse((get_language() or "en")[:2]))
            field.choices = [*zone_choices(), (kept, name)]


class InviteForm(forms.Form):
    """Whom to invite to which role; only the roles that `by` may offer are in the list."""

    email = forms.EmailField(
        label=_("E-mail address"), widget=PlainEmailInput(attrs={"autocomplete": "off"})
    )
    role = forms.ChoiceField(label=_("Role"))
    country_code = forms.ChoiceField(
        label=_("Country"),
        required=False,
        help_text=_("Only for country-partner officers."),
    )
    language = forms.ChoiceField(label=_("Language of the invitation"), choices=settings.LANGUAGES)

    helper = FormHelper()
    helper.form_tag = False
    helper.disable_csrf = True

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        roles = offered_roles(by)
        cast(forms.ChoiceField, self.fields["role"]).choices = [
            (role.value, role.label) for role in roles
        ]
        self.fields["language"].initial = get_language()
        if Role.OFFICER in roles:
            cast(forms.ChoiceField, self.fields["country_code"]).choices = [
                ("", "—"),
                *country_choices(),
            ]
        else:
            del self.fields["country_code"]


class ExclusionForm(forms.Form):
    """Two roles that exclude one another, and why."""

    first = forms.ChoiceField(label=_("Role"), choices=Role.choices)
    second = forms.ChoiceField(label=_("Other role"), choices=Role.choices)
    reason = forms.CharField(label=_("Reason"), max_length=500)

    helper = FormHelper()
    helper.form_tag = False
    helper.disable_csrf = True


class RoleReasonForm(forms.Form):
    """Why something is done; kept with the history of the record."""

    reason = forms.CharField(label=_("Reason"), max_length=500)
