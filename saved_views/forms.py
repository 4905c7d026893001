"""Under which name a view is kept, and who sees it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from conduct.models.one_line import one_line
from inputs.rules.marks import without_marks

from .models import LONGEST_NAME, SavedView
from .permissions import NOBODY, Audience, audiences_of
from .wording import audience_in_words


class NameField(forms.CharField):
    """A name as it reads: marks that nobody sees, and the turning of directions, are taken out."""

    def to_python(self, value: Any) -> str:
        return super().to_python(" ".join(without_marks(str(value or "")).split())) or ""


class ChangeForm(forms.Form):
    """The name of a view, who sees it, and whether the list begins with it."""

    name = NameField(
        label=_("Name of the view"),
        max_length=LONGEST_NAME,
        validators=[one_line],
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
        error_messages={"required": _("Give the view a name.")},
    )
    audience = forms.TypedChoiceField(
        label=_("Who sees it"),
        widget=forms.RadioSelect,
        help_text=_("Whoever opens it sees what they may see of this list, and no more."),
    )
    is_first = forms.BooleanField(
        label=_("Begin this list with it, whenever I open the list"), required=False
    )

    def __init__(self, *args: Any, by: User, kept: Audience = NOBODY, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [NOBODY, *audiences_of(by)]
        # One that was shared when its owner held another role stays so until they change it.
        offered += [kept] if kept not in offered else []
        field: Any = self.fields["audience"]
        field.choices = [(":".join(one), audience_in_words(one)) for one in offered]
        field.coerce = lambda text: Audience(*text.split(":"))
        field.initial = ":".join(kept)
        if len(offered) == 1:
            field.widget = forms.HiddenInput()


class SaveForm(ChangeForm):
    """A view that is saved, or over one's own of the same name."""

    over = forms.BooleanField(
        label=_("Replace my view of this name"),
        required=False,
        help_text=_("It then shows what you see now."),
    )
    field_order = ("name", "over", "audience", "is_first")

    def __init__(self, *args: Any, has_views: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not has_views:
            del self.fields["over"]


def audience_of(view: SavedView) -> Audience:
    """With whom a view is shared."""
    return Audience(view.role, view.country_code)
